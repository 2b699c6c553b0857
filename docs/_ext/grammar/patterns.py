"""Regular expressions taken apart: alternatives, groups and what must stand around."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUANTIFIER = r"(?:[*+?]|\{[0-9,]+\})[?+]?"
_SIGN = rf"(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[()|])(?:{_QUANTIFIER})?"
_TOKEN = re.compile(
    rf"(?P<open>\((?:\?(?:[imsx]*:|<?[=!]))?)"
    rf"|(?P<close>\))(?P<count>{_QUANTIFIER})?"
    rf"|(?P<bar>\|)|(?P<text>(?:{_SIGN})+)",
    re.DOTALL,
)


@attrs.frozen
class Text:
    """Characters and classes of characters, one behind the other."""

    text: str


@attrs.frozen
class Bracket:
    """What stands in round brackets: *opening* is ``(``, ``(?:``, ``(?=``, ….

    *count* is how often it may stand there: ``?``, ``*``, ``{1,3}`` or empty, once.
    """

    opening: str
    count: str
    forms: tuple[Form, ...]


Form = tuple[Text | Bracket, ...]
"""One of several alternatives: its pieces."""


def take_apart(pattern: str) -> tuple[Form, ...]:
    """The alternatives of *pattern*, each of them in pieces."""
    tokens = tuple(_TOKEN.finditer(pattern))
    if "".join(token[0] for token in tokens) != pattern:
        msg = f"cannot be taken apart: {pattern}"
        raise ValueError(msg)
    return _forms(iter(tokens))[0]


def _forms(
    tokens: Iterator[re.Match[str]],
) -> tuple[tuple[Form, ...], re.Match[str] | None]:
    """What stands up to a closing bracket, and that bracket with its count."""
    forms: list[list[Text | Bracket]] = [[]]
    for token in tokens:
        if token["text"]:
            forms[-1].append(Text(token["text"]))
        elif token["bar"]:
            forms.append([])
        elif token["close"]:
            return tuple(map(tuple, forms)), token
        else:
            inner, closing = _forms(tokens)
            count = (closing and closing["count"]) or ""
            forms[-1].append(Bracket(token["open"], count, inner))
    return tuple(map(tuple, forms)), None
