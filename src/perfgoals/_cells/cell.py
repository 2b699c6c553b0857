"""Reads the indicators of a cell: divide, parse each, keep what none of them is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals._blanks import BLANKS
from perfgoals._cells import findings as _findings
from perfgoals._cells.findings import Row
from perfgoals._cells.landmarks import ordinal_number
from perfgoals._cells.scan import divide
from perfgoals._cells.tree import read_entry
from perfgoals._grammar import UnparsedError
from perfgoals.diagnostics import Diagnostic
from perfgoals.model import Category, Extra, Indicator, IndicatorList, Level
from perfgoals.spans import Span
from perfgoals.targets import Absent, Target

if TYPE_CHECKING:
    from perfgoals._cells.entry import Added, Coded, Entry, Value
    from perfgoals._cells.language import CellLanguage

LENGTH_LIMIT = 10_000_000
"""The most characters of a cell that is read."""

INDICATOR_LIMIT = 200_000
"""The most indicators that are read from one cell."""

ReadTarget: TypeAlias = Callable[
    [str, str | None], tuple[Target, tuple[Diagnostic, ...]]
]


def read_indicators(
    text: str,
    *,
    language: CellLanguage,
    read_target: ReadTarget,
    length_limit: int = LENGTH_LIMIT,
    indicator_limit: int = INDICATOR_LIMIT,
) -> IndicatorList:
    """The indicators of the cell *text*, with every finding; never raises.

    Unless the text is blank, the spans of the indicators and of the findings about
    what is none (PG002, PG003, PG101, PG107, PG108) cover each of its characters.
    """
    if len(text) > length_limit:
        finding = Diagnostic.of(
            "PG002",
            Span(0, len(text)),
            length=str(len(text)),
            limit=str(length_limit),
        )
        return IndicatorList(source=text, diagnostics=(finding,))
    cell = _Cell(text, language, read_target)
    division = divide(text, language.grammar, indicator_limit)
    for stretch in division.stretches:
        cell.read(stretch.span, readable=stretch.readable)
    if division.rest:
        cell.refuse(division.rest, indicator_limit)
    return cell.indicators()


class _Cell:
    """The indicators and the findings of a cell, while it is read."""

    def __init__(
        self, text: str, language: CellLanguage, read_target: ReadTarget
    ) -> None:
        self._text = text
        self._language = language
        self._taxonomy = language.taxonomy
        self._read_target = read_target
        self._levels: dict[str, Level] = {}
        self._categories: dict[str, Category] = {}
        self._rows: list[Row] = []
        self._findings: list[Diagnostic] = []

    def indicators(self) -> IndicatorList:
        """What was read; the findings that only show between indicators included."""
        self._findings += _findings.of_cell(self._rows, self._text)
        self._findings.sort(key=lambda finding: (finding.span.start, finding.span.end))
        return IndicatorList(
            items=tuple(row.indicator for row in self._rows),
            source=self._text,
            diagnostics=tuple(self._findings),
        )

    def read(self, span: Span, *, readable: bool) -> None:
        """Take the next stretch, as an indicator if it is *readable* as one."""
        entry = self._entry(span) if readable else None
        if entry:
            row = Row(indicator=self._indicator(entry, span), entry=entry)
            self._findings += _findings.of_indicator(row, self._text, self._taxonomy)
            self._rows.append(row)
        elif span.of(self._text).strip(BLANKS):
            trails = bool(self._rows) and span.end == len(self._text)
            finding = _findings.of_unreadable(self._text, span, trails=trails)
            self._findings.append(finding)
        self._findings += _findings.of_characters(self._text, span)

    def refuse(self, span: Span, limit: int) -> None:
        """Leave the rest of the cell unread."""
        self._findings.append(Diagnostic.of("PG003", span, limit=str(limit)))

    def _entry(self, span: Span) -> Entry | None:
        text = span.of(self._text)
        try:
            tree = self._language.grammar.parse(text, "indicator")
            return read_entry(tree, text, span.start, self._language)
        except (UnparsedError, RecursionError):  # a rule of an extension may recur
            return None

    def _indicator(self, entry: Entry, span: Span) -> Indicator:
        name = entry.name.text if entry.name else ""
        return Indicator(
            ordinal=ordinal_number(entry.ordinal.text) if entry.ordinal else None,
            level=self._level(entry.level) if entry.level else None,
            category=self._category(entry.category) if entry.category else None,
            name=name,
            period=self._target(entry.period, name),
            annual=self._target(entry.annual, name),
            core=entry.core,
            extras=tuple(self._extra(added) for added in entry.added),
            span=span,
        )

    def _extra(self, added: Added) -> Extra:
        value = added.value
        return Extra(
            field=added.field,
            label=value.label.text,
            value=added.target or self._target(value, ""),
            span=value.text.span,
        )

    def _level(self, coded: Coded) -> Level:
        """The level that is printed so; one object for all that are printed alike."""
        printed = coded.printed.text
        if printed not in self._levels:
            name = coded.name.text
            concept = self._taxonomy.level(coded.code, name)
            self._levels[printed] = Level(code=coded.code, name=name, concept=concept)
        return self._levels[printed]

    def _category(self, coded: Coded) -> Category:
        """The category that is printed so, as for the level."""
        printed = coded.printed.text
        if printed not in self._categories:
            name = coded.name.text
            concept = self._taxonomy.category(coded.code, name)
            category = Category(code=coded.code, name=name, concept=concept)
            self._categories[printed] = category
        return self._categories[printed]

    def _target(self, value: Value | None, name: str) -> Target:
        if value is None:
            return Absent()
        target, findings = self._read_target(value.text.text, name or None)
        start = value.text.start
        self._findings += [
            attrs.evolve(finding, span=finding.span.shifted(start))
            for finding in findings
        ]
        return target
