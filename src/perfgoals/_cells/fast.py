"""The fast way through a cell, for indicators that nothing is wrong with.

A canonical one is cut where its labels and separators stand, any other one is matched
by a regular expression; then each field is looked at by itself. What is printed in most
of them is looked up: levels, categories and values. Where neither fits, the fast way
ends and says where; the grammar reads on from there. Both ways give equal results.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals._build import maker, open_twin
from perfgoals._cells.entry import Coded, Entry, Field, Value
from perfgoals._cells.findings import Row, misplaced, of_indicator, rest_of_word
from perfgoals._cells.intact import ANNUAL, PERIOD, VALUE_LIMIT
from perfgoals._cells.ledger import Denoted, denoted
from perfgoals._cells.signs import ends_a_line
from perfgoals._values.ambiguity import is_rate
from perfgoals._values.kinds import FOUND, OF_RATES, WORDS
from perfgoals._values.memo import SIZE, remember
from perfgoals.model import Category, Indicator, Level
from perfgoals.spans import Span
from perfgoals.targets import Absent, Qualitative, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._cells.intact import IntactPatterns
    from perfgoals._cells.ledger import Ledger
    from perfgoals._values.fast.usual import Usual
    from perfgoals._values.kinds import Reading
    from perfgoals._values.memo import ValueReader
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.taxonomy import Taxonomy

_BOTH_WORDS = WORDS + WORDS

_NAME, _PERIOD, _ANNUAL, _END = 2, 3, 4, 5

_TO_PERIOD = f"；{PERIOD}:"
_TO_ANNUAL = f"；{ANNUAL}:"
_AHEAD = len(_TO_PERIOD)
"""So many characters behind a name the first value starts."""

_BESIDE = len(_TO_ANNUAL) + len("。")
"""So many there are beside the values, from the first of them to the 。."""

_WINDOW, _WIDEST = 1024, 16_384
"""So many characters are cut at once: more and more, if all of them are canonical."""

_LAST = 999_998
"""The last ordinal: those behind the next one have too many digits."""

_indicator = maker(Indicator)
_span = maker(Span)
_OpenIndicator = open_twin(Indicator)
_OpenSpan = open_twin(Span)


@attrs.frozen(kw_only=True)
class Branch:
    """A level and a category as printed beside each other, and where they stand.

    ``denoted`` is what the ledger knows them by; ``is_plain`` tells that they are in
    canonical form and need no finding.
    """

    level: Level
    category: Category
    denoted: Denoted
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
        self,
        patterns: IntactPatterns,
        taxonomy: Taxonomy,
        read_value: ValueReader,
        usual: Usual,
    ) -> None:
        self.patterns = patterns
        self.taxonomy = taxonomy
        self.values: dict[str, Reading] = {}
        self._rates: dict[str, Reading] = {}
        self.is_cut_off = functools.lru_cache(SIZE)(_is_cut_off)
        self._branches: dict[str, Branch] = {}
        self._is_plain = patterns.plain_value.match
        self._read_value = read_value
        self._usual = usual.read

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
            _Walk(self, text, ledger, run, head).go(most)
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

    def _is_one(self, text: str) -> bool:
        """Whether no landmark stands in the value *text*."""
        if len(text) > VALUE_LIMIT:
            return False
        return bool(self._is_plain(text) or self._no_landmark.match(text))

    def value(self, text: str) -> Reading | None:
        """What the value *text* says, unless a landmark may stand in it."""
        known = self._usual(text, self._is_one)
        if known is None:
            if not self._is_one(text):
                return None
            known = self._read_value(text, of_rate=False)
        remember(self.values, text, known)
        return known

    def rate(self, text: str) -> Reading:
        """What the value *text* says of a rate."""
        known = self._rates.get(text)
        if known is None:
            known = self._read_value(text, of_rate=True)
            remember(self._rates, text, known)
        return known


KnownBranch: TypeAlias = "tuple[Level, Category, bool, set[str], Branch]"
"""What each indicator needs of a branch, to be unpacked at once; the names so far."""


class _Walk:
    """A walk over the intact indicators of a text, which go into a run.

    It stands in front of a body: the name of an indicator and all behind that. The
    ordinal and the branch of this indicator are known; where the walk has to end, there
    is no branch.
    """

    def __init__(
        self,
        reader: FastReader,
        text: str,
        ledger: Ledger,
        run: Run,
        head: re.Match[str],
    ) -> None:
        self._reader = reader
        self._text = text
        self._ledger = ledger
        self._run = run
        self._branches: dict[str, KnownBranch] = {}
        self._ordinal = int(head[1])
        self._branch = self._branch_of(head[2])
        self._body = head.end()
        self._window = _WINDOW

    def go(self, most: int) -> None:
        """Go on for as long as all is intact, *most* indicators at most."""
        end, last = len(self._text), min(self._ordinal + most - 1, _LAST)
        while self._branch and self._body < end and self._ordinal <= last:
            if not self._canonical(self._branch, last) and not self._variant():
                return

    def _split(self, most: int) -> list[str]:
        """The next window of the text in *most* pieces, cut behind each name.

        The first one is the name where the walk stands; each of the others is the rest
        of an indicator, with the name of the next one.
        """
        end = self._body + self._window
        pieces = self._text[self._body : end].split(_TO_PERIOD)
        if end < len(self._text) and len(pieces) > 1:
            del pieces[-1]  # it may go on
        return pieces[:most]

    def _canonical(self, branch: KnownBranch, last: int) -> bool:  # noqa: C901, PLR0915
        """Take what is canonical in the next window, up to the ordinal *last*.

        Whether at least one was taken and none is left in the window.
        """
        # Each indicator pays for a turn: so this looks up in place what it can.
        text, run, reader = self._text, self._run, self._reader
        branches, values, value = self._branches, reader.values, reader.value
        is_name, is_cut_off = reader.patterns.name.match, reader.is_cut_off
        new_indicator, new_span = _OpenIndicator, _OpenSpan
        indicators, first = run.indicators, self._ordinal
        ordinal = first
        name, *pieces = self._split(last - first + 2)
        start, at = self._body + len(name) + _AHEAD, run.end
        for piece in pieces:
            period, _, rest = piece.partition(_TO_ANNUAL)
            front, _, next_name = rest.rpartition("；")
            annual, _, head = front.rpartition("。")
            number, _, printed = head.partition("、")
            if number == str(ordinal + 1):
                following = branches.get(printed) or self._canonical_branch(printed)
                if following is None:
                    break
            elif start + len(piece) == len(text) and rest.endswith("。"):
                annual, next_name, following = rest[:-1], "", branch
            else:
                break
            whole = values.get(period) or value(period)
            yearly = values.get(annual) or value(annual)
            if not (whole and yearly):
                break
            core = False
            # A name of letters is a placeholder only as xx or 指标.
            is_plain_name = name.isalnum() and not name.isascii() and "标" not in name
            if not is_plain_name and not is_name(name):
                if not (name.startswith("★") and is_name(name[1:])):
                    break
                core, name = True, name[1:]
            end = start + len(period) + len(annual) + _BESIDE
            level, category, is_plain, names, _ = branch
            kinds = whole[0] + yearly[0]
            if kinds == _BOTH_WORDS:
                if period != annual and is_cut_off(period, annual):
                    is_plain = False
            elif kinds >= OF_RATES:
                starts = start, end - 1 - len(annual)
                whole, yearly, are_whole = self._together(name, whole, yearly, starts)
                is_plain = is_plain and are_whole
            # As ``_indicator`` and ``_span`` do it: two calls cost as much as all this.
            span = new_span()
            span.start = at
            span.end = end
            span.__class__ = Span
            indicator = new_indicator()
            indicator.ordinal = ordinal
            indicator.level = level
            indicator.category = category
            indicator.name = name
            indicator.period = whole[1]
            indicator.annual = yearly[1]
            indicator.core = core
            indicator.extras = ()
            indicator.span = span
            indicator.__class__ = Indicator
            indicators.append(indicator)
            if not is_plain or name in names:
                name_start = start - _AHEAD - len(name)
                fields = _fields(name_start, name, PERIOD, period, ANNUAL, annual)
                self._look_closer(indicator, branch, fields)
            names.add(name)
            start += len(piece) + _AHEAD
            at, ordinal = end, ordinal + 1
            branch, name = following, next_name
        run.end, self._ordinal, self._branch = at, ordinal, branch
        self._body = start - _AHEAD - len(name)
        is_all = 0 < ordinal - first == len(pieces)
        self._window = min(2 * self._window, _WIDEST) if is_all else _WINDOW
        return is_all

    def _variant(self) -> bool:
        """Take the next indicator if it is intact, canonical or not; whether it was."""
        text, run, reader, branch = self._text, self._run, self._reader, self._branch
        match = reader.variant.match(text, self._body)
        if match is None or branch is None:
            return False
        mark, name, period, annual, _, number, printed = match.groups()
        if number is not None and int(number) != self._ordinal + 1:
            return False
        whole = reader.values.get(period) or reader.value(period)
        yearly = reader.values.get(annual) or reader.value(annual)
        if whole is None or yearly is None:
            return False
        name_start, *starts = map(match.start, (_NAME, _PERIOD, _ANNUAL))
        whole, yearly, _ = self._together(name, whole, yearly, starts)
        level, category, _, names, _ = branch
        indicator = _indicator(
            self._ordinal,
            level,
            category,
            name,
            whole[1],
            yearly[1],
            mark != "",
            (),
            _span(run.end, match.end(_END)),
        )
        run.indicators.append(indicator)
        period_label = text[match.end(_NAME) + 1 : starts[0] - 1]
        annual_label = text[match.end(_PERIOD) + 1 : starts[1] - 1]
        fields = _fields(name_start, name, period_label, period, annual_label, annual)
        self._look_closer(indicator, branch, fields)
        if match.start(_END) > match.end(_ANNUAL) + 1:
            run.has_lines |= ends_a_line(indicator.span.of(text))
        names.add(name)
        run.end = match.end(_END)
        self._ordinal, self._body = self._ordinal + 1, match.end()
        self._branch = self._branch_of(printed) if printed else None
        return True

    def _branch_of(self, printed: str) -> KnownBranch | None:
        """What is known of a branch *printed* so, with the separator behind it."""
        branch = self._reader.branch(printed)
        if branch is None:
            return None
        names = self._ledger.names(branch.denoted)
        return branch.level, branch.category, branch.is_plain, names, branch

    def _canonical_branch(self, printed: str) -> KnownBranch | None:
        """The same of one that is canonical, *printed* here without the separator."""
        branch = self._branch_of(f"{printed}；")
        if branch:
            self._branches[printed] = branch
        return branch

    def _together(
        self, name: str, whole: Reading, yearly: Reading, starts: Sequence[int]
    ) -> tuple[Reading, Reading, bool]:
        """Both values, which start at *starts*, as those of the indicator *name*.

        Also whether none is cut off where the other goes on. What is found about them
        is put down.
        """
        kinds = whole[0] + yearly[0]
        if kinds >= OF_RATES:
            of_rate = is_rate(name)
            if of_rate or kinds >= FOUND:
                whole = self._under(whole, starts[0], of_rate=of_rate)
                yearly = self._under(yearly, starts[1], of_rate=of_rate)
        return whole, yearly, not self._is_cut_off(whole[1], yearly[1])

    def _under(self, known: Reading, start: int, *, of_rate: bool) -> Reading:
        if of_rate and known[0] & OF_RATES:
            known = self._reader.rate(known[1].raw)
        _, _, findings = known
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
        self, indicator: Indicator, branch: KnownBranch, fields: Sequence[Field]
    ) -> None:
        """Whatever the plain way finds in an indicator, found the same way."""
        *_, names, seen = branch
        row = Row(indicator=indicator, entry=_entry(indicator, seen, fields))
        self._run.findings += of_indicator(row, self._text, self._reader.taxonomy)
        if indicator.name in names:
            self._ledger.repeat(indicator.name, fields[0].start)


def _fields(start: int, *texts: str) -> list[Field]:
    """The fields of these *texts*, with one sign between two, from *start* on."""
    fields = []
    for text in texts:
        fields.append(Field(text, start))
        start += len(text) + 1
    return fields


def _entry(indicator: Indicator, branch: Branch, fields: Sequence[Field]) -> Entry:
    """The fields of the intact *indicator*, as its tree would have them."""
    ordinal = Field(str(indicator.ordinal), indicator.span.start)
    start = ordinal.span.end + 1
    level, category = (_moved(coded, start) for coded in branch.printed)
    name, period_label, period, annual_label, annual = fields
    return Entry(
        ordinal=ordinal,
        level=level,
        category=category,
        name=name,
        period=Value(period_label, period),
        annual=Value(annual_label, annual),
        core=indicator.core,
        ended=True,
    )


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
    return Branch(
        level=level,
        category=category,
        denoted=denoted(level, category),
        printed=(first, second),
        is_plain=is_plain,
    )


def _is_cut_off(text: str, other: str) -> bool:
    return bool(rest_of_word(text, other) or rest_of_word(other, text))
