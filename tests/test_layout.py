"""Where the tables of a grid are, and that none of its cells gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from perfgoals.grid import Cell, Grid
from perfgoals.layout import Layout, find_tables
from perfgoals.layout.header import TALLEST, Header, find_headers
from perfgoals.spans import Location
from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = Vocabulary.packaged()
HEADER = ("项目名称", "总计", "绩效目标", "绩效指标")


def grid(*lines: Iterable[str]) -> Grid:
    """A grid of *lines*, each of them the texts of its cells."""
    return Grid(
        rows=tuple(
            tuple(
                Cell(text=text, location=Location(row=row, column=column))
                for column, text in enumerate(line, start=1)
            )
            for row, line in enumerate(lines, start=1)
        )
    )


def bars(*lines: str) -> Grid:
    """The same, with the cells between bars."""
    return grid(*(line.split("|") if line else () for line in lines))


def headers(*lines: str) -> list[tuple[int, int, list[str]]]:
    """Where each header begins and stops, and its columns in order."""
    return [
        (header.start, header.stop, list(header.columns.values()))
        for header in find_headers(bars(*lines).rows)
    ]


PLAIN = ["name", "total", "goal", "indicators"]


@pytest.mark.parametrize(
    ("lines", "start", "stop", "columns"),
    [
        (["项目名称|总计|绩效目标|绩效指标"], 0, 1, PLAIN),
        (["x|y", "", "项目名称|总计|绩效目标|绩效指标"], 2, 3, PLAIN),
        (["项目|绩效指标"], 0, 1, ["name", "indicators"]),
        (["绩效目标||项目名称"], 0, 1, ["goal", "name"]),
        (["项目|总计|绩效|绩效", "名称||目标|指标"], 0, 2, PLAIN),
        (["项|总|绩|绩效指标", "目||效", "名称|计|目标"], 0, 3, PLAIN),
        (
            ["项目名称|资金||绩效目标", "|总计|财政拨款"],
            0,
            2,
            ["name", "total", "fiscal", "goal"],
        ),
        (["项目信息||绩效情况", "项目名称|总计|绩效目标|绩效指标"], 0, 2, PLAIN),
        (["单位|X||绩效", "项目名称|总计|绩效目标|绩效指标"], 1, 2, PLAIN),
        (["部门名称|甲|单位|元", "项目名称|总计|绩效目标|绩效指标"], 1, 2, PLAIN),
        (["项目名称|总计|绩效目标|绩效指标", "1|2|3|4", "甲|5|g|i"], 0, 2, PLAIN),
        (["项目名称|总计|绩效目标|绩效指标", "栏次|1|2|3"], 0, 2, PLAIN),
        (["项目名称|总计|绩效目标|绩效指标", "合计|5"], 0, 1, PLAIN),
        (["项目名称|总计|绩效目标|绩效指标", "合计"], 0, 1, PLAIN),
        (["项目名称|总计|绩效目标|绩效指标", "1|2|3|5"], 0, 1, PLAIN),
        (["项目名称|总计|绩效目标|绩效指标", "", "1|2|3|4"], 0, 1, PLAIN),
    ],
)
def test_header(lines: list[str], start: int, stop: int, columns: list[str]) -> None:
    assert headers(*lines) == [(start, stop, columns)]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["项目名称"],
        ["项目名称|总计"],
        ["绩效目标|绩效指标"],
        ["项目名称|绩效目标|5"],
        ["项|绩", "目|效", "名|目", "称|标"],
        ["项目|绩效", "", "名称|目标"],
    ],
)
def test_no_header(lines: list[str]) -> None:
    assert headers(*lines) == []


def test_header_is_no_taller_than_it_may_be() -> None:
    name, goal = "项目名称", "绩效目标"
    lines = [f"{name[i]}|{goal[i]}" for i in range(4)]
    assert TALLEST == 3
    assert headers(*lines) == []
    assert headers("项目|绩效", *lines[2:]) == [(0, 3, ["name", "goal"])]


def test_columns_that_are_not_read() -> None:
    (header,) = find_headers(bars("项目名称|绩效目标|绩效目标|备注|责任人|其中").rows)
    codes = {index: finding.code for index, finding in header.unread.items()}
    assert codes == {2: "PG407", 3: "PG406", 4: "PG402", 5: "PG402"}
    assert header.unread[4].location == Location(row=1, column=5)


@pytest.mark.parametrize(
    ("lines", "tables"),
    [
        # the header of a new page
        (["项目名称|绩效目标", "甲|g", "项目名称|绩效目标", "乙|h"], 1),
        (["项目名称|绩效目标", "甲|g", "", "- 2 -", "项目名称|绩效目标", "乙|h"], 1),
        (["项目名称|绩效目标", "甲|g", "续表", "项目名称|绩效目标", "乙|h"], 1),
        # a heading
        (["项目名称|绩效目标", "甲|g", "绩效目标表", "项目名称|绩效目标"], 2),
        (["项目名称|绩效目标", "甲|g", "部门名称：乙", "", "项目名称|绩效目标"], 2),
        (
            [
                "项目名称|绩效目标",
                "甲|g",
                "部门名称：|乙||单位：|元",
                "项目名称|绩效目标",
            ],
            2,
        ),
        (["项目名称|绩效目标", "附件2", "绩效目标表", "项目名称|绩效目标"], 2),
        # a heading that goes on
        (["项目名称|绩效目标", "甲|g", "绩效目标表（续）", "项目名称|绩效目标"], 1),
        (["项目名称|绩效目标", "甲|g", "续表2", "单位：元", "项目名称|绩效目标"], 1),
        # the heading of another kind of table
        (["项目名称|绩效目标", "甲|g", "收支总表", "收入|5", "项目名称|绩效目标"], 2),
        # what only looks like one
        (["项目名称|总计|绩效目标", "编制绩效目标表|5|g", "项目名称|绩效目标"], 1),
        (["项目名称|总计|绩效目标", "绩效目标表|5", "项目名称|绩效目标"], 1),
        (["项目名称|绩效目标", "合计", "项目名称|绩效目标", "乙|h"], 1),
        (["项目名称|绩效目标", "甲|g", "|为了乙", "项目名称|绩效目标"], 1),
    ],
)
def test_number_of_tables(lines: list[str], tables: int) -> None:
    assert len(find_tables(bars(*lines))) == tables


@pytest.mark.parametrize(
    "lines",
    [
        ["表6 “三公”经费支出表", "项目|预算数", "公务接待|5"],
        ["部门名称：甲局||单位：元", "公务接待|5|"],
        ["", "（单位：元）", "公务接待|5"],
    ],
)
def test_what_follows_another_heading_is_no_data(lines: list[str]) -> None:
    (table,) = find_tables(bars("项目名称|总计|绩效目标", "甲|5|g", *lines))
    assert [row.text("name") for row in table.rows] == ["甲"]
    strays = [finding for finding in table.diagnostics if finding.code == "PG404"]
    assert len(strays) == sum(text != "" for line in lines for text in line.split("|"))


@pytest.mark.parametrize(
    "line", ["统计报表|5|", "|||1、编制决算报表", "||单位食堂：略", "||绩效：略"]
)
def test_row_that_is_no_heading(line: str) -> None:
    (table,) = find_tables(
        bars("项目名称|总计|绩效目标|绩效指标", "甲|5|g", line, "乙|6")
    )
    assert len(table.rows) == 3


def test_heading_takes_the_lines_around_it() -> None:
    """Between two tables, lines above a title are of the lower one."""
    lines = [
        "项目名称|绩效目标",
        "甲|g",
        "注：略",
        "附件2",
        "绩效目标表",
        "项目名称|绩效目标",
    ]
    above, below = find_tables(bars(*lines))
    assert [row.text("name") for row in above.rows] == ["甲"]
    assert below.heading.title == "绩效目标表"
    strays = [finding.location.row for finding in below.heading.diagnostics]
    assert strays == [3, 4]


@pytest.mark.parametrize(
    "line",
    [
        "注：略",
        "填表人：张三|审核人：李四",
        "- 3 -",
        "第 3 页，共 5 页",
        "3",
        "（续）",
        "—|—",
    ],
)
def test_row_that_is_no_data(line: str) -> None:
    (table,) = find_tables(bars("项目名称|总计|绩效目标", line))
    assert table.rows == ()
    strays = [finding for finding in table.diagnostics if finding.code == "PG404"]
    assert len(strays) == len(line.split("|"))


@pytest.mark.parametrize(
    "line", ["道路", "一期：道路|5", "一期：道路||目标：略", "第三小学|5"]
)
def test_row_that_is_data(line: str) -> None:
    (table,) = find_tables(bars("项目名称|总计|绩效目标", line))
    assert [row.text("name") for row in table.rows] == [line.split("|", maxsplit=1)[0]]


# --- nothing is lost ---------------------------------------------------------------

TEXTS = st.sampled_from(
    ["", "", " ", "5", "1,025.93", "—", "合计", "甲局", "为了甲：略", "注：略", "1、i",
     "\u200b", "单位：元", "a\tb\nc", "甲" * 90]
)  # fmt: skip
LINES = st.lists(
    TEXTS | st.sampled_from(["绩效目标表", "部门名称", *HEADER]), max_size=6
)
HEADERS = st.permutations([*HEADER, "备注", "责任人", "", "绩效目标"])


@given(
    st.lists(LINES, max_size=4),
    st.lists(st.tuples(HEADERS, st.lists(LINES, max_size=5)), min_size=1, max_size=3),
)
def test_every_cell_is_somewhere(
    above: list[list[str]], parts: list[tuple[list[str], list[list[str]]]]
) -> None:
    """A cell with text is of a row, of a header, of a heading, or in a finding."""
    lines = above + [line for header, rows in parts for line in (header, *rows)]
    whole = grid(*lines)
    tables = find_tables(whole)
    found = {place for table in tables for place in places(table)}
    found |= {
        place
        for header in find_headers(whole.rows)
        for place in of_header(header, whole)
    }
    lost = {
        cell.text
        for row in whole.rows
        for cell in row
        if cell.text.strip() and cell.location not in found
    }
    said = {said for table in tables for said in heading_texts(table)}
    assert lost <= said | set(WORDS.labels["department"]) | {"单位：元"}


def places(table: Layout) -> Iterable[Location]:
    for row in table.rows:
        yield from (cell.location for cell in row.cells.values())
    for finding in table.diagnostics:
        yield finding.location


def of_header(header: Header, whole: Grid) -> Iterable[Location]:
    """The cells of the header itself, and those below it that it says are unread."""
    for row in whole.rows[header.start : header.stop]:
        yield from (cell.location for cell in row)
    for row in whole.rows[header.stop :]:
        yield from (cell.location for i, cell in enumerate(row) if i in header.unread)


def heading_texts(table: Layout) -> Iterable[str]:
    heading = table.heading
    texts = (heading.title, heading.department, heading.currency_unit)
    return (text for text in texts if text)


@given(
    st.permutations(range(4)),
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=4),
)
def test_order_of_columns_does_not_matter(
    order: list[int], rows: list[tuple[str, str, str, str]]
) -> None:
    straight = find_tables(grid(HEADER, *rows))
    moved = find_tables(grid(*([line[i] for i in order] for line in (HEADER, *rows))))
    assert [texts(table) for table in moved] == [texts(table) for table in straight]


def texts(table: Layout) -> list[dict[str, str]]:
    return [
        {column: cell.text for column, cell in row.cells.items()} for row in table.rows
    ]
