"""The fast way through a cell, for indicators that nothing is wrong with.

One regular expression matches an indicator whole, and what is printed in most of them
is looked up: levels, categories and values. Where it does not match, the fast way ends
and says where; the grammar reads on from there. Both ways give equal results.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

import attrs

from perfgoals._build import maker
from perfgoals._cells.entry import Coded, Entry, Field, Value
from perfgoals._cells.findings import Row, misplaced, of_indicator, rest_of_word
from perfgoals._cells.intact import VALUE_LIMIT
from perfgoals._cells.signs import ends_a_line
from perfgoals._values.ambiguity import depends_on_name, is_rate
from perfgoals._values.memo import SIZE, remember
from perfgoals.model import Category, Indicator, Level
from perfgoals.spans import Span
from perfgoals.targets import Absent, Qualitative, Target

if TYPE_CHECKING:
    from perfgoals._cells.intact import IntactPatterns
    from perfgoals._cells.ledger import Ledger
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.taxonomy import Taxonomy

_WORDS, _OF_RATES, _FOUND = 1, 4, 16
_BOTH_WORDS = _WORDS + _WORDS
_NAME, _PERIOD, _ANNUAL, _END = 2, 3, 4, 5

_indicator = maker(Indicator)
_span = maker(Span)


class ReadValue(Protocol):
    """The target of a value and the findings about it; or of the value of a rate."""

    def __call__(
        self, text: str, /, *, of_rate: bool
    ) -> tuple[Target, tuple[Diagnostic, ...]]: ...


Known: TypeAlias = "tuple[int, Target, tuple[Diagnostic, ...], bool]"
"""A value that was read before: its kind, its target, the findings about it, and
whether it says something else under a rate.

The kinds of two values can be added: what the sum is at least tells whether there are
findings (``_FOUND``), or that one depends on the name (``_OF_RATES``).
"""


@attrs.frozen
class Branch:
    """A level and a category as printed beside each other, and where they stand.

    ``is_plain`` tells that they are in canonical form and need no finding.
    """

    level: Level
    category: Category
    printed: tuple[Coded, Coded]
    is_plain: bool


@attrs.define
class Run:
    """Indicators read the fast way, in order, and the findings about each.

    ``end`` is where the fast way ended: at the end of the text, or where the next
    indicator opens. ``has_lines`` tells that one of them ends with its line.
    """

    end: int
    has_lines: bool = False
    indicators: list[Indicator] = attrs.field(factory=list)
    findings: list[Diagnostic] = attrs.field(factory=list)


class FastReader:
    """Reads intact indicators; what it has seen it remembers, within bounds.

    Safe to share between threads: what one forgets, another looks up again.
    """

    def __init__(
        self, patterns: IntactPatterns, taxonomy: Taxonomy, read_value: ReadValue
    ) -> None:
        self.patterns = patterns
        self.taxonomy = taxonomy
        self.values: dict[str, Known] = {}
        self._rates: dict[str, Known] = {}
        self.is_cut_off = functools.lru_cache(SIZE)(_is_cut_off)
        self._branches: dict[str, Branch] = {}
        self._is_plain = patterns.plain_value.match
        self._read_value = read_value

    @functools.cached_property
    def variant(self) -> re.Pattern[str]:
        """The pattern for indicators that are intact, but not in canonical form."""
        return re.compile(self.patterns.variant)

    def run(self, text: str, at: int, number: int, most: int, ledger: Ledger) -> Run:
        """The intact indicators of *text* from *at* on, no more than *most*.

        The first of them is to have the ordinal *number*.
        """
        run = Run(at)
        head = self.patterns.head.match(text, at)
        if head and int(head[1]) == number:
            _Walk(self, text, ledger, run).go(head, most)
        if run.indicators:
            ledger.take_numbered(run.indicators)
        return run

    def branch(self, printed: str) -> Branch | None:
        """The level and the category *printed*, if both are known."""
        branch = self._branches.get(printed)
        if branch is None:
            match = self.patterns.branch.fullmatch(printed)
            if match:
                branch = _branch(match, self.taxonomy)
                remember(self._branches, printed, branch)
        return branch

    @functools.cached_property
    def _no_landmark(self) -> re.Pattern[str]:
        return re.compile(self.patterns.value)

    def value(self, text: str) -> Known | None:
        """What the value *text* says, unless a landmark may stand in it."""
        if len(text) > VALUE_LIMIT:
            return None
        if not self._is_plain(text) and not self._no_landmark.match(text):
            return None
        known = self._read(text, of_rate=False)
        remember(self.values, text, known)
        return known

    def rate(self, text: str) -> Known:
        """What the value *text* says of a rate."""
        known = self._rates.get(text)
        if known is None:
            known = self._read(text, of_rate=True)
            remember(self._rates, text, known)
        return known

    def _read(self, text: str, *, of_rate: bool) -> Known:
        target, findings = self._read_value(text, of_rate=of_rate)
        if type(target) is Qualitative:
            return bool(findings) * _FOUND + _WORDS, target, findings, False
        depends = depends_on_name(target)
        kind = _FOUND if findings else depends * _OF_RATES
        return kind, target, findings, depends


class _Walk:
    """A walk over the intact indicators of a text, which go into a run."""

    def __init__(self, reader: FastReader, text: str, ledger: Ledger, run: Run) -> None:
        self._reader = reader
        self._text = text
        self._ledger = ledger
        self._run = run
        self._branches: dict[str, tuple[Level, Category, bool, set[str]]] = {}

    def go(self, head: re.Match[str], most: int) -> None:  # noqa: C901, PLR0912  (for speed)
        """Go on from *head* for as long as all is intact, *most* times at most.

        Each turn is paid by every indicator: so it looks up what it can in place.
        """
        text, run, reader = self._text, self._run, self._reader
        canonical = reader.patterns.canonical
        branches, values, value = self._branches, reader.values, reader.value
        add = run.indicators.append
        first, printed, body = int(head[1]), head[2], head.end()
        for ordinal in range(first, first + most):
            known = branches.get(printed) or self._branch(printed)
            if known is None:
                return
            level, category, is_plain, names = known
            match = canonical.match(text, body)
            if match is None:
                match, is_plain = reader.variant.match(text, body), False
                if match is None:
                    return
            mark, name, period, annual, _, number, following = match.groups()
            if number is not None and int(number) != ordinal + 1:
                return
            whole = values.get(period) or value(period)
            yearly = values.get(annual) or value(annual)
            if whole is None or yearly is None:
                return
            kinds = whole[0] + yearly[0]
            if kinds == _BOTH_WORDS:
                if period != annual and reader.is_cut_off(period, annual):
                    is_plain = False
            elif kinds >= _OF_RATES:
                of_rate = is_rate(name)
                if of_rate or kinds >= _FOUND:
                    whole = self._under(match, _PERIOD, whole, of_rate=of_rate)
                    yearly = self._under(match, _ANNUAL, yearly, of_rate=of_rate)
                    is_plain = is_plain and not self._is_cut_off(whole[1], yearly[1])
            at, run.end = run.end, match.end(_END)
            indicator = _indicator(
                ordinal,
                level,
                category,
                name,
                whole[1],
                yearly[1],
                mark != "",
                (),
                _span(at, run.end),
            )
            add(indicator)
            if not is_plain:
                self._look_closer(match, indicator, printed)
            if name in names:
                self._ledger.repeat(name, match.start(_NAME))
            names.add(name)
            if following is None:
                return
            printed, body = following, match.end()

    def _branch(self, printed: str) -> tuple[Level, Category, bool, set[str]] | None:
        """What is known of a branch, and the names so far in it."""
        branch = self._reader.branch(printed)
        if branch is None:
            return None
        level, category = branch.level, branch.category
        known = level, category, branch.is_plain, self._ledger.names(level, category)
        self._branches[printed] = known
        return known

    def _under(
        self, match: re.Match[str], group: int, known: Known, *, of_rate: bool
    ) -> Known:
        """What the value of a *group* says under its name; findings are put down."""
        if of_rate and known[-1]:
            known = self._reader.rate(match[group])
        _, _, findings, _ = known
        start = match.start(group)
        self._run.findings += (finding.shifted(start) for finding in findings)
        return known

    def _is_cut_off(self, first: Target, second: Target) -> bool:
        """Whether one of two values in words goes on where the other ends."""
        if type(first) is not Qualitative or type(second) is not Qualitative:
            return False
        if first.raw == second.raw:
            return False
        return self._reader.is_cut_off(first.raw, second.raw)

    def _look_closer(
        self, match: re.Match[str], indicator: Indicator, printed: str
    ) -> None:
        """Whatever the plain way finds in one indicator, found the same way."""
        branch = cast("Branch", self._reader.branch(printed))  # it was found before
        row = Row(indicator=indicator, entry=_entry(match, indicator, branch))
        found = of_indicator(row, self._text, self._reader.taxonomy)
        self._run.findings += found
        if match.start(_END) > match.end(_ANNUAL) + 1:
            self._run.has_lines |= ends_a_line(indicator.span.of(self._text))


def _entry(match: re.Match[str], indicator: Indicator, branch: Branch) -> Entry:
    """The fields of the intact *indicator*, as its tree would have them."""
    ordinal = Field(str(indicator.ordinal), indicator.span.start)
    start = ordinal.span.end + 1
    level, category = (_moved(coded, start) for coded in branch.printed)
    return Entry(
        ordinal=ordinal,
        level=level,
        category=category,
        name=Field(indicator.name, match.start(_NAME)),
        period=_value(match, _NAME, _PERIOD),
        annual=_value(match, _PERIOD, _ANNUAL),
        core=indicator.core,
        ended=True,
    )


def _value(match: re.Match[str], before: int, group: int) -> Value:
    """The value of a *group*, its label between the field *before* and itself."""
    start = match.end(before) + 1
    label = match.string[start : match.start(group) - 1]
    return Value(Field(label, start), Field(match[group], match.start(group)))


def _moved(coded: Coded, offset: int) -> Coded:
    name, printed = coded.name, coded.printed
    return Coded(
        coded.code,
        Field(name.text, name.start + offset),
        Field(printed.text, printed.start + offset),
    )


def _coded(match: re.Match[str], code: int) -> Coded:
    name = Field(match[code + 1], match.start(code + 1))
    start = match.start(code)
    return Coded(match[code], name, Field(f"{match[code]}-{name.text}", start))


def _branch(match: re.Match[str], taxonomy: Taxonomy) -> Branch:
    first, second = _coded(match, 1), _coded(match, 3)
    level, category = first.level(taxonomy), second.category(taxonomy)
    row = Row(
        indicator=Indicator(
            level=level,
            category=category,
            name="",
            period=Absent(),
            annual=Absent(),
            span=Span(0, match.end()),
        ),
        entry=Entry(level=first, category=second),
    )
    is_plain = ";" not in match.string and not any(misplaced(row, taxonomy))
    return Branch(level, category, (first, second), is_plain)


def _is_cut_off(text: str, other: str) -> bool:
    return bool(rest_of_word(text, other) or rest_of_word(other, text))
