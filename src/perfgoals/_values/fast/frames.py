"""Frames: the words between the numbers of a value, understood once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfgoals._values.comparators import stated_by
from perfgoals._values.fast import moments, numbers
from perfgoals._values.fast.clauses import clauses_of
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
from perfgoals._values.fast.tails import TailReader
from perfgoals._values.fast.unit_words import UnitWords
from perfgoals._values.fold import fold
from perfgoals._values.remarks import EDGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._values.fast.clauses import Clause
    from perfgoals._values.fast.fills import Fill
    from perfgoals.units import Units

_ODD = re.compile(r"[#\s\u200b\ufeff](?<![ \u3000])")
"""What stands for a number below, and blanks that are part of a remark."""

_TO = re.compile(r"(.*?) *(?:--?|~~?|至|到) *")
_EACH = {"每月": "月", "每年": "年"}
_COMPARED = tuple("比较与同按照据实达行")
_SHORT = 4
"""A year with a longer remark is a word of it."""

_BY = tuple("自从至到于在")
_RANKED = re.compile(r"\s*(?:$|[名位强批;,；，。])")
"""What makes a rank of 前 and a number: 前3名."""

_NAMED = re.compile("[率度比例重]")


class FrameReader:
    """Understands frames; ``None`` where the grammar is needed to."""

    def __init__(self, units: Units) -> None:
        self._units = UnitWords(units)
        self._head = HeadReader(self._units)
        self._tail = TailReader(self._units)
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
            cores = self._cores(clause.words, clause.at)
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
        match words:
            case [head, tail]:
                return first_of(
                    self._quantity(head, tail),
                    self._moment(words),
                    moments.dotted(tail, self._tail.remark) if not head else None,
                )
            case [head, between, tail]:
                return first_of(
                    self._range(head, between, tail),
                    self._moment(words),
                    self._dates(words),
                )
            case ["", sign, other, tail] if sign == other:
                return first_of(
                    moments.marked(sign, tail, self._tail.remark),
                    self._moment(words),
                    self._dates(words),
                )
            case _:
                return first_of(self._moment(words), self._dates(words))

    def _quantity(self, head: str, tail: str) -> Fill | None:
        before = self._head(head)
        if before is None:
            return None
        if before.ordinal:
            is_plain = self._is_plain(without_brackets(tail))
            is_word = is_plain and not tail.startswith("季")
            return as_words_with_ordinal if is_word else None
        behind = self._tail(tail)
        if behind is None:
            return None
        return numbers.quantity(before, behind, self._units)

    def _range(self, head: str, between: str, tail: str) -> Fill | None:
        to = _TO.fullmatch(fold(between))
        before, behind = self._head(head), self._tail(tail)
        if to is None or before is None or behind is None or before.ordinal:
            return None
        low = self._tail.before_range(
            between[: len(to[1])], fold(between)[len(to[1]) :]
        )
        if low is None:
            return None
        return numbers.span_of_numbers(before, low, behind, self._units)

    def _dates(self, words: Sequence[str]) -> Fill | None:
        if words[0] or words[-1][:1] == " ":
            return None
        return moments.date_range(fold("#".join(words)))

    def _moment(self, words: Sequence[str]) -> Fill | None:
        head, frame = words[0], "#" + "#".join(words[1:])
        moment = moments.moment(frame)
        if moment is None or fold(frame) != frame or "#" in frame[moment.length :]:
            return None
        rest = frame[moment.length :]
        note = self._tail.remark(rest)
        if note is None or (
            moment.is_vague and not moment.close and len(rest) > _SHORT
        ):
            return None
        return self._deadline(head, moment, note, rest)

    def _deadline(
        self, head: str, moment: moments.Moment, note: str, rest: str
    ) -> Fill | None:
        if head in moments.BY and not moment.day_alone:
            return moments.deadline(moment, moments.BY[head], None, note)
        if head in _EACH and moment.fields[0] is None and moment.close:
            is_day = head == "每月"
            fits = moment.day_alone if is_day else not moment.day_alone
            return moments.deadline(moment, None, _EACH[head], note) if fits else None
        before = self._head(head)
        if before is None or before.ordinal or before.each or head.endswith(_BY):
            return None
        if before.kinds and (
            rest or moment.day_alone or moment.close[:1] in {"之", "以"}
        ):
            return None
        is_bare = not (moment.close or before.kinds)
        if is_bare and (
            (moment.is_vague and head) or head.rstrip(EDGES).endswith(_COMPARED)
        ):
            return None
        comparator, _ = stated_by(before.kinds)
        return moments.deadline(moment, comparator, None, before.note + note)

    def _cores(self, words: Sequence[str], at: int) -> list[Core] | None:
        """The cores of a clause with several, each with the words before it."""
        cores: list[Core] = []
        head, place = words[0], 0
        while place < len(words) - 1:
            end = moments.year_end(head)
            if end:
                cores.append(
                    Core(
                        moments.year_ends(""),
                        at + 2 * place,
                        0,
                        head[:end].lstrip(),
                        "",
                    )
                )
                head = head[end:]
                if not head and _RANKED.match(words[place + 1]):
                    return None
                if head[:1] and self._tail.remark(head) is None:
                    return None
            core, used, head = self._next_core(head, words, place, at)
            if core is None:
                return None
            cores.append(core)
            place += used
        return cores

    def _next_core(
        self, head: str, words: Sequence[str], place: int, at: int
    ) -> tuple[Core | None, int, str]:
        """The core at *place*, how many numbers it has, and the words behind it."""
        frame = "#" + "#".join(words[place + 1 :])
        moment = moments.moment(frame)
        start = at + 2 * place
        if moment and moment.close and fold(frame) == frame:
            rest = frame[moment.length :].partition("#")[0]
            used = moment.numbers
            is_last = place + used == len(words) - 1
            if not (is_last or rest) and _RANKED.match(words[place + used + 1]):
                return None, 0, ""
            note = self._tail.remark(rest)
            fill = (
                None
                if note is None
                else self._deadline(head, moment, note if is_last else "", "")
            )
            taken = words[place + used][: len(words[place + used]) - len(rest)]
            tail = taken + rest if is_last else taken
            core = fill and Core(
                fill, start, 2 * used - 1, head.lstrip(), tail.rstrip()
            )
            return core, used, rest
        fill, taken, rest = self._next_quantity(
            head, words[place + 1], is_last=place + 2 == len(words)
        )
        core = fill and Core(fill, start, 1, head.lstrip(), taken.rstrip())
        return core, 1, rest

    def _next_quantity(
        self, head: str, words: str, *, is_last: bool
    ) -> tuple[Fill | None, str, str]:
        """Fills the next number with its tail, and what of *words* is that tail."""
        before = self._head(head)
        tail = self._tail(words) if is_last else self._tail.before_number(words)
        if before is None or before.ordinal or tail is None:
            return None, "", ""
        if (
            not is_last
            and not (before.kinds or tail.kinds)
            and _NAMED.search(tail.rest)
        ):
            return None, "", ""
        taken = words[: len(words) - len(tail.rest)]
        fill = numbers.quantity(before, tail, self._units)
        return fill if head else numbers.ungrouped(fill), taken, tail.rest
