"""What is wrong with a regular expression, and texts that it matches."""

from __future__ import annotations

import itertools
import re

from perfgoals._patterns.ambiguity import Doubt, Loop, doubts, loops
from perfgoals._patterns.steps import Search
from perfgoals._patterns.texts import Texts
from perfgoals._patterns.tree import Node, Sign, Solid, Tree, nodes, parse

_ENDINGS = 20
"""So many texts that a pattern may look for are put behind its samples."""

_DOUBTS = 8
"""So many words of a repetition are tried; those behind them are much alike."""

_VARIANTS = 2
"""So many texts of each word, lest one be made of just what lets the match succeed."""

_ENDS = 3
"""So many signs behind them, each to make the match fail."""

_TIMES = range(0, 17, 2)
"""How often a word is written: from each to the next, 2ⁿ grows fourfold."""

_GROWTH = 3
"""More is exponential: from 10 to 12 to 14, even the seventh power grows less."""

_LITTLE, _ENOUGH = 2, 5
"""What grows no more than that after so many texts is left alone."""

_STEPS, _FEW = 400_000, 3
"""A search is given up after so many steps: a bad sign, if it is in the first texts."""

_BUDGET = 1_000_000
"""All searches for one repetition take about so many steps: half a second."""


def matches_nothing(pattern: str, flags: int = 0) -> bool:
    """Whether *pattern* can match the empty text: ``a*``, ``(?=b)``, ``$``."""
    return parse(pattern, flags).least_width == 0


def shortest(pattern: str, flags: int = 0) -> str | None:
    """A shortest text that *pattern* matches, or none if none was found.

    What looks ahead or behind may make it a longer one than need be.
    """
    return min(samples(pattern, 8, flags), key=len, default=None)


def samples(pattern: str, count: int, flags: int = 0) -> tuple[str, ...]:
    """Up to *count* different texts that *pattern* matches, and always the same ones.

    It matches them from end to end, behind nothing and before something that it looks
    for. There are fewer if it has no more, or if it looks for what is seldom there.
    """
    tree = parse(pattern, flags)
    texts = Texts(tree)
    solids = (node for node in nodes(tree.root) if isinstance(node, Solid))
    sought = {texts.one(solid.body) for solid in solids if not solid.wide}
    endings = sorted({"", *sought}, key=len)[:_ENDINGS]

    def matches(text: str) -> bool:
        found = (re.match(pattern, text + ending, flags) for ending in endings)
        return any(match is not None and match[0] == text for match in found)

    return tuple(itertools.islice(filter(matches, texts.of(tree.root)), count))


def exponential(pattern: str, flags: int = 0) -> str | None:
    """A text whose repetition makes matching exponentially slow, or none.

    Each time it is written once more, a match that fails takes twice as long or worse.
    A time that only grows with the square or a higher power is none of that, nor is one
    that is bounded by the pattern, whatever the text: ``(?:a?){25}a{25}``.

    A word that a repetition can read in two ways is only a doubt. It counts if the
    steps of a search grow with it: a number, the same on every machine, and no time.
    """
    tree = parse(pattern, flags)
    solids = (node.body for node in nodes(tree.root) if isinstance(node, Solid))
    for root in (tree.root, *solids):
        for loop in loops(root):
            pump = _pump(loop, root, tree)
            if pump is not None:
                return pump
    return None


def _pump(loop: Loop, root: Node, tree: Tree) -> str | None:
    """A text that *loop* of *root* must not be given again and again."""
    tried = list(itertools.islice(doubts(loop), _DOUBTS))
    if not tried:
        return None
    search = Search(root, tree.signs)
    ends = ("", *_strangers(loop, tree))
    for doubt, variant in itertools.product(tried, range(_VARIANTS)):
        lead, pump = _texts(doubt, loop, tree, variant)
        for end in ends:
            if search.spent < _BUDGET and _explodes(search, lead, pump, end):
                return pump
    return None


def _texts(doubt: Doubt, loop: Loop, tree: Tree, variant: int) -> tuple[str, str]:
    """What leads to *doubt*, from the beginning of the pattern, and what to repeat."""
    texts = Texts(tree)
    before = "".join(texts.one(node, variant) for node in loop.before)
    return before + tree.text(doubt.lead, variant), tree.text(doubt.pump, variant)


def _strangers(loop: Loop, tree: Tree) -> tuple[str, ...]:
    """Different signs, first those that *loop* takes least, then the whole pattern."""
    inside, everywhere = _masks(loop.repeat), _masks(tree.root)
    kinds: dict[tuple[int, int], str] = {}
    for place, sign in enumerate(tree.signs):
        bit = 1 << place
        taken = sum(1 for mask in inside if mask & bit)
        kinds.setdefault((taken, sum(1 for mask in everywhere if mask & bit)), sign)
    return tuple(kinds[kind] for kind in sorted(kinds)[:_ENDS])


def _masks(node: Node) -> set[int]:
    return {below.mask for below in nodes(node) if isinstance(below, Sign)}


def _explodes(search: Search, lead: str, pump: str, end: str) -> bool:
    """Whether the steps grow exponentially as *pump* is written more often."""
    counts: list[int] = []
    for times in _TIMES:
        before = search.spent
        search.run(lead + pump * times + end, _STEPS)
        counts.append(search.spent - before)
        if counts[-1] >= _STEPS:  # there would have been more
            return len(counts) <= _FEW or _grows(counts[:-1], _GROWTH)
        if len(counts) > _ENOUGH and not _grows(counts, _LITTLE):
            return False
    return _grows(counts, _GROWTH)


def _grows(counts: list[int], times: int) -> bool:
    """Whether the last text added more than so many times what the one before did."""
    *_, first, second, third = [0, 0, *counts]
    return third - second > times * (second - first)
