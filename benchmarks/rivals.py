"""Other ways to read the same cells and values, each as its documentation advises.

All readers of cells give what ``throughput.by_hand`` gives: frozen objects with typed
values, without spans and findings.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any

from benchmarks.throughput import Item, typed_value

if TYPE_CHECKING:
    from collections.abc import Callable

_GRAMMAR = r"""
start: item*
item: ORDINAL LEVEL CATEGORY NAME "；实施周期指标值:" PERIOD "；年度指标值:" ANNUAL "。"
ORDINAL: /[0-9]+、/
LEVEL: /[0-9]-[^；]+；/
CATEGORY: /[0-9]{2}-[^；]+；/
NAME: /[^；]+/
PERIOD: /.+?(?=；年度指标值:)/
ANNUAL: /.+?(?=。(?:[0-9]+、[0-9]-|\Z))/
"""
"""Large terminals: the fewer the tokens, the faster it is."""

_FIELDS = (
    r"[0-9]+、",
    r"[0-9]-[^；]+；",
    r"[0-9]{2}-[^；]+；",
    r"[^；]+",
    r"；实施周期指标值:.+?(?=；年度指标值:)",
    r"；年度指标值:.+?(?=。(?:[0-9]+、[0-9]-|\Z))",
    r"。",
)
"""The same as patterns, one for each field, its label included."""

_PERIOD_LABEL = len("；实施周期指标值:")
_ANNUAL_LABEL = len("；年度指标值:")


def _item(
    ordinal: str, level: str, category: str, name: str, period: str, annual: str
) -> Item:
    level_code, _, level_name = level[:-1].partition("-")
    category_code, _, category_name = category[:-1].partition("-")
    return Item(
        int(ordinal[:-1]),
        (level_code, level_name),
        (category_code, category_name),
        name,
        typed_value(period),
        typed_value(annual),
    )


def _labelled(fields: list[str]) -> Item:
    ordinal, level, category, name, period, annual, _ = fields
    period, annual = period[_PERIOD_LABEL:], annual[_ANNUAL_LABEL:]
    return _item(ordinal, level, category, name, period, annual)


def lark(plugins: dict[str, Any] | None = None) -> Callable[[str], list[Item]]:
    """Lark with a LALR parser; the tree is made into objects while it parses."""
    from lark import Lark, Transformer

    class Items(Transformer[Any, list[Item]]):
        def item(self, tokens: list[str]) -> Item:
            return _item(*map(str, tokens))

        def start(self, items: list[Item]) -> list[Item]:
            return items

    parser: Any = Lark(
        _GRAMMAR, parser="lalr", transformer=Items(), _plugins=plugins or {}
    )
    return lambda cell: list(parser.parse(cell))


def lark_cython() -> Callable[[str], list[Item]]:
    """The same grammar, run by the extension module of lark-cython."""
    return lark(importlib.import_module("lark_cython").plugins)


def pyparsing() -> Callable[[str], list[Item]]:
    """One ``Regex`` for each field, and an action that makes the object."""
    library = importlib.import_module("pyparsing")
    item = library.And([library.Regex(field).leave_whitespace() for field in _FIELDS])
    item.set_parse_action(lambda tokens: _labelled(list(tokens)))
    items = library.ZeroOrMore(item).leave_whitespace().parse_with_tabs()
    return lambda cell: list(items.parse_string(cell, parse_all=True))


def parsy() -> Callable[[str], list[Item]]:
    """One ``regex`` for each field, in sequence, mapped to the object."""
    library = importlib.import_module("parsy")
    item = library.seq(*map(library.regex, _FIELDS)).map(_labelled)
    items = item.many()
    return lambda cell: list(items.parse(cell))


CELL_READERS: dict[str, Callable[[], Callable[[str], list[Item]]]] = {
    "lark, large terminals": lark,
    "lark-cython, large terminals": lark_cython,
    "pyparsing": pyparsing,
    "parsy": parsy,
}


# ── Values ──────────────────────────────────────────────────────────────────


def jionlp() -> Callable[[str], object]:
    """JioNLP: an amount of money, else a time, as it has no other quantities."""
    library = importlib.import_module("jionlp")
    logging.getLogger().setLevel(logging.CRITICAL)  # it logs what it cannot read

    def read(value: str) -> object:
        for parse in (library.parse_money, library.parse_time):
            try:
                return parse(value)
            except ValueError:
                continue
        return None

    return read


def recognizers() -> Callable[[str], object]:
    """Recognizers-Text: the numbers, and the dates and times, of a value."""
    numbers = importlib.import_module("recognizers_number")
    dates = importlib.import_module("recognizers_date_time")
    chinese = numbers.Culture.Chinese
    return lambda value: (
        numbers.recognize_number(value, chinese),
        dates.recognize_datetime(value, chinese),
    )


VALUE_READERS: dict[str, Callable[[], Callable[[str], object]]] = {
    "jionlp": jionlp,
    "recognizers-text-suite": recognizers,
}


def ready(
    makers: dict[str, Callable[[], Callable[[str], Any]]],
) -> tuple[dict[str, Callable[[str], Any]], dict[str, str]]:
    """The readers that can be made here, and why the others cannot, by name."""
    made: dict[str, Callable[[str], Any]] = {}
    missing: dict[str, str] = {}
    for name, make in makers.items():
        try:
            made[name] = make()
        except ImportError as error:
            missing[name] = str(error)
    return made, missing
