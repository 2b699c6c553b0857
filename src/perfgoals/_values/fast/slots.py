"""The shape of a value: its text with slots for what values like it differ in.

A slot takes whatever the grammar does not tell apart where it stands:

- ``n`` a number that is no year, date, rank or item of a list,
- ``y``, ``m`` and ``d`` the year, the month and the day of a date in 年, 月 and 日,
- ``w`` the words of a clause before its number, or behind its unit, in which nothing
  begins that the grammar knows,
- ``u`` the name of an ordinary unit, the same slot where the same unit stands again.

All else stands in the shape as printed.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from perfgoals._values.fast.frames import Frame
from perfgoals._values.fast.numbers import DATED, slot_of
from perfgoals._values.fast.plain import NUMERALS, plain_words
from perfgoals._values.fold import fold
from perfgoals._values.numerals import CHINESE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals.units import Units

LEADS = (
    "!<>=≈≤≥〈〉《》 不应须要得能该可宜许准会允再从未没有无严禁止避免防杜绝非勿大小高低"
    "多少下亚差于超过出突破或者等为是至最达到起码逾足满约合计将近接概控制在上限负正表传送"
    "转第含"
)
"""The signs that comparators are made of, or that matter in front of a number."""

_ODD = frozenset(f"{DATED}个半成度级分点比百千{NUMERALS}")
"""What no ordinary unit has: it is part of a date, a rank or a number, too."""

_MAGNITUDES = "万亿"
_PERIOD = re.compile("(?<!每)(?<!每个)(?:年|季度?|月|周|天|学期) *#")
"""A period in front of a number, for which some units are counted: 一年4次."""

_MORE = frozenset("余多")
_SUFFIX = re.compile("及?以[上下]|[以之]?内|左右")
_JOINS = frozenset(
    "且并和及与或前内起以之其左上含至到余多半后开底末终初中下每级等资部容外涝地河"
)
"""What makes more of a unit, or of a clause, where it follows directly."""

_SIGNS = frozenset(f"：:()/—…！{string.ascii_letters}")
"""What stands in no words with a slot, though it is nothing but words elsewhere."""

_LEFT_OUT = frozenset(f"为是在于{NUMERALS}")
"""With one of these at their end, words are cut, or go together with a number."""

_SEPARATORS = "；，。;,"
_clauses_of = re.compile(f"([{_SEPARATORS}])").split
_is_chinese = re.compile("[\u4e00-\u9fff]+").fullmatch
_DIGIT = "[一二三四五六七八九]"
_count_in = re.compile(
    rf"({_DIGIT}?十{_DIGIT}?|{_DIGIT}|两)([^一二两三四五六七八九十]+)"
).fullmatch

_is_balanced = re.compile("[^（）]*(?:（[^（）]*）[^（）]*)*").fullmatch
_PERIOD_OF_HALVES = re.compile("[每上下]半年")
_UNRANKED = re.compile(f"[{CHINESE}]|[0-9][ ,，]+[0-9]|(?<![0-9])[.][0-9]")
"""Numbers in a shape that are not among its constants, or not as what they are."""

_SLOT = re.compile(f"{{[a-z0-9]+}}[{_MAGNITUDES}]?")
_constants_in = re.compile(r"[0-9]+(?:\.[0-9]+)?").findall


class FrameReader:
    """Finds the frame of the words around the numbers of a value."""

    def __init__(self, units: Units) -> None:
        self._names = units.names
        self._lengths = sorted(set(map(len, units.names)), reverse=True)
        self._times = units.times
        self._classifiers = tuple(units.classifiers)
        self._ranks = units.ranks | {"批", "批次"}
        self._joins = _JOINS | {name[0] for name in units.names}
        self._plain = plain_words(units.names)

    def __call__(self, words: Sequence[str]) -> Frame | None:
        """The frame of *words*.

        ``None`` if a sign of a slot stands in them, or beside an ordinary number one
        in another writing: which of both is greater would not be seen.
        """
        text = "#".join(words)
        if text.count("#") >= len(words) or "{" in text or "}" in text:
            return None
        found = [slot_of(words, at) for at in range(len(words) - 1)]
        slots = _Slots([kind for kind, _ in found])
        shape = "".join(
            clause if clause in _SEPARATORS else self._clause(clause, slots)
            for clause in _clauses_of(text)
        )
        rest = _PERIOD_OF_HALVES.sub("", _SLOT.sub("", shape))
        if "n" in dict(found) and _UNRANKED.search(fold(rest)):
            return None
        checks = tuple(check for _, check in found)
        constants = tuple({*map(float, _constants_in(fold(text)))})
        return Frame(shape, tuple(slots.numbers), checks, slots.words, constants)

    def _clause(self, text: str, slots: _Slots) -> str:
        head, *tails = text.split("#")
        if not tails:
            return self._count(head, slots)
        shape = self._head(head, slots)
        if _PERIOD.search(text):
            return shape + "".join(slots.number() + tail for tail in tails)
        for tail in tails[:-1]:
            shape += slots.number() + "".join(self._tail(tail, slots))
        shape += slots.number()
        if text.endswith(f"第#{tails[-1]}") and self._are_plain(tails[-1]):
            return shape + slots.words_of(tails[-1])
        return shape + self._last_tail(tails[-1], slots)

    def _head(self, head: str, slots: _Slots) -> str:
        """The words in front of a number, with a slot for those before a comparator."""
        words = head.rstrip(LEADS)
        if slots.next_kind != "n" or not self._are_plain(words):
            return head
        return slots.words_of(words) + head[len(words) :]

    def _are_plain(self, words: str) -> bool:
        """Whether *words* are a remark as a whole: no sign or copula is left out."""
        ends = words[:1] + words[-1:].removesuffix("）")
        if not _is_chinese(ends):
            return False
        if words[-1] in _LEFT_OUT or not _SIGNS.isdisjoint(words):
            return False
        return bool(self._plain(words)) and bool(_is_balanced(words))

    def _tail(self, tail: str, slots: _Slots) -> tuple[str, str]:
        """The words behind a number in two: its unit with a slot, and the rest."""
        if tail.startswith("%"):
            return tail[:1], tail[1:]
        start = 1 if tail[:1] in _MORE else 0
        unit = self._name(tail[start:])
        rest = tail[start + len(unit) :]
        if not unit or not self._ends(unit, rest):
            return tail, ""
        is_slot = self._is_ordinary(unit)
        return tail[:start] + (slots.unit(unit) if is_slot else unit), rest

    def _last_tail(self, tail: str, slots: _Slots) -> str:
        """The same behind the last number of a clause, with the words that end it."""
        if slots.numbers[-1][0] != "n":
            return tail
        unit, rest = self._tail(tail, slots)
        per = rest.removeprefix("/")
        if per != rest and self._name(per) == per and self._is_ordinary(per):
            return f"{unit}/{slots.unit(per)}"
        suffix = _SUFFIX.match(rest)
        start = suffix.end() if suffix else 0
        words = rest[start:]
        if not self._are_plain(words) or words[0] in self._joins:
            return unit + rest
        return unit + rest[:start] + slots.words_of(words)

    def _name(self, text: str) -> str:
        """The longest name of a unit that *text* begins with, and its magnitude."""
        start = 1 if text[:1] in {*_MAGNITUDES} else 0
        for length in self._lengths:
            if text[start : start + length] in self._names:
                return text[: start + length]
        return ""

    def _ends(self, unit: str, rest: str) -> bool:
        """Whether the unit of a number ends where its name does."""
        if not rest or rest.startswith("/") or _SUFFIX.match(rest):
            return True
        is_word = _is_chinese(rest[0]) and rest[0] not in self._joins
        stem = unit.lstrip(_MAGNITUDES)
        return bool(is_word) and not stem.startswith(self._classifiers)

    def _is_ordinary(self, unit: str) -> bool:
        stem = unit.lstrip(_MAGNITUDES)
        is_odd = stem in self._times or not _ODD.isdisjoint(stem)
        return stem == "个" or (bool(_is_chinese(stem)) and not is_odd)

    def _count(self, text: str, slots: _Slots) -> str:
        """A clause without a number, which may count in Chinese: 两次."""
        count = _count_in(text)
        if count is None:
            return text
        numeral, unit = count.groups()
        is_unit = self._name(unit) == unit and unit not in self._ranks
        if not is_unit or not self._is_ordinary(unit):
            return text
        return f"{numeral}{slots.unit(unit)}"


class _Slots:
    """The slots of a value so far, and what they hold."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.words: dict[str, str] = {}
        self.numbers: list[str] = []
        self._kinds = kinds

    @property
    def next_kind(self) -> str:
        """What the next number is."""
        return self._kinds[len(self.numbers)]

    def number(self) -> str:
        """A slot for the next number."""
        kind = self.next_kind
        self.numbers.append(f"{kind}{self._kinds[: len(self.numbers)].count(kind)}")
        return f"{{{self.numbers[-1]}}}"

    def words_of(self, held: str) -> str:
        """A slot for the words *held*."""
        return self._new("w", held)

    def unit(self, held: str) -> str:
        """The slot for the unit *held*."""
        for name, other in self.words.items():
            if name[0] == "u" and held == other:
                return f"{{{name}}}"
        return self._new("u", held)

    def _new(self, kind: str, held: str) -> str:
        name = f"{kind}{[other[0] for other in self.words].count(kind)}"
        self.words[name] = held
        return f"{{{name}}}"
