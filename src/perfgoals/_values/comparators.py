"""What the comparators of a value state, by the names of their terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.targets import Comparator

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRONG = {
    "AT_LEAST": Comparator.AT_LEAST,
    "OR_MORE": Comparator.AT_LEAST,
    "MORE_THAN": Comparator.MORE_THAN,
    "BEYOND": Comparator.MORE_THAN,
    "AT_MOST": Comparator.AT_MOST,
    "OR_LESS": Comparator.AT_MOST,
    "LESS_THAN": Comparator.LESS_THAN,
    "BELOW": Comparator.LESS_THAN,
    "EQUAL": Comparator.EQUAL,
    "ABOUT": Comparator.ABOUT,
    "ROUGHLY": Comparator.ABOUT,
}
_WEAK = {
    "REACH": Comparator.AT_LEAST,
    "KEEP_WITHIN": Comparator.AT_MOST,
    "MORE": Comparator.MORE_THAN,
}


def is_comparator(kind: str) -> bool:
    """Whether the terminal *kind* states a comparator."""
    return kind in _STRONG or kind in _WEAK


def stated_by(kinds: Sequence[str]) -> tuple[Comparator | None, tuple[str, ...]]:
    """What the terminals *kinds* state together, and the doubts left."""
    strong = [_STRONG[kind] for kind in kinds if kind in _STRONG]
    weak = [_WEAK[kind] for kind in kinds if kind in _WEAK]
    stated = strong or weak
    if len(set(stated)) > 1:
        return stated[0], ("contradicting-comparators",)
    if len(strong) > 1:
        return stated[0], ("comparator-twice",)
    return (stated[0] if stated else None), ()
