"""From the tree of one indicator to its fields, each with its place in the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from lark import Token, Tree

from perfgoals._blanks import BLANKS
from perfgoals._cells.entry import Added, Coded, Entry, Field, Value
from perfgoals._methods import Part, misused
from perfgoals._signs import MARKS
from perfgoals._values.fold import fold
from perfgoals.spans import Span
from perfgoals.targets import is_target

if TYPE_CHECKING:
    from perfgoals._cells.language import CellLanguage

_Node: TypeAlias = Tree[Token] | Token

_MARK_SIGNS = frozenset(MARKS)
_STOPS = "。，,"
_BREAKS = "，,、:："
_CODE = "0123456789０１２３４５６７８９-－—–"
_ORDINAL_EDGES = BLANKS + MARKS + "指标()（）、.．:："

_READ = frozenset(
    {"ordinal", "level", "category", "name", "period", "annual", "extra"}
    | {"unknown", "end"}
)
"""The children of ``indicator`` that there are methods for; all else is punctuation."""

_NO_DIGIT = re.compile("[^0-9]+")
_EXPECTED = "a target, or a mapping of fields to parts"


def read_entry(
    tree: Tree[Token], text: str, offset: int, language: CellLanguage
) -> Entry:
    """The fields of an ``indicator``, parsed from *text*, which begins at *offset*.

    Raises ``ExtensionError`` where a method of the *language* fails.
    """
    reader = _Reader(text, offset, language)
    for child in tree.children:
        # A plain str: the comparison of a Token is Python code, and what is raised in
        # it, a Ctrl-C say, would be taken for a missing attribute.
        name = child.type.lower() if isinstance(child, Token) else str(child.data)
        if isinstance(child, Tree) and name in language.methods:
            reader.extended(name, child)
        elif name in _READ:
            getattr(reader, name)(child)
    return reader.entry


class _Reader:
    """Fills an entry: one method for each child of ``indicator``, named like it."""

    def __init__(self, text: str, offset: int, language: CellLanguage) -> None:
        self.entry = Entry()
        self._text = text
        self._offset = offset
        self._language = language
        self._separators = language.separators
        self._separated = True

    def ordinal(self, token: _Node) -> None:
        self.entry.ordinal = self._marked(*_extent(token), _ORDINAL_EDGES)

    def level(self, tree: _Node) -> None:
        self.entry.level = self._coded(*_extent(tree))

    def category(self, tree: _Node) -> None:
        self.entry.category = self._coded(*_extent(tree))

    def name(self, tree: _Node) -> None:
        name = self._named(*_extent(tree))
        self._expect_separator(name)
        self._separated = False
        self.entry.name = name

    def period(self, tree: Tree[Token]) -> None:
        self.entry.period = self._first_of(self.entry.period, tree)

    def annual(self, tree: Tree[Token]) -> None:
        self.entry.annual = self._first_of(self.entry.annual, tree)

    def extra(self, tree: Tree[Token]) -> None:
        value = self._value(tree)
        self._add(Added(self._language.field_of(value.label.text), value))

    def unknown(self, tree: Tree[Token]) -> None:
        self.entry.unknown.append(self._value(tree).label)

    def end(self, _: Token) -> None:
        self.entry.ended = True

    # What a rule of an extension reads

    def extended(self, rule: str, node: Tree[Token]) -> None:
        """Take what the method of *rule* makes of *node*: fields, or a target."""
        found = self._meaning(rule, node)
        self.entry.is_free = True
        start, end = _extent(node)
        if is_target(found):
            self._add(Added(rule, self._unlabelled(start, end, ""), found))
        elif isinstance(found, Mapping):
            for field, part in found.items():
                self._take(rule, field, part)
        else:
            raise misused(rule, found, _EXPECTED)

    def _meaning(self, rule: str, node: Tree[Token]) -> Any:
        parts = tuple(map(self._part, node.children))
        return self._language.methods.call(rule, parts)

    def _part(self, node: _Node) -> Part:
        start, end = _extent(node)
        text, span = self._text[start:end], Span(start, end).shifted(self._offset)
        if isinstance(node, Token):
            return Part(name=node.type, text=text, span=span)
        name = str(node.data)
        has_method = name in self._language.methods
        value = self._meaning(name, node) if has_method else None
        return Part(name=name, text=text, span=span, value=value)

    def _take(self, rule: str, field: object, part: object) -> None:
        """Put *part* into the entry as its *field*; no part leaves it out."""
        if field == "core" and isinstance(part, bool):
            self.entry.core = part
            return
        if part is None:
            return
        if not isinstance(field, str) or not isinstance(part, Part):
            raise misused(rule, part, _EXPECTED)
        start, end = part.span.start - self._offset, part.span.end - self._offset
        self._separated = True
        edges = BLANKS + self._separators
        match field:
            case "ordinal":
                self.entry.ordinal = self._marked(start, end, _ORDINAL_EDGES)
            case "level":
                self.entry.level = self._coded(start, end)
            case "category":
                self.entry.category = self._coded(start, end)
            case "name":
                self.entry.name = self._named(start, end)
            case "period" | "annual":
                setattr(self.entry, field, self._unlabelled(start, end, edges))
            case _:
                self._add(Added(field, self._unlabelled(start, end, edges)))

    def _unlabelled(self, start: int, end: int, edges: str) -> Value:
        label = Field("", self._offset + start)
        return Value(label, self._field(start, end, edges))

    # Fields

    def _add(self, added: Added) -> None:
        if added.field in {other.field for other in self.entry.added}:
            self.entry.repeated.append(added.value.label)
        else:
            self.entry.added.append(added)

    def _named(self, start: int, end: int) -> Field:
        return self._marked(start, end, BLANKS + MARKS + self._separators + "。")

    def _coded(self, start: int, end: int) -> Coded:
        breaks = self._separators + _BREAKS
        printed = self._marked(start, end, BLANKS + MARKS + breaks)
        self._expect_separator(printed)
        self._separated = self._text[end - 1] in breaks
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
        stops = self._separators + _STOPS
        label = self._field(start, end, BLANKS + stops + ":：")
        if self._text[start] not in stops:
            self._expect_separator(label)
        self._separated = False
        edges = BLANKS + self._separators
        return Value(label, self._field(end, _extent(tree)[1], edges))

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
    """Where *node* starts and ends: its first token and its last."""
    if isinstance(node, Token):
        return node.start_pos or 0, node.end_pos or 0
    parts = [part for part in node.children if _has_text(part)]
    return (_extent(parts[0])[0], _extent(parts[-1])[1]) if parts else (0, 0)


def _has_text(node: _Node) -> bool:
    """Whether there is a token in *node*; a rule of an extension may show none."""
    return isinstance(node, Token) or any(map(_has_text, node.children))
