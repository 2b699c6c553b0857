"""Values that differ from one read before only in their numbers, one or two of them.

Most new values of a table are such, and all are tried as such first: so it takes the
fewest steps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from perfgoals._signs import APART
from perfgoals._values.fast.frames import SENTENCE
from perfgoals._values.fast.numbers import ANY, UNGROUPED
from perfgoals._values.kinds import WORDS
from perfgoals.targets import Qualitative, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals._values.fast.frames import Fill, Framed
    from perfgoals._values.kinds import Reading
    from perfgoals.targets import Target

_SIZE = 4096
"""So many are kept; then all are forgotten."""

_is_apart = re.compile(f"[{APART}]").search

_SHORT = 70
"""Of a value of so many characters, no numbers make one too long for a template."""

_WORDS = "([^0-9]*+)"
_with_one = re.compile(f"{_WORDS}({UNGROUPED}){_WORDS}\\Z").match
_with_two = re.compile(f"{_WORDS}({UNGROUPED}){_WORDS}({UNGROUPED}){_WORDS}\\Z").match
_is_at_most_100 = re.compile(r"[0-9]{1,2}(?:\.[0-9]+)?|100").fullmatch
"""More may be doubtful in percent."""

Fits: TypeAlias = "Callable[[str], object] | None"
"""Whether a text fits; if there is none, each does."""

Key: TypeAlias = "tuple[str | bool, ...]"
"""The words around the numbers, which of these are whole, and whether it is short."""


class Usual:
    """Knows what makes targets of such values; bounded, and safe to share."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Key, tuple[int, Fill, Fits, bool]] = {}

    def read(self, text: str, is_one: Fits = None) -> Reading | None:
        """The reading of *text*, if what makes it of its numbers was kept.

        *is_one* tells whether a text with a sign of ``APART`` is one value.
        """
        match = _with_one(text)
        if match:
            head, number, fraction, tail = match.groups()
            known = self._known.get((head, tail, not fraction, len(text) < SENTENCE))
            if known is None:
                return None
            kind, fill, fits, is_apart = known
            if fits and not fits(number):
                return None
            found = kind, fill(text, number), ()
        else:
            match = _with_two(text)
            known = self._known.get(_key(match)) if match else None
            if match is None or known is None or not _is_rising(match):
                return None
            kind, fill, _, is_apart = known
            found = kind, fill(text, match[2], match[5]), ()
        return None if is_apart and is_one and not is_one(text) else found

    def keep(
        self, framed: Framed, fill: Fill, target: Target, *, is_certain: bool
    ) -> None:
        """Keep *fill*, which made *target* of a value, if it fits all values like it.

        *is_certain* tells that nothing is doubtful about those, whatever the numbers.
        """
        frame, text = framed.frame, framed.text
        if not frame.is_ordinary or len(text) > _SHORT:
            return
        match = (_with_one if len(frame.names) == 1 else _with_two)(text)
        if match is None:
            return
        first, *others = frame.checks
        fits: Fits = None if first is ANY else first
        if _is_percentage(target) and fits is None:
            fits = _is_at_most_100
        elif not is_certain:
            return
        if others and (fits or others != [ANY] or not _is_rising(match)):
            return
        if len(self._known) >= _SIZE:
            self._known.clear()
        kind = WORDS if type(target) is Qualitative else 0
        self._known[_key(match)] = kind, fill, fits, _is_apart(text) is not None


def _key(match: re.Match[str]) -> Key:
    groups = match.groups()  # words, number, fraction, words and so on
    are_whole = (not fraction for fraction in groups[2::3])
    return (*groups[::3], *are_whole, len(match.string) < SENTENCE)


def _is_rising(match: re.Match[str]) -> bool:
    return float(match[2]) < float(match[5])


def _is_percentage(target: Target) -> bool:
    """Whether *target* is in percent, and only doubtful where that is above 100."""
    is_one = isinstance(target, Quantity) and target.unit == "%"
    return is_one and not target.ambiguities and "/" not in target.raw
