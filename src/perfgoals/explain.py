"""How a text is read: its tokens, its tree, the rules behind it, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import attrs
from lark import Token, Tree

from perfgoals._cells.scan import divide
from perfgoals._extension.statements import Source
from perfgoals._grammar import Grammar, UnparsedError
from perfgoals._grammar_texts import PARTS, line_of, packaged_text
from perfgoals._values.doubts import VALUE_LIMIT
from perfgoals._values.fold import fold
from perfgoals._values.remarks import STOPS
from perfgoals.diagnostics import Diagnostic
from perfgoals.excerpt import display_width, printable
from perfgoals.model import IndicatorList
from perfgoals.spans import Span
from perfgoals.targets import Target

_INDICATORS = 200
"""The most indicators that are explained: nobody reads more."""

_SHOWN = 40
_COLUMN = 58
_Found: TypeAlias = "Tree[Token] | Token"


@attrs.frozen(kw_only=True)
class Node:
    """A rule or a token of the tree: its ``name``, its ``span``, and where it is from.

    ``text`` is what stands there, as printed; ``origin`` names the line of the grammar
    that defines it, and that of an extension that adds to it. A token has no
    ``children``.
    """

    name: str
    text: str
    span: Span
    origin: str
    children: tuple[Node, ...] = ()


@attrs.frozen(kw_only=True)
class Explanation:
    """How *text* is read, for people who write extensions.

    ``nodes`` holds a tree for each indicator of a cell, or one for a value; ``tokens``
    also those that no tree shows, as punctuation. Each is a node with a ``name``, a
    ``text``, its ``span``, its ``origin`` (the line of the grammar) and its
    ``children``, of which a token has none. ``note`` says what the trees do not,
    for example that a value was read clause by clause. ``way`` says whether the fast
    way reads it, and why not where it does not. ``result`` is what the text means,
    ``diagnostics`` what is wrong with it.
    """

    text: str
    nodes: tuple[Node, ...]
    tokens: tuple[Node, ...]
    note: str = ""
    way: str = ""
    result: IndicatorList | Target
    diagnostics: tuple[Diagnostic, ...]

    def translated(self, language: str) -> Explanation:
        """The same with its findings in *language*, ``en`` or ``zh``."""
        findings = tuple(finding.translated(language) for finding in self.diagnostics)
        return attrs.evolve(self, diagnostics=findings)

    def render(self) -> str:
        """All of it as lines for a terminal; the result is shown by its ``repr``."""
        found = list(self.result) if isinstance(self.result, IndicatorList) else []
        lines = ["Tree"]
        for node in self.nodes:
            lines += _tree_lines(node, 1)
        lines += [f"  {self.note}"] if self.note else []
        lines += ["", "Tokens", *(_line(token, 1) for token in self.tokens)]
        lines += ["", "Read", f"  {self.way}"] if self.way else []
        lines += ["", "Result", *(f"  {printable(repr(it))}" for it in found)]
        lines += [] if found else [f"  {printable(repr(self.result))}"]
        if self.diagnostics:
            shown = "\n".join(one.render(self.text) for one in self.diagnostics)
            lines += ["", "Findings", *(f"  {line}" for line in shown.split("\n"))]
        return "\n".join(lines) + "\n"


@attrs.frozen(kw_only=True)
class Explainer:
    """Makes the nodes of a *grammar*, given the *sources* that it was extended by."""

    grammar: Grammar
    sources: Sequence[Source]

    def cell(self, text: str) -> tuple[list[Node], list[Node], str]:
        """The trees and the tokens of the indicators of a cell, and no note."""
        nodes: list[Node] = []
        tokens: list[Node] = []
        for stretch in divide(text, self.grammar, _INDICATORS):
            if stretch.readable:
                self._add(
                    stretch.span.of(text), text, stretch.span.start, nodes, tokens
                )
        return nodes, tokens, ""

    def value(self, text: str) -> tuple[list[Node], list[Node], str]:
        """The tree and the tokens of a value, and a note."""
        body = text.strip(STOPS)
        if len(body) > VALUE_LIMIT:
            return [], [], f"longer than {VALUE_LIMIT} characters: kept as words"
        nodes: list[Node] = []
        tokens: list[Node] = []
        if body:
            self._add(fold(body), text, text.index(body), nodes, tokens)
        is_read = bool(nodes) or not body
        note = "" if is_read else "read clause by clause: it has no tree as a whole"
        return nodes, tokens, note

    def _add(
        self, part: str, text: str, at: int, nodes: list[Node], tokens: list[Node]
    ) -> None:
        start = self.grammar.starts[0]
        try:
            tree = self.grammar.parse(part, start)
            found = self.grammar.tokens(part, start)
            node = self._node(tree, text, at)
        except (UnparsedError, RecursionError):  # a rule of an extension may recur
            return
        nodes.append(node)
        tokens.extend(self._node(token, text, at) for token in found)

    def _node(self, found: _Found, text: str, at: int) -> Node:
        if isinstance(found, Token):
            span = Span(found.start_pos or 0, found.end_pos or 0).shifted(at)
            origin = self._origin(found.type)
            return Node(name=found.type, text=span.of(text), span=span, origin=origin)
        children = tuple(self._node(child, text, at) for child in found.children)
        ends = [child.span for child in children]
        span = Span(ends[0].start, ends[-1].end) if ends else Span(at, at)
        return Node(
            name=str(found.data),
            text=span.of(text),
            span=span,
            origin=self._origin(str(found.data)),
            children=children,
        )

    def _origin(self, name: str) -> str:
        places = [
            (f"{part}.lark", packaged_text(part)) for part in PARTS[self.grammar.name]
        ]
        places += [(source.file or "grammar", source.text) for source in self.sources]
        lines = ((file, line_of(name, text)) for file, text in places)
        return " + ".join(f"{file}:{line}" for file, line in lines if line)


def _tree_lines(node: Node, depth: int) -> list[str]:
    lines = [_line(node, depth)]
    for child in node.children:
        lines += _tree_lines(child, depth + 1)
    return lines


def _line(node: Node, depth: int) -> str:
    text = "" if node.children else f' "{printable(node.text, _SHOWN)}"'
    shown = f"{'  ' * depth}{node.name}{text}"
    padding = " " * max(2, _COLUMN - display_width(shown))
    span = f"{node.span.start}-{node.span.end}"
    return f"{shown}{padding}{span:>9}  {node.origin}".rstrip()
