"""Tables in plain text: cells between tabs, or between commas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfgoals.grid import Cell, Grid
from perfgoals.readers._encoding import decode
from perfgoals.readers._source import DEFAULT_LIMITS, Content, Limits
from perfgoals.spans import Location
from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAB = "\t"
_COMMA = ","
_HEADERS = 2
"""A row with so many known headers settles which separator a file uses."""

_QUOTED = r'"(?P<quoted>[^"]*+(?:""[^"]*+)*)"'
_CELL = {
    separator: re.compile(
        rf"(?:{_QUOTED}(?=[{separator}\r\n]|\Z)|(?P<plain>[^{separator}\r\n]*+))"
        rf"(?P<end>{separator}|\r\n|\r|\n|\Z)"
    )
    for separator in (_TAB, _COMMA)
}


def read(
    content: Content, *, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Grid, ...]:
    r"""The one grid of a text.

    Rows end at CR, LF or CR LF and at nothing else. A cell that begins with a
    quotation mark may hold separators, line breaks and doubled quotation marks up to
    its closing one; a mark that nothing closes is a character like any other.

    Locations give the line that a row begins on.
    """
    text = decode(content, encoding)
    rows: list[tuple[Cell, ...]] = []
    room = limits.cells
    separator = _separator(text, content.suffix, room)
    for line, texts in _rows(text, separator, room):
        room -= max(1, len(texts))
        if room < 0:
            found = f"the file has more cells than the limit of {limits.cells}"
            raise content.error(found, "a smaller file", "a higher limit")
        rows.append(_cells(texts, line, content.name))
    return (Grid(rows=tuple(rows), source=content.name),)


def _separator(text: str, suffix: str, most: int) -> str:
    """What stands between the cells: what makes a header row, else what is there."""
    order = (_COMMA, _TAB) if suffix == ".csv" else (_TAB, _COMMA)
    present = [separator for separator in order if separator in text]
    if len(present) > 1:
        for separator in present:
            if any(_is_header(texts) for _, texts in _rows(text, separator, most)):
                return separator
    return present[0] if present else _TAB


def _is_header(texts: list[str]) -> bool:
    known = 0
    for text in texts:
        known += Vocabulary.packaged().column(text) is not None
        if known == _HEADERS:
            return True
    return False


def _rows(text: str, separator: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of *text*, each with the number of its first line.

    A row of more than *most* cells is broken off.

    Linear: a quotation mark is looked for no further than the next one that could
    not be doubled, and none that opens a cell lies in between.
    """
    line, first_line = 1, 1
    texts: list[str] = []
    for match in _CELL[separator].finditer(text):
        texts.append(_text(match))
        line += _line_breaks(match.group())
        if match["end"] == separator and len(texts) <= most:
            continue
        if match["end"] or texts != [""]:
            yield first_line, [] if texts == [""] else texts
        first_line, texts = line, []


def _text(match: re.Match[str]) -> str:
    quoted: str | None = match["quoted"]
    return match["plain"] if quoted is None else quoted.replace('""', '"')


def _line_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _cells(texts: list[str], row: int, file: str | None) -> tuple[Cell, ...]:
    return tuple(
        Cell(text=text, location=Location(file=file, row=row, column=column))
        for column, text in enumerate(texts, start=1)
    )
