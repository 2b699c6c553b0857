"""The text of a file: by its byte order mark, as UTF-8 or as GB18030."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from perfgoals.readers._source import Content

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK = "\ufeff"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DAMAGE = 8
_DAMAGED_SHARE = 0.01
"""So many control characters, or this share, are damage; with more it is no text."""
_EXPECTED = ("text in UTF-8, GB18030 or marked UTF-16", "encoding= for any other")


def decode(content: Content, encoding: str | None = None) -> str:
    """The text of *content*, without a byte order mark.

    In this order: what the file object has decoded, the *encoding* given, the byte
    order mark, UTF-8, and GB18030 if words of our documents then appear in it.
    Raises ``ReadError`` where all of these fail; nothing is ever replaced.
    """
    text = content.data
    if not isinstance(text, str):
        text = _decoded(content, text, encoding)
    text = text.removeprefix(_MARK)
    if not text.strip():
        found = "the file is empty"
        raise content.error(found, "a table")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > max(_DAMAGE, _DAMAGED_SHARE * len(text)):
        found = f"this is not a text: {controls} of its characters are control codes"
        raise content.error(found, *_EXPECTED)
    return text


def _decoded(content: Content, data: bytes, encoding: str | None) -> str:
    if encoding is not None:
        return _strict(content, data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(content, data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _gb18030(content, data, error)


def _strict(content: Content, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"the bytes from {error.start + 1} on are not {encoding}"
        raise content.error(found, f"text in {encoding}") from error
    except (LookupError, ValueError) as error:
        found = f"the encoding {encoding} cannot be used here: {error}"
        raise content.error(found, "the name of a text encoding") from error


def _gb18030(content: Content, data: bytes, not_utf8: UnicodeDecodeError) -> str:
    """The text of *data* as GB18030.

    Many texts of other encodings are valid GB18030 too. They come out as characters
    that make no words, hence the words that are looked for.
    """
    found = f"byte {not_utf8.start + 1} is not UTF-8, and the whole is not GB18030"
    error = content.error(found, *_EXPECTED, row=_line(data, not_utf8.start))
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise error from not_utf8
    if not any(word in text for word in Vocabulary.packaged().words["plausible"]):
        raise error from not_utf8
    return text


def _line(data: bytes, position: int) -> int:
    """The number of the line that the byte at *position* stands in."""
    before = data[:position]
    pairs = before.count(b"\r\n")
    return 1 + before.count(b"\n") + before.count(b"\r") - pairs
