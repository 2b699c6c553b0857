"""JSON text to plain values and back: nothing coerced, nothing lost, nothing twice."""

from __future__ import annotations

import json
import re
from collections import Counter

from perfgoals._values.numerals import DIGIT_LIMIT
from perfgoals.errors import LoadError
from perfgoals.serialize._strict import DEPTH_LIMIT, TOO_DEEP, Foreign, describe
from perfgoals.spans import Span

_BYTE_ORDER_MARK = "\ufeff"
_CLIP = 40

_TEXT_OR_BRACKET = re.compile(
    r"""
    " (?: [^"\\]++ | \\. )*+ "?  # a text, even one that never ends
    | [\[{]                      # opens a level
    | [\]}]                      # closes one
    """,
    re.DOTALL | re.VERBOSE,
)

_HALF = re.compile("[\ud800-\udbff]|(?<![\ud800-\udbff])[\udc00-\udfff]")
"""Half of a surrogate pair, which UTF-8 cannot write and a JSON escape can.

A second half right behind a first one is left as it is: escaped too, the two would be
read as the one character that they spell together.
"""


def read_json(text: str | bytes) -> object:
    """The dictionaries, lists and values that *text* spells; bytes are UTF-8.

    What no model holds is a ``Foreign`` in its place: a number that is not whole or has
    very many digits, ``NaN`` and ``Infinity``, an object with one key twice.

    Raises ``LoadError`` for what is not JSON, not UTF-8 or nested too deep.
    """
    text = _decoded(text).removeprefix(_BYTE_ORDER_MARK)
    _refuse_depth(text)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        msg = f"$: this is not JSON: {error}"
        span = Span(error.pos, error.pos)
        raise LoadError(msg, expected=("JSON",), span=span, source=text) from None


def write_json(data: object, indent: int | None) -> str:
    """*data* as JSON text, on one line unless there is an *indent*.

    Chinese stays readable; only what UTF-8 cannot write is escaped.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        found = f"byte {text[error.start]:#04x} at offset {error.start}"
        msg = f"$: expected JSON in UTF-8, found {found}"
        raise LoadError(msg, expected=("UTF-8",)) from None


def _refuse_depth(text: str) -> None:
    """Count brackets before anything recurses into them; ends at the limit."""
    depth = 0
    for match in _TEXT_OR_BRACKET.finditer(text):
        sign = text[match.start()]
        depth += (sign in "[{") - (sign in "]}")
        if depth > DEPTH_LIMIT:
            msg = f"$: {TOO_DEEP}"
            raise LoadError(msg, span=Span(*match.span()), source=text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object] | Foreign:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    [(repeated, _)] = Counter(key for key, _ in pairs).most_common(1)
    return Foreign(f"an object with the key {describe(repeated)} more than once")


def _whole(digits: str) -> int | Foreign:
    is_short = len(digits.lstrip("-")) <= DIGIT_LIMIT
    return int(digits) if is_short else _foreign_number(digits)


def _foreign_number(digits: str) -> Foreign:
    shown = digits if len(digits) <= _CLIP else f"{digits[:_CLIP]}…"
    return Foreign(f"the number {shown}")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_whole,
    parse_float=_foreign_number,
    parse_constant=_foreign_number,
)
