"""Words that a repetition can read in two ways, and so 2ⁿ ways when written n times.

A repetition without end becomes Glushkov's automaton: a state is a place of a sign in
it, and an edge leads to every place that can come next, with the number of ways to get
there. One state returns to itself in two ways by the same word exactly if an edge has
two ways, or if two paths part and meet again: all states of a repetition are within
reach of each other. (Weideman and others, Analyzing Matching Time Behavior, 2016.)
"""

from __future__ import annotations

import itertools
from collections import Counter, deque
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from perfgoals._patterns.tree import (
    Choice,
    Node,
    Repeat,
    Sequence,
    Sign,
    Solid,
    children,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNROLLED = 24
"""A repetition that ends is written out up to so many signs, else taken for endless."""

_FEW = 3
"""One that ends after so many times is always written out."""

_Word = tuple[int, ...]
_Pair = tuple[int, int]


@attrs.frozen(eq=False, kw_only=True)
class Doubt:
    """A word that is read in two ways: *pump*, as masks, behind *lead*."""

    lead: _Word
    pump: _Word


@attrs.frozen(eq=False, kw_only=True)
class Loop:
    """An outermost repetition without end, and the nodes on the way to it."""

    before: tuple[Node, ...]
    repeat: Repeat


def loops(node: Node, before: tuple[Node, ...] = ()) -> Iterator[Loop]:
    """The outermost endless repetitions of *node*, without those in solid parts."""
    if isinstance(node, Solid):
        return
    if isinstance(node, Repeat) and _is_endless(node):
        yield Loop(before=before, repeat=node)
        return
    for n, child in enumerate(children(node)):
        passed = node.parts[:n] if isinstance(node, Sequence) else ()
        yield from loops(child, before + passed)


def doubts(loop: Loop) -> Iterator[Doubt]:
    """Words that *loop* reads in two ways, short ones first; maybe none.

    That they make matching slow is not said: the loop stands for what it only contains.
    """
    if isinstance(loop.repeat.body, Sign):
        return
    automaton = _Automaton()
    body = automaton.loop(loop.repeat.body)
    pairs = _Pairs(automaton)
    for state, word, end in itertools.chain(automaton.doubled(), pairs.words()):
        back = automaton.path([end], state)
        lead = automaton.path(body.first, state, include_start=True)
        yield Doubt(lead=lead, pump=word + back)


def _is_endless(repeat: Repeat) -> bool:
    return not _is_short(repeat.most, _places(repeat.body))


def _is_short(most: int | None, places: int) -> bool:
    return most is not None and (most <= _FEW or places * most <= _UNROLLED)


def _places(node: Node) -> int:
    """How many signs *node* is written with, short repetitions written out."""
    if isinstance(node, Sign):
        return 1
    places = sum(map(_places, children(node)))
    if isinstance(node, Repeat) and _is_short(node.most, places):
        places *= node.most or 0
    return places


@attrs.frozen(eq=False, kw_only=True)
class _Part:
    """Ways to take nothing, to begin and to end, the last two by place."""

    empty: int
    first: Mapping[int, int] = attrs.field(factory=dict)
    last: Mapping[int, int] = attrs.field(factory=dict)


_NOTHING = _Part(empty=1)


def _sum(*ways: tuple[Mapping[int, int], int]) -> Mapping[int, int]:
    """Ways added up, each mapping a number of times; two stand for more."""
    total: Counter[int] = Counter()
    for mapping, times in ways:
        if times:
            for place, number in mapping.items():
                total[place] = min(total[place] + number * times, 2)
    return total


class _Automaton:
    def __init__(self) -> None:
        self.masks: list[int] = []
        self.follow: list[Mapping[int, int]] = []

    def read(self, node: Node) -> _Part:
        """Adds the places of *node*, and tells how they are entered and left."""
        match node:
            case Sign(mask=mask):
                return self._place(mask)
            case Sequence(parts=parts):
                part = _NOTHING
                for following in parts:
                    part = self._chain(part, self.read(following))
                return part
            case Choice(branches=branches):
                return _either([self.read(branch) for branch in branches])
            case Solid(body=body, wide=wide):
                return self.read(body) if wide else _NOTHING
            case Repeat() if _is_endless(node):
                return self._endless(node)
            case Repeat(body=body, least=least, most=most):
                return self._copies(body, least, most or 0)

    def _place(self, mask: int) -> _Part:
        place = len(self.masks)
        self.masks.append(mask)
        self.follow.append({})
        return _Part(empty=0, first={place: 1}, last={place: 1})

    def _join(self, last: Mapping[int, int], first: Mapping[int, int]) -> None:
        for place, times in last.items():
            known = self.follow[place]
            self.follow[place] = _sum((known, 1), (first, times))

    def _chain(self, left: _Part, right: _Part) -> _Part:
        self._join(left.last, right.first)
        return _Part(
            empty=min(left.empty * right.empty, 2),
            first=_sum((left.first, 1), (right.first, left.empty)),
            last=_sum((right.last, 1), (left.last, right.empty)),
        )

    def loop(self, node: Node) -> _Part:
        """*node* once or more; if it took nothing that ends the repetition as well."""
        body = self.read(node)
        self._join(body.last, body.first)
        return attrs.evolve(body, last=_sum((body.last, 1 + body.empty)))

    def _endless(self, node: Repeat) -> _Part:
        """As few times as it may be, if they are few, and then a loop."""
        part = self.loop(node.body)
        if node.least == 0:
            return attrs.evolve(part, empty=min(1 + part.empty, 2))
        if node.least * _places(node.body) <= _UNROLLED:
            for _ in range(node.least - 1):
                part = self._chain(self.read(node.body), part)
        return part

    def _copies(self, body: Node, least: int, most: int) -> _Part:
        part = _NOTHING
        for _ in range(most - least):
            part = self._chain(self.read(body), part)
            part = attrs.evolve(part, empty=min(part.empty + 1, 2))
        for _ in range(least):
            part = self._chain(self.read(body), part)
        return part

    def doubled(self) -> Iterator[tuple[int, _Word, int]]:
        """Edges with two ways: where they begin, their sign, and where they end."""
        for state, following in enumerate(self.follow):
            for end, ways in following.items():
                if ways > 1:
                    yield state, (self.masks[end],), end

    def path(
        self, starts: Iterable[int], end: int, *, include_start: bool = False
    ) -> _Word:
        """The masks on a shortest way from one of *starts* to *end*."""
        came: dict[int, int | None] = dict.fromkeys(starts)
        queue = deque(came)
        while end not in came:
            state = queue.popleft()
            new = [state_ for state_ in self.follow[state] if state_ not in came]
            came |= dict.fromkeys(new, state)
            queue.extend(new)
        states = [end]
        while (state_before := came[states[-1]]) is not None:
            states.append(state_before)
        masks = tuple(self.masks[state] for state in reversed(states))
        return masks if include_start else masks[1:]


def _either(parts: list[_Part]) -> _Part:
    return _Part(
        empty=min(sum(part.empty for part in parts), 2),
        first=_sum(*((part.first, 1) for part in parts)),
        last=_sum(*((part.last, 1) for part in parts)),
    )


class _Pairs:
    """Pairs of different states that one word leads to from the same state."""

    def __init__(self, automaton: _Automaton) -> None:
        self._masks = automaton.masks
        self._follow = automaton.follow
        self._origins: dict[_Pair, int] = {}
        self._explore()

    def words(self) -> Iterator[tuple[int, _Word, int]]:
        """Where two paths part, a word of both, and where they meet; short ones first.

        Not every such word: one for each pair of first steps.
        """
        homeward = self._homeward()
        for pair in homeward:
            if pair in self._origins:
                word = [self._common(pair)]
                end: _Pair | int = pair
                while isinstance(end, tuple):
                    end = homeward[end]
                    word.append(self._common(end))
                yield self._origins[pair], tuple(word), end

    def _common(self, states: _Pair | int) -> int:
        if isinstance(states, int):
            return self._masks[states]
        return self._masks[states[0]] & self._masks[states[1]]

    def _explore(self) -> None:
        """Finds the pairs, the origins of the first ones, and what leads to each."""
        self._before: dict[_Pair | int, list[_Pair]] = {}
        seen: set[tuple[int, ...]] = set()
        for state, following in enumerate(self._follow):
            key = tuple(following)
            if key not in seen:
                seen.add(key)
                for pair in self._overlapping(key, key):
                    if isinstance(pair, tuple):
                        self._origins.setdefault(pair, state)
        queue = deque(self._origins)
        known = set(queue)
        while queue:
            pair = queue.popleft()
            for after in self._overlapping(*(self._follow[state] for state in pair)):
                self._before.setdefault(after, []).append(pair)
                if isinstance(after, tuple) and after not in known:
                    known.add(after)
                    queue.append(after)

    def _overlapping(
        self, left: Iterable[int], right: Iterable[int]
    ) -> Iterator[_Pair | int]:
        """Pairs, smaller state first, and single states where both are the same."""
        masks = self._masks
        for one in left:
            for other in right:
                if one == other:
                    yield one
                elif masks[one] & masks[other]:
                    yield (one, other) if one < other else (other, one)

    def _homeward(self) -> dict[_Pair, _Pair | int]:
        """Of each pair whose paths meet again, the next step to there."""
        steps: dict[_Pair, _Pair | int] = {}
        queue = deque(after for after in self._before if isinstance(after, int))
        while queue:
            after: _Pair | int = queue.popleft()
            for pair in self._before.get(after, ()):
                if pair not in steps:
                    steps[pair] = after
                    queue.append(pair)  # type: ignore[arg-type]
        return steps
