"""The fast reader: a value in, the target and findings that the grammar would give."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Protocol

import attrs

from perfgoals._build import maker
from perfgoals._data import load_table
from perfgoals._values.ambiguity import may_be_doubted, with_doubts
from perfgoals._values.doubts import doubtful
from perfgoals._values.fast.frames import Framed
from perfgoals._values.fast.known import Known
from perfgoals._values.fast.numbers import DATED
from perfgoals._values.fast.plain import plain_words
from perfgoals._values.fast.slots import FrameReader
from perfgoals._values.fast.usual import Usual
from perfgoals._values.fold import fold
from perfgoals._values.kinds import WORDS, reading
from perfgoals._values.remarks import STOPS, said_in
from perfgoals.targets import (
    Compound,
    DateRange,
    Deadline,
    Qualitative,
    Quantity,
    Range,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._values.fast.known import Learn, Sure
    from perfgoals._values.kinds import Reading
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.targets import Target
    from perfgoals.units import Units


class ByGrammar(Protocol):
    """Reads a value by the grammar, and tells ``learn`` what it is sure of."""

    def __call__(
        self, text: str, /, *, of_rate: bool, learn: Learn | None = None
    ) -> Reading: ...


_FRAMES = 4096
"""So many frames are kept; one takes about 1 kB."""

_BRACKETS = frozenset("(（")
_BESIDE_NUMBERS = re.compile("(?<=[^0-9., ]) (?=[0-9])|(?<=[0-9]) (?=[^0-9., ])")
_DATED = frozenset(DATED)
"""Among these a blank may matter: 每月 12日."""

_OTHER_BLANK = re.compile(r"[\s\u200b\ufeff](?<![ \u3000])")
_LONGEST = 120
_parts_of = re.compile(r"([0-9]++(?:[.,][0-9]+)*)").split
_make_words = maker(Qualitative)


class FastReader:
    """Reads values, as far as it is certain; safe to share between threads."""

    __slots__ = (
        *("_absent", "_are_words", "_by_grammar", "_frame", "_known", "_units"),
        "usual",
    )

    def __init__(self, units: Units, by_grammar: ByGrammar) -> None:
        self._units = units
        self._by_grammar = by_grammar
        self._known = Known()
        self._frame = functools.lru_cache(_FRAMES)(FrameReader(units))
        self.usual = Usual()
        self._are_words = plain_words(units.names)
        self._absent = tuple(load_table("words")["absent"])

    def read(self, text: str, /, *, of_rate: bool) -> Reading:
        """The reading of *text*; *of_rate* as in ``read_value``."""
        return (
            self.usual.read(text)
            or self.certain(text, of_rate=of_rate)
            or self._by_grammar(text, of_rate=of_rate, learn=self.learn)
        )

    def certain(self, text: str, *, of_rate: bool) -> Reading | None:
        """The reading of *text*, if it is certain without the grammar."""
        parts = _parts_of(text)
        words = self._words(text) if len(parts) == 1 else None
        if words:
            return WORDS, words, ()
        target, is_certain = self._target(parts, text)
        if target is None:
            target = self._in_plain_signs(text)
        if target is None:
            return None
        if not is_certain:
            target = with_doubts(target, of_rate=of_rate)
            if target.ambiguities or type(target) is Compound:
                return reading(target, _findings(target, text, self._units))
        return reading(target, ())

    def _target(self, parts: Sequence[str], text: str) -> tuple[Target | None, bool]:
        """The target by a template, and whether it is beyond doubt."""
        framed = self._framed(parts, text)
        if framed is None:
            return None, False
        frame, numbers, variant, _ = framed
        known = frame.fills.get(variant)
        if known is None:
            fill = self._known.fill(framed)
            if fill is None:
                return None, False
            known = fill, _is_beyond_doubt(fill(text, *numbers))
            frame.fills[variant] = known
        fill, is_certain = known
        target = fill(text, *numbers)
        self.usual.keep(framed, fill, target, is_certain=is_certain)
        return target, is_certain

    def _in_plain_signs(self, text: str) -> Target | None:
        """The target of a *text* in other signs, or with blanks beside its numbers.

        Only what says no more than such a text in plain signs: its words are the same.
        """
        folded = fold(text)
        plain = _BESIDE_NUMBERS.sub("", folded)
        may_be_dated = plain != folded and not _DATED.isdisjoint(plain)
        if plain == text or may_be_dated or _OTHER_BLANK.search(text):
            return None
        target, _ = self._target(_parts_of(plain), plain)
        if not isinstance(target, Quantity | Range | Deadline | DateRange):
            return None
        is_whole = target.note is None or target.note in text
        return attrs.evolve(target, raw=text) if is_whole else None

    def learn(self, text: str, target: Target, sure: Sure) -> None:
        """Take note that the grammar made *target*, its doubts apart, of *text*.

        *sure* is asked about values like it.
        """
        framed = self.framed(text)
        if framed and (framed.frame.names or framed.frame.words):
            self._known.learn(framed, target, sure)

    def framed(self, text: str) -> Framed | None:
        """The value *text* in its frame, if it has one."""
        return self._framed(_parts_of(text), text)

    def _framed(self, parts: Sequence[str], text: str) -> Framed | None:
        """The value *text* in its frame; a number that fits no slot is part of that."""
        if len(text) > _LONGEST:
            return None
        frame, numbers = self._frame(tuple(parts[::2])), parts[1::2]
        if frame is None:
            return None
        variant = frame.variant(numbers, len(text))
        if variant is not None:
            return Framed(frame, numbers, variant, text)
        misfits = frame.misfits(numbers)
        if not misfits:
            return None
        return self._framed(_joined(parts, misfits), text)

    def _words(self, text: str) -> Target | None:
        """What *text* says if it is words and nothing else."""
        body = text.strip(STOPS)
        if len(text) > _LONGEST or not "\u4e00" <= body[:1] <= "\u9fff":
            return None
        is_bare = body not in self._absent and _BRACKETS.isdisjoint(body)
        if body.startswith(self._absent) and not is_bare:
            return None
        if not self._are_words(body):
            return None
        return _make_words(text, None, (), body, None)


def _joined(parts: Sequence[str], misfits: Sequence[int]) -> list[str]:
    """*parts* with the numbers that are *misfits* made part of the words."""
    joined = [parts[0]]
    for at, (number, words) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
        if at in misfits:
            joined[-1] += number + words
        else:
            joined += [number, words]
    return joined


def _is_beyond_doubt(target: Target) -> bool:
    """Whether nothing is doubtful about *target*, whatever its numbers are."""
    if isinstance(target, Compound):
        return all(map(_is_beyond_doubt, target.parts))
    if isinstance(target, Quantity) and target.unit in {None, "%"}:
        return False
    is_doubted = isinstance(target, Quantity) and may_be_doubted(target)
    return not is_doubted and not target.ambiguities


def _findings(target: Target, text: str, units: Units) -> tuple[Diagnostic, ...]:
    span = said_in(text)
    return doubtful(target, span, span.of(text), units)
