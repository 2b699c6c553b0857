"""Matching that counts its steps: what CPython's own matching cannot tell.

A clock is no measure: it depends on the machine, and there is none that stops in time.
Counted are the steps of the same search, in the same order, with the same rule for
a repetition that took nothing. What is never gone back into is left to CPython.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import attrs

from perfgoals._patterns.tree import (
    Choice,
    Node,
    Repeat,
    Sequence,
    Sign,
    Solid,
    nullable,
)

_COPIES = 1000
"""A repetition, with those around it, is copied up to so often, else without end."""

_Marks: TypeAlias = "tuple[int, _Marks] | None"


@attrs.frozen(eq=False)
class _Take:
    """One sign."""

    mask: int
    then: int


@attrs.frozen(eq=False)
class _Try:
    """First one way, and if that fails the other."""

    first: int
    second: int


@attrs.frozen(eq=False)
class _Pass:
    """What *regex* matches, and nothing less."""

    regex: re.Pattern[str]
    then: int


@attrs.frozen(eq=False)
class _Mark:
    """Remembers where an iteration began."""

    then: int


@attrs.frozen(eq=False)
class _Moved:
    """Goes on with *again* if the iteration took something, else with *out*."""

    again: int
    out: int


_Instruction: TypeAlias = _Take | _Try | _Pass | _Mark | _Moved | None


class Search:
    """A node as instructions, which `run` follows, and the steps *spent* on them."""

    def __init__(self, node: Node, signs: str) -> None:
        self.spent = 0
        self._bits = {sign: 1 << n for n, sign in enumerate(signs)}
        self._code: list[_Instruction] = [None]  # the first one is the end
        self._start = self._add(node, 0, _COPIES)

    def run(self, text: str, limit: int) -> int | None:  # noqa: C901  (a case each)
        """Where a match of *text* ends, given up after *limit* steps."""
        open_: list[tuple[int, int, _Marks]] = [(self._start, 0, None)]
        limit += self.spent
        while open_ and self.spent < limit:
            at, place, marks = open_.pop()
            while True:
                self.spent += 1
                match self._code[at]:
                    case None:
                        return place
                    case _Take(mask=mask, then=at):
                        if place == len(text) or not mask & self._bits[text[place]]:
                            break
                        place += 1
                    case _Try(first=at, second=second):
                        open_.append((second, place, marks))
                    case _Pass(regex=regex, then=at):
                        found = regex.match(text, place)
                        if found is None:
                            break
                        place = found.end()
                    case _Mark(then=at):
                        marks = (place, marks)
                    case _Moved(again=again, out=out) if marks:
                        at = out if marks[0] == place else again
                        marks = marks[1]
        return None

    def _put(self, instruction: _Instruction) -> int:
        self._code.append(instruction)
        return len(self._code) - 1

    def _add(self, node: Node, then: int, copies: int) -> int:
        """Where the instructions for *node* begin, which end at *then*."""
        match node:
            case Sign(mask=mask):
                return self._put(_Take(mask, then))
            case Solid(regex=regex):
                return self._put(_Pass(regex, then))
            case Sequence(parts=parts):
                for part in reversed(parts):
                    then = self._add(part, then, copies)
                return then
            case Choice(branches=branches):
                *others, at = (self._add(branch, then, copies) for branch in branches)
                for other in reversed(others):
                    at = self._put(_Try(other, at))
                return at
            case Repeat():
                return self._repeat(node, then, copies)

    def _repeat(self, node: Repeat, then: int, copies: int) -> int:
        least = min(node.least, copies)
        endless = node.most is None or node.most > copies
        optional = 1 if node.most is None or endless else node.most - least
        inner = copies // max(least + optional, 1)
        at = self._endless(node, then, inner) if endless else then
        for _ in range(0 if endless else optional):
            at = self._optional(node, at, then, inner)
        for _ in range(least):
            at = self._add(node.body, at, inner)
        return at

    def _endless(self, node: Repeat, out: int, copies: int) -> int:
        loop = self._put(None)
        self._code[loop] = self._code[self._optional(node, loop, out, copies)]
        return loop

    def _optional(self, node: Repeat, again: int, out: int, copies: int) -> int:
        """One more iteration and then *again*, or *out* at once."""
        if nullable(node.body):
            moved = self._put(_Moved(again, out))
            body = self._put(_Mark(self._add(node.body, moved, copies)))
        else:
            body = self._add(node.body, again, copies)
        return self._put(_Try(out, body) if node.lazy else _Try(body, out))
