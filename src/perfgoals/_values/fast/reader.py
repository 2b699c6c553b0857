"""The fast reader: a value in, the target and findings that the grammar would give."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals._values.ambiguity import (
    with_doubts,
    with_doubts_of_rates,
)
from perfgoals._values.doubts import doubtful
from perfgoals._values.fast.frames import FrameReader
from perfgoals._values.fast.words import WordsReader
from perfgoals._values.remarks import STOPS
from perfgoals.spans import Span
from perfgoals.targets import Compound

if TYPE_CHECKING:
    from perfgoals._values.fast.samples import Samples
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.targets import Target
    from perfgoals.units import Units

Reading: TypeAlias = "tuple[Target, tuple[Diagnostic, ...]]"
"""A target, and the findings about it."""


_FRAMES = 4096
"""So many frames are kept; one takes about 1 kB."""

_LONGEST = 120
_NUMBER = re.compile(r"([0-9]+(?:[.,][0-9]+)*+)")
_parts_of = _NUMBER.split


class FastReader:
    """Reads values, as far as it is certain; safe to share between threads."""

    __slots__ = ("_frame", "_frame_of_one", "_samples", "_units", "_words")

    def __init__(self, units: Units) -> None:
        frames = FrameReader(units)
        self._units = units
        self._samples: Samples | None = None
        self._words = WordsReader(units)
        self._frame = functools.lru_cache(_FRAMES)(frames)
        self._frame_of_one = functools.lru_cache(_FRAMES)(
            lambda head, tail: frames((head, tail))
        )

    def read(self, text: str, *, of_rate: bool) -> Reading | None:
        """The reading of *text*, if it is certain; *of_rate* as in ``read_value``."""
        if len(text) > _LONGEST:
            return None
        parts = _parts_of(text)
        if len(parts) == 3:
            fill = self._frame_of_one(parts[0], parts[2])
        elif len(parts) == 1:
            fill = self._words(text)
        else:
            fill = self._frame(tuple(parts[::2]))
        target = fill(parts, 1, text) if fill else None
        if target is None:
            return self._like_others(text, of_rate=of_rate)
        if of_rate:
            target = with_doubts_of_rates(target)
        if target.ambiguities or (type(target) is Compound and _may_doubt(target)):
            return target, _findings(target, text, self._units)
        return target, ()

    def learn(self, text: str, target: Target) -> None:
        """Remember that the grammar made *target*, its doubts apart, of *text*.

        What that takes is imported with the first such text: most never need it.
        """
        if len(text) > _LONGEST:
            return
        if self._samples is None:
            from perfgoals._values.fast.samples import Samples

            self._samples = Samples()
        self._samples.learn(text, target)

    def _like_others(self, text: str, *, of_rate: bool) -> Reading | None:
        samples = self._samples
        target = None if samples is None else samples.read(text)
        if target is None:
            return None
        target = with_doubts(attrs.evolve(target, raw=text), of_rate=of_rate)
        return target, _findings(target, text, self._units)


def _may_doubt(target: Compound) -> bool:
    """Whether any part of *target* may be doubted."""
    for part in target.parts:  # noqa: SIM110  (any() takes three times as long)
        if part.ambiguities or type(part) is Compound:
            return True
    return False


def _findings(target: Target, text: str, units: Units) -> tuple[Diagnostic, ...]:
    body = text.strip(STOPS)
    start = text.index(body)
    return doubtful(target, Span(start, start + len(body)), body, units)
