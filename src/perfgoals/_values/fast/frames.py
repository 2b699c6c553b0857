"""A value in its frame: what stands around its numbers, and what they have in common.

Values of one frame and one variant are read alike, whatever else their numbers are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

from perfgoals._values.fast.numbers import Check, is_in_month

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfgoals.targets import Target

_PAIR = 2
SENTENCE = 20
"""From so many characters on, a value may be prose in which numbers happen to stand."""

_LINK = re.compile("[；，。;,、:：且并和及与或]")
"""What may part a value in clauses: only one of several can be prose.

In the words of a slot it parts nothing: such words are those of one clause.
"""

Fill: TypeAlias = "Callable[..., Target]"
"""From the text of a value and its numbers to its target, without its doubts."""

KnownFill: TypeAlias = "tuple[Fill, bool]"
"""What fills a frame, and whether nothing can be doubtful about the target."""


@attrs.frozen(eq=False)
class Frame:
    """What stands around the numbers of a value: its shape, and what the slots hold.

    ``names`` are those of the slots of numbers, and ``checks`` tell of each number
    whether it may stand there; ``words`` has what all other slots hold, by name.
    ``constants`` are the numbers in the shape itself; ``is_ordinary`` tells that there
    are none and that all others are no dates. ``fills`` are known already, by variant.
    """

    shape: str
    names: tuple[str, ...]
    checks: tuple[Check, ...]
    words: dict[str, str]
    constants: tuple[float, ...]
    fills: dict[str | None, KnownFill] = attrs.field(factory=dict, init=False)
    is_ordinary: bool = attrs.field(init=False)
    _may_be_prose: bool = attrs.field(init=False)
    _ranked: tuple[int, ...] = attrs.field(init=False)
    _days: tuple[int, ...] = attrs.field(init=False)

    @is_ordinary.default
    def _has_ordinary_numbers(self) -> bool:
        return not self.constants and all(name[0] == "n" for name in self.names)

    @_may_be_prose.default
    def _has_links(self) -> bool:
        return _LINK.search(self.shape) is not None

    @_ranked.default
    def _find_ranked(self) -> tuple[int, ...]:
        """The places of the ordinary numbers, if there is more than one number."""
        places = tuple(at for at, name in enumerate(self.names) if name[0] == "n")
        return places if len(places) + len(self.constants) > 1 else ()

    @_days.default
    def _find_days(self) -> tuple[int, ...]:
        """The places of the days that directly follow a month."""
        kinds = "".join(name[0] for name in self.names)
        return tuple(match.end() - 1 for match in re.finditer("md", kinds))

    def variant(self, numbers: Sequence[str], length: int) -> str | None:
        """What the grammar may tell apart in the *numbers* of a value.

        That is how they are written, which one is greater and, where it may be prose,
        whether the value is long, of *length* characters. ``None`` if they have no
        place in the frame.
        """
        variant = "…" if self._may_be_prose and length >= SENTENCE else ""
        for check, number in zip(self.checks, numbers, strict=True):
            writing = check(number)
            if writing is None:
                return None
            variant += writing
        if not self._ranked and not self._days:
            return variant
        if "," in variant:
            numbers = [number.replace(",", "") for number in numbers]
        order = self._order(numbers)
        return None if order is None else variant + order

    def misfits(self, numbers: Sequence[str]) -> list[int]:
        """The places of the *numbers* that may not stand in their slots."""
        checked = zip(self.checks, numbers, strict=True)
        return [at for at, (check, number) in enumerate(checked) if not check(number)]

    def _order(self, numbers: Sequence[str]) -> str | None:
        """Which of the ordinary numbers is the smallest, the next and so on.

        ``None`` if two are equal, or if a day is not in its month in each year.
        """
        for at in self._days:
            if not is_in_month(numbers[at], numbers[at - 1]):
                return None
        if not self._ranked:
            return ""
        values = [float(numbers[at]) for at in self._ranked]
        if len(values) == _PAIR and not self.constants and values[0] != values[1]:
            return "<01" if values[0] < values[1] else "<10"
        values += self.constants
        if len(set(values)) < len(values):
            return None
        order = sorted(range(len(values)), key=values.__getitem__)
        return "<" + "".join(map(str, order))


class Framed(NamedTuple):
    """A value in its frame: the *numbers* that stand in slots, and their variant."""

    frame: Frame
    numbers: Sequence[str]
    variant: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What a template for values like this one is known by."""
        return self.frame.shape, self.variant
