"""Texts that a regular expression matches, always the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals._patterns.tree import Choice, Node, Repeat, Sequence, Sign, Solid, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES = 1000
"""So many texts are made at most; some are equal, and some the pattern refuses."""

_SIGNS = 4
"""So many signs of a class are taken."""

_REPEATS = 3
"""So many numbers of repetitions, from the least one up."""


class Texts:
    """Makes texts of nodes of *tree*, as if nothing looked ahead or behind.

    A text has a number, whose digits say what is chosen at each place: the first branch
    is the shortest one, and so is text 0.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._branches: dict[Node, list[Node]] = {}

    def of(self, node: Node) -> Iterator[str]:
        """Different texts of *node*, among the first of them a shortest one."""
        made = (self._make(node, number) for number in range(_TRIES))
        known: set[str] = set()
        for text, left in made:
            if left == 0 and text not in known:
                known.add(text)
                yield text

    def one(self, node: Node, number: int = 0) -> str:
        """The text of *node* with *number*, or an earlier one if there are fewer."""
        return self._make(node, number)[0]

    def _make(self, node: Node, number: int) -> tuple[str, int]:
        """A text, and what is left of *number* for the places behind it."""
        match node:
            case Sign(mask=mask):
                signs = self._tree.among(mask)[:_SIGNS] or [""]
                number, chosen = divmod(number, len(signs))
                return signs[chosen], number
            case Sequence(parts=parts):
                return self._sequence(parts, number)
            case Choice():
                branches = self._shortest_first(node)
                number, chosen = divmod(number, len(branches))
                return self._make(branches[chosen], number)
            case Repeat(least=least, most=most, body=body):
                options = _REPEATS if most is None else min(most - least + 1, _REPEATS)
                number, more = divmod(number, options)
                return self._sequence((body,) * (least + more), number)
            case Solid(body=body, wide=wide):
                return self._make(body, number) if wide else ("", number)

    def _sequence(self, parts: tuple[Node, ...], number: int) -> tuple[str, int]:
        texts = []
        for part in parts:
            text, number = self._make(part, number)
            texts.append(text)
        return "".join(texts), number

    def _shortest_first(self, choice: Choice) -> list[Node]:
        if choice not in self._branches:
            self._branches[choice] = sorted(
                choice.branches, key=lambda branch: len(self.one(branch))
            )
        return self._branches[choice]
