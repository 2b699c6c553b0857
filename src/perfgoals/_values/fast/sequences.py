"""Clauses with several cores in a row: 年底前100%完成, 培训5期500人次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfgoals._values.fast import moments, numbers
from perfgoals._values.fast.fills import Core
from perfgoals._values.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals._values.fast.clauses import Clause
    from perfgoals._values.fast.deadlines import DeadlineReader
    from perfgoals._values.fast.heads import Head
    from perfgoals._values.fast.moments import Moment
    from perfgoals._values.fast.tails import TailReader
    from perfgoals._values.fast.unit_words import UnitWords

_RANKED = re.compile(r"\s*(?:$|[名位强批])")
"""What makes a rank of 前 and a number: 前3名."""

_NAMED = re.compile("[率度比例重]")
"""What makes a number before it the name of a rate: 24小时晴雨预报准确率."""


class SequenceReader:
    """Reads one core after another; ``None`` where the grammar is needed."""

    def __init__(
        self,
        units: UnitWords,
        head: Callable[[str], Head | None],
        tail: TailReader,
        deadline: DeadlineReader,
    ) -> None:
        self._units = units
        self._head = head
        self._tail = tail
        self._deadline = deadline

    def __call__(self, clause: Clause) -> list[Core] | None:
        """The cores of *clause*, each with the words before it."""
        cores: list[Core] = []
        head, place, last = clause.words[0], 0, len(clause.words) - 1
        while place < last:
            end = moments.year_end(head)
            if end:
                if not self._leads_on(head[end:], clause.words[place + 1]):
                    return None
                fill, at = moments.year_ends(""), clause.at + 2 * place
                cores.append(Core(fill, at, 0, head[:end].lstrip(), ""))
            core = self._core(head[end:], clause, place)
            if core is None:
                return None
            cores.append(core)
            place += (core.length + 1) // 2
            head = clause.words[place][len(core.tail) :]
        return cores

    def _core(self, head: str, clause: Clause, place: int) -> Core | None:
        """The core whose first number is *place*; its tail ends where words begin."""
        frame = "#" + "#".join(clause.words[place + 1 :])
        moment = moments.moment(frame)
        if moment and moment.close and fold(frame) == frame:
            return self._date(head, moment, clause, place)
        return self._quantity(head, clause, place)

    def _date(
        self, head: str, moment: Moment, clause: Clause, place: int
    ) -> Core | None:
        end = place + moment.numbers
        words = clause.words[end]
        frame = "#" + "#".join(clause.words[place + 1 : end + 1])
        rest = frame[moment.length :]
        note = self._tail.remark(rest)
        if end < len(clause.words) - 1:
            if not self._leads_on(rest, clause.words[end + 1]):
                return None
            words, note = words[: len(words) - len(rest)], ""
        fill = None if note is None else self._deadline.behind(head, moment, note, "")
        length = 2 * moment.numbers - 1
        at = clause.at + 2 * place
        return Core(fill, at, length, head.lstrip(), words) if fill else None

    def _quantity(self, head: str, clause: Clause, place: int) -> Core | None:
        words, before = clause.words[place + 1], self._head(head)
        if place + 2 == len(clause.words):
            tail = self._tail(words)
        else:
            tail = self._tail.before_number(words)
            kinds = (*before.kinds, *tail.kinds) if before and tail else ()
            if tail and not kinds and _NAMED.search(tail.rest):
                return None
        if before is None or before.ordinal or tail is None:
            return None
        fill = numbers.quantity(before, tail, self._units)
        if fill is None:
            return None
        taken = words[: len(words) - len(tail.rest)]
        fill = fill if head else numbers.ungrouped(fill)
        return Core(fill, clause.at + 2 * place, 1, head.lstrip(), taken)

    def _leads_on(self, rest: str, words: str) -> bool:
        """Whether *rest*, behind a date, leads on to a number with *words* behind."""
        if not rest:
            return _RANKED.match(words) is None
        return self._tail.remark(rest) is not None
