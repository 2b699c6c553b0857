from __future__ import annotations

import pytest

from perfgoals.grid import Cell
from perfgoals.layout.heading import (
    LONGEST,
    Heading,
    has_label,
    is_labelled,
    is_title,
    read_heading,
)
from perfgoals.spans import Location


def read(*lines: str) -> Heading:
    """The heading of *lines*, whose cells stand between bars."""
    return read_heading(
        tuple(
            Cell(text=text, location=Location(row=row, column=column))
            for column, text in enumerate(line.split("|"), start=1)
        )
        for row, line in enumerate(lines, start=1)
    )


def strays(heading: Heading) -> list[str]:
    return [dict(finding.arguments)["text"] for finding in heading.diagnostics]


@pytest.mark.parametrize(
    ("lines", "title", "department", "currency_unit"),
    [
        (["部门名称：甲局", "单位：万元"], None, "甲局", "万元"),
        (["部门名称:甲局||单位:万元"], None, "甲局", "万元"),
        (["部门名称：|甲局||单位：|万元"], None, "甲局", "万元"),
        (["部门名称|甲局||金额单位||万元"], None, "甲局", "万元"),
        (["部门名称|：|甲局"], None, "甲局", None),
        (["部 门 名 称 ： 甲局  单　位：万 元"], None, "甲局", "万元"),
        (["部门名称：甲局，单位：万元"], None, "甲局", "万元"),
        (["单位：甲局", "单位：元"], None, "甲局", "元"),
        (["（单位：万元）"], None, None, "万元"),
        (["绩效目标表（单位：万元）"], "绩效目标表", None, "万元"),
        (["填报单位（盖章）：甲局"], None, "甲局", None),
        (["部门（单位）名称：甲局"], None, "甲局", None),
        (["部门名称：甲局（部门）"], None, "甲局（部门）", None),
        (["部门名称：", "单位：万元"], None, None, "万元"),
        (["部门名称：|单位：万元"], None, None, "万元"),
        (["单位：美元"], None, None, "美元"),
        ([" 项 目 支 出 绩 效 目 标 表 "], "项 目 支 出 绩 效 目 标 表", None, None),
        ([], None, None, None),
        (["", " | "], None, None, None),
    ],
)
def test_items(
    lines: list[str],
    title: str | None,
    department: str | None,
    currency_unit: str | None,
) -> None:
    expected = Heading(title=title, department=department, currency_unit=currency_unit)
    assert read(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "title", "rest"),
    [
        (["附件2", "2023年绩效目标表"], "2023年绩效目标表", ["附件2"]),
        (["附件2：绩效目标表"], "附件2：绩效目标表", []),
        (["目录 绩效目标表", "绩效目标表"], "绩效目标表", ["目录 绩效目标表"]),
        (["项目绩效表", "预算表"], "项目绩效表", ["预算表"]),
        (["年度：2023", "预算表", "第2页"], "预算表", ["年度：2023", "第2页"]),
        (["年度：2023"], None, ["年度：2023"]),
        (["甲" * (LONGEST + 1)], None, ["甲" * (LONGEST + 1)]),
    ],
)
def test_title(lines: list[str], title: str | None, rest: list[str]) -> None:
    heading = read(*lines)
    assert heading.title == title
    assert strays(heading) == rest


@pytest.mark.parametrize(
    ("lines", "department", "rest"),
    [
        (["主管部门：甲", "部门名称：乙"], "乙", ["主管部门：甲"]),
        (["部门名称：乙", "主管部门：甲"], "乙", ["主管部门：甲"]),
        (["部门名称：甲", "部门名称：乙"], "乙", ["部门名称：甲"]),
        (["部门名称：甲", "部门名称：甲"], "甲", []),
        (["部门名称：甲 填报日期：1日"], "甲", ["填报日期：1日"]),
        (["资金使用单位：甲"], None, ["资金使用单位：甲"]),
    ],
)
def test_department(lines: list[str], department: str | None, rest: list[str]) -> None:
    """The surest label wins, then the one nearest to the table."""
    heading = read(*lines)
    assert heading.department == department
    assert strays(heading) == rest


def test_stray_text_is_located() -> None:
    (finding,) = read("", "|部门名称：甲 填报日期：1日").diagnostics
    assert finding.location == Location(row=2, column=2)
    assert finding.span.of("部门名称：甲 填报日期：1日") == "填报日期：1日"


@pytest.mark.parametrize("text", ["部门名称：甲", " 单 位 ：", "（单位：万元）"])
def test_label(text: str) -> None:
    assert has_label((Cell(text=""), Cell(text=text)))


@pytest.mark.parametrize("text", ["", "部门", "某单位：", "绩效目标表 单位：元"])
def test_no_label(text: str) -> None:
    assert not has_label((Cell(text=text),))


@pytest.mark.parametrize(
    "text", ["绩效目标表", "2023年项目绩效表（本级）", "绩 效 目 标 表"]
)
def test_is_title(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize("text", ["", "预算表", "绩效目标", "绩效目标表印刷费"])
def test_is_no_title(text: str) -> None:
    assert not is_title(text)


def test_is_labelled() -> None:
    texts = [
        "注：略",
        " 填表人: ",
        "培训费",
        "为保障：",
        "保障区域内企业正常运转需要：略",
    ]
    assert list(map(is_labelled, texts)) == [True, True, False, True, False]
