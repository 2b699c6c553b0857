"""The fields of one indicator as printed, each with its place in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from perfgoals.model import Category, Level
from perfgoals.spans import Span
from perfgoals.targets import Target

if TYPE_CHECKING:
    from perfgoals.taxonomy import Taxonomy


@attrs.frozen
class Field:
    """A piece of a cell: its *text* without what surrounds it, and where it starts."""

    text: str
    start: int

    @property
    def span(self) -> Span:
        """The stretch of the cell that the text was cut from."""
        return Span(self.start, self.start + len(self.text))


@attrs.frozen
class Coded:
    """A level or a category: the digits of its code, its name, all as printed."""

    code: str | None
    name: Field
    printed: Field

    def level(self, taxonomy: Taxonomy) -> Level:
        """It as a level, with its concept if *taxonomy* has it."""
        code, name = self.code, self.name.text
        return Level(code=code, name=name, concept=taxonomy.level(code, name))

    def category(self, taxonomy: Taxonomy) -> Category:
        """It as a category, with its concept if *taxonomy* has it."""
        code, name = self.code, self.name.text
        return Category(code=code, name=name, concept=taxonomy.category(code, name))


@attrs.frozen
class Value:
    """A target value: the label in front of it and the text behind."""

    label: Field
    text: Field


@attrs.frozen
class Added:
    """A *field* that an extension reads: its value as printed, and its target.

    ``target`` is ``None`` until the value is read like any other.
    """

    field: str
    value: Value
    target: Target | None = None


@attrs.define(kw_only=True)
class Entry:
    """The fields of one indicator as printed; what is missing is ``None``.

    ``added`` are the fields of an extension. ``unknown`` and ``repeated`` are labels
    that name no field, or one that is there already; ``unseparated`` are fields without
    a separator before them; ``core`` tells whether the indicator is marked, ``ended``
    whether a 。 or ； closes it. ``is_free`` tells whether a rule of an extension read
    it: then its form need not have every field.
    """

    ordinal: Field | None = None
    level: Coded | None = None
    category: Coded | None = None
    name: Field | None = None
    period: Value | None = None
    annual: Value | None = None
    added: list[Added] = attrs.field(factory=list)
    unknown: list[Field] = attrs.field(factory=list)
    repeated: list[Field] = attrs.field(factory=list)
    unseparated: list[Field] = attrs.field(factory=list)
    core: bool = False
    ended: bool = False
    is_free: bool = False
