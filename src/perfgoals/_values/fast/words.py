"""Values without a digit: words, no value at all, counts in Chinese, the year's end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfgoals._build import maker
from perfgoals._data import load_table
from perfgoals._values.ambiguity import with_doubts
from perfgoals._values.fast import moments
from perfgoals._values.fast.fills import as_words
from perfgoals._values.fast.plain import plain_words
from perfgoals._values.fast.tails import TailReader
from perfgoals._values.fast.unit_words import UnitWords
from perfgoals._values.fold import fold
from perfgoals._values.numerals import chinese
from perfgoals._values.remarks import STOPS
from perfgoals.targets import Absent, Quantity, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._values.fast.fills import Fill
    from perfgoals.units import Units

_NOTHING = re.compile(r"[-/\\*×.…·_~。 ]+")
_COUNT = re.compile(
    r"([一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(.+)"
)
_NO_COUNT = (
    *"级等类号档度步面道路方区市县线层代队组团体词点成致字校院村镇乡",
    *("批", "些", "系列", "部分", "街道", "社区", "次性", "个半"),
    *"月日季零两百千万亿多余半",
)
"""What a unit behind a Chinese numeral does not begin with: a rank, a date, more."""

_BEHIND_ABSENT = "(（"

_make_absent = maker(Absent)
_make_quantity = maker(Quantity)


class WordsReader:
    """Reads values without a digit; ``None`` where the grammar is needed."""

    def __init__(self, units: Units) -> None:
        words = UnitWords(units)
        self._names = units.names
        self._tail = TailReader(words)
        self._is_plain = plain_words(words.beginnings)
        self._absent = frozenset(load_table("words")["absent"])
        self._begins_absent = tuple(load_table("words")["absent"])

    def __call__(self, text: str) -> Fill | None:
        """Fills the value *text*."""
        body = text.strip(STOPS)
        is_plain = self._is_plain(body) and "\u4e00" <= body[:1] <= "\u9fff"
        if is_plain and not body.startswith(self._begins_absent):
            return as_words
        return self._otherwise(fold(body), body)

    def _otherwise(self, text: str, body: str) -> Fill | None:
        if text.lower() in self._absent or _NOTHING.fullmatch(text) or not text:
            return _as_absent
        count = _COUNT.fullmatch(text)
        if count and count[2] in self._names and not count[2].startswith(_NO_COUNT):
            return _count(count[1], count[2])
        if text != body:
            return None
        if text.startswith(self._begins_absent):
            return (
                as_words
                if self._is_plain(text) and not set(_BEHIND_ABSENT) & set(text)
                else None
            )
        end = moments.year_end(text)
        note = self._tail.remark(text[end:]) if end else None
        return None if note is None else moments.year_ends(note)


def _as_absent(_parts: Sequence[str], _at: int, raw: str) -> Target:
    return _make_absent(raw, None, ())


def _count(numeral: str, unit: str) -> Fill:
    number = chinese(numeral)

    def fill(_parts: Sequence[str], _at: int, raw: str) -> Target:
        target = _make_quantity(raw, None, (), None, number, unit, None)
        return with_doubts(target, of_rate=False)

    return fill
