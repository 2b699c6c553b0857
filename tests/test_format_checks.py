"""What the formatter proves: each check finds what it is there for."""

from __future__ import annotations

import io
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from tests.strategies import texts

from perfgoals._format_checks import (
    CHECKS,
    checked_text,
    nothing_dropped,
    same_meaning,
    stable,
    text_of,
)
from perfgoals.errors import PerfgoalsError
from perfgoals.formatter import to_text
from perfgoals.model import GoalTable, IndicatorList
from perfgoals.parse import parse
from perfgoals.tables import read_tables

ROOT = Path(__file__).parent.parent
SEED = ROOT / "examples/data/goals-2023.txt"
CASES = sorted((Path(__file__).parent / "cases/tables").glob("*.txt"))
CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"


def read(text: str) -> tuple[GoalTable, ...]:
    return read_tables(io.StringIO(text))


def test_checks_have_names() -> None:
    assert [check.__name__ for check in CHECKS] == [
        "same_meaning",
        "stable",
        "nothing_dropped",
    ]


def test_real_table_passes() -> None:
    tables = read_tables(SEED)
    text = checked_text(tables, read)
    assert text == to_text(tables[0])
    assert all(check(tables, text, read(text)) is None for check in CHECKS)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_tables_are_written_safely_or_not_at_all(path: Path) -> None:
    """Whatever is refused says why; whatever is not is the same when read again."""
    text = path.read_bytes().decode().split("=== file\n", 1)[1].split("=== tables\n")[0]
    tables = read(text)
    written = text_of(tables)
    if problem(tables) is None:
        assert checked_text(tables, read) == written
        assert text_of(read(written)) == written
        return
    with pytest.raises(PerfgoalsError, match="canonical text would not be safe"):
        checked_text(tables, read)


def problem(tables: tuple[GoalTable, ...]) -> str | None:
    """What the first check says that finds something."""
    text = text_of(tables)
    found = (check(tables, text, read(text)) for check in CHECKS)
    return next(filter(None, found), None)


def test_some_tables_are_written_and_some_are_not() -> None:
    texts = (path.read_bytes().decode() for path in CASES)
    files = (text.split("=== file\n", 1)[1].split("=== tables\n")[0] for text in texts)
    assert {problem(read(file)) is None for file in files} == {True, False}


@given(texts())
def test_cells_are_written_safely_or_not_at_all(text: str) -> None:
    cell = parse(CELL + text)
    try:
        written = checked_text(cell, parse)
    except PerfgoalsError:
        return
    assert [one.name for one in parse(written)] == [one.name for one in cell]
    assert text_of(parse(written)) == written


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (CELL, CELL, None),
        (CELL, f"\n{CELL}", None),
        (
            CELL,
            CELL.replace("4次。", "5次。"),
            "“次数” would be read as something else",
        ),
        (CELL, "", "it would be read as 0 parts instead of 1"),
    ],
)
def test_same_meaning_of_cells(before: str, after: str, problem: str | None) -> None:
    assert same_meaning(parse(before), after, parse(after)) == problem


TABLE = (
    "绩效目标表\n单位：万元\n项目名称\t总计\t绩效目标\t绩效指标\n合计\t3\n甲\t3\t目标\t"
    + CELL
)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\n", "\n\n", None),
        ("单位：万元", "单位：元", "“the heading” would be read as something else"),
        ("合计\t3", "合计\t4", "“合计” would be read as something else"),
        ("目标\t1", "目的\t1", "“甲” would be read as something else"),
        ("4次。", "5次。", "“甲” would be read as something else"),
        ("甲", "乙\t3\n甲", "it would be read as 4 parts instead of 3"),
    ],
)
def test_same_meaning_of_tables(old: str, new: str, problem: str | None) -> None:
    after = TABLE.replace(old, new)
    assert same_meaning(read(TABLE), after, read(after)) == problem


def test_stable() -> None:
    cell = parse(CELL)
    assert stable(cell, f"{CELL}\n", cell) is None
    assert stable(cell, CELL, cell) == "formatting it again would change it"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CELL, None),
        (CELL.replace("1、", "①").replace("；", " ; "), None),
        (CELL.replace("1、", "指标1：").replace("年度指标值", "2024年 指标值"), None),
        (CELL.replace("次数", "▲次数"), None),
        (f"{CELL}备注：另行下达", "“备注另行下达” would be lost"),
        (
            CELL.replace("4次。", f"4次；年度指标值:{'五' * 50}。"),
            f"“{'五' * 40}…” would be lost",
        ),
    ],
)
def test_nothing_is_dropped_from_cells(text: str, problem: str | None) -> None:
    cell = parse(text)
    assert nothing_dropped(cell, "", cell) == problem


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("", "", None),
        ("\t3\t", "\t三块\t", "5:2: “三块” is not an amount of money"),
        ("4次。", "4次。另行下达", "“另行下达” would be lost"),
    ],
)
def test_nothing_is_dropped_from_tables(
    old: str, new: str, problem: str | None
) -> None:
    tables = read(TABLE.replace(old, new) if old else TABLE)
    assert nothing_dropped(tables, "", tables) == problem


def test_a_failed_check_is_an_error() -> None:
    """The text of a cell cannot be read as what it was if it is read as nothing."""
    with pytest.raises(PerfgoalsError, match="0 parts instead of 1"):
        checked_text(parse(CELL), lambda _: IndicatorList())


def test_findings_and_places_do_not_count() -> None:
    cell = parse(CELL)
    moved = attrs.evolve(cell, source="", diagnostics=())
    assert same_meaning(cell, "", moved) is None
