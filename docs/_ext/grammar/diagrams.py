"""Railroad diagrams of definitions: Lark's tree of a rule turned into boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import railroad
from lark import Token, Transformer, v_args

from _ext.grammar.boxes import Name, Note, Words, choice, repeated, row, width_of
from _ext.grammar.patterns import Bracket, Text, take_apart
from _ext.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from _ext.grammar.patterns import Form
    from _ext.grammar.source import Definition

Item = railroad.DiagramItem

_SHORT = 200
"""A pattern that is no wider, in pixels, is shown as it is written."""


def draw(definition: Definition, href: Callable[[str], str | None]) -> str:
    """The diagram of *definition* as SVG; *href* gives the link to a name."""
    body = definition.tree.children[-1]
    if isinstance(body, Token):
        msg = f"{definition.name} has no forms"
        raise TypeError(msg)
    svg: list[str] = []
    railroad.Diagram(_Boxes(href).transform(body)).format(8).writeSvg(svg.append)
    return "".join(svg)


@v_args(inline=True)
class _Boxes(Transformer[Token, Item]):
    """Boxes for what stands behind the colon of a definition."""

    def __init__(self, href: Callable[[str], str | None]) -> None:
        super().__init__()
        self._href = href

    def expansions(self, *forms: Item) -> Item:
        return choice(forms)

    def expansion(self, *items: Item) -> Item:
        return row(items)

    def alias(self, form: Item, name: Token) -> Item:
        return row((form, Note(f"→ {name}")))

    def expr(self, item: Item, *count: Token) -> Item:
        if count[0].type == "OP":
            return repeated(item, str(count[0]))
        return repeated(item, f"{{{','.join(map(str, count))}}}")

    def maybe(self, item: Item) -> Item:
        return repeated(item, "?")

    def name(self, name: Token) -> Item:
        return Name(str(name), self._href(str(name)))

    def literal(self, token: Token) -> Item:
        text, quote, _flags = token[1:].rpartition(token[0])
        if quote == '"':
            return Words(text, css="literal")
        return _pattern(text.replace(r"\/", "/"))

    def literal_range(self, first: Token, last: Token) -> Item:
        return Words(f"{first}–{last}")


def _pattern(pattern: str) -> Item:
    forms = take_apart(pattern)
    is_plain = len(forms) == 1 and all(isinstance(piece, Text) for piece in forms[0])
    if is_plain or (width_of(pattern) <= _SHORT and not _looks_around(forms)):
        return Words(pattern)
    return choice(map(_form, forms))


def _looks_around(forms: tuple[Form, ...]) -> bool:
    return any(
        isinstance(piece, Bracket) and piece.opening[-1] in "=!"
        for form in forms
        for piece in form
    )


def _form(form: Form) -> Item:
    return row(_piece(piece) for piece in form)


def _piece(piece: Text | Bracket) -> Item:
    if isinstance(piece, Text):
        return Words(piece.text)
    inner = choice(map(_form, piece.forms))
    match piece.opening:
        case "(?=":
            return railroad.Group(inner, Note(say("followed by")))
        case "(?!":
            return railroad.Group(inner, Note(say("not followed by")))
        case "(?<=":
            return railroad.Group(inner, Note(say("behind")))
        case "(?<!":
            return railroad.Group(inner, Note(say("not behind")))
        case _:
            return repeated(inner, piece.count)
