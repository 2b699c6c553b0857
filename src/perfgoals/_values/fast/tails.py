"""What stands behind a number: its unit, denominators, a comparator, a remark."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import attrs

from perfgoals._values.denominators import denominator
from perfgoals._values.fast.leads import LEADS, NEAR_LEADS
from perfgoals._values.fast.plain import NUMERALS, plain_words
from perfgoals._values.fold import fold
from perfgoals._values.remarks import bare_remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfgoals._values.fast.unit_words import UnitWords

_JOINED = ("", "及", "及其", "或", "含")
_INCLUDED = ("", "(含)", "(含本数)")


def _suffixes(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map("".join, product(("", "(含)"), _JOINED, words, _INCLUDED)))


def _exclusive(behind: str, before: Iterable[str]) -> tuple[str, ...]:
    signs = ("(不含)", "(不含本数)", "(不包括)")
    return tuple(map("".join, (*product((behind,), signs), *product(signs, before))))


SUFFIXES: dict[str, str] = {
    **dict.fromkeys(_suffixes(("以上", "之上")), "OR_MORE"),
    **dict.fromkeys(_suffixes(("以下", "以内", "之内", "内")), "OR_LESS"),
    **dict.fromkeys(("左右", "上下"), "ROUGHLY"),
    **dict.fromkeys(_exclusive("以上", ("以上",)), "BEYOND"),
    **dict.fromkeys(_exclusive("以下", ("以下", "以内")), "BELOW"),
}
"""The terminal that each suffix is."""

_LONGEST = max(map(len, SUFFIXES))
MORE = re.compile(r"([十百千万亿]*)[余多](?!于)")
_UNCERTAIN = re.compile(
    r"[前半每成号季第月至到)、.:A-Z±]|正负|[本当]年|[十百千万亿]+[年月日号季]"
    r"|年度?[底末终]|[日天周]?[×xX*]|周?岁|热线|专线"
    r"|小时(?:全天候|值班|值守|在线|服务|监控|开放|运行|运营|不间断|不间歇)"
)
_EACH_OR_LINK = re.compile("[、：:每]|月$")
_LEADS = tuple(LEADS)
_JOINS = re.compile("[十百千万亿年周天]$|季度|个月|学期")
"""A unit with which two numbers, or a number and a period, become one."""

_CHANGES = re.compile("[前半]|分之|百分百")
_COUNTED = frozenset("两二三四五六")
_MAGNITUDES = frozenset("十百千万亿")
_NO_SECOND_WORD = re.compile(
    r"[且并以及和与或之内左上含至到余多半起前每/+:、(\-~]|\((?:不?含|不包括)"
)
_FLOODED = frozenset("资部容外涝地河")
_BEHIND_DATE = frozenset("起后开底末终初上中下旬之以内年月日号")
_SPLIT = re.compile(r"[/·.*、每隔()]+")
_BETWEEN_DENOMINATORS = frozenset("·./*、")
_REMARK = re.compile(r"\([^()]*\)")
_NO_REMARK = re.compile(r"\((?:不?含|不包括|[A-Za-z]\))")


@attrs.frozen(kw_only=True, eq=False)
class Tail:
    """The unit of a number, its denominators and comparators, and the remark.

    ``rest`` are the words that lead on to the next number of the clause.
    """

    unit: str | None = None
    per: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    note: str = ""
    rest: str = ""


class TailReader:
    """Reads tails; ``None`` where the grammar is needed to tell what one says."""

    def __init__(self, units: UnitWords) -> None:
        self._units = units
        self._is_plain = plain_words(units.beginnings, signs="")

    def __call__(self, printed: str) -> Tail | None:
        """The tail *printed*, which ends a clause."""
        text = fold(printed).rstrip(" ")
        found = self._measure(text, printed)
        if found is None:
            return None
        tail, place = found
        if not self._is_remark(text, place):
            return None
        return attrs.evolve(tail, note=bare_remark(printed[place:]))

    def before_number(self, printed: str) -> Tail | None:
        """The tail that *printed* begins with, where another number follows it."""
        text = f"{fold(printed)}0"
        found = self._measure(text, printed)
        if found is None or found[1] > len(printed) or _EACH_OR_LINK.search(printed):
            return None
        tail, place = found
        rest, unit = printed[place:], tail.unit or ""
        if text.lstrip(" ").startswith(_LEADS) or _NO_SECOND_WORD.match(text, place):
            return None
        if not rest and (not unit or _JOINS.search(unit)):
            return None
        if not (self._units.is_name(unit) or NEAR_LEADS.isdisjoint(unit)):
            return None
        return attrs.evolve(tail, rest=rest)

    def before_range(self, printed: str, sign: str) -> Tail | None:
        """The unit *printed* between a first number and the *sign* of a range."""
        if not printed:
            return Tail()
        text = fold(printed)
        is_unit = self._units.unit(f"{text}{sign}0") == len(text)
        if not is_unit or _UNCERTAIN.match(text) or _CHANGES.search(text):
            return None
        is_plain = self._is_certain(text) and NEAR_LEADS.isdisjoint(text)
        return Tail(unit=_in_one_form(text)) if is_plain else None

    def remark(self, printed: str) -> str | None:
        """What the words *printed* behind a date say; ``None`` if that is uncertain."""
        if printed[:1] in _BEHIND_DATE or not self._is_remark(fold(printed), 0):
            return None
        return bare_remark(printed)

    def _measure(self, text: str, printed: str) -> tuple[Tail, int] | None:
        """The tail that *text* begins with, and where it ends."""
        start = len(text) - len(text.lstrip(" "))
        if _UNCERTAIN.match(text, start) or _CHANGES.search(text, start):
            return None
        more = MORE.match(text, start)
        begin = more.end() if more else start
        if more and (_UNCERTAIN.match(text, begin) or text[begin:][:1] in _MAGNITUDES):
            return None
        if start > 1 or (start and text.startswith("年", start)):
            return None
        end = begin if _suffix(text, begin) else self._unit_end(text, begin)
        unit = text[begin:end]
        if end is None or not self._is_certain(unit.strip("()")):
            return None
        if unit.startswith("("):
            unit = unit.strip("()")
        elif unit.endswith(")"):
            unit = printed[begin:end]
        unit = (more[1] if more else "") + unit
        tail = Tail(unit=_in_one_form(unit), kinds=("MORE",) if more else ())
        return self._behind_unit(text, end, tail)

    def _unit_end(self, text: str, begin: int) -> int | None:
        """The end of the unit at *begin*, with brackets as in 台（套） or （万元）."""
        bracket = _REMARK.match(text, begin)
        if bracket:
            inside = bracket[0][1:-1]
            is_unit = bool(inside) and self._units.is_name(inside)
            return bracket.end() if is_unit else begin
        end = begin + (self._units.unit(text[begin:]) or 0)
        other = _REMARK.match(text, end)
        unit = text[begin:end]
        if other and unit and not unit.strip("十百千万亿"):
            return None
        if other is None or not self._units.may_follow(unit, other[0][1:-1]):
            return end
        return other.end() if self._units.is_name(unit) else None

    def _is_certain(self, unit: str) -> bool:
        """Whether *unit* is one, with no part that changes the number."""
        if {"成", "半"} & set(unit) or "分之" in unit:
            return False
        name, _, counter = unit.partition("(")
        return not counter[1:] and (self._units.is_name(name) or self._is_plain(name))

    def _behind_unit(
        self, text: str, place: int, tail: Tail
    ) -> tuple[Tail, int] | None:
        """*tail* with the denominators and the suffix that stand at *place*."""
        for _ in range(2):
            suffix = _suffix(text, place)
            if text.startswith("/", place) and not tail.per:
                stop = self._denominators(text, place)
                names = _SPLIT.split(text[place:stop]) if stop else ["成"]
                if stop is None or not all(map(self._is_certain, names)):
                    return None
                tail = attrs.evolve(tail, per=tuple(map(denominator, names)))
                place = stop
            elif suffix:
                place += len(suffix)
                if suffix[-1] == "内" and text[place : place + 1] in _FLOODED:
                    return None
                tail = attrs.evolve(tail, kinds=(*tail.kinds, SUFFIXES[suffix]))
        return self._with_each(text, place, tail)

    def _with_each(self, text: str, place: int, tail: Tail) -> tuple[Tail, int] | None:
        """*tail* with the denominators of 每人每月, which end the clause."""
        while text.startswith("每", place):
            stop = self._units.name(text, place + 1)
            each = text[place + 1 : stop]
            ends = stop is not None and text[stop : stop + 1] in {"", "每"}
            if stop is None or not ends or not self._is_plain(each):
                return None
            tail = attrs.evolve(tail, per=(*tail.per, denominator(each)))
            place = stop
        return tail, place

    def _denominators(self, text: str, place: int) -> int | None:
        """The end of ``/人·年``, where each is a denominator to the end."""
        stop: int | None = place
        while stop is not None and text[stop : stop + 1] in _BETWEEN_DENOMINATORS:
            place = stop + 1
            place += text.startswith("/每", stop)
            if text[place : place + 1] in _COUNTED:
                return None
            listed = text[place - 1] == "、"
            stop = self._units.denominator(text, place)
            if listed and not self._units.is_whole_name(text, place, stop):
                return None
        return stop

    def _is_remark(self, text: str, place: int) -> bool:
        """Whether words follow at *place* that are nothing but a remark."""
        bracket = _REMARK.match(text, place)
        if bracket:
            if _NO_REMARK.match(text, place):
                return False
            place = bracket.end()
        words, sign, rest = text[place:].partition("(")
        if sign and (bracket or not _REMARK.fullmatch(sign + rest)):
            return False
        if words and (_NO_SECOND_WORD.match(words) or words[0] in NUMERALS):
            return False
        return self._is_plain(words)


def _suffix(text: str, place: int) -> str:
    """The longest suffix that stands at *place*."""
    for length in range(_LONGEST, 0, -1):
        if text[place : place + length] in SUFFIXES:
            return text[place : place + length]
    return ""


def _in_one_form(unit: str) -> str | None:
    unit = "".join(unit.split())
    return "%" if unit == "百分比" else unit or None
