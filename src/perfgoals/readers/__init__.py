"""From a file to grids: finds out what a file is, and lets one module read it.

Each format that can be read is a module with a function ``read``, which gives the
grids of a ``Content``. It is imported when a file of its format turns up.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

import attrs

from perfgoals.readers._source import (
    DEFAULT_LIMITS,
    Content,
    Limits,
    Source,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfgoals.grid import Grid

__all__ = [
    "DEFAULT_LIMITS",
    "FORMATS",
    "Format",
    "Limits",
    "Source",
    "read_grids",
    "readable_suffixes",
]

_HEAD = 1024
"""How many bytes of a file are searched for the signature of its format."""
_READABLE = "text (.txt, .tsv, .csv)"
"""What can be read, as errors say it."""


@attrs.frozen(kw_only=True)
class Format:
    """A kind of file: how it is recognised, and the module that reads it.

    A file is of this format if one of ``signatures`` stands at its beginning, and
    ``member`` anywhere in it; failing that for every format, if its name ends in one
    of ``suffixes``. A format that cannot lack its signature has no suffixes: the name
    alone does not make a workbook. ``module`` is ``None`` for a format that is known
    and cannot be read.

    Signatures are in lower case; upper case, blanks and a byte order mark before
    them are passed over in the file.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    signatures: tuple[bytes, ...] = ()
    member: bytes = b""
    module: str | None = None


_ZIP = (b"pk\x03\x04", b"pk\x05\x06")
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)

TEXT = Format(
    name="text",
    suffixes=(".txt", ".tsv", ".tab", ".csv"),
    module="perfgoals.readers.text",
)

FORMATS: tuple[Format, ...] = (
    Format(name="Excel workbook (.xlsx)", signatures=_ZIP, member=b"xl/"),
    Format(name="Word document (.docx)", signatures=_ZIP, member=b"word/"),
    Format(name="OpenDocument file", signatures=_ZIP, member=b"opendocument"),
    Format(name="ZIP archive", signatures=_ZIP),
    Format(
        name="Excel 97-2003 workbook (.xls)",
        signatures=_OLE,
        member="Workbook".encode("utf-16-le"),
    ),
    Format(
        name="Word 97-2003 document (.doc)",
        signatures=_OLE,
        member="WordDocument".encode("utf-16-le"),
    ),
    Format(name="Office 97-2003 file", signatures=_OLE),
    Format(name="PDF document", signatures=(b"%pdf-",)),
    Format(name="RTF document", signatures=(rb"{\rtf",)),
    Format(
        name="HTML page",
        suffixes=(".html", ".htm", ".xhtml"),
        signatures=(b"<!doctype html", b"<html", b"<head", b"<body", b"<table"),
    ),
    Format(name="XML document", suffixes=(".xml",), signatures=(b"<?xml",)),
    TEXT,
)
"""The formats that are known, in the order in which they are tried."""


def read_grids(
    source: Source, *, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Grid, ...]:
    r"""The grids of a file: one of a text, one of each sheet or page of other formats.

    *source* is a path, bytes, or a file object, which is read from where it stands
    and left open. *encoding* is that of a text, where its bytes do not tell.

    Raises ``ReadError`` where the source is missing, empty, larger than *limits*,
    in no known format, or in a format that cannot be read.

    >>> grid, = read_grids("项目名称\t总计\n培训费\t3.50\n".encode())
    >>> [cell.text for cell in grid.rows[1]]
    ['培训费', '3.50']
    """
    content = load(source, limits)
    kind = format_of(content)
    if kind.module is None:
        found = f"the file is of a kind that is not read: {kind.name}"
        raise content.error(found, _READABLE)
    module = importlib.import_module(kind.module)
    read = cast("Callable[..., tuple[Grid, ...]]", module.read)
    return read(content, encoding=encoding, limits=limits)


def readable_suffixes() -> tuple[str, ...]:
    """The suffixes that the names of files have of which a format can be read."""
    return tuple(suffix for kind in FORMATS if kind.module for suffix in kind.suffixes)


def format_of(content: Content) -> Format:
    """The format of *content*: by what it holds, then by its name, else text."""
    head = _head(content)
    for kind in FORMATS:
        if head.startswith(kind.signatures) and _holds(content, kind.member):
            return kind
    for kind in FORMATS:
        if content.suffix in kind.suffixes:
            return kind
    return TEXT


def _head(content: Content) -> bytes:
    """The beginning of *content* in lower case, without blanks and mark before it."""
    head = content.data[:_HEAD]
    if isinstance(head, str):
        head = head.encode("utf-8", "surrogatepass")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _holds(content: Content, member: bytes) -> bool:
    if isinstance(content.data, str):
        return not member
    return member in content.data
