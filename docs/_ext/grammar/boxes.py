"""Boxes of a railroad diagram that are as wide as their text, Chinese included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import railroad

if TYPE_CHECKING:
    from collections.abc import Iterable

ROW = 600
"""The widest row in pixels, before it goes on below."""

_NARROW, _WIDE = 8.5, 14.2
"""The width of a character at 14 pixels; fonts differ for signs such as “ and ≥."""


def width_of(text: str) -> float:
    """The pixels that *text* takes in the font of the diagrams."""
    return sum(_NARROW if sign.isascii() else _WIDE for sign in text)


class Words(railroad.Terminal):
    """A text or a pattern as it is read."""

    def __init__(self, text: str, css: str = "words") -> None:
        super().__init__(text, cls=css)
        self.width = width_of(text) + 20


class Name(railroad.NonTerminal):
    """The name of a rule or a terminal, which links to its entry."""

    def __init__(self, text: str, href: str | None) -> None:
        super().__init__(text, href=href, cls="name")
        self.width = width_of(text) + 20


class Note(railroad.Comment):
    """A remark on what is drawn."""

    def __init__(self, text: str) -> None:
        super().__init__(text, cls="note")
        self.width = width_of(text) * 12 / 14 + 10


class Choice(railroad.Choice):
    """Any one of *items*; the straight way leads through the one at *default*.

    As tall as it is drawn: in railroad-diagrams 3.0.1 a choice with several rows in it
    says that it is less.
    """

    def __init__(self, default: int, *items: railroad.DiagramItem) -> None:
        super().__init__(default, *items)
        reach, last = 0.0, items[default]
        for item in items[default + 1 :]:
            reach += max(railroad.AR * 2, last.down + railroad.VS + item.up)
            reach += item.height
            last = item
        self.down = reach + last.down


def row(items: Iterable[railroad.DiagramItem]) -> railroad.DiagramItem:
    """*items* behind each other, in several rows if one would be too wide."""
    rows: list[list[railroad.DiagramItem]] = [[]]
    for item in items:
        taken = sum(one.width + 20 for one in rows[-1])
        if rows[-1] and taken + item.width > ROW:
            rows.append([])
        rows[-1].append(item)
    drawn = [_sequence(items) for items in rows]
    return drawn[0] if len(drawn) == 1 else railroad.Stack(*drawn)


def choice(forms: Iterable[railroad.DiagramItem]) -> railroad.DiagramItem:
    """Any one of *forms*."""
    drawn = tuple(forms)
    return drawn[0] if len(drawn) == 1 else Choice(0, *drawn)


def repeated(item: railroad.DiagramItem, count: str) -> railroad.DiagramItem:
    """*item* as often as the operator *count* says."""
    match count.rstrip("?+") or count:
        case "":
            return item
        case "?" | "{0,1}":
            return Choice(1, railroad.Skip(), item)
        case "*":
            return Choice(1, railroad.Skip(), railroad.OneOrMore(item))
        case "+":
            return railroad.OneOrMore(item)
        case other:
            return railroad.OneOrMore(item, Note(other.strip("{}").replace(",", "–")))


def _sequence(items: list[railroad.DiagramItem]) -> railroad.DiagramItem:
    match items:
        case []:
            return railroad.Skip()
        case [item]:
            return item
        case _:
            return railroad.Sequence(*items)
