"""What only shows between the indicators of a cell, found as they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from perfgoals._build import maker
from perfgoals._cells.signs import ends_a_line
from perfgoals.diagnostics import Diagnostic
from perfgoals.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._cells.findings import Row
    from perfgoals.model import Category, Indicator, Level

_span = maker(Span)


Denoted: TypeAlias = "tuple[str | None, str | None]"
"""The level and the category of a branch, as far as they tell it from others."""


class Ledger:
    """The indicators of a cell so far: their ordinals, their names, where one ends.

    An indicator comes in by ``take``, or by ``names`` and ``repeat`` for its name and
    ``take_numbered`` for all else.
    """

    def __init__(self) -> None:
        self._expected = 1
        self._counted = range(1, 1)
        self._others: set[int] = set()
        self._names: dict[Denoted, set[str]] = {}
        self._end = 0
        self._parted = True
        self._out_of_order: list[Diagnostic] = []
        self._repeated: list[Diagnostic] = []
        self._run_together: list[Diagnostic] = []

    @property
    def findings(self) -> list[Diagnostic]:
        """About ordinals (PG104, PG105), names (PG106), what is not parted (PG110)."""
        return self._out_of_order + self._repeated + self._run_together

    def take(self, row: Row, text: str) -> None:
        """Enter the indicator of *row*, the next one of the cell *text*."""
        indicator, entry = row.indicator, row.entry
        if entry.ordinal is None or indicator.ordinal is None:
            self._expected += 1
        else:
            self._number(indicator.ordinal, entry.ordinal.span)
        names = self.names(denoted(indicator.level, indicator.category))
        if entry.name and entry.name.text and indicator.name in names:
            self.repeat(indicator.name, entry.name.start)
        names.add(indicator.name)
        head = entry.ordinal or entry.name
        if head:
            self._follow(indicator.span.start, head.text, head.span)
        self._end = indicator.span.end
        stops = entry.ended or entry.is_free
        self._parted = stops or ends_a_line(indicator.span.of(text))

    def take_numbered(self, indicators: Sequence[Indicator]) -> None:
        """Enter *indicators* that each begin with their ordinal and end with a 。.

        Their ordinals count up by one.
        """
        first, last = indicators[0], indicators[-1]
        ordinals = range(first.ordinal or 0, (last.ordinal or 0) + 1)
        if self._expected == ordinals[0] and self._are_new(ordinals):
            self._add(ordinals)
        else:
            for indicator in indicators:
                self._number(indicator.ordinal or 0, _ordinal_span(indicator))
        span = _ordinal_span(first)
        self._follow(span.start, str(first.ordinal), span)
        self._end = last.span.end
        self._parted = True

    def names(self, branch: Denoted) -> set[str]:
        """The names so far of the indicators in that *branch*."""
        names = self._names.get(branch)
        if names is None:
            names = self._names[branch] = set()
        return names

    def repeat(self, name: str, start: int) -> None:
        """Report that *name*, which begins at *start*, is in its branch already."""
        span = _span(start, start + len(name))
        self._repeated.append(Diagnostic.of("PG106", span, name=name))

    def _number(self, number: int, span: Span) -> None:
        if number in self._counted or number in self._others:
            finding = Diagnostic.of("PG104", span, ordinal=str(number))
            self._out_of_order.append(finding)
        elif number != self._expected:
            finding = Diagnostic.of(
                "PG105", span, ordinal=str(number), expected=str(self._expected)
            )
            self._out_of_order.append(finding)
        self._add(range(number, number + 1))

    def _are_new(self, ordinals: range) -> bool:
        counted = self._counted
        if ordinals.start < counted.stop and counted.start < ordinals.stop:
            return False
        return not self._others or self._others.isdisjoint(ordinals)

    def _add(self, ordinals: range) -> None:
        """Enter *ordinals*: as a range those that count on from 1."""
        if ordinals.start == self._counted.stop:
            self._counted = range(1, ordinals.stop)
        else:
            self._others.update(ordinals)
        self._expected = ordinals.stop

    def _follow(self, start: int, text: str, span: Span) -> None:
        """PG110 where nothing parts an indicator from the one before."""
        if self._end == start and not self._parted:
            self._run_together.append(Diagnostic.of("PG110", span, text=text))


def denoted(level: Level | None, category: Category | None) -> Denoted:
    """What tells a branch from others, however it is printed."""
    return _denoted(level), _denoted(category)


def _denoted(coded: Level | Category | None) -> str | None:
    return None if coded is None else coded.concept or coded.name


def _ordinal_span(indicator: Indicator) -> Span:
    start = indicator.span.start
    return Span(start, start + len(str(indicator.ordinal)))
