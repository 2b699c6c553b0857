"""Values that differ only in ordinary numbers: read one, and the others are read.

What the grammar made of two values of the same words is a *template*, if the same
became of both: where each number of the value went, and which words went where. The
grammar tells figures apart by what they say only in dates, list items, fractions
and a few phrases (24小时值守): such figures count as words here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from perfgoals._build import maker
from perfgoals.targets import TARGET_TYPES, Compound, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MANY = (
    r"(?<![0-9.,，〔\[第前每隔\s/])(?!(?:19|20)[0-9]{2}(?![0-9]))"
    r"(?!(?:19|20)[0-9]{6}(?![0-9]))[0-9]{3,15}(?:\.[0-9]{1,9})?(?![0-9.,，/\s年月日号季前]|[之以]前)"
)
"""A number of three digits or more that cannot be a year or another date."""

_FEW = (
    r"(?<![0-9][,，])(?<![0-9A-Za-z.〔\[(（第前每隔含\s/\-~～—–至到±×])"
    r"[0-9]{1,2}(?:\.[0-9]{1,9})?"
    r"(?=[%‰℃]|个(?!月)|小(?!时)"
    r"|(?![年月日号季周天岁学个小至到前第半成之以])[\u4e00-\u9fff])"
)
"""One or two digits with a unit behind that no date, item or rank has."""

_NUMBER = re.compile(f"({_MANY}|{_FEW})")
_split = _NUMBER.split
_FIGURES = re.compile(r"([0-9]+(?:\.[0-9]+)*+)")
_PRINTED = frozenset({"raw", "note", "text"})
_SENTENCE = 20
_VAGUE = re.compile("[年月]")

_SIZE = 4096
_MAKERS: Mapping[type[Target], Callable[..., Target]] = {
    cls: maker(cls) for cls in TARGET_TYPES
}

Key: TypeAlias = tuple[Any, ...]


@attrs.frozen
class Template:
    """A target with slots for the numbers of a value.

    ``numbers`` and ``texts`` map the place of a field to the place of a number, or
    to words between which the places of numbers stand; ``parts`` are those of a
    compound.
    """

    cls: type[Target]
    fields: tuple[Any, ...]
    numbers: tuple[tuple[int, int], ...]
    texts: tuple[tuple[int, tuple[str | int, ...]], ...]
    parts: tuple[Template, ...]

    def fill(self, runs: Sequence[str], numbers: Sequence[Decimal]) -> Target:
        """The target with *numbers*, printed as *runs*, in the slots."""
        fields = list(self.fields)
        for place, number in self.numbers:
            fields[place] = numbers[number]
        for place, pieces in self.texts:
            fields[place] = "".join(
                p if isinstance(p, str) else runs[p] for p in pieces
            )
        if self.parts:
            fields[-1] = tuple(part.fill(runs, numbers) for part in self.parts)
        return _MAKERS[self.cls](*fields)


@attrs.frozen
class Known:
    """A template, and the numbers of values that have not differed so far."""

    template: Template
    fixed: frozenset[tuple[int, str]]


class NotAlikeError(Exception):
    """A target has something that the numbers of its value do not explain."""


class Samples:
    """What is known of values by their words; bounded, and safe between threads."""

    def __init__(self) -> None:
        self._known: dict[Key, Known | None] = {}

    def __len__(self) -> int:
        return len(self._known)

    def read(self, text: str) -> Target | None:
        """The target of *text*, without its doubts, if values like it were read."""
        key, runs, numbers = _taken_apart(text)
        known = self._known.get(key)
        if known is None or any(runs[place] != run for place, run in known.fixed):
            return None
        return known.template.fill(runs, numbers)

    def learn(self, text: str, target: Target) -> None:
        """Remember that the grammar made *target* of *text*."""
        key, runs, numbers = _taken_apart(text)
        if not runs or len(set(numbers)) < len(numbers):
            return
        if len(self._known) >= _SIZE:
            self._known.clear()
        try:
            new = Known(_template(target, runs, numbers), frozenset(enumerate(runs)))
        except NotAlikeError:
            self._known[key] = None
        else:
            self._known[key] = _joined(self._known.get(key, new), new)


def _joined(one: Known | None, other: Known) -> Known | None:
    """What is known by both, if they made the same of different numbers."""
    if one is None or one.template != other.template:
        return None
    return Known(one.template, one.fixed & other.fixed)


def _taken_apart(text: str) -> tuple[Key, list[str], list[Decimal]]:
    """What *text* has in common with others, and its own numbers.

    What the numbers bound may depend on which is greater, and whether a text is
    prose on its length, so that both are part of the first.
    """
    parts = _split(text)
    runs = parts[1::2]
    numbers = list(map(Decimal, runs))
    key: list[Any] = [*parts[::2], *("." in run for run in runs)]
    if len(numbers) > 1:
        key += [(a > b) - (a < b) for a, b in combinations(numbers, 2)]
    if len(text) >= _SENTENCE or _VAGUE.search(text):
        key += map(len, runs)
    return tuple(key), runs, numbers


def _template(
    target: Target, runs: Sequence[str], numbers: Sequence[Decimal]
) -> Template:
    names = [field.name for field in attrs.fields(type(target))]
    fields = [getattr(target, name) for name in names]
    parts: tuple[Template, ...] = ()
    if isinstance(target, Compound):
        parts = tuple(_template(part, runs, numbers) for part in target.parts)
        fields[-1] = ()
    number_slots: list[tuple[int, int]] = []
    text_slots: list[tuple[int, tuple[str | int, ...]]] = []
    for place, (name, value) in enumerate(zip(names, fields, strict=True)):
        if isinstance(value, Decimal):
            number_slots.append((place, _place_of(value, numbers)))
            fields[place] = None
        elif isinstance(value, str) and name in _PRINTED:
            text_slots.append((place, _pieces(value, runs)))
            fields[place] = ""
        elif isinstance(value, str) and not set(runs).isdisjoint(_FIGURES.split(value)):
            raise NotAlikeError
    return Template(
        type(target), tuple(fields), tuple(number_slots), tuple(text_slots), parts
    )


def _place_of(value: Decimal, numbers: Sequence[Decimal]) -> int:
    for place, number in enumerate(numbers):
        if str(value) == str(number):
            return place
    raise NotAlikeError


def _pieces(text: str, runs: Sequence[str]) -> tuple[str | int, ...]:
    """The words of *text*, and the places of the *runs* between them."""
    pieces = _FIGURES.split(text)
    return tuple(runs.index(piece) if piece in runs else piece for piece in pieces)
