"""Canonical text of indicators that were made by hand, not read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals.formatter import to_text
from perfgoals.model import GoalTable, Indicator, IndicatorList, Level, Project
from perfgoals.parse import parse, parse_target
from perfgoals.spans import Span
from perfgoals.tables import read_table
from perfgoals.targets import Absent, Comparator, Deadline, Quantity, Target

NOWHERE = Span(0, 0)


def made(period: Target, annual: Target) -> Indicator:
    return Indicator(
        ordinal=1,
        level=Level(code=None, name="产出指标", concept="output"),
        category=None,
        name="次数",
        period=period,
        annual=annual,
        core=True,
        span=NOWHERE,
    )


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Quantity(comparator=Comparator.AT_LEAST, number=Decimal(4)), "≥4"),
        (Deadline(comparator=Comparator.AT_MOST, date="--12-31"), "12月31日前"),
        (Absent(), ""),
        (parse_target("不少于4次"), "不少于4次"),
    ],
)
def test_a_value_that_never_was_printed_is_canonical(target: Target, text: str) -> None:
    """One that was keeps its text, and one that is absent is left empty."""
    indicator = made(target, target)
    assert to_text(indicator) == (
        f"1、产出指标；★次数；实施周期指标值:{text}；年度指标值:{text}。"
    )


def test_what_was_made_by_hand_is_read_back() -> None:
    four = Quantity(number=Decimal(4), unit="次", per="年")
    (read,) = parse(to_text(IndicatorList(items=(made(four, four),))))
    assert (read.name, read.core, read.period.raw) == ("次数", True, "4次/年")


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效目标表",
        "PK\x03\x04表",
        "%PDF-表",
        " <TABLE>表",
        "{\\rtf表",
        '<?xml "表"',
    ],
)
def test_a_title_does_not_make_the_text_another_kind_of_file(title: str) -> None:
    table = GoalTable(title=title, projects=(Project(name="培训费"),))
    read = read_table(to_text(table).encode())
    assert (read.title, [one.name for one in read.projects]) == (
        title.strip(),
        ["培训费"],
    )
