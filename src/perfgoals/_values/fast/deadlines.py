"""Clauses that are one date: what stands before it, and behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals._values.comparators import stated_by
from perfgoals._values.fast import moments
from perfgoals._values.fast.fills import first_of
from perfgoals._values.fold import fold
from perfgoals._values.remarks import EDGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfgoals._values.fast.fills import Fill
    from perfgoals._values.fast.heads import Head
    from perfgoals._values.fast.moments import Moment
    from perfgoals._values.fast.tails import TailReader

_EACH = {"每月": "月", "每年": "年"}
_COMPARED = tuple("比较与同按照据实达行")
"""Words end so, or in more, that a date without a comparator is compared with."""

_BY = tuple("自从至到于在止迟晚")


class DeadlineReader:
    """Reads clauses with a date; ``None`` where the grammar is needed."""

    def __init__(self, head: Callable[[str], Head | None], tail: TailReader) -> None:
        self._head = head
        self._tail = tail

    def __call__(self, words: Sequence[str]) -> Fill | None:
        """Fills a clause that is one date, or two with a dash between them."""
        return first_of(self._marked(words), self._one(words), self._two(words))

    def behind(self, head: str, moment: Moment, note: str, rest: str) -> Fill | None:
        """Fills *moment* behind the words *head*; *rest* and its *note* follow."""
        if head in moments.BY and not moment.day_alone:
            return moments.deadline(moment, moments.BY[head], None, note)
        if head in _EACH:
            fits = moment.close and moment.fields[0] is None
            if not fits or moment.day_alone != (head == "每月"):
                return None
            return moments.deadline(moment, None, _EACH[head], note)
        return self._behind_words(head, moment, note, rest)

    def _behind_words(
        self, head: str, moment: Moment, note: str, rest: str
    ) -> Fill | None:
        before = self._head(head)
        if before is None or before.ordinal or before.each or head.endswith(_BY):
            return None
        if before.kinds:
            is_year_name = moment.close[:1] in {"之", "以"}
            if rest or moment.day_alone or is_year_name:
                return None
        elif not moment.close:
            is_compared = head.rstrip(EDGES).endswith(_COMPARED)
            if is_compared or (moment.is_vague and head):
                return None
        comparator, _ = stated_by(before.kinds)
        return moments.deadline(moment, comparator, None, before.note + note)

    def _one(self, words: Sequence[str]) -> Fill | None:
        head, frame = words[0], "#" + "#".join(words[1:])
        moment = moments.moment(frame)
        if moment is None or fold(frame) != frame:
            return None
        rest = frame[moment.length :]
        note = self._tail.remark(rest)
        is_word = moment.is_vague and not moment.close and bool(rest)
        if "#" in rest or note is None or is_word:
            return None
        return self.behind(head, moment, note, rest)

    def _two(self, words: Sequence[str]) -> Fill | None:
        if words[0] or words[-1][:1] == " ":
            return None
        return moments.date_range(fold("#".join(words)))

    def _marked(self, words: Sequence[str]) -> Fill | None:
        match words:
            case ["", tail]:
                return moments.dotted(tail, self._tail.remark)
            case ["", "-" | "/" as sign, other, tail] if sign == other:
                return moments.marked(tail, self._tail.remark)
            case _:
                return None
