"""Checks of the money: sums over projects, and over the sources of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.amounts import exact_sum, is_exact
from perfgoals.diagnostics import Diagnostic
from perfgoals.rules._ledger import Ledger
from perfgoals.spans import Span
from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from perfgoals.model import GoalTable, Project, Total

_SOURCES = ("fiscal", "special_account", "other")
_AMOUNT_NOT_READ = frozenset({"PG401", "PG411"})
_COLUMN_NOT_READ = frozenset({"PG402", "PG414"})


def totals_differ(table: GoalTable) -> Iterator[Diagnostic]:
    """PG501: each amount of a total against the exact sum of its projects.

    The only 合计 row of a table sums up all of it. Any other total, such as 小计 or
    the row of a unit, sums up those projects that make its printed total: all of
    them, those below it up to the next total, those above it up to the one before,
    or those below it up to a later one. If none do, it is compared with those below
    it, or above it where no project is next below.

    A column is left out where one of its amounts could not be read.
    """
    ledger = Ledger.of(table)
    not_read = {dict(finding.arguments).get("column") for finding in _not_read(table)}
    columns = [column for column in ledger.sums if column not in not_read]
    for total, extent in zip(table.totals, ledger.extents(), strict=True):
        for column in columns:
            printed = getattr(total.funding, column)
            actual = ledger.sum(column, extent)
            if printed is None or not is_exact(printed) or printed == actual:
                continue
            field = Vocabulary.packaged().named(column).zh
            yield _finding("PG501", total, printed, actual, column=field)


def sources_differ(table: GoalTable) -> Iterator[Diagnostic]:
    """PG502: the total of each row against the exact sum of its sources.

    Rows without a total or without any source are left out, and so are rows with an
    amount that could not be read. Where a column for one of the sources is missing,
    or one that may hold a source was not read, the sources may fall short.
    """
    may_fall_short = any(map(_hides_source, table.diagnostics))
    not_read = {finding.location.row for finding in _not_read(table)}
    rows: tuple[Project | Total, ...] = (*table.projects, *table.totals)
    for row in rows:
        printed = row.funding.total
        amounts = [getattr(row.funding, source) for source in _SOURCES]
        stated = [amount for amount in amounts if amount is not None]
        if printed is None or not stated or row.location.row in not_read:
            continue
        if not all(map(is_exact, (printed, *stated))):
            continue
        actual = exact_sum(stated)
        if actual > printed or (actual < printed and not may_fall_short):
            yield _finding("PG502", row, printed, actual)


CHECKS: tuple[Callable[[GoalTable], Iterator[Diagnostic]], ...] = (
    totals_differ,
    sources_differ,
)
"""The checks of this family."""


def _finding(
    code: str, row: Project | Total, printed: Decimal, actual: Decimal, **field: str
) -> Diagnostic:
    arguments = {"name": row.name, "printed": str(printed), "sum": str(actual)}
    return Diagnostic.of(code, Span(0, 0), **arguments, **field).at(row.location)


def _not_read(table: GoalTable) -> Iterator[Diagnostic]:
    """The findings about amounts that could not be read."""
    for finding in table.diagnostics:
        if finding.code in _AMOUNT_NOT_READ:
            yield finding


def _hides_source(finding: Diagnostic) -> bool:
    """Whether *finding* says that a column which may hold money was not read."""
    if finding.code == "PG406":
        column = Vocabulary.packaged().column(dict(finding.arguments).get("text", ""))
        return column is None or column.money
    return finding.code in _COLUMN_NOT_READ
