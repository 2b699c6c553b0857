"""The header row of a table: which column holds what, by its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from perfgoals.diagnostics import Diagnostic
from perfgoals.grid import Cell
from perfgoals.spans import Location, Span
from perfgoals.vocabulary import Column, Vocabulary, bare

TALLEST = 3
"""How many rows the words of a header may be spread over."""
_FEWEST_NUMBERS = 3
"""So many cells 1, 2, 3 … below a header are column numbers."""
_NOT_HEADER = re.compile(r"[-0-9.,\s]+|\s*\S{1,12}[:：]\s*")

Cells = tuple[Cell, ...]


@attrs.frozen(kw_only=True)
class Header:
    """A header row, or several that make one: rows *start* up to *stop*.

    ``columns`` maps the index of a column to its id; ``unread`` maps those that are
    not read to the finding that says so. ``currency_unit`` is what the headers of
    the money say in brackets.
    """

    start: int
    stop: int
    location: Location
    columns: Mapping[int, str]
    unread: Mapping[int, Diagnostic]
    currency_unit: str | None = None


def find_headers(rows: Sequence[Cells]) -> tuple[Header, ...]:
    """The header rows among *rows*, each with its column numbers (栏次), if any.

    A row is a header if it names a project column and a column of goals or
    indicators. Its words may be spaced, broken over up to ``TALLEST`` rows, or stand
    under a word for several columns (资金 above 总计 and 财政拨款).
    """
    headers: list[Header] = []
    index = 0
    while index < len(rows):
        header = _header_at(rows, index)
        if header is None:
            index += 1
            continue
        if header.start and _is_groups(rows[header.start - 1]):
            header = attrs.evolve(header, start=header.start - 1)
        headers.append(header)
        index = header.stop
    return tuple(headers)


@attrs.frozen(kw_only=True)
class _Word:
    """What the header rows say of one column; ``column`` is ``None`` if unknown."""

    text: str
    cell: Cell
    column: Column | None


_Words = Mapping[int, _Word]


def _header_at(rows: Sequence[Cells], start: int) -> Header | None:
    """The header that begins at *start*, as tall as makes it say the most."""
    best: _Words = {}
    height = 0
    if not _may_be_header(rows[start]):
        return None
    for tall in range(1, TALLEST + 1):
        block = rows[start : start + tall]
        if len(block) < tall or _is_blank(block[-1]):
            break
        words = _words(block)
        if len(_known(words)) > len(_known(best)):
            best, height = words, tall
    below = _words(rows[start + 1 : start + height])
    if not _is_header(best) or len(_known(below)) >= len(_known(best)):
        return None
    return _header(best, rows, start, start + height)


def _may_be_header(row: Cells) -> bool:
    """Whether *row* has two words or more, and none that is a number or a label."""
    texts = [cell.text for cell in row if cell.text.strip()]
    return len(texts) > 1 and not any(map(_NOT_HEADER.fullmatch, texts))


def _words(block: Sequence[Cells]) -> _Words:
    """What *block* says of each column; nothing if its lower rows say anything else."""
    words: dict[int, _Word] = {}
    for index in range(max(map(len, block), default=0)):
        heights = [
            height
            for height, row in enumerate(block)
            if index < len(row) and row[index].text.strip()
        ]
        if not heights:
            continue
        word = _word([block[height][index] for height in heights])
        if heights[-1] > 0 and not (word.column or _is_group(word.text)):
            return {}
        words[index] = word
    return words


def _word(cells: list[Cell]) -> _Word:
    """The word in the *cells* of one column: in all of them, or in the lower ones."""
    words = Vocabulary.packaged()
    for first in range(len(cells)):
        text = "".join(cell.text for cell in cells[first:])
        column = words.column(text)
        if column is not None:
            return _Word(text=text, cell=cells[-1], column=column)
    return _Word(text=cells[-1].text, cell=cells[-1], column=None)


def _known(words: _Words) -> set[str]:
    return {word.column.id for word in words.values() if word.column}


def _is_header(words: _Words) -> bool:
    known = _known(words)
    return "name" in known and bool(known & {"goal", "indicators"})


def _header(words: _Words, rows: Sequence[Cells], start: int, stop: int) -> Header:
    columns: dict[int, str] = {}
    unread: dict[int, Diagnostic] = {}
    for index, word in words.items():
        if word.column and word.column.kept and word.column.id not in columns.values():
            columns[index] = word.column.id
        else:
            unread[index] = _finding(word)
    cells = [cell for row in rows[start:stop] for cell in row]
    units = (Vocabulary.packaged().currency_in_brackets(cell.text) for cell in cells)
    return Header(
        start=start,
        stop=stop + (stop < len(rows) and _numbers_columns(rows[stop])),
        location=cells[0].location,
        columns=columns,
        unread=unread,
        currency_unit=next(filter(None, units), None),
    )


def _finding(word: _Word) -> Diagnostic:
    """Why the column of *word* is not read."""
    span = Span(0, len(word.cell.text))
    text = word.text.strip()
    if word.column is None:
        finding = Diagnostic.of("PG402", span, text=text)
    elif word.column.kept:
        finding = Diagnostic.of("PG407", span, text=text, field=word.column.zh)
    else:
        finding = Diagnostic.of("PG406", span, text=text)
    return finding.at(word.cell.location)


def _is_blank(row: Cells) -> bool:
    return not any(cell.text.strip() for cell in row)


def _is_group(text: str) -> bool:
    return Vocabulary.packaged().is_group(text)


def _is_groups(row: Cells) -> bool:
    """Whether *row* has only words that stand above several columns."""
    texts = [cell.text for cell in row if cell.text.strip()]
    return bool(texts) and all(map(_is_group, texts))


def _numbers_columns(row: Cells) -> bool:
    """Whether *row* only numbers the columns: 1, 2, 3 …, perhaps after 栏次."""
    texts = [bare(cell.text) for cell in row if cell.text.strip()]
    if texts and texts[0] in Vocabulary.packaged().words["column_numbers"]:
        return True
    expected = [str(number) for number in range(1, len(texts) + 1)]
    return len(texts) >= _FEWEST_NUMBERS and texts == expected
