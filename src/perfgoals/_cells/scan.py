"""Where the indicators of a cell start and end, found in one pass over its text.

Between two openings stands one indicator, unless a label comes a second time: then
the opening of a damaged one was not recognised, and the text is divided where it
most likely stood. So damage stays with the indicator that it befell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals._blanks import BLANK, BLANKS
from perfgoals._cells.landmarks import Landmarks, ordinal_number, printed_digits
from perfgoals._cells.signs import (
    LINE_BREAKS,
    PLACEHOLDER,
    Skipped,
    ends_a_line,
)
from perfgoals._values.fold import fold
from perfgoals.spans import Span

if TYPE_CHECKING:
    from perfgoals._grammar import Grammar

_OTHER_LABELS = frozenset({"extra", "unknown"})
_BOTH_LABELS = 2
_STOP = "。"
_SEPARATORS = "；;"
_ENDS = BLANKS + _STOP + _SEPARATORS + "”’」』）)】》"
"""What may still stand behind the last 。 of an indicator."""

_INSIDE_A_NUMBER = frozenset("0123456789０１２３４５６７８９:：.．≥≤><=＞＜＝~～-")
_REMNANT = re.compile(
    rf"{BLANK}*[★☆▲△]*[(（]?([0-9０-９]{{1,6}}|[①-⑳])?[、.．)）]?"
    rf"{BLANK}*[0-9０-９]{{0,2}}[-－—–]?"
)
"""What is left of an indicator that was cut off in its first characters."""


@attrs.frozen(kw_only=True)
class Stretch:
    """A part of a cell, ``readable`` as an indicator or not."""

    span: Span
    readable: bool


def divide(text: str, grammar: Grammar, limit: int) -> list[Stretch]:
    """The stretches of *text* in order, up to where *limit* of them are readable."""
    stretches: list[Stretch] = []
    Walk(text, Landmarks.of(grammar), limit, stretches.append).run()
    return stretches


Skip: TypeAlias = Callable[[int, int, int], Skipped]
"""From where an indicator opens, its ordinal and how many may be read, to the rest."""


class Walk:
    """A walk over the landmarks of a text, the stretch under way being the last.

    Each stretch is given to *take* when its end is found; *skip* may read some of the
    indicators first. ``_start`` is where the stretch under way begins and ``_labels``
    where its labels stand; ``_field`` is where its last field begins, and ``_read`` the
    text that no label was found in. ``_ordinal`` is its number if printed,
    ``_expected`` the next one.
    """

    def __init__(
        self,
        text: str,
        landmarks: Landmarks,
        limit: int,
        take: Callable[[Stretch], None],
        skip: Skip | None = None,
    ) -> None:
        self.rest: Span | None = None
        self._text = text
        self._landmarks = landmarks
        self._left = limit
        self._take = take
        self._skip = skip
        self._start = 0
        self._opened = False
        self._labels: dict[str, Span] = {}
        self._field = 0
        self._read = 0
        self._ordinal: int | None = None
        self._expected = 1
        self._in_lines = False
        self._unskipped = -1

    def run(self, skipped: Skipped | None = None) -> None:
        """Walk to the end of the text, from behind what is *skipped*."""
        if skipped:
            self._pass(skipped)
        landmark = self._landmarks.next(self._text, self._start)
        while landmark and not self.rest:
            at = self._meet(landmark)
            landmark = self._landmarks.next(self._text, at)
        if not self.rest:
            self._close(len(self._text))

    def _meet(self, landmark: re.Match[str]) -> int:
        """Take the *landmark* in, and tell where to look for the next one."""
        kind = str(landmark.lastgroup)
        if kind == "opening":
            return self._open(landmark)
        if kind in _OTHER_LABELS:
            self._read = landmark.end()
        else:
            self._label(kind, Span(*landmark.span()))
        return landmark.end()

    def _open(self, opening: re.Match[str]) -> int:
        at, number = self._own_start(opening)
        if self._ordinal and number and number > self._expected:
            self._begin_lost(at)
        self._begin(at, number)
        self._opened = True
        self._field = self._read = opening.end()
        begins_here = self._start == at != self._unskipped
        if self._skip and number and begins_here and not self.rest:
            skipped = self._skip(at, number, self._left)
            if skipped.count:
                self._pass(skipped)
                return skipped.end
        return opening.end()

    def _pass(self, skipped: Skipped) -> None:
        """Be where the last of the indicators *skipped* has ended."""
        self._start = self._field = self._read = self._unskipped = skipped.end
        self._opened = False
        self._labels = {}
        self._ordinal = None
        self._expected = skipped.number
        self._left -= skipped.count
        self._in_lines |= skipped.has_lines

    def _label(self, kind: str, label: Span) -> None:
        if kind in self._labels:
            self._begin_missed(label.start)
        self._labels.setdefault(kind, label)
        self._field = self._read = label.end

    def _begin_lost(self, end: int) -> None:
        """Begin where an ordinal says that there was one more before *end*."""
        at = self._numbered_place(end)
        if at is not None and self._labels:
            self._begin(at, self._expected)

    def _begin_missed(self, label: int) -> None:
        """Begin where the indicator of a second *label* may have opened, if anywhere.

        That is where the expected ordinal stands, else behind the last 。, line break
        or ； in front of its name. Before all its labels were seen, only the ordinal
        tells a new indicator from a label that stands twice.
        """
        at = self._numbered_place(label)
        if at is None and len(self._labels) == _BOTH_LABELS:
            at = self._unnumbered_place(label)
        if at is not None:
            self._begin(at, self._number_at(at))

    def _begin(self, at: int, number: int | None) -> None:
        """End the stretch under way and begin the next one there."""
        if self.rest:
            return
        self._in_lines |= ends_a_line(self._text[self._read : at])
        if self._opened or self._labels or self._text[self._start : at].strip(BLANKS):
            self._close(at)
            self._start = at
        self._opened = False
        self._labels = {}
        self._ordinal = number
        self._expected = (self._expected if number is None else number) + 1
        if not self._left:
            self.rest = Span(self._start, len(self._text))

    def _close(self, end: int) -> None:
        readable = bool(self._opened or self._labels)
        stop = self._stop(end) if readable else end
        self._keep(self._start, stop, readable=readable)
        self._keep(stop, end, readable=False)
        self._left -= readable

    def _keep(self, start: int, end: int, *, readable: bool) -> None:
        if start < end:
            self._take(Stretch(span=Span(start, end), readable=readable))

    # Where an indicator stops

    def _stop(self, end: int) -> int:
        """Where the indicator stops that reaches to *end* at most.

        That is behind its last 。, unless something else ends it: then the 。 stands
        inside its value. What is left of the next one is no part of it.
        """
        field = self._text[self._read : end]
        remnant = self._remnant(field)
        stop = remnant or field.rfind(_STOP) + 1
        rest = field[stop:]
        if not stop or not rest.strip(_ENDS):
            return end
        goes_on = (
            self._line_ends(rest, end) or self._repeats(end) or self._lists(field, stop)
        )
        if goes_on and not remnant and not PLACEHOLDER.fullmatch(rest.strip(BLANKS)):
            return end
        return end - len(rest.lstrip(BLANKS))

    def _remnant(self, field: str) -> int:
        """Where behind a stop only the beginning of an ordinal follows, or zero."""
        body = field.rstrip(_ENDS)
        start = max(map(body.rfind, _STOP + LINE_BREAKS)) + 1
        remnant = _REMNANT.fullmatch(body, start)
        if not remnant or not body[:start].strip(_ENDS):
            return 0
        number = str(ordinal_number(remnant[1])) if remnant[1] else ""
        return start if str(self._expected).startswith(number) else 0

    def _line_ends(self, rest: str, end: int) -> bool:
        """Whether the indicator ends with its line, as others in this cell do."""
        if ends_a_line(rest[: len(rest) - len(rest.lstrip(BLANKS))]):
            return False
        return ends_a_line(rest) or (self._in_lines and end == len(self._text))

    def _repeats(self, end: int) -> bool:
        """Whether all of the text to *end* is what the first value says already."""
        if len(self._labels) < _BOTH_LABELS:
            return False
        first, last = sorted(self._labels.values())
        value = self._text[first.end : last.start].strip(BLANKS)
        return value == self._text[last.end : end].strip(BLANKS)

    def _lists(self, field: str, at: int) -> bool:
        """Whether the next item stands *at* that place of a list in the *field*."""
        ordinal = self._landmarks.ordinal
        item = ordinal.match(field[at:].lstrip(BLANKS))
        if not item:
            return False
        last = ordinal_number(printed_digits(item)) - 1
        items = map(printed_digits, ordinal.finditer(field, 0, at))
        return last in map(ordinal_number, items)

    # Where an indicator may start

    def _own_start(self, opening: re.Match[str]) -> tuple[int, int | None]:
        """Where the *opening* starts, and its ordinal, without digits of a value."""
        at = opening.start()
        ordinal = self._landmarks.ordinal.match(self._text, at)
        if not ordinal:
            return at, None
        digits = printed_digits(ordinal)
        if self._text[at] == digits[0]:
            foreign = self._foreign_digits(at, fold(digits))
            at, digits = at + foreign, digits[foreign:]
        return at, ordinal_number(digits)

    def _foreign_digits(self, at: int, digits: str) -> int:
        """How many of the *digits* belong to the text before them.

        In ``年度指标值:103、2-效益指标；`` the value is 10 if the third indicator is
        to come. Behind a 。 all are the ordinal's, unless those in front are all that
        is left of the indicator before.
        """
        before = self._text[self._start : at]
        shown = before.rstrip(BLANKS)
        apart = not shown or shown.endswith(_STOP) or ends_a_line(before)
        for number in (self._expected, self._expected + 1):
            rest = digits.removesuffix(str(number))
            is_cut = number > self._expected and str(self._expected).startswith(rest)
            if rest != digits and (not rest or not apart or is_cut):
                return len(rest)
        return len(digits) - 1 if before[-1:] in _INSIDE_A_NUMBER else 0

    def _numbered_place(self, end: int) -> int | None:
        """Where the expected ordinal stands behind a 。 or at the start of a line.

        Where the one before it stands in front, both are items of a value.
        """
        for ordinal in self._landmarks.ordinal.finditer(self._text, self._field, end):
            number = ordinal_number(printed_digits(ordinal))
            if number == self._expected - 1:
                return None
            if number == self._expected and self._starts_afresh(ordinal.start()):
                return ordinal.start()
        return None

    def _starts_afresh(self, at: int) -> bool:
        while at > self._field and self._text[at - 1] in BLANKS:
            at -= 1
            if self._text[at] in LINE_BREAKS:
                return True
        return at > self._field and self._text[at - 1] == _STOP

    def _unnumbered_place(self, label: int) -> int | None:
        """Behind the last 。, line break or ； before a name, else behind the value."""
        field = self._text[self._field : label + 1]
        named = field.rstrip(_ENDS)
        for signs in (_STOP, LINE_BREAKS, _SEPARATORS):
            place = max(map(named.rfind, signs)) + 1
            if named[:place].strip(BLANKS):
                return self._field + place
        stop = field.find(_STOP) + 1
        return self._field + stop if stop else None

    def _number_at(self, at: int) -> int | None:
        while self._text[at] in BLANKS:
            at += 1
        ordinal = self._landmarks.ordinal.match(self._text, at)
        return ordinal_number(printed_digits(ordinal)) if ordinal else None
