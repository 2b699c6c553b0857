"""Reads the indicators of a cell: divide, parse each, keep what none of them is."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from perfgoals._blanks import BLANKS
from perfgoals._cells import findings as _findings
from perfgoals._cells.findings import Row
from perfgoals._cells.ledger import Ledger
from perfgoals._cells.signs import Skipped
from perfgoals.diagnostics import Diagnostic
from perfgoals.model import Category, Extra, Indicator, IndicatorList, Level
from perfgoals.spans import Span
from perfgoals.targets import Absent, Target

if TYPE_CHECKING:
    from perfgoals._cells.entry import Added, Coded, Entry, Value
    from perfgoals._cells.fast import FastReader
    from perfgoals._cells.language import CellLanguage
    from perfgoals._cells.scan import Stretch

LENGTH_LIMIT = 10_000_000
"""The most characters of a cell that is read."""

INDICATOR_LIMIT = 200_000
"""The most indicators that are read from one cell."""

_place = operator.attrgetter("span.start", "span.end")

LanguageMaker: TypeAlias = "Callable[[], CellLanguage]"
"""Gives what cells are read with, the same each time, when it is first needed."""

ReadTarget: TypeAlias = Callable[
    [str, str | None], tuple[Target, tuple[Diagnostic, ...]]
]


def read_indicators(
    text: str,
    *,
    language: LanguageMaker,
    read_target: ReadTarget,
    fast: FastReader | None = None,
    length_limit: int = LENGTH_LIMIT,
    indicator_limit: int = INDICATOR_LIMIT,
) -> IndicatorList:
    """The indicators of the cell *text*, with every finding; never raises.

    Unless the text is blank, the spans of the indicators and of the findings about
    what is none (PG002, PG003, PG101, PG107, PG108) cover each of its characters.
    What *fast* can read is read by it, all else by the grammar of *language*, with
    equal results; so that is called for only where it is needed.
    """
    if len(text) > length_limit:
        finding = Diagnostic.of(
            "PG002",
            Span(0, len(text)),
            length=str(len(text)),
            limit=str(length_limit),
        )
        return IndicatorList(source=text, diagnostics=(finding,))
    cell = _Cell(text, language, read_target, fast)
    cell.run(indicator_limit)
    return cell.indicators()


class _Cell:
    """The indicators and the findings of a cell, while it is read."""

    def __init__(
        self,
        text: str,
        language: LanguageMaker,
        read_target: ReadTarget,
        fast: FastReader | None,
    ) -> None:
        self._text = text
        self._language = language
        self._read_target = read_target
        self._fast = fast
        self._levels: dict[str, Level] = {}
        self._categories: dict[str, Category] = {}
        self._indicators: list[Indicator] = []
        self._findings: list[Diagnostic] = []
        self._ledger = Ledger()

    def run(self, limit: int) -> None:
        """Read the cell, *limit* indicators of it at most."""
        skip = functools.partial(self._skip, self._fast) if self._fast else None
        skipped = skip(0, 1, limit) if skip else None
        if skipped and skipped.end == len(self._text):
            return
        from perfgoals._cells.landmarks import Landmarks
        from perfgoals._cells.scan import Walk

        landmarks = Landmarks.of(self._language().grammar)
        walk = Walk(self._text, landmarks, limit, self._read, skip)
        walk.run(skipped)
        if walk.rest:
            self._findings.append(Diagnostic.of("PG003", walk.rest, limit=str(limit)))

    def indicators(self) -> IndicatorList:
        """What was read; the findings that only show between indicators included."""
        self._findings += self._ledger.findings
        self._findings.sort(key=_place)
        return IndicatorList(
            items=tuple(self._indicators),
            source=self._text,
            diagnostics=tuple(self._findings),
        )

    def _skip(self, fast: FastReader, at: int, number: int, most: int) -> Skipped:
        """Read the fast way what can be read so."""
        run = fast.run(self._text, at, number, most, self._ledger)
        self._indicators += run.indicators
        self._findings += run.findings
        count = len(run.indicators)
        return Skipped(run.end, count, number + count, run.has_lines)

    def _read(self, stretch: Stretch) -> None:
        """Take the next stretch, as an indicator if it is readable as one."""
        span = stretch.span
        entry = self._entry(span) if stretch.readable else None
        if entry:
            row = Row(indicator=self._indicator(entry, span), entry=entry)
            self._findings += _findings.of_indicator(
                row, self._text, self._language().taxonomy
            )
            self._indicators.append(row.indicator)
            self._ledger.take(row, self._text)
        elif span.of(self._text).strip(BLANKS):
            trails = bool(self._indicators) and span.end == len(self._text)
            finding = _findings.of_unreadable(self._text, span, trails=trails)
            self._findings.append(finding)
        self._findings += _findings.of_characters(self._text, span)

    def _entry(self, span: Span) -> Entry | None:
        from perfgoals._cells.tree import read_entry
        from perfgoals._grammar import UnparsedError

        text = span.of(self._text)
        try:
            language = self._language()
            tree = language.grammar.parse(text, "indicator")
            return read_entry(tree, text, span.start, language)
        except (UnparsedError, RecursionError):  # a rule of an extension may recur
            return None

    def _indicator(self, entry: Entry, span: Span) -> Indicator:
        from perfgoals._cells.landmarks import ordinal_number

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
            self._levels[printed] = coded.level(self._language().taxonomy)
        return self._levels[printed]

    def _category(self, coded: Coded) -> Category:
        """The category that is printed so, as for the level."""
        printed = coded.printed.text
        if printed not in self._categories:
            self._categories[printed] = coded.category(self._language().taxonomy)
        return self._categories[printed]

    def _target(self, value: Value | None, name: str) -> Target:
        if value is None:
            return Absent()
        target, findings = self._read_target(value.text.text, name or None)
        start = value.text.start
        self._findings += [finding.shifted(start) for finding in findings]
        return target
