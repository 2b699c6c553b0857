"""The checks: sums that add up, sums that do not, and which projects a sum covers."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from hypothesis import given, strategies as st

from perfgoals.check import check
from perfgoals.diagnostics import Diagnostic
from perfgoals.model import Funding, GoalTable, Project, Total
from perfgoals.rules import CHECKS
from perfgoals.rules._ledger import COLUMNS
from perfgoals.rules.funding import sources_differ, totals_differ
from perfgoals.spans import Location
from perfgoals.vocabulary import Vocabulary


def funding(printed: str) -> Funding:
    """Amounts in the order of the columns, ``_`` where nothing is printed."""
    amounts = [None if text == "_" else Decimal(text) for text in printed.split(",")]
    return Funding(**dict(zip(COLUMNS, amounts, strict=False)))


def table(rows: str, diagnostics: tuple[Diagnostic, ...] = ()) -> GoalTable:
    """A table from ``name:amounts`` per row.

    A total is a row that is called one, or whose name begins with ``=``.
    """
    projects: list[Project] = []
    totals: list[Total] = []
    for row, printed in enumerate(rows.split(), start=1):
        name, amounts = printed.split(":")
        location = Location(row=row, column=1)
        if Vocabulary.packaged().is_total(name) or name.startswith("="):
            totals.append(Total(name=name, funding=funding(amounts), location=location))
        else:
            projects.append(
                Project(name=name, funding=funding(amounts), location=location)
            )
    return GoalTable(
        projects=tuple(projects), totals=tuple(totals), diagnostics=diagnostics
    )


def found(findings: tuple[Diagnostic, ...]) -> list[str]:
    """``row code printed sum [column]`` of each finding."""
    return [
        " ".join(
            [
                str(finding.location.row),
                finding.code,
                *(text for _, text in finding.arguments[1:]),
            ]
        )
        for finding in findings
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "a:1",
        "合计:0",
        "合计:3 a:1 b:2",
        "合计:3.0 a:1.00 b:2",
        "合计:_ a:1",
        "合计:3,1,_,2 a:1,1 b:2,_,_,2",
        "合计:3 =甲:3 a:1 b:2",
        "合计:6 =甲:3 a:1 b:2 =乙:3 c:3",
        "合计:6 =局:6 =甲:3 a:1 b:2 =乙:3 c:3",
        "合计:9 =局:6 =甲:3 a:1 b:2 =乙:3 c:3 =丙:3 d:3",
        "a:1 b:2 小计:3 c:3 小计:3 合计:6",
        "小计:3 a:1 b:2 小计:3 c:3",
        "合计:3 a:1 b:2 合计:3 c:3",
        "a:1 小计:1 小计:1",
    ],
)
def test_sums_that_add_up(rows: str) -> None:
    assert found(check(table(rows))) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("合计:3", ["1 PG501 3 0 总计"]),
        ("合计:3 a:1", ["1 PG501 3 1 总计"]),
        ("合计:3 a:_ b:3.01", ["1 PG501 3 3.01 总计"]),
        ("合计:3,2,1,0 a:3,1,1,1", ["1 PG501 2 1 财政拨款", "1 PG501 0 1 其他资金"]),
        ("合计:3 a:1 b:2 c:3", ["1 PG501 3 6 总计"]),
        ("a:1 b:2 合计:4", ["3 PG501 4 3 总计"]),
        # a part is compared with its neighbours
        ("=甲:4 a:1 b:2 =乙:3 c:3", ["1 PG501 4 3 总计"]),
        ("a:1 b:2 小计:4 c:3 小计:3", ["3 PG501 4 3 总计"]),
        ("a:1 小计:5 小计:1", ["2 PG501 5 1 总计"]),
        ("小计:5 小计:1 a:1", ["1 PG501 5 1 总计"]),
        ("=甲:_,9 a:1,1", ["1 PG501 9 1 财政拨款"]),
        # more than one 合计: each may be of a part
        ("合计:4 a:1 b:2 合计:3 c:3", ["1 PG501 4 3 总计"]),
        # a unit of units, wrong in another column
        (
            "=局:6,5 =甲:3,3 a:1,1 b:2,2 =乙:3,3 c:3,3",
            ["1 PG501 5 6 财政拨款", "1 PG502 6 5"],
        ),
    ],
)
def test_totals_that_differ(rows: str, expected: list[str]) -> None:
    assert found(check(table(rows))) == expected


@pytest.mark.parametrize(
    "rows", ["a:3", "a:3,3", "a:3,1,1,1", "a:_,3", "a:3,4,_,-1", "a:0,0"]
)
def test_sources_that_add_up(rows: str) -> None:
    assert found(check(table(rows))) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a:3,2", ["1 PG502 3 2"]),
        ("a:3,2,_,1.01", ["1 PG502 3 3.01"]),
        ("b:1,1 a:0,_,_,1", ["2 PG502 0 1"]),
    ],
)
def test_sources_that_differ(rows: str, expected: list[str]) -> None:
    assert found(check(table(rows))) == expected


def test_findings_name_their_row() -> None:
    (finding,) = check(table("a:1 合计:3"))
    assert finding.location == Location(row=2, column=1)
    assert finding.message == "“合计” gives 3 as its 总计, the projects sum to 1"


def test_findings_of_reading_are_not_repeated() -> None:
    reading = (Diagnostic.of("PG405"),)
    assert check(table("合计:1 a:1", diagnostics=reading)) == ()


def test_findings_are_ordered() -> None:
    assert found(check(table("合计:9,8 a:1,2 小计:5,6"))) == [
        "1 PG501 9 1 总计",
        "1 PG501 8 2 财政拨款",
        "1 PG502 9 8",
        "2 PG502 1 2",
        "3 PG501 5 1 总计",
        "3 PG501 6 2 财政拨款",
        "3 PG502 5 6",
    ]


def not_read(code: str, row: int, **arguments: str) -> tuple[Diagnostic, ...]:
    return (Diagnostic.of(code, **arguments).at(Location(row=row, column=2)),)


@pytest.mark.parametrize(
    "diagnostics",
    [
        not_read("PG401", 2, text="约3", column="total"),
        not_read(
            "PG411", 2, text="3元", unit="元", currency_unit="万元", column="total"
        ),
    ],
)
def test_amounts_that_were_not_read_are_not_summed(
    diagnostics: tuple[Diagnostic, ...],
) -> None:
    rows = "合计:3,3 a:_,1"
    assert found(check(table(rows, diagnostics=diagnostics))) == [
        "1 PG501 3 1 财政拨款"
    ]
    rows = "合计:3 b:5,4"
    assert found(sources_differ_of(table(rows, diagnostics=diagnostics))) == []


def sources_differ_of(read: GoalTable) -> tuple[Diagnostic, ...]:
    return tuple(sources_differ(read))


@pytest.mark.parametrize(
    "diagnostics",
    [
        not_read("PG402", 1, text="责任科室"),
        not_read("PG406", 1, text="上年结转资金"),
        not_read("PG414", 1, field="其他资金"),
    ],
)
def test_sources_may_fall_short_of_the_total(
    diagnostics: tuple[Diagnostic, ...],
) -> None:
    """Where a source may be missing, only sources that exceed the total are wrong."""
    assert found(check(table("a:3,2", diagnostics=diagnostics))) == []
    assert found(check(table("a:3,4", diagnostics=diagnostics))) == ["1 PG502 3 4"]


@pytest.mark.parametrize("text", ["序号", "备注"])
def test_columns_without_money_hide_no_source(text: str) -> None:
    diagnostics = not_read("PG406", 1, text=text)
    assert found(check(table("a:3,2", diagnostics=diagnostics))) == ["1 PG502 3 2"]


@pytest.mark.parametrize(
    "number", ["NaN", "sNaN", "Infinity", "1E999999", "-1E-999999"]
)
def test_numbers_that_no_table_has(number: str) -> None:
    """Made by hand, they are passed over: a check never raises."""
    for rows in (f"合计:3,3 a:{number},{number}", f"合计:{number},{number} a:3,3"):
        assert found(check(table(rows))) == []


def test_rows_without_a_place() -> None:
    """Where nobody knows the order of the rows, a part can be anything but wrong."""
    placed = table("=甲:3 a:1 b:2 =乙:4 c:4")
    unplaced = attrs.evolve(
        placed,
        projects=tuple(
            attrs.evolve(row, location=Location()) for row in placed.projects
        ),
        totals=tuple(attrs.evolve(row, location=Location()) for row in placed.totals),
    )
    assert found(check(placed)) == []
    assert [text.split()[1] for text in found(check(unplaced))] == ["PG501", "PG501"]


def test_every_check_gives_findings() -> None:
    wrong = table("合计:9,9 a:1,2")
    assert set(CHECKS) == {totals_differ, sources_differ}
    assert all(tuple(rule(wrong)) != () for rule in CHECKS)


AMOUNTS = st.none() | st.decimals("-999", "999", places=2)
ROWS = st.lists(st.builds(Funding, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), max_size=6)


@given(
    st.lists(st.decimals("-999", "999", places=2), max_size=8),
    st.decimals("0.01", "9", places=2),
)
def test_any_sum_is_checked_exactly(
    amounts: list[Decimal], difference: Decimal
) -> None:
    projects = tuple(
        Project(name="a", funding=Funding(total=amount)) for amount in amounts
    )
    total = sum(amounts, Decimal(0))
    for printed, expected in ((total, 0), (total + difference, 1)):
        row = Total(name="合计", funding=Funding(total=printed))
        assert len(check(GoalTable(projects=projects, totals=(row,)))) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from(["合计", "小计", "=甲", "a"]), AMOUNTS, AMOUNTS),
        max_size=9,
    )
)
def test_any_table_can_be_checked(
    rows: list[tuple[str, Decimal | None, Decimal | None]],
) -> None:
    printed = " ".join(
        f"{name}:{'_' if total is None else total},{'_' if fiscal is None else fiscal}"
        for name, total, fiscal in rows
    )
    findings = check(table(printed))
    assert {finding.code for finding in findings} <= {"PG501", "PG502"}
