"""One damaged indicator costs one: all the others of its cell read as before.

Each kind of damage befalls each indicator of the real table in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import attrs
import pytest
from tests.test_parse import CELLS

from perfgoals.parse import parse
from perfgoals.spans import Span

if TYPE_CHECKING:
    from perfgoals.model import Indicator, IndicatorList

LABELS = ("实施周期指标值", "年度指标值")
GARBAGE = "#@乱码"
CONTROLS = "\0\x1b\u202e"

Damage: TypeAlias = Callable[[str], Iterator[str]]
KINDS: dict[str, Damage] = {}


def kind(damage: Damage) -> Damage:
    """Register *damage*: a text of an indicator in, the texts it may become out."""
    KINDS[damage.__name__.replace("_", " ")] = damage
    return damage


@kind
def all_of_it_deleted(_: str) -> Iterator[str]:
    yield ""


@kind
def ordinal_deleted(text: str) -> Iterator[str]:
    yield text[1:]
    yield text[2:]


@kind
def level_deleted(text: str) -> Iterator[str]:
    ordinal, _, rest = fields(text)
    yield "；".join([ordinal, *rest])
    yield ordinal + "；".join(rest)


@kind
def category_deleted(text: str) -> Iterator[str]:
    ordinal, level, rest = fields(text)
    yield ordinal + "；".join([level, *rest[1:]])
    yield ordinal + "；".join([level, "", *rest[1:]])


@kind
def level_and_category_deleted(text: str) -> Iterator[str]:
    ordinal, _, rest = fields(text)
    yield ordinal + "；".join(rest[1:])
    yield "；".join(rest[1:])


@kind
def name_deleted(text: str) -> Iterator[str]:
    ordinal, level, rest = fields(text)
    yield ordinal + "；".join([level, rest[0], *rest[-2:]])


@kind
def separator_deleted(text: str) -> Iterator[str]:
    for place in places(text, "；"):
        yield text[:place] + text[place + 1 :]
    yield text.replace("；", "")


@kind
def separator_replaced(text: str) -> Iterator[str]:
    for sign in "，,、 \n":
        for place in places(text, "；"):
            yield text[:place] + sign + text[place + 1 :]
        yield text.replace("；", sign)


@kind
def label_deleted(text: str) -> Iterator[str]:
    for label in LABELS:
        yield text.replace(f"；{label}:", "")
        yield text.replace(f"{label}:", "")
        yield text.replace(label, "")


@kind
def value_deleted(text: str) -> Iterator[str]:
    for label in LABELS:
        yield re.sub(f"；{label}:.*?(?=；年度指标值|。$)", "", text)
        yield re.sub(f"(；{label}:).*?(?=；年度指标值|。$)", r"\1", text)


@kind
def label_misspelt(text: str) -> Iterator[str]:
    for label in LABELS:
        start = text.index(f"；{label}:")
        for place in range(start + 1, start + len(label) + 2):
            for sign in ("", "直", f"直{text[place]}"):
                yield text[:place] + sign + text[place + 1 :]


@kind
def last_stop_deleted(text: str) -> Iterator[str]:
    yield text.removesuffix("。")


@kind
def cut_off(text: str) -> Iterator[str]:
    for place in range(1, len(text)):
        yield text[:place]


@kind
def beginning_lost(text: str) -> Iterator[str]:
    """As long as a label is left of it."""
    for place in range(1, text.index("年度指标值:") + 1):
        yield text[place:]


@kind
def characters_lost(text: str) -> Iterator[str]:
    for length in (1, 4, 9):
        for place in range(0, len(text), length):
            yield text[:place] + text[place + length :]


@kind
def garbage_inserted(text: str) -> Iterator[str]:
    for place in range(len(text) + 1):
        yield text[:place] + GARBAGE + text[place:]


@kind
def controls_inserted(text: str) -> Iterator[str]:
    for place in range(len(text) + 1):
        yield text[:place] + CONTROLS + text[place:]


@kind
def line_broken(text: str) -> Iterator[str]:
    for place in range(1, len(text)):
        yield f"{text[:place]}\n{text[place:]}"


@kind
def digits_of_the_codes_deleted(text: str) -> Iterator[str]:
    yield re.sub("(?<=[、；])[0-9]+(?=-)", "", text)
    yield re.sub("(?<=[、；])[0-9]+-", "", text)


@kind
def twice_there(text: str) -> Iterator[str]:
    yield text + text


@kind
def fields_swapped(text: str) -> Iterator[str]:
    parts = text.removesuffix("。").split("；")
    for place in range(len(parts) - 1):
        first, second = parts[place : place + 2]
        yield "；".join([*parts[:place], second, first, *parts[place + 2 :]]) + "。"


def fields(text: str) -> tuple[str, str, list[str]]:
    """The ordinal, the level, and the fields behind them."""
    head, *rest = text.split("；")
    ordinal, level = head.split("、")
    return f"{ordinal}、", level, rest


def places(text: str, sign: str) -> list[int]:
    return [match.start() for match in re.finditer(sign, text)]


def without_span(indicator: Indicator) -> Indicator:
    return attrs.evolve(indicator, span=Span(0, 0))


def uncovered(indicators: IndicatorList) -> str:
    """The characters that belong to no indicator and to no finding."""
    spans = [indicator.span for indicator in indicators]
    spans += [finding.span for finding in indicators.diagnostics]
    covered: set[int] = set()
    for span in spans:
        covered.update(range(span.start, span.end))
    return "".join(
        sign for at, sign in enumerate(indicators.source) if at not in covered
    )


def test_kinds_of_damage() -> None:
    assert len(KINDS) >= 20


@pytest.mark.parametrize("number", range(len(CELLS)))
@pytest.mark.parametrize("name", KINDS)
def test_damage_costs_one_indicator(name: str, number: int) -> None:
    cell = CELLS[number]
    intact = parse(cell)
    texts = [indicator.span.of(cell) for indicator in intact]
    others = [without_span(indicator) for indicator in intact]
    for place, text in enumerate(texts):
        before, behind = others[:place], others[place + 1 :]
        for damaged in KINDS[name](text):
            whole = "".join([*texts[:place], damaged, *texts[place + 1 :]])
            indicators = parse(whole)
            found = [without_span(indicator) for indicator in indicators]
            assert found[:place] == before, whole
            assert found[len(found) - len(behind) :] == behind, whole
            assert uncovered(indicators) == "", whole


NOTICED = {
    "all of it deleted": "PG105",
    "level deleted": "PG102",
    "category deleted": "PG102",
    "level and category deleted": "PG102",
    "name deleted": "PG102",
    "label deleted": "PG102",
    "value deleted": "PG102",
    "last stop deleted": "PG110",
    "controls inserted": "PG001",
    "twice there": "PG106",
}


@pytest.mark.parametrize("name", NOTICED)
def test_damage_is_named(name: str) -> None:
    cell = CELLS[0]
    first, second, third = (indicator.span.of(cell) for indicator in parse(cell))
    for damaged in KINDS[name](second):
        findings = parse(first + damaged + third).diagnostics
        codes = {finding.code for finding in findings}
        assert NOTICED[name] in codes, damaged
