"""What stands before a number: words, denominators with 每, and a comparator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._values.fast.leads import LEADS, NEAR_LEADS
from perfgoals._values.fast.plain import NUMERALS, plain_words
from perfgoals._values.fold import fold
from perfgoals._values.remarks import bare_remark

if TYPE_CHECKING:
    from perfgoals._values.fast.unit_words import UnitWords

_BRACKETS = re.compile("[()（）]")
_REMARK = re.compile(r"\((?!含\))[^()]*\)")
_NUMBER_FAR = 20
_NO_GAP = re.compile("开学|.*[、:]")
_OTHER_EACH = re.compile(
    rf"每(?:[^\u4e00-\u9fff]|[个隔{NUMERALS}]|年[底末终第]|月[底末]|季度?[底末])"
)
_NO_END = frozenset(NUMERALS + "半余多第前初几数上负正月起:")
"""A number or date behind one of these may be read together with it."""


@attrs.frozen(kw_only=True, eq=False)
class Head:
    """The words before a number, what of them is a comparator, and the rest.

    ``kinds`` are terminals of comparators, ``each`` denominators (每人每月), and
    ``ordinal`` is true behind 第, where a number is no measure.
    """

    kinds: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    note: str = ""
    ordinal: bool = False


class HeadReader:
    """Reads heads; ``None`` where the grammar is needed to tell what one says."""

    def __init__(self, units: UnitWords) -> None:
        self._units = units
        self._is_plain = plain_words(units.beginnings, signs="、：:")

    def __call__(self, printed: str) -> Head | None:
        """The head *printed*, which begins a clause and ends where a digit stands."""
        text = fold(printed).rstrip(" ")
        if printed.endswith("第") and self._is_plain(without_brackets(text)):
            return Head(ordinal=True)
        words, lead = _lead_apart(text)
        if words is None or words.endswith(tuple(NUMERALS)):
            return None
        if not lead and words[-1:] in _NO_END:
            return None
        kinds = (LEADS[lead],) if lead else ()
        before, each, _ = words.partition("每")
        is_plain = self._is_plain(without_remarks(before))
        if not is_plain or (each and _lead_apart(before) != (before, "")):
            return None
        if not each:
            return Head(kinds=kinds, note=bare_remark(printed[: len(words)]))
        return self._with_each(printed, len(before), len(words), kinds)

    def _with_each(
        self, printed: str, start: int, end: int, kinds: tuple[str, ...]
    ) -> Head | None:
        """The head whose 每 stand from *start* on, and its comparator at *end*."""
        text = fold(printed)
        each: list[str] = []
        place = start
        while text.startswith("每", place) and place < end:
            if len(text) - place > _NUMBER_FAR or _OTHER_EACH.match(text, place):
                return None
            stop = self._units.name(text, place + 1) or place + 2
            if stop > end:
                return None
            each.append(text[place + 1 : stop])
            place = stop
        gap = text[place:end]
        if not self._is_plain("".join(each) + gap) or _NO_GAP.match(gap):
            return None
        rests = (printed[:start], printed[place:end])
        note = "".join(map(bare_remark, rests))
        return Head(kinds=kinds, each=tuple(each), note=note)


def without_brackets(text: str) -> str:
    """*text* with what stands in brackets, but without the brackets."""
    return _BRACKETS.sub("", text)


def without_remarks(text: str) -> str:
    """*text* without what stands in brackets, but for （含） of a comparator."""
    return _REMARK.sub("", text)


def _lead_apart(text: str) -> tuple[str | None, str]:
    """*text* in two, words and comparator; ``None`` where that is not certain."""
    start = len(text)
    while start and text[start - 1] in NEAR_LEADS:
        start -= 1
    near = text[start:]
    if near in LEADS:
        return text[:start], near
    if any(near[place:] in LEADS for place in range(len(near))):
        return None, ""
    return text, ""
