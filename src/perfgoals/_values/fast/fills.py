"""From the cores of a frame to one function that fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals._build import maker
from perfgoals._values.remarks import STOPS
from perfgoals.targets import Comparator, Compound, Qualitative, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Fill: TypeAlias = "Callable[[Sequence[str], int, str], Target | None]"
"""From the parts of a value, where the first number of a core stands among them, and
the words of the core as printed, to its target."""

_make_compound = maker(Compound)
_make_words = maker(Qualitative)


@attrs.frozen(eq=False)
class Core:
    """What fills a core, where its numbers stand, and the words around them."""

    fill: Fill
    at: int
    length: int
    head: str
    tail: str
    is_measure: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen(kw_only=True, eq=False)
class Group:
    """The cores of a clause, and its first and last words as printed."""

    cores: tuple[Core, ...]
    head: str
    tail: str

    def fill(self) -> Fill:
        """Fills the clause: its only core, or a compound of them."""
        return self.cores[0].fill if len(self.cores) == 1 else _compound(self.cores)

    def as_core(self) -> Core:
        """The clause as if it was one core."""
        first, last = self.cores[0], self.cores[-1]
        length = last.at + last.length - first.at
        return Core(self.fill(), first.at, length, self.head, self.tail)


def as_words(_parts: Sequence[str], _at: int, raw: str) -> Target:
    """Fills a clause that is nothing but words."""
    return _make_words(raw, None, (), raw.strip(STOPS), None)


def as_words_with_ordinal(parts: Sequence[str], at: int, raw: str) -> Target | None:
    """Fills a clause of words in which 第 stands before a whole number."""
    return as_words(parts, at, raw) if parts[at].isdigit() else None


def first_of(*fills: Fill | None) -> Fill | None:
    """The first of *fills* that gives a target; they exclude each other."""
    known = [fill for fill in fills if fill]
    if len(known) < 2:
        return known[0] if known else None

    def fill_first(parts: Sequence[str], at: int, raw: str) -> Target | None:
        for fill in known:
            target = fill(parts, at, raw)
            if target is not None:
                return target
        return None

    return fill_first


def filled_in_turn(groups: Sequence[Group]) -> Fill:
    """Fills the cores of all clauses: one target, or a compound of them."""
    if len(groups) > 1:
        return _compound([group.as_core() for group in groups])
    (group,) = groups
    return group.fill()


def _compound(cores: Sequence[Core]) -> Fill:
    plan = [(c.fill, c.at, c.at + c.length, c.head, c.tail.rstrip()) for c in cores]

    def fill_all(parts: Sequence[str], _at: int, raw: str) -> Target | None:
        targets = []
        for fill, start, stop, head, tail in plan:
            if stop - start == 1:
                printed = f"{head}{parts[start]}{tail}"
            else:
                printed = f"{head}{''.join(parts[start:stop])}{tail}"
            target = fill(parts, start, printed)
            if target is None:
                return None
            targets.append(target)
        if len(targets) == 2 and _may_be_bounds(*targets):
            return None
        return _make_compound(raw, None, (), tuple(targets))

    return fill_all


def _may_be_bounds(low: Target, high: Target) -> bool:
    """Whether two targets may be the ends of one range: ≥80%，≤100%."""
    comparators = getattr(low, "comparator", None), getattr(high, "comparator", None)
    return comparators == (Comparator.AT_LEAST, Comparator.AT_MOST)
