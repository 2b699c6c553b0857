r"""Texts to Arrow and back: Arrow holds UTF-8, a Python text can hold more.

Half a surrogate pair cannot be said in UTF-8. It is written as in JSON, ``\ud800``. So
that a text that says just this comes back as it was, the backslashes in front of such
letters are doubled; no other backslash is touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable

_TO_ESCAPE = re.compile(
    r"""
    (?<! \\ ) ( \\*+ )                             # all the backslashes there are
    (?: ([\ud800-\udfff]) | (ud[89a-f][0-9a-f]{2}) )  # half a pair, or what says one
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile(r"(?<!\\)(\\++)u(d[89a-f][0-9a-f]{2})")
_SIGN = r"\ud"
"""What is in every text that must be escaped or read back, and in few others."""


def text_array(texts: list[str | None]) -> pa.Array:
    """*texts* as an Arrow array, escaped where they need it."""
    try:
        array = pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return _escaped_array(texts)
    return _escaped_array(texts) if _has_sign(array) else array


def texts_of(array: pa.Array) -> list[str | None]:
    """The texts that ``text_array`` made *array* of."""
    texts: list[str | None] = array.to_pylist()
    if not _has_sign(array):
        return texts
    return [text and unescape(text) for text in texts]


def escape(text: str) -> str:
    r"""*text* as UTF-8 can say it.

    >>> print(escape("年\ud800"), escape(r"C:\users"), escape(r"\ud800"))
    年\ud800 C:\users \\ud800
    """
    return _TO_ESCAPE.sub(_escaped, text)


def unescape(text: str) -> str:
    r"""The text that ``escape`` made *text* of.

    >>> unescape(r"年\ud800") == "年\ud800"
    True
    """
    return _ESCAPED.sub(_unescaped, text)


def _escaped(found: re.Match[str]) -> str:
    backslashes, half, letters = found.groups()
    return backslashes * 2 + (letters or f"\\u{ord(half):04x}")


def _unescaped(found: re.Match[str]) -> str:
    backslashes, digits = found.groups()
    is_half = len(backslashes) % 2
    end = chr(int(digits, 16)) if is_half else f"u{digits}"
    return "\\" * (len(backslashes) // 2) + end


def _escaped_array(texts: Iterable[str | None]) -> pa.Array:
    return pa.array([text and escape(text) for text in texts], pa.string())


def _has_sign(array: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring(array, _SIGN)).as_py())
