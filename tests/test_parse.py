"""The verb ``parse``: the cells of the real table, and what strictness refuses."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from perfgoals.errors import ParseError
from perfgoals.formatter import to_text
from perfgoals.model import IndicatorList
from perfgoals.parse import parse, parse_target
from perfgoals.spans import Span
from perfgoals.syntax import Syntax
from perfgoals.targets import Qualitative, Quantity

SEED = Path(__file__).parent.parent / "examples/data/goals-2023.txt"
ROWS = [line.split("\t") for line in SEED.read_text(encoding="utf-8").splitlines()]
CELLS = [row[6] for row in ROWS if len(row) == 7 and row[6].startswith("1、")]
INTACT = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"


def test_seed_indicators_are_counted() -> None:
    assert [len(parse(cell)) for cell in CELLS] == [3, 2, 4, 4, 4, 5, 2, 4, 2]


@pytest.mark.parametrize("cell", CELLS)
def test_seed_cell_is_written_back(cell: str) -> None:
    assert to_text(parse(cell)) == cell


@pytest.mark.parametrize("cell", CELLS)
def test_seed_indicators_cover_their_cell(cell: str) -> None:
    spans = [indicator.span for indicator in parse(cell)]
    assert "".join(span.of(cell) for span in spans) == cell
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]


def test_seed_findings() -> None:
    """One contradiction, and one word that is cut off; both in one indicator."""
    found = [
        (index, finding.code, finding.span.of(cell))
        for index, cell in enumerate(CELLS)
        for finding in parse(cell).diagnostics
        if finding.severity != "info"
    ]
    assert found == [(5, "PG301", "22-社会效益"), (5, "PG109", "提高园区形")]


def test_seed_value_with_stops_inside() -> None:
    """``。；年度指标值:`` is real: that 。 belongs to the value."""
    last = parse(CELLS[8])[1]
    assert last.period.raw == f"{last.annual.raw}。"
    assert last.name == "盘活土地资源，支持重点项目建设"


def test_indicators_know_their_text() -> None:
    indicators = parse(INTACT)
    assert indicators.source == INTACT
    assert indicators.diagnostics == ()
    assert isinstance(indicators, IndicatorList)


def test_findings_about_values_count_in_the_cell() -> None:
    cell = INTACT.replace("年度指标值:4次", "年度指标值:2月30日前")
    (finding,) = parse(cell).diagnostics
    assert finding.code == "PG204"
    assert finding.span.of(cell) == "2月30日前"


# --- strict ------------------------------------------------------------------------

REFUSED = {
    "PG101": f"乱码{INTACT}",
    "PG102": INTACT.replace("次数；", ""),
    "PG103": INTACT.replace("；年度", "；上年指标值:3；年度"),
    "PG104": INTACT + INTACT.replace("次数", "场数"),
    "PG105": INTACT.replace("1、", "2、", 1),
    "PG106": INTACT + INTACT.replace("1、", "2、", 1),
    "PG107": f"{INTACT}注",
    "PG108": INTACT.replace("次数", "次数（≥**次）"),
    "PG109": INTACT.replace("4次；", "有效提升；").replace("4次。", "有效提升吗。"),
    "PG111": INTACT.replace("；年度", "；实施周期指标值:5次；年度"),
    "PG002": "。" * 10_000_001,
}


@pytest.mark.parametrize("code", REFUSED)
def test_strict_refuses(code: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(REFUSED[code], strict=True)
    assert caught.value.code == code
    assert caught.value.source == REFUSED[code]


def test_strict_tells_what_was_expected_and_where() -> None:
    with pytest.raises(ParseError) as caught:
        parse(REFUSED["PG105"], strict=True)
    assert caught.value.expected == ("1",)
    assert caught.value.span == Span(0, 1)
    assert str(caught.value).splitlines()[0] == ("PG105 the ordinal is 2, expected 1")


def test_strict_error_pickles_and_copies() -> None:
    with pytest.raises(ParseError) as caught:
        parse(REFUSED["PG105"], strict=True)
    for twin in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert str(twin) == str(caught.value)


ACCEPTED = (
    "",
    INTACT,
    INTACT.replace("；", ";").replace("。", ""),  # another spelling
    INTACT.replace("；实施", "实施"),  # a separator too few
    INTACT.replace("11-数量", "22-社会"),  # a contradiction, but well written
    INTACT.replace("次数", "次\u200b数"),  # an invisible character
    INTACT.replace("4次", "2月30日前"),  # a date that no calendar has
)


@pytest.mark.parametrize("cell", ACCEPTED)
def test_strict_accepts(cell: str) -> None:
    assert parse(cell, strict=True) == parse(cell)


# --- syntaxes, targets -------------------------------------------------------------


class Mute(Syntax):
    """A syntax that finds no indicators and reads all values as words."""

    def __init__(self) -> None:
        pass

    def read_indicators(self, text: str) -> IndicatorList:
        return IndicatorList(source=f"read: {text}")

    def read_target(
        self, text: str, *, name: str | None = None
    ) -> tuple[Qualitative, tuple[()]]:
        return Qualitative(text=f"{name}: {text}"), ()


def test_parse_reads_with_the_syntax_given() -> None:
    assert parse(INTACT, syntax=Mute()).source == f"read: {INTACT}"


def test_parse_target() -> None:
    target = parse_target("≥10次")
    assert isinstance(target, Quantity)
    assert (target.number, target.unit) == (Decimal(10), "次")


def test_parse_target_reads_with_the_syntax_and_name_given() -> None:
    target = parse_target("4次", name="次数", syntax=Mute())
    assert target == Qualitative(text="次数: 4次")


def test_threads_share_a_syntax() -> None:
    expected = [parse(cell) for cell in CELLS]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(4):
            assert list(threads.map(parse, CELLS)) == expected
