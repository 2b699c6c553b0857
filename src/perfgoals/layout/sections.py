"""A grid cut into sections: header rows, the headings above, the data below."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TypeAlias

import attrs

from perfgoals.amounts import read_amount
from perfgoals.grid import Cell
from perfgoals.layout.header import Header, find_headers
from perfgoals.layout.heading import continues, has_label, is_labelled, is_title
from perfgoals.vocabulary import Vocabulary, without_remark

Rows: TypeAlias = Sequence[tuple[Cell, ...]]


@attrs.frozen(kw_only=True)
class Section:
    """A header row, its *heading*, its *data*, and the *strays* around them.

    ``begins`` tells a table from the next page of the one before.
    """

    begins: bool
    heading: Rows
    header: Header
    data: Rows
    strays: Rows


def find_sections(rows: Rows) -> tuple[Section, ...]:
    """The sections of *rows*, in order; together they hold every row.

    A header row with a title of ours or a label above it begins a new table, unless
    续表 is there too; any other is the repeated header of a new page. Below a header
    all rows are data, up to the heading of a table of any kind.
    """
    headers = find_headers(rows)
    above = _top(rows[: headers[0].start] if headers else ())
    sections: list[Section] = []
    for header, following in itertools.zip_longest(headers, headers[1:]):
        if following is None:
            below = _bottom(rows[header.stop :], header)
            last = below.strays
        else:
            below = _between(rows[header.stop : following.start], header)
            last = ()
        section = Section(
            begins=not above.is_page,
            heading=above.heading,
            header=header,
            data=below.data,
            strays=(*above.strays, *last),
        )
        sections.append(section)
        above = below
    return tuple(sections)


@attrs.frozen(kw_only=True)
class _Gap:
    """What stands above, between or below header rows.

    ``data`` is of the table above and ``heading`` of the one below, ``strays`` are of
    neither. ``is_page`` tells the end of a page from that of a table.
    """

    data: Rows = ()
    strays: Rows = ()
    heading: Rows = ()
    is_page: bool = False


def _top(rows: Rows) -> _Gap:
    start = _heading_start(rows, None)
    return _Gap(strays=rows[:start], heading=rows[start:])


def _between(rows: Rows, above: Header) -> _Gap:
    start = _heading_start(rows, above)
    end = _table_end(rows[:start], above)
    texts = (cell.text for row in rows[end:] for cell in row)
    if end == len(rows) or any(map(continues, texts)):
        return _Gap(data=rows[:end], strays=rows[end:], is_page=True)
    return _Gap(data=rows[:end], strays=rows[end:start], heading=rows[start:])


def _bottom(rows: Rows, above: Header) -> _Gap:
    end = _table_end(rows, above)
    return _Gap(data=rows[:end], strays=rows[end:])


def _table_end(rows: Rows, above: Header) -> int:
    """Where in *rows*, which follow the header *above*, another heading begins."""
    for index, row in enumerate(rows):
        if _makes_heading(row) or _is_title(row, above):
            return index
    return len(rows)


def _heading_start(rows: Rows, above: Header | None) -> int:
    """Where the heading begins at the end of *rows*, which follow the header *above*.

    Below a table a heading needs a title or a label; without, there is none.
    """
    start = len(rows)
    while start and _may_be_heading(rows[start - 1], above):
        start -= 1
    if above and not any(map(_makes_heading, rows[start:])):
        return len(rows)
    return start


def _makes_heading(row: tuple[Cell, ...]) -> bool:
    """Whether *row* has a title of ours or a label; a row with amounts has neither."""
    is_heading = has_label(row) or any(is_title(cell.text) for cell in row)
    return is_heading and not any(read_amount(cell.text) for cell in row)


def _is_title(row: tuple[Cell, ...], above: Header) -> bool:
    """Whether *row* is the title of a table of any kind, by itself."""
    text = _only_text(row, above)
    return without_remark(text).endswith("表") and not continues(text)


def _may_be_heading(row: tuple[Cell, ...], above: Header | None) -> bool:
    """Whether *row* can stand in a heading: blank, one text, a title, or labels."""
    texts = [cell.text for cell in row if cell.text.strip()]
    if not texts or _makes_heading(row):
        return True
    if above is None:
        return len(texts) == 1 or any(map(is_labelled, texts))
    text = _only_text(row, above)
    return text != "" and not Vocabulary.packaged().is_total(text)


def _only_text(row: tuple[Cell, ...], above: Header) -> str:
    """The only text of *row*, if it stands where names do, or in no known column."""
    filled = [index for index, cell in enumerate(row) if cell.text.strip()]
    if len(filled) == 1 and above.columns.get(filled[0], "name") == "name":
        return row[filled[0]].text
    return ""
