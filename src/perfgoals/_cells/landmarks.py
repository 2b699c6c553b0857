"""What tells one indicator of a cell from the next: openings, ordinals and labels."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._terminals import LANDMARK, SEPARATOR
from perfgoals._values.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfgoals._grammar import Grammar

_TERMINALS = {
    "period": "PERIOD_LABEL",
    "annual": "ANNUAL_LABEL",
    "extra": "EXTRA_LABEL",
    "unknown": "UNKNOWN_LABEL",
    "opening": "OPENING",
}
_DIGITS = re.compile("[0-9０-９]+|[①-⑳]")
_CIRCLED = {ord("①") + index: str(index + 1) for index in range(20)}

NEEDED = frozenset({*_TERMINALS.values(), LANDMARK, SEPARATOR, "ORDINAL"})
"""The terminals without which no cell can be divided."""


@attrs.frozen(kw_only=True)
class Landmarks:
    """The terminals of a grammar that a scan of a cell goes by.

    ``landmark`` is any opening or label, in a group that is named so; ``first`` is
    the character that it begins with, which is the faster search by far.
    """

    first: re.Pattern[str]
    landmark: re.Pattern[str]
    ordinal: re.Pattern[str]

    @staticmethod
    @functools.lru_cache(maxsize=8)
    def of(grammar: Grammar) -> Landmarks:
        """The landmarks of *grammar*, compiled; kept for the last few grammars."""
        alternatives = (
            f"(?P<{name}>{grammar.pattern(terminal)})"
            for name, terminal in _TERMINALS.items()
        )
        return Landmarks(
            first=re.compile(grammar.pattern(LANDMARK)),
            landmark=re.compile("|".join(alternatives)),
            ordinal=re.compile(grammar.pattern("ORDINAL")),
        )

    def search(self, text: str) -> Iterator[re.Match[str]]:
        """All openings and labels of *text*, in order."""
        landmark = self.next(text, 0)
        while landmark:
            yield landmark
            landmark = self.next(text, landmark.end())

    def next(self, text: str, at: int) -> re.Match[str] | None:
        """The first opening or label of *text* from *at* on; none is inside another."""
        while first := self.first.search(text, at):
            landmark = self.landmark.match(text, first.start())
            if landmark:
                return landmark
            at = first.start() + 1
        return None


def printed_digits(ordinal: re.Match[str]) -> str:
    """The digits of an *ordinal*, without what stands around them."""
    return "".join(_DIGITS.findall(ordinal.group()))


def ordinal_number(digits: str) -> int:
    """The number that the *digits* of an ordinal stand for, wide or circled.

    >>> ordinal_number("12"), ordinal_number("３"), ordinal_number("⑫")
    (12, 3, 12)
    """
    return int(fold(digits).translate(_CIRCLED))
