"""The clauses of a frame: its words, cut where a separator stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._values.remarks import STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = re.compile("[;；,，。]")
_NEAR = 12
"""So many characters before a number 、 separates it from the one before."""


@attrs.frozen(kw_only=True, eq=False)
class Clause:
    """The words around the numbers of a clause, the first of which is part *at*."""

    words: tuple[str, ...]
    at: int


def clauses_of(words: Sequence[str]) -> list[Clause] | None:
    """The clauses of a frame, in order; ``None`` where a sign is uncertain."""
    stretches = _stripped(words)
    clauses: list[Clause] = []
    clause: list[str] = []
    at = 1
    for place, stretch in enumerate(stretches):
        pieces = _SEPARATOR.split(stretch)
        if 0 < place < len(stretches) - 1:
            if len(pieces) == 1:
                pieces = stretch.split("、")
                if len(pieces) > 1 and not _separates(clause, pieces):
                    return None
            if not (pieces[0] or pieces[-1]):
                return None
        clause.append(pieces[0])
        for piece in pieces[1:]:
            clauses.append(Clause(words=tuple(clause), at=at))
            at += 2 * (len(clause) - 1)
            clause = [piece]
    clauses.append(Clause(words=tuple(clause), at=at))
    return [
        each for each in clauses if len(each.words) > 1 or each.words[0].strip(STOPS)
    ]


def _separates(clause: list[str], pieces: list[str]) -> bool:
    """Whether the only 、 between two numbers is sure to separate them."""
    before, behind = pieces[0], pieces[-1]
    is_measure = (
        before and not {"/", "每"} & set(before) and not clause[-1].endswith("第")
    )
    return len(pieces) == 2 and bool(is_measure) and len(behind) <= _NEAR


def _stripped(words: Sequence[str]) -> list[str]:
    """*words* without the stops around the value."""
    first, *others, last = words
    return [first.lstrip(STOPS), *others, last.rstrip(STOPS)]
