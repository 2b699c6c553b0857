"""From the tree of one indicator to its fields, each with its place in the cell."""

from __future__ import annotations

import re
from typing import TypeAlias

import attrs
from lark import Token, Tree

from perfgoals._blanks import BLANKS
from perfgoals._values.fold import fold
from perfgoals.spans import Span

_Node: TypeAlias = Tree[Token] | Token

_MARKS = "★☆▲△"
_MARK_SIGNS = frozenset(_MARKS)
_SEPARATORS = "；;"
_STOPS = _SEPARATORS + "。，,"
_BREAKS = _SEPARATORS + "，,、:："
_CODE = "0123456789０１２３４５６７８９-－—–"

_ORDINAL_EDGES = BLANKS + _MARKS + "指标()（）、.．:："
_CODED_EDGES = BLANKS + _MARKS + _BREAKS
_NAME_EDGES = BLANKS + _MARKS + _SEPARATORS + "。"
_VALUE_EDGES = BLANKS + _SEPARATORS
_LABEL_EDGES = BLANKS + _STOPS + ":："

_NO_DIGIT = re.compile("[^0-9]+")


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


@attrs.frozen
class Value:
    """A target value: the label in front of it and the text behind."""

    label: Field
    text: Field


@attrs.define(kw_only=True)
class Entry:
    """The fields of one indicator as printed; what is missing is ``None``.

    ``unknown`` and ``repeated`` are labels that name no field, or one that is there
    already; ``unseparated`` are fields without a separator before them; ``core``
    tells whether the indicator is marked, ``ended`` whether a 。 or ； closes it.
    """

    ordinal: Field | None = None
    level: Coded | None = None
    category: Coded | None = None
    name: Field | None = None
    period: Value | None = None
    annual: Value | None = None
    unknown: list[Field] = attrs.field(factory=list)
    repeated: list[Field] = attrs.field(factory=list)
    unseparated: list[Field] = attrs.field(factory=list)
    core: bool = False
    ended: bool = False


def read_entry(tree: Tree[Token], text: str, offset: int) -> Entry:
    """The fields of an ``indicator``, parsed from *text*, which begins at *offset*."""
    reader = _Reader(text, offset)
    for child in tree.children:
        # A plain str: the comparison of a Token is Python code, and what is raised in
        # it, a Ctrl-C say, would be taken for a missing attribute.
        name = child.type.lower() if isinstance(child, Token) else str(child.data)
        getattr(reader, name)(child)
    return reader.entry


class _Reader:
    """Fills an entry: one method for each child of ``indicator``, named like it."""

    def __init__(self, text: str, offset: int) -> None:
        self.entry = Entry()
        self._text = text
        self._offset = offset
        self._separated = True

    def ordinal(self, token: Token) -> None:
        self.entry.ordinal = self._marked(*_extent(token), _ORDINAL_EDGES)

    def separator(self, _: Token) -> None:
        """Where the level was printed, nothing is left but its separator."""

    def level(self, tree: Tree[Token]) -> None:
        self.entry.level = self._coded(tree)

    def category(self, tree: Tree[Token]) -> None:
        self.entry.category = self._coded(tree)

    def name(self, tree: Tree[Token]) -> None:
        name = self._marked(*_extent(tree), _NAME_EDGES)
        self._expect_separator(name)
        self._separated = False
        self.entry.name = name

    def period(self, tree: Tree[Token]) -> None:
        self.entry.period = self._first_of(self.entry.period, tree)

    def annual(self, tree: Tree[Token]) -> None:
        self.entry.annual = self._first_of(self.entry.annual, tree)

    def unknown(self, tree: Tree[Token]) -> None:
        self.entry.unknown.append(self._value(tree).label)

    def end(self, _: Token) -> None:
        self.entry.ended = True

    def _coded(self, tree: Tree[Token]) -> Coded:
        start, end = _extent(tree)
        printed = self._marked(start, end, _CODED_EDGES)
        self._expect_separator(printed)
        self._separated = self._text[end - 1] in _BREAKS
        name = printed.text.lstrip(_CODE + BLANKS)
        code = printed.text[: len(printed.text) - len(name)]
        digits = _NO_DIGIT.sub("", fold(code))
        return Coded(digits or None, Field(name, printed.start + len(code)), printed)

    def _first_of(self, earlier: Value | None, tree: Tree[Token]) -> Value:
        value = self._value(tree)
        if earlier is None:
            return value
        self.entry.repeated.append(value.label)
        return earlier

    def _value(self, tree: Tree[Token]) -> Value:
        start, end = _extent(tree.children[0])
        label = self._field(start, end, _LABEL_EDGES)
        if self._text[start] not in _STOPS:
            self._expect_separator(label)
        self._separated = False
        return Value(label, self._field(end, _extent(tree)[1], _VALUE_EDGES))

    def _expect_separator(self, field: Field) -> None:
        if not self._separated:
            self.entry.unseparated.append(field)

    def _marked(self, start: int, end: int, edges: str) -> Field:
        """What stands there, and a mark around it noted."""
        field = self._field(start, end, edges)
        first = field.start - self._offset
        last = first + len(field.text)
        if not _MARK_SIGNS.isdisjoint(self._text[start:first] + self._text[last:end]):
            self.entry.core = True
        return field

    def _field(self, start: int, end: int, edges: str) -> Field:
        text = self._text[start:end]
        inner = text.lstrip(edges)
        first = start + len(text) - len(inner)
        return Field(inner.rstrip(edges), self._offset + first)


def _extent(node: _Node) -> tuple[int, int]:
    """Where *node* starts and ends; every rule has a token first and last."""
    first = last = node
    while isinstance(first, Tree):
        first = first.children[0]
    while isinstance(last, Tree):
        last = last.children[-1]
    return first.start_pos or 0, last.end_pos or 0
