"""From the pieces of a value to the one target that it is, nothing left out."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import attrs
from lark import Token

from perfgoals._values.fold import fold
from perfgoals._values.pieces import Item, Piece
from perfgoals._values.remarks import EDGES, STOPS, bare_remark
from perfgoals._values.tree import reference_comparator
from perfgoals.spans import Span
from perfgoals.targets import (
    Comparator,
    Compound,
    Deadline,
    Qualitative,
    Quantity,
    Range,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATORS = frozenset({"CLAUSE_END", "LINK"})
_COMPARED = re.compile(r"(?:比|较|与|同|按|按照|根据|依据|落实|下达|对照|参照|执行)$")
_RATE = re.compile(r"^[\u4e00-\u9fff]+(?:率|度|比|比例|占比|比重)[为达]?$")
_SHORT_REMARK = 4
_SENTENCE = 20


@attrs.frozen(kw_only=True)
class Segment:
    """The items between two separators, and the stretch they stand in."""

    items: tuple[Item, ...]
    span: Span

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(item for item in self.items if isinstance(item, Piece))


def assemble(printed: str, items: Sequence[Item]) -> Target:
    """The target that *items* of the value *printed* make up."""
    segments = [
        _without_named_numbers(_without_bare_dates(segment, printed), printed)
        for segment in _segments(printed, items)
    ]
    if not any(segment.pieces for segment in segments):
        return _words(printed, segments)
    if _is_sentence(segments, printed):
        return Qualitative(
            raw=printed, text=printed, ambiguities=("number-in-sentence",)
        )
    groups = [_segment_parts(segment, printed) for segment in segments]
    parts = _joined(groups, segments, printed)
    if len(parts) == 1:
        return _whole(parts[0], printed)
    bounds = _bounds(parts)
    if bounds:
        return attrs.evolve(bounds, raw=printed)
    return Compound(raw=printed, parts=tuple(parts))


def lone_remark(items: Sequence[Item]) -> Span | None:
    """The inside of the only brackets of a value that is words otherwise."""
    remarks = [
        item for item in items if isinstance(item, Token) and item.type == "REMARK"
    ]
    if len(remarks) != 1 or any(isinstance(item, Piece) for item in items):
        return None
    return Span(_start(remarks[0]) + 1, _end(remarks[0]) - 1)


def _joined(
    groups: Sequence[Sequence[Target]], segments: Sequence[Segment], printed: str
) -> list[Target]:
    """One target for each segment, or the parts of the only one."""
    if len(groups) == 1:
        return list(groups[0])
    return [
        parts[0]
        if len(parts) == 1
        else Compound(raw=segment.span.of(printed).strip(), parts=tuple(parts))
        for parts, segment in zip(groups, segments, strict=True)
    ]


def _segments(printed: str, items: Sequence[Item]) -> list[Segment]:
    segments: list[Segment] = []
    current: list[Item] = []
    start = 0
    for item in items:
        if _separates(item, current):
            segments.append(
                Segment(items=tuple(current), span=Span(start, _start(item)))
            )
            current, start = [], _end(item)
        else:
            current.append(item)
    segments.append(Segment(items=tuple(current), span=Span(start, len(printed))))
    return [
        segment
        for segment in segments
        if segment.items and segment.span.of(printed).strip(STOPS)
    ]


def _separates(item: Item, before: Sequence[Item]) -> bool:
    """Whether *item* ends a segment; a 、 among words does only behind a core."""
    if isinstance(item, Piece):
        return False
    if item.type == "NEAR_LINK":
        return any(isinstance(other, Piece) for other in before)
    return item.type in _SEPARATORS


def _start(item: Item) -> int:
    return item.span.start if isinstance(item, Piece) else item.start_pos or 0


def _end(item: Item) -> int:
    return item.span.end if isinstance(item, Piece) else item.end_pos or 0


def _without_bare_dates(segment: Segment, printed: str) -> Segment:
    """The segment, its dates that only name a year to compare with made words."""
    items = [
        _as_word(item)
        if isinstance(item, Piece) and _is_bare_date(segment, index, printed)
        else item
        for index, item in enumerate(segment.items)
    ]
    return attrs.evolve(segment, items=tuple(items))


def _without_named_numbers(segment: Segment, printed: str) -> Segment:
    """The segment, a number that belongs to the name of a rate made words.

    In 24小时晴雨预报准确率≥87% the 24小时 says which rate is meant.
    """
    named = {
        piece.span
        for piece, following in itertools.pairwise(segment.pieces)
        if isinstance(piece.target, Quantity)
        and piece.target.comparator is None
        and _RATE.search(printed[piece.span.end : following.span.start])
    }
    items = [
        _as_word(item) if isinstance(item, Piece) and item.span in named else item
        for item in segment.items
    ]
    return attrs.evolve(segment, items=tuple(items))


def _as_word(piece: Piece) -> Token:
    return Token("PHRASE", "", start_pos=piece.span.start, end_pos=piece.span.end)


def _is_bare_date(segment: Segment, index: int, printed: str) -> bool:
    piece = segment.items[index]
    assert isinstance(piece, Piece)  # noqa: S101  (the caller asks for pieces only)
    target = piece.target
    if not isinstance(target, Deadline) or target.comparator or target.every:
        return False
    before = printed[segment.span.start : piece.span.start].strip(EDGES)
    if _is_reference(segment.items[0]) or _COMPARED.search(before):
        return True
    alone = len(segment.pieces) == 1
    after = printed[piece.span.end : segment.span.end].strip(EDGES)
    is_year = target.date is not None and len(target.date) == len("2024")
    return is_year and alone and (bool(before) or len(after) > _SHORT_REMARK)


def _is_reference(item: Item) -> bool:
    return isinstance(item, Token) and item.type == "REFERENCE"


def _is_sentence(segments: Sequence[Segment], printed: str) -> bool:
    """Whether numbers only happen to stand in what is prose as a whole.

    So it is where fewer than half of several segments have a number, and each
    such number stands in the middle of its words without a comparator.
    """
    with_number = [segment for segment in segments if segment.pieces]
    if 2 * len(with_number) >= len(segments) or len(printed) < _SENTENCE:
        return False
    return all(_is_embedded(segment) for segment in with_number)


def _is_embedded(segment: Segment) -> bool:
    first, last = segment.items[0], segment.items[-1]
    stated = any(
        _comparator_of(p) not in {None, Comparator.ABOUT} for p in segment.pieces
    )
    return not stated and not isinstance(first, Piece) and not isinstance(last, Piece)


def _comparator_of(piece: Piece) -> Comparator | None:
    return getattr(piece.target, "comparator", None)


def _words(printed: str, segments: Sequence[Segment]) -> Target:
    if len(segments) == 1 and _is_reference(segments[0].items[0]):
        return attrs.evolve(_segment_words(segments[0], printed), raw=printed)
    return Qualitative(raw=printed, text=printed)


def _segment_words(segment: Segment, printed: str) -> Qualitative:
    """The words of a segment, apart from a comparator that they begin with."""
    text = segment.span.of(printed)
    first = segment.items[0]
    if not _is_reference(first):
        return Qualitative(raw=text.strip(), text=text.strip(STOPS))
    rest = printed[_end(first) : segment.span.end].strip(STOPS)
    comparator = reference_comparator(fold(printed[_start(first) : _end(first)]))
    return Qualitative(raw=text.strip(), text=rest, comparator=comparator)


def _segment_parts(segment: Segment, printed: str) -> list[Target]:
    """The parts of one segment: its words, or its cores with their remarks."""
    if not segment.pieces:
        return [_segment_words(segment, printed)]
    parts: list[Target] = []
    start = segment.span.start
    last = segment.pieces[-1]
    for piece, end in _pieces_with_brackets(segment):
        stop = segment.span.end if piece is last else end
        parts.extend(_with_remark(piece, Span(start, stop), printed))
        start = stop
    parts = _compared(parts, segment.items[0], printed)
    bounds = _bounds(parts)
    return (
        [attrs.evolve(bounds, raw=segment.span.of(printed).strip())]
        if bounds
        else parts
    )


def _compared(parts: list[Target], first: Item, printed: str) -> list[Target]:
    """The only quantity of 不低于上年的95% with the comparator that it begins with."""
    if not _is_reference(first) or len(parts) != 1:
        return parts
    part = parts[0]
    if not isinstance(part, Quantity) or part.comparator is not None:
        return parts
    comparator = reference_comparator(fold(printed[_start(first) : _end(first)]))
    note = (part.note or "").removeprefix(printed[_start(first) : _end(first)])
    return [attrs.evolve(part, comparator=comparator, note=note or None)]


def _pieces_with_brackets(segment: Segment) -> list[tuple[Piece, int]]:
    """Each piece with the end of the brackets that directly follow it."""
    pieces: list[tuple[Piece, int]] = []
    behind_piece = False
    for item in segment.items:
        if isinstance(item, Piece):
            pieces.append((item, item.span.end))
            behind_piece = True
        elif behind_piece and item.type == "REMARK":
            pieces[-1] = (pieces[-1][0], _end(item))
        else:
            behind_piece = False
    return pieces


def _with_remark(piece: Piece, span: Span, printed: str) -> list[Target]:
    raw = span.of(printed).strip()
    note = _remark(piece, span, printed)
    if isinstance(piece.target, tuple):
        return [attrs.evolve(end, raw=raw, note=note) for end in piece.target]
    return [attrs.evolve(piece.target, raw=raw, note=note)]


def _remark(piece: Piece, span: Span, printed: str) -> str | None:
    """What *span* says beside the core itself, as printed."""
    rests: list[str] = []
    start = span.start
    for taken in (*piece.taken, Span(span.end, span.end)):
        rests.append(bare_remark(printed[start : taken.start]))
        start = max(start, taken.end)
    return "".join(rests) or None


def _whole(part: Target, printed: str) -> Target:
    return attrs.evolve(part, raw=printed)


def _bounds(parts: Sequence[Target]) -> Range | None:
    """A range, where *parts* are its two ends: ≥80% 且 ≤100%."""
    match parts:
        case [
            Quantity(comparator=Comparator.AT_LEAST) as low,
            Quantity(comparator=Comparator.AT_MOST, note=None) as high,
        ] if low.number <= high.number and _same_scale(low, high):
            return Range(
                lower=low.number,
                upper=high.number,
                unit=high.unit,
                per=high.per,
                note=low.note,
                ambiguities=low.ambiguities + high.ambiguities,
            )
        case _:
            return None


def _same_scale(low: Quantity, high: Quantity) -> bool:
    return low.unit in {None, high.unit} and low.per in {None, high.per}
