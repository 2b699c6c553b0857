"""From a file to tables: every case of ``tests/cases/tables``, and the real table."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from perfgoals.check import check
from perfgoals.errors import PerfgoalsError, ReadError
from perfgoals.model import Funding, GoalTable, IndicatorList
from perfgoals.readers import Limits
from perfgoals.spans import Location
from perfgoals.syntax import Syntax
from perfgoals.tables import read_table, read_tables

SEED = Path(__file__).parent.parent / "examples/data/goals-2023.txt"
SEED_TEXT = SEED.read_text(encoding="utf-8")
CASES = sorted((Path(__file__).parent / "cases/tables").glob("*.txt"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk")


@attrs.frozen(kw_only=True)
class Case:
    """A file, and the tables and findings expected of it.

    ``=== file`` is read as it stands. ``=== tables`` is JSON without what is empty.
    ``=== findings`` has a line ``row:column code arguments`` for each finding of the
    layout and of the checks, table by table; those of the indicators are left out.
    """

    file: bytes
    tables: Any
    findings: list[str]


class Silent(Syntax):
    """A syntax that reads no indicators."""

    def read_indicators(self, text: str) -> IndicatorList:
        return IndicatorList(source=f"read: {text}")


def silent() -> Syntax:
    default = Syntax.default()
    fields = (field for field in attrs.fields(Syntax) if field.init)
    return Silent(
        **{str(field.alias): getattr(default, field.name) for field in fields}
    )


def load(path: Path) -> Case:
    _, rest = path.read_bytes().split(b"=== file\n", 1)
    file, rest = rest.split(b"=== tables\n", 1)
    tables, findings = rest.split(b"=== findings\n", 1)
    return Case(
        file=file, tables=json.loads(tables), findings=findings.decode().splitlines()
    )


def shown(tables: tuple[GoalTable, ...]) -> list[dict[str, Any]]:
    """The *tables* as a case file has them."""
    return [
        present(
            title=table.title,
            department=table.department,
            currency_unit=table.currency_unit,
            projects=[
                present(
                    row=project.location.row,
                    code=project.code,
                    name=project.name,
                    **amounts(project.funding),
                    goal=project.goal,
                    indicators=project.indicators.source,
                )
                for project in table.projects
            ],
            totals=[
                present(row=row.location.row, name=row.name, **amounts(row.funding))
                for row in table.totals
            ],
        )
        for table in tables
    ]


def present(**fields: object) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def amounts(funding: Funding) -> dict[str, str]:
    columns = attrs.asdict(funding).items()
    return {column: str(amount) for column, amount in columns if amount is not None}


def findings(tables: tuple[GoalTable, ...]) -> list[str]:
    return [
        " ".join(
            [str(finding.location), finding.code, *map("=".join, finding.arguments)]
        )
        for table in tables
        for finding in (*table.diagnostics, *check(table))
        if finding.code.startswith(("PG0", "PG4", "PG5"))
    ]


def test_cases_are_found() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    tables = read_tables(case.file)
    assert shown(tables) == case.tables
    assert findings(tables) == case.findings


# --- the real table ----------------------------------------------------------------


@pytest.fixture(scope="module")
def seed() -> GoalTable:
    return read_table(SEED)


def test_seed_heading(seed: GoalTable) -> None:
    assert seed.title == "项目支出绩效目标表（含转移支付项目）"
    assert seed.department == "广州开发区穗港智造合作区管理委员会（部门）"
    assert seed.currency_unit == "万元"
    assert seed.source == str(SEED)


def test_seed_projects(seed: GoalTable) -> None:
    counts = [len(project.indicators) for project in seed.projects]
    assert counts == [3, 2, 4, 4, 4, 5, 2, 4, 2]
    amounts = [str(project.funding.total) for project in seed.projects]
    assert amounts[:5] == ["78.43", "18.30", "99.00", "8.40", "668.00"]
    assert amounts[5:] == ["50.00", "5.00", "18.80", "80.00"]


def test_seed_project_with_code(seed: GoalTable) -> None:
    project = seed.projects[5]
    assert project.code == "20202710000600027"
    assert project.name == "广州黄埔综合保税区基础及监管设施建设工程"
    assert project.funding == Funding(total=Decimal("50.00"), fiscal=Decimal("50.00"))
    assert project.goal.startswith("根据《黄埔区发展改革局 广州开发区改革局关于")
    assert project.location == Location(file=str(SEED), row=18, column=1)


def test_seed_totals(seed: GoalTable) -> None:
    total = Decimal("1025.93")
    assert [(row.name, row.funding) for row in seed.totals] == [
        ("合计", Funding(total=total, fiscal=total)),
        ("广州开发区穗港智造合作区管理委员会", Funding(total=total, fiscal=total)),
    ]
    assert check(seed) == ()


def test_seed_errors(seed: GoalTable) -> None:
    """The one contradiction of the real table, in its cell."""
    (error,) = (found for found in seed.diagnostics if found.severity == "error")
    assert error.code == "PG301"
    assert error.location == Location(file=str(SEED), row=18, column=7)
    assert error.span.of(seed.projects[5].indicators.source) == "22-社会效益"


def test_seed_cells_are_kept(seed: GoalTable) -> None:
    cells = [line.split("\t") for line in SEED_TEXT.split("\n")]
    rows = [cells[(project.location.row or 0) - 1] for project in seed.projects]
    assert [project.indicators.source for project in seed.projects] == [
        row[6] for row in rows
    ]
    assert [project.goal for project in seed.projects] == [row[5] for row in rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encodings_and_line_breaks_give_equal_tables(
    encoding: str, line_break: str
) -> None:
    data = SEED_TEXT.replace("\n", line_break).encode(encoding)
    assert read_table(data) == read_table(SEED_TEXT.encode())


def test_sources_give_equal_tables(seed: GoalTable) -> None:
    with SEED.open(encoding="utf-8") as file:
        assert read_table(file) == seed
    with SEED.open("rb") as file:
        assert read_table(file) == seed
    assert read_table(io.StringIO(SEED_TEXT)) == read_table(SEED_TEXT.encode())


@given(st.permutations(range(7)))
def test_columns_in_any_order_give_equal_projects(order: list[int]) -> None:
    lines = [line.split("\t") for line in SEED_TEXT.split("\n")]
    moved = [
        "\t".join(cells[i] for i in order) if len(cells) == len(order) else cells[0]
        for cells in lines
    ]
    table = read_table("\n".join(moved).encode(), syntax=silent())
    assert shown((table,)) == shown((read_table(SEED, syntax=silent()),))


# --- the two verbs -----------------------------------------------------------------


def test_one_table_is_wanted() -> None:
    data = f"{SEED_TEXT}\n{SEED_TEXT}".encode()
    assert len(read_tables(data)) == 2
    with pytest.raises(ReadError, match="found 2 tables, expected one"):
        read_table(data)


@pytest.mark.parametrize("read", [read_table, read_tables])
def test_no_table(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "goals.txt"
    path.write_text("单位：万元\n", encoding="utf-8")
    with pytest.raises(
        ReadError, match=r"found 0 tables .* 项目名称 and 绩效目标"
    ) as caught:
        read(path)
    assert caught.value.location == Location(file=str(path))
    assert caught.value.expected == ("项目名称", "绩效目标", "绩效指标")


def test_syntax_is_used() -> None:
    data = "项目名称\t绩效指标\n甲\ti\n乙\t—\n丙\n"
    table = read_table(data.encode(), syntax=silent())
    sources = [project.indicators.source for project in table.projects]
    assert sources == ["read: i", "—", ""]


def test_options_are_handed_on() -> None:
    data = "项目名稱\t項目\t绩效目标\n".encode("big5", "replace")
    with pytest.raises(ReadError, match="more cells than the limit of 2"):
        read_tables(data, limits=Limits(cells=2), encoding="big5")


def test_invisible_characters_are_reported_and_kept() -> None:
    data = "部门名称：甲\u200b局\n项目名称\t绩效目标\n甲\u200b\tg\x1b\n"
    (table,) = tables = read_tables(data.encode())
    assert table.department == "甲\u200b局"
    assert (table.projects[0].name, table.projects[0].goal) == ("甲\u200b", "g\x1b")
    assert [line for line in findings(tables) if "PG001" in line] == [
        "1:1 PG001 characters=U+200B",
        "3:1 PG001 characters=U+200B",
        "3:2 PG001 characters=U+001B",
    ]


def test_findings_are_ordered() -> None:
    header = "项目名称\t总计\t绩效目标\t绩效指标"
    data = f"{header}\n甲\tx\ta\u200b\ti。j\n乙\ty\tg\ti\n".encode()
    places = [
        (found.location.row, found.location.column, found.span)
        for found in read_table(data).diagnostics
    ]
    assert places == sorted(places)
    assert len(places) > 4


# --- any bytes ---------------------------------------------------------------------

PIECES = st.sampled_from(
    ["项目名称", "总计", "绩效目标", "绩效指标", "合计", "单位：万元", "绩效目标表",
     "1,025.93",
     "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。", "—",
     "甲", '"',
     "\t", "\t", "\t", "\n", "\n", "\r", ",", "\0", "\ud800", "\u202e", " "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def read_and_check(data: bytes) -> str:
    """What comes of *data*, in so many words."""
    try:
        return str([check(table) for table in read_tables(data)])
    except PerfgoalsError as error:
        return str(error)


@given(
    st.binary(max_size=300) | TEXTS.map(lambda text: text.encode("gb18030", "replace"))
)
def test_any_bytes(data: bytes) -> None:
    """Only our own errors escape, and whatever was read can be checked."""
    assert read_and_check(data) != ""


@given(TEXTS)
def test_any_text(text: str) -> None:
    header = "项目名称\t总计\t绩效目标\t绩效指标\n"
    (first, *_) = read_tables(io.StringIO(header + text))
    assert first.source is None
