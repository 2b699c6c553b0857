"""The money of a table, ready to be added up: which projects each total stands for."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals.amounts import exact_context, is_exact, plain_text, running_sums
from perfgoals.model import Funding, GoalTable
from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from perfgoals.spans import Location

COLUMNS = tuple(field.name for field in attrs.fields(Funding))

Extent: TypeAlias = tuple[int, int]
"""From the index of one project up to that of another, which is not included."""


@attrs.frozen(kw_only=True)
class Ledger:
    """The running sums over the projects of a table, and the places of its totals.

    ``sums`` has the columns that can be added exactly. ``positions`` says of each
    total how many projects stand above it; ``bounds`` are these positions and both
    ends, ascending, and ``bound_at`` finds the last of them by its running sum.
    """

    table: GoalTable
    sums: Mapping[str, tuple[Decimal, ...]]
    positions: tuple[int, ...]
    bounds: tuple[int, ...]
    bound_at: Mapping[str, int]

    @classmethod
    def of(cls, table: GoalTable) -> Ledger:
        """The ledger of *table*."""
        sums = dict(_sums(table))
        positions = _positions(table)
        bounds = tuple(sorted({0, *positions, len(table.projects)}))
        totals = sums.get("total", ())
        return cls(
            table=table,
            sums=sums,
            positions=positions,
            bounds=bounds,
            bound_at={plain_text(totals[bound]): bound for bound in bounds if totals},
        )

    def sum(self, column: str, extent: Extent) -> Decimal:
        """The exact sum of *column* over the projects of *extent*."""
        sums, (start, stop) = self.sums[column], extent
        return exact_context().subtract(sums[stop], sums[start])

    def extents(self) -> tuple[Extent, ...]:
        """The projects that each total of the table sums up."""
        words = Vocabulary.packaged()
        grand = [words.is_grand_total(total.name) for total in self.table.totals]
        everything = (0, self.bounds[-1])
        return tuple(
            everything if is_grand and sum(grand) == 1 else self._extent(index)
            for index, is_grand in enumerate(grand)
        )

    def _extent(self, index: int) -> Extent:
        """The projects whose total is that printed at *index*, else those beside it."""
        position = self.positions[index]
        below, above, everything = self._beside(position)
        printed = self.table.totals[index].funding.total
        if printed is not None and is_exact(printed) and "total" in self.sums:
            sought = exact_context().add(self.sums["total"][position], printed)
            stop = self.bound_at.get(plain_text(sought), position)
            for extent in (everything, below, above, (position, max(position, stop))):
                if self.sum("total", extent) == printed:
                    return extent
        is_above_project = position not in self.positions[index + 1 : index + 2]
        if is_above_project and below[0] < below[1]:
            return below
        return above if above[0] < above[1] else everything

    def _beside(self, position: int) -> tuple[Extent, Extent, Extent]:
        """The projects below *position*, those above it, and all."""
        place = bisect.bisect_left(self.bounds, position)
        last = len(self.bounds) - 1
        below = (position, self.bounds[min(place + 1, last)])
        above = (self.bounds[max(place - 1, 0)], position)
        return below, above, (0, self.bounds[-1])


def _sums(table: GoalTable) -> Iterator[tuple[str, tuple[Decimal, ...]]]:
    for column in COLUMNS:
        amounts = [getattr(project.funding, column) for project in table.projects]
        if all(map(is_exact, amounts)):
            yield column, running_sums(amounts)


def _positions(table: GoalTable) -> tuple[int, ...]:
    """How many projects stand above each total; none where their rows do not tell."""
    rows = [_row(project.location) for project in table.projects]
    if any(before >= after for before, after in itertools.pairwise(rows)):
        return (0,) * len(table.totals)
    return tuple(bisect.bisect(rows, _row(total.location)) for total in table.totals)


def _row(location: Location) -> tuple[int, int]:
    return location.page or 0, location.row or 0
