"""The lines above a table: its title, its department and the unit of its money."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._blanks import BLANKS
from perfgoals.diagnostics import Diagnostic
from perfgoals.grid import Cell
from perfgoals.spans import Span
from perfgoals.vocabulary import Vocabulary, bare, without_remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 400
"""A longer cell belongs to no heading."""

DEPARTMENT = "department"
CURRENCY_UNIT = "currency_unit"

_UNKNOWN_LABEL = re.compile(r"(?<=\s)[^\s:：]{2,12}[:：]")
_ANY_LABEL = re.compile(r"[^:：，。]{1,12}[:：]")
_CONTINUED = re.compile(r"(?:接上|续).{0,3}|(?:.*表)?\(续.{0,3}\)")
_BLANK_CELL = BLANKS + ":："
_EDGES = " \t\r\n\u00a0\u3000，,；;"
_BRACKETS = {")": "(", "）": "（", "]": "[", "】": "【"}


@attrs.frozen(kw_only=True)
class Item:
    """A value of a heading with its label, or a text that has none.

    ``label`` is bare and ``value`` as printed; ``span`` covers both in ``cell``.
    """

    label: str = ""
    value: str
    cell: Cell
    span: Span


@attrs.frozen(kw_only=True)
class Heading:
    """What a heading says; ``diagnostics`` name the text that belongs to no item."""

    title: str | None = None
    department: str | None = None
    currency_unit: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_heading(rows: Iterable[tuple[Cell, ...]]) -> Heading:
    """The heading that stands in *rows*.

    A label is followed by a colon and its value, in one cell or over several
    (``部门名称：`` ``X``), and one cell may hold several (``部门：X  单位：万元``). The
    title is the text without a label that speaks of 绩效目标, else of 绩效, else the
    first one. Where an item is there more than once, the surest label wins, and among
    equals the one nearest to the table.

    Diagnostics: PG404 for all other text.
    """
    items: list[Item] = []
    texts: list[Item] = []
    for row in rows:
        for item in _items(row):
            (items if item.label else texts).append(item)
    title = _title(texts)
    unit = _best(items, CURRENCY_UNIT)
    department = _best(items, DEPARTMENT)
    said = {item.value for item in (title, unit, department) if item}
    return Heading(
        title=title.value if title else None,
        department=department.value if department else None,
        currency_unit=bare(unit.value) if unit else None,
        diagnostics=tuple(
            stray(item.cell, item.span)
            for item in (*items, *texts)
            if item.value and item.value not in said
        ),
    )


def stray(cell: Cell, span: Span | None = None) -> Diagnostic:
    """The finding that *cell*, or the *span* of it, belongs to no part of a table."""
    span = span or Span(0, len(cell.text))
    text = span.of(cell.text).strip()
    return Diagnostic.of("PG404", span, text=text).at(cell.location)


def has_label(row: tuple[Cell, ...]) -> bool:
    """Whether a cell of *row* begins with a label of a heading."""
    openings = BLANKS + "".join(_BRACKETS.values())
    texts = (cell.text.lstrip(openings) for cell in row if len(cell.text) <= LONGEST)
    return any(map(_labels().match, texts))


def is_title(text: str) -> bool:
    """Whether *text* is the title of a table of goals: it says so, and 表 ends it.

    >>> is_title("2023年项目支出绩效目标表（含转移支付项目）")
    True
    """
    title = without_remark(text)
    words = Vocabulary.packaged().words["titles"]
    is_ours = title.endswith("表") and any(word in title for word in words)
    return is_ours and not continues(text)


def continues(text: str) -> bool:
    """Whether *text* says that a table goes on here: ``续表``, ``绩效目标表（续）``."""
    return _CONTINUED.fullmatch(bare(text)) is not None


def is_labelled(text: str) -> bool:
    """Whether *text* begins with a word and a colon: ``填表人：张三``."""
    return _ANY_LABEL.match(text.strip()) is not None


@functools.cache
def _labels() -> re.Pattern[str]:
    """Any label with its colon, where a word may begin; blanks may stand inside."""
    words = (
        r"\s*".join(map(_either_width, name))
        for name in sorted(_label_names(), key=lambda name: (-len(name), name))
    )
    remark = r"(?:\s*[(（][^()（）:：]{0,12}[)）])?"
    return re.compile(
        rf"(?<![^\s(（\[【，,；;])(?P<label>{'|'.join(words)}){remark}\s*[:：]\s*"
    )


@functools.cache
def _label_names() -> frozenset[str]:
    labels = Vocabulary.packaged().labels.values()
    return frozenset(name for names in labels for name in names)


def _either_width(character: str) -> str:
    wide = {"(": "（", ")": "）"}.get(character)
    return f"[{character}{wide}]" if wide else re.escape(character)


def _items(row: tuple[Cell, ...]) -> Iterator[Item]:
    """The items of *row*; a label without a value takes the next cell as its value."""
    pending = ""
    for cell in row:
        if not cell.text.strip(_BLANK_CELL):
            continue
        parts = _parts(cell) or (_whole(cell),)
        if pending and not parts[0].label:
            parts = (attrs.evolve(parts[0], label=pending), *parts[1:])
        yield from parts
        pending = parts[-1].label if not parts[-1].value else ""


def _whole(cell: Cell) -> Item:
    return Item(value=cell.text, cell=cell, span=Span(0, len(cell.text)))


def _parts(cell: Cell) -> tuple[Item, ...]:
    """The items of one cell, none of them empty and unlabelled."""
    text = cell.text
    if len(text) > LONGEST:
        return (_whole(cell),)
    if bare(text).removesuffix(":") in _label_names():
        label = bare(text).removesuffix(":")
        return (Item(label=label, value="", cell=cell, span=Span(0, len(text))),)
    matches = list(_labels().finditer(text))
    starts = [match.start() for match in matches] + [len(text)]
    parts = list(_plain(cell, 0, starts[0]))
    for match, end in zip(matches, starts[1:], strict=True):
        unknown = _UNKNOWN_LABEL.search(text, match.end(), end)
        stop = unknown.start() if unknown else end
        value = _trimmed(text, match.end(), stop)
        span = Span(match.start(), value.end)
        label = bare(match["label"])
        parts.append(Item(label=label, value=value.of(text), cell=cell, span=span))
        parts.extend(_plain(cell, stop, end))
    return tuple(parts)


def _plain(cell: Cell, start: int, end: int) -> Iterator[Item]:
    span = _trimmed(cell.text, start, end)
    if span:
        yield Item(value=span.of(cell.text), cell=cell, span=span)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without the blanks, and the half of a pair of brackets, around it."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and _is_edge(text, start, end - 1):
        end -= 1
    return Span(start, end)


def _is_edge(text: str, start: int, last: int) -> bool:
    opening = _BRACKETS.get(text[last])
    if opening is not None:
        return opening not in text[start:last]
    return text[last] in _EDGES or text[last] in _BRACKETS.values()


def _best(items: list[Item], name: str) -> Item | None:
    """The item that states the department, or the unit of money."""
    words = Vocabulary.packaged()
    labels = words.labels[name]
    wants_currency = name == CURRENCY_UNIT
    fitting = [
        item
        for item in reversed(items)
        if item.label in labels
        and item.value
        and (words.currency_unit(item.value) is not None) == wants_currency
    ]
    return min(fitting, key=lambda item: labels.index(item.label), default=None)


def _title(texts: list[Item]) -> Item | None:
    for word in Vocabulary.packaged().words["titles"]:
        for item in reversed(texts):
            if word in bare(item.value):
                return item
    lines = (item for item in texts if bare(item.value))
    return next((item for item in lines if not is_labelled(item.value)), None)
