"""What a caller hands in, as data in memory: a path, a file object or bytes."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Protocol, TypeAlias

import attrs

from perfgoals.errors import ReadError
from perfgoals.spans import Location

_CHUNK = 2**20
_LONGEST_PATH = 4096


class Readable(Protocol):
    """A file object, binary or text; it is read to its end and stays open."""

    def read(self, size: int, /) -> bytes | str | None:
        """Up to *size* more bytes or characters; nothing at the end."""


Source: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | Readable"
"""What can be read: a path, bytes, or a file object. A ``str`` is always a path."""


@attrs.frozen(kw_only=True)
class Limits:
    """How much is read before a file is refused.

    ``size`` counts bytes (characters of a text file object), ``cells`` the cells of
    a file, empty ones and blank rows included.
    """

    size: int = 256 * 2**20
    cells: int = 2_000_000


DEFAULT_LIMITS = Limits()
"""The limits that hold where none are given."""


@attrs.frozen(kw_only=True)
class Content:
    """The whole content of a source, not yet decoded, and the name it goes by.

    ``data`` is a ``str`` only where the caller's file object had decoded it.
    """

    data: bytes | str
    name: str | None = None

    @property
    def suffix(self) -> str:
        """The ending of the name, such as ``.csv``, or nothing."""
        return PurePath(self.name or "").suffix.lower()

    def error(self, found: str, *expected: str, row: int | None = None) -> ReadError:
        """The error that says what was *found* here, in line *row*, and *expected*."""
        message = f"{found}; expected {' or '.join(expected)}" if expected else found
        location = Location(file=self.name, row=row)
        return ReadError(
            message, expected=expected, location=location if str(location) else None
        )


def load(source: Source, limits: Limits) -> Content:
    """The content of *source*; raises ``ReadError`` if it cannot be had."""
    if isinstance(source, bytes | bytearray | memoryview):
        content = Content(data=bytes(source))
    elif isinstance(source, str | os.PathLike):
        content = _load_path(os.fsdecode(source), limits)
    elif hasattr(source, "read"):
        content = _load_file(source, _name_of(source), limits)
    else:
        msg = f"expected a path, bytes or a file object, got {type(source).__name__}"
        raise TypeError(msg)
    if not content.data:
        found = "the file is empty"
        raise content.error(found, "a table")
    if len(content.data) > limits.size:
        found = f"the file is larger than the limit of {limits.size} bytes"
        raise content.error(found, "a smaller file", "a higher limit")
    return content


def _load_path(path: str, limits: Limits) -> Content:
    if len(path) > _LONGEST_PATH or any(character in path for character in "\n\r\t"):
        msg = "a str is the path of a file; to read a text, pass bytes: text.encode()"
        raise ReadError(msg, expected=("the path of a file",))
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (the path stays as it was given)
            return _load_file(file, path, limits)
    except (OSError, ValueError) as error:
        nothing = Content(data=b"", name=path)
        raise nothing.error(*_reason(path, error)) from error


def _reason(path: str, error: OSError | ValueError) -> tuple[str, ...]:
    """Why the file at *path* cannot be opened, and what was expected."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file", "the path of a file"
    if not isinstance(error, OSError):
        return f"this cannot be the path of a file: {error}", "the path of a file"
    if os.path.isdir(path):  # noqa: PTH112  (as above)
        return "this is a folder", "the path of a file"
    return (f"the file cannot be opened: {error.strerror}",)


def _load_file(file: Readable, name: str | None, limits: Limits) -> Content:
    """The content of *file*, or one character more than the limit allows."""
    chunks: list[bytes | str] = []
    room = limits.size + 1
    try:
        while room > 0 and (chunk := file.read(min(_CHUNK, room))):
            chunks.append(chunk)
            room -= len(chunk)
    except (OSError, ValueError, EOFError) as error:
        nothing = Content(data=b"", name=name)
        found = f"the file cannot be read: {error}"
        raise nothing.error(found) from error
    return Content(data=_joined(chunks, name), name=name)


def _joined(chunks: list[bytes | str], name: str | None) -> bytes | str:
    texts = [chunk for chunk in chunks if isinstance(chunk, str)]
    blobs = [chunk for chunk in chunks if isinstance(chunk, bytes | bytearray)]
    if texts and len(texts) == len(chunks):
        return "".join(texts)
    if len(blobs) == len(chunks):
        return b"".join(blobs)
    nothing = Content(data=b"", name=name)
    found = "the file object gives neither bytes nor text"
    raise nothing.error(found)


def _name_of(file: object) -> str | None:
    name = getattr(file, "name", None)
    return name if isinstance(name, str) else None
