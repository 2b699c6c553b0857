"""Laws of what the command writes, whatever documents say."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import unicodedata
from typing import TYPE_CHECKING

from hypothesis import given, reject, strategies as st
from tests.strategies import goal_tables, texts

from perfgoals.cli._drawing import draw
from perfgoals.cli._findings import (
    as_finding_json,
    as_github,
    as_text,
    report_on,
    summary,
)
from perfgoals.cli._output import as_json, encoded, harmless
from perfgoals.cli._prose import breaks
from perfgoals.cli._records import as_csv, as_json_lines, records
from perfgoals.cli._sarif import as_sarif
from perfgoals.cli._words import Words
from perfgoals.errors import ReadError
from perfgoals.excerpt import display_width
from perfgoals.model import GoalTable, Indicator, IndicatorList, Project
from perfgoals.spans import Span
from perfgoals.tables import read_tables
from perfgoals.targets import Absent, Qualitative

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "\uff20")
BREAKS = ("\t", "\r", "\n")
BLANKS = " \u3000\u00a0\u200b\ufeff\x00\t\r\n"
CELL = "1、1-产出指标；22-社会效益；{}；实施周期指标值:{}；年度指标值:≥十。{}"


def is_harmless(text: str) -> bool:
    return all(
        sign == "\n" or unicodedata.category(sign) not in INVISIBLE for sign in text
    )


def hostile_texts() -> SearchStrategy[str]:
    """Texts of one line, made of what moves a cursor and of what stands in cells."""
    signs = [
        "\x1b",
        "[2J",
        "\x9b",
        "\x07",
        "\x00",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u2028",
    ]
    words = ["::error::", "%0A", "±3%", "2月30日", "年度指标值:", "；", "。", "次", "★"]
    return st.lists(st.sampled_from([*signs, *words]), max_size=4).map("".join)


class Named(io.StringIO):
    name: str = ""


@st.composite
def hostile_tables(draw: st.DrawFn) -> tuple[GoalTable, ...]:
    """What is read from a file with hostile texts in its name and in every part."""
    part = [draw(hostile_texts()) for _ in range(9)]
    file = Named(
        f"绩效目标表{part[0]}\n单位：{part[1]}\n项目名称\t总计\t绩效目标\t绩效指标\t{part[2]}\n"
        f"{part[3]}合计\t{part[4]}\n甲{part[5]}\t3.50\t目标{part[6]}\t"
        f"{CELL.format(part[7], part[8], part[0])}\t{part[1]}\n"
    )
    file.name = f"in{part[2]}.txt"
    with contextlib.suppress(ReadError):  # too many control characters, says another
        return read_tables(file)
    return reject()


@given(goal_tables(), st.sampled_from(["en", "zh"]), st.integers(10, 200))
def test_page_is_harmless(table: GoalTable, language: str, width: int) -> None:
    page = draw([table], Words.of(language), width=width, color=False)
    assert is_harmless(page)


@given(hostile_tables(), st.sampled_from(["en", "zh"]))
def test_findings_are_harmless(tables: tuple[GoalTable, ...], language: str) -> None:
    report = report_on(tables, language=language, verbose=True)
    assert report.shown
    assert is_harmless(summary(report.tally, Words.of(language)))
    assert is_harmless(as_sarif(report.shown, (), "zh"))
    for one in report.shown:
        assert is_harmless(as_text(one).replace("\x1b[", "").replace("m", ""))
        assert is_harmless(as_finding_json(one))
        assert is_harmless(as_github(one))


@given(hostile_tables())
def test_a_finding_is_one_command_of_github(tables: tuple[GoalTable, ...]) -> None:
    report = report_on(tables, language="en", verbose=True)
    lines = "".join(map(as_github, report.shown)).splitlines()
    assert len(lines) == len(report.shown)
    assert [line for line in lines if line.count("::") < 2] == []
    assert {line.split(" ", 1)[0] for line in lines} <= {
        "::error",
        "::warning",
        "::notice",
    }


@given(st.recursive(texts(), lambda parts: st.lists(parts, max_size=3)))
def test_json_is_harmless_and_exact(data: object) -> None:
    text = as_json(data)
    assert is_harmless(text)
    assert json.loads(text) == json.loads(json.dumps(data))


@given(goal_tables())
def test_json_lines_are_lines(table: GoalTable) -> None:
    lines = as_json_lines([table]).splitlines()
    found = [json.loads(line)["table"] for line in lines]
    assert found == [1 for project in table.projects for _ in project.indicators]


def a_table(name: str) -> GoalTable:
    """A table with one indicator, called *name*."""
    value = Qualitative(text=name, raw=name)
    indicator = Indicator(name=name, period=value, annual=Absent(), span=Span(0, 0))
    indicators = IndicatorList(items=(indicator,))
    return GoalTable(projects=(Project(name=name, code=name, indicators=indicators),))


def cells() -> SearchStrategy[str]:
    signs = st.sampled_from([*TRIGGERS, *BLANKS, "'", "a", ",", '"', "≥"])
    return st.lists(signs, max_size=6).map("".join)


@given(cells())
def test_csv_is_safe_and_reversible(name: str) -> None:
    """No field can be taken for a formula; an apostrophe less, and it is as printed."""
    text = as_csv([a_table(name)])
    header, row = csv.reader(io.StringIO(text[1:], newline=""))
    assert [field for field in row if field.startswith(BREAKS)] == []
    assert [field for field in row if field.lstrip(BLANKS).startswith(TRIGGERS)] == []
    fields = dict(zip(header, row, strict=True))
    [record] = records([a_table(name)])
    for field in ("project", "code", "name"):
        assert fields[field].removeprefix("'") == record[field]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_harmless_keeps_lines_and_tabs(text: str) -> None:
    shown = harmless(text)
    assert is_harmless(shown.replace("\r\n", "\n").replace("\t", ""))
    assert shown.count("\n") == text.count("\n")
    assert harmless(shown) == shown


@given(st.text(st.characters()))
def test_any_text_can_be_written(text: str) -> None:
    """Half a surrogate pair is an escape; all else is as it was."""
    written = encoded(text).decode()
    assert written == "".join(
        f"\\u{ord(sign):x}" if unicodedata.category(sign) == "Cs" else sign
        for sign in text
    )


@given(
    st.text(st.sampled_from("数量指标，。（）“”：a1,.% 　é"), max_size=60),
    st.integers(2, 30),
)
def test_lines_fit(text: str, width: int) -> None:
    """Broken lines are the text, and none is wider than it may be, blanks aside."""
    offsets = [0, *breaks(text, width), len(text)]
    lines = [text[start:end] for start, end in itertools.pairwise(offsets)]
    assert "".join(lines) == text
    assert [line for line in lines if display_width(line.rstrip(" ")) > width] == []
    assert "" not in lines[:-1]
