"""Frames: the words between the numbers of a value, understood once."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from perfgoals._values.fast import moments, numbers
from perfgoals._values.fast.clauses import clauses_of
from perfgoals._values.fast.deadlines import DeadlineReader
from perfgoals._values.fast.fills import (
    Core,
    Group,
    as_words,
    as_words_with_ordinal,
    filled_in_turn,
    first_of,
)
from perfgoals._values.fast.heads import HeadReader, without_brackets
from perfgoals._values.fast.plain import plain_words
from perfgoals._values.fast.sequences import SequenceReader
from perfgoals._values.fast.tails import TailReader
from perfgoals._values.fast.unit_words import UnitWords
from perfgoals._values.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._values.fast.clauses import Clause
    from perfgoals._values.fast.fills import Fill
    from perfgoals.units import Units

_ODD = re.compile(r"[#\s\u200b\ufeff](?<![ \u3000])")
"""What stands for a number below, and blanks that are part of a remark."""

_OF_DATES = re.compile("[年月日号前/-]")
_KEPT = 4096
"""So many heads and tails are kept, as they come together in many ways."""

_TO = re.compile(r"(.*?) *(?:--?|~~?|至|到) *")


class FrameReader:
    """Understands frames; ``None`` where the grammar is needed to."""

    def __init__(self, units: Units) -> None:
        self._units = UnitWords(units)
        self._head = functools.lru_cache(_KEPT)(HeadReader(self._units))
        self._tail = TailReader(self._units)
        self._whole_tail = functools.lru_cache(_KEPT)(self._tail)
        self._deadline = DeadlineReader(self._head, self._tail)
        self._sequence = SequenceReader(
            self._units, self._head, self._tail, self._deadline
        )
        self._is_plain = plain_words(self._units.beginnings, signs="、：:")

    def __call__(self, words: Sequence[str]) -> Fill | None:
        """Fills the frame *words*, between which the numbers of a value stand."""
        if any(map(_ODD.search, words)):
            return None
        clauses = clauses_of(words)
        if clauses is None:
            return None
        read = list(map(self._clause, clauses))
        groups = [group for group in read if group is not None]
        if not groups or len(groups) < len(read):
            return None
        numbered = sum(group.cores[0].is_measure for group in groups)
        if len(groups) > 1 and 2 * numbered < len(groups):
            return None
        return filled_in_turn(groups)

    def _clause(self, clause: Clause) -> Group | None:
        """The cores of a clause, in turn."""
        head, tail = clause.words[0].lstrip(), clause.words[-1].rstrip()
        if len(clause.words) == 1:
            core = self._words(clause.words[0].strip(), clause.at)
            return Group(cores=(core,), head=core.head, tail="") if core else None
        whole = self._whole(clause.words)
        if whole is None:
            cores = self._sequence(clause)
            return Group(cores=tuple(cores), head=head, tail=tail) if cores else None
        length = 2 * len(clause.words) - 3
        is_measure = whole is not as_words_with_ordinal
        core = Core(whole, clause.at, length, head, tail, is_measure=is_measure)
        return Group(cores=(core,), head=head, tail=tail)

    def _words(self, text: str, at: int) -> Core | None:
        if self._is_plain(text):
            return Core(as_words, at, 0, text, "", is_measure=False)
        end = moments.year_end(text)
        note = self._tail.remark(text[end:]) if end else None
        if note is None:
            return None
        return Core(moments.year_ends(note), at, 0, text, "")

    def _whole(self, words: Sequence[str]) -> Fill | None:
        """Fills a clause with one core."""
        is_date = words == ("", "") or _OF_DATES.search("".join(words))
        date = self._deadline(words) if is_date else None
        match words:
            case [head, tail]:
                return first_of(self._quantity(head, tail), date)
            case [head, between, tail]:
                return first_of(self._range(head, between, tail), date)
            case _:
                return date

    def _quantity(self, head: str, tail: str) -> Fill | None:
        before = self._head(head)
        if before is None:
            return None
        if before.ordinal:
            is_plain = self._is_plain(without_brackets(tail))
            is_word = is_plain and not tail.startswith("季")
            return as_words_with_ordinal if is_word else None
        behind = self._whole_tail(tail)
        if behind is None:
            return None
        return numbers.quantity(before, behind, self._units)

    def _range(self, head: str, between: str, tail: str) -> Fill | None:
        to = _TO.fullmatch(fold(between))
        before, behind = self._head(head), self._whole_tail(tail)
        if to is None or before is None or behind is None or before.ordinal:
            return None
        end = len(to[1])
        low = self._tail.before_range(between[:end], to[0][end:])
        if low is None:
            return None
        return numbers.span_of_numbers(before, low, behind, self._units)
