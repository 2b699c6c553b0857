"""Rows put together, codes split off, and totals told from projects."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from perfgoals.layout.records import split_code
from perfgoals.layout.totals import Line, total_lines


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("20202710000600027-工程", "20202710000600027", "工程"),
        (" 20202710000600027 － 工程 ", "20202710000600027", "工程"),
        ("440100—2023年规划", "440100", "2023年规划"),
        ("４４０１００-工程", "４４０１００", "工程"),
        ("440100-工程\n二期", "440100", "工程\n二期"),
        ("20230101-工程", "20230101", "工程"),
        ("20231301-2024年规划", "20231301", "2024年规划"),
        ("20230101-20231231服务", None, "20230101-20231231服务"),
        ("202301-202312服务", None, "202301-202312服务"),
        ("2023-2025年规划项目", None, "2023-2025年规划项目"),
        ("44010-工程", None, "44010-工程"),
        ("440100-", None, "440100-"),
        ("440100工程", None, "440100工程"),
        ("工程440100-二期", None, "工程440100-二期"),
        (" 工程 ", None, "工程"),
        ("", None, ""),
    ],
)
def test_split_code(printed: str, code: str | None, name: str) -> None:
    assert split_code(printed) == (code, name)


@given(st.text(st.sampled_from("0123-－ 工程\n")))
def test_split_code_loses_nothing_but_the_dash(printed: str) -> None:
    code, name = split_code(printed)
    dashes = str.maketrans("", "", "-－ \n")
    assert (f"{code or ''}{name}").translate(dashes) == printed.translate(dashes)


def totals(lines: str, department: str | None = None) -> str:
    """The names of the totals among *lines*: ``合计5 甲5* 乙`` with * for content."""
    read = [
        Line(
            name=line.rstrip("*-.0123456789"),
            amount=Decimal(amount)
            if (amount := line.strip("*").lstrip("合小计甲乙丙丁局院abcd"))
            else None,
            has_content=line.endswith("*"),
        )
        for line in lines.split()
    ]
    return " ".join(read[i].name for i in sorted(total_lines(read, department)))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", ""),
        ("a5* b6*", ""),
        # by name
        ("合计11 a5* b6*", "合计"),
        ("a5* b6* 合计11", "合计"),
        ("合计 a5*", "合计"),
        ("合计99 a5*", "合计"),
        ("合计11* a5* b6*", "合计"),
        ("a5* 小计5 b6* 小计6 合计11", "小计 小计 合计"),
        ("小计5* a5*", ""),
        ("甲局小计5 a5*", "甲局小计"),
        # repeating the total
        ("合计11 甲11 a5* b6*", "合计 甲"),
        ("合计12 甲12 a5* b6*", "合计 甲"),
        ("合计11 甲11 乙11 a5* b6*", "合计 甲 乙"),
        ("合计11 甲11", "合计"),
        ("合计11 甲11 a* b0*", "合计"),
        ("合计11 甲10 a5* b6*", "合计"),
        ("合计11 a5* 甲11 b6*", "合计"),
        # summing up
        ("合计16 甲11 a5* b6* 乙5 c5*", "合计 甲 乙"),
        ("合计16 甲16 乙11 a5* b6* 丙5 c5*", "合计 甲 乙 丙"),
        ("合计17 甲11 a5* b6* 乙5 c5*", "合计 甲 乙"),
        ("甲11 a5* b6* 乙5 c5*", "甲 乙"),
        ("甲11 a5* b6", "甲"),
        ("甲12 a5* b6*", ""),
        ("甲5 a5*", ""),
        ("合计5 甲5 a5*", "合计 甲"),
        ("合计10 甲5 a5*", "合计"),
        ("合计22 甲11 a5* b6*", "合计"),
        ("甲0 a0* b0*", ""),
        ("甲 a5* b6*", ""),
        ("甲-1 a5* b-6*", "甲"),
    ],
)
def test_totals(lines: str, expected: str) -> None:
    assert totals(lines) == expected


def test_total_of_the_department() -> None:
    assert totals("甲局5 a5*", "甲局（部门）") == "甲局"
    assert totals("甲局5* a5*", "甲局（部门）") == ""
    assert totals("甲局5 a5*", "乙局") == ""


AMOUNTS = st.none() | st.decimals("-9", "9", places=1)
LINES = st.builds(
    Line,
    name=st.sampled_from(["", "合计", "小计", "甲"]),
    amount=AMOUNTS,
    has_content=st.booleans(),
)


@given(st.lists(LINES, max_size=12), st.none() | st.just("甲"))
def test_what_has_content_is_a_project(
    lines: list[Line], department: str | None
) -> None:
    for i in total_lines(lines, department):
        assert not lines[i].has_content or lines[i].name == "合计"
