"""Where a unit or a denominator ends: the patterns of units, without their list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfgoals._data import load_table

if TYPE_CHECKING:
    from perfgoals.units import Units

BOUNDARY = re.compile(
    r"\s*(?:$|[^\u4e00-\u9fffA-Za-z0-9]"
    r"|以[上下内]|之[内间]|内|及|或以|左右|上下|每|且|并|和)"
)
"""As the terminal of this name."""

LETTERS = re.compile(r"[A-Za-zμ°℃Ω㎡㎥㎞㎏㎜㎝][A-Za-z0-9³²]{0,12}")
_MAGNITUDE = re.compile(r"(?:[十百千万亿]{1,20}(?!分[比点之]))?")
NO_NOUN = re.compile(r"[且并和及与或前内起]|其?以[上下内]|之[内间]|左右|上下|完成|完工")
_LONGEST_NOUN = 6


class UnitWords:
    """The units that a text may have at a place; each method gives where one ends.

    ``None`` means that there is none. The text is folded; where a digit follows
    it, that belongs to the text.
    """

    def __init__(self, units: Units) -> None:
        self.ends = units.times
        self._names = units.names
        self._classifiers = tuple(sorted(units.classifiers, key=len, reverse=True))
        self._counters = units.counters
        self._lengths = sorted(set(map(len, units.names)), reverse=True)
        self._remarks = tuple(load_table("words")["remarks"])
        self.beginnings = "".join(sorted({name[0] for name in units.names}))

    def unit(self, text: str) -> int | None:
        """The end of the unit that *text* begins with."""
        magnitude = _MAGNITUDE.match(text)
        start = magnitude.end() if magnitude else 0
        for classifier in self._classifiers:
            if text.startswith(classifier, start):
                end = self._noun(text, start + len(classifier))
                if end is not None:
                    return end
        end = self._name_behind_magnitude(text, start)
        if end is not None:
            return end
        return start or self._noun(text, 0)

    def denominator(self, text: str, start: int) -> int | None:
        """The end of the denominator that stands at *start* of *text*."""
        skipped = (
            start + 1 if text[start : start + 1] in {"百", "千", "万", "亿"} else start
        )
        end = self.name(text, skipped) or self.name(text, start)
        if end is None:
            return self._noun(text, start)
        if BOUNDARY.match(text, end):
            return end
        return self._noun(text, end) or end

    def is_whole_name(self, text: str, start: int, end: int | None) -> bool:
        """Whether a name stands at *start*, and its word ends at *end* as it does."""
        if end is None or end != self.name(text, start):
            return False
        return BOUNDARY.match(text, end) is not None

    def may_follow(self, unit: str, counter: str) -> bool:
        """Whether *counter* may stand in brackets behind *unit*: 台（套）, dB(A)."""
        stem = unit.lstrip("十百千万亿")
        is_letter = len(counter) == 1 and counter.isascii() and counter.isalpha()
        if is_letter:
            return LETTERS.fullmatch(stem) is not None
        is_counted = stem not in self._classifiers and stem.startswith(
            self._classifiers
        )
        return counter in self._counters and bool(stem) and not is_counted

    def is_name(self, unit: str) -> bool:
        """Whether *unit* is a name, or a magnitude with or without one."""
        stem = unit.lstrip("十百千万亿")
        return not stem or stem in self._names or LETTERS.fullmatch(stem) is not None

    def name(self, text: str, start: int) -> int | None:
        """The end of the longest name of a unit that stands at *start*."""
        letters = LETTERS.match(text, start)
        if letters:
            return letters.end()
        for length in self._lengths:
            if text[start : start + length] in self._names:
                return min(start + length, len(text))
        return None

    def _name_behind_magnitude(self, text: str, start: int) -> int | None:
        """The end of a unit with its magnitude, or of a name that is one (万)."""
        for begin in range(start, -1, -1):
            end = self.name(text, begin)
            if end is not None:
                return self._second_name(text, end)
        return None

    def _second_name(self, text: str, end: int) -> int:
        """The end of a name that directly follows another, or that of the first."""
        for length in self._lengths:
            if text[end : end + length] in self._names and BOUNDARY.match(
                text, end + length
            ):
                return end + length
        return end

    def _noun(self, text: str, start: int) -> int | None:
        if text.startswith(self._remarks, start):
            return None
        for place in range(start, min(start + _LONGEST_NOUN, len(text))):
            if not "\u4e00" <= text[place] <= "\u9fff" or NO_NOUN.match(text, place):
                return None
            if BOUNDARY.match(text, place + 1):
                return place + 1
        return None
