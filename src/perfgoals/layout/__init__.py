"""Where the tables of a grid are: their headings, their columns and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from perfgoals._cells.findings import of_characters
from perfgoals.amounts import is_nothing, read_amount
from perfgoals.diagnostics import Diagnostic
from perfgoals.grid import Cell, Grid
from perfgoals.layout.heading import (
    Heading,
    continues,
    is_labelled,
    read_heading,
    stray,
)
from perfgoals.layout.sections import Section, find_sections
from perfgoals.spans import Location, Span
from perfgoals.vocabulary import Vocabulary, bare

if TYPE_CHECKING:
    from perfgoals.layout.header import Header

_EXPECTED = ("total", "goal", "indicators")
"""The columns, besides the name of the project, that every table should have."""
_SOURCES = ("fiscal", "special_account", "other")
_MONEY = {"total", *_SOURCES}

_PAGE_NUMBER = re.compile(r"[-—–]?第?[0-9]+页?[,/]?(?:共[0-9]+页)?[-—–]?")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

Cells = tuple[Cell, ...]


@attrs.frozen(kw_only=True)
class Row:
    """One row of a table: its cells by the id of their column.

    ``location`` is that of the cell with the name, even where it is blank.
    """

    cells: Mapping[str, Cell]
    location: Location

    def text(self, column: str) -> str:
        """The text in *column*, nothing if the row has no such cell."""
        return self.cells[column].text if column in self.cells else ""

    def says(self, column: str) -> bool:
        """Whether there is more in *column* than blanks, dashes or a slash."""
        return not is_nothing(self.text(column))


@attrs.frozen(kw_only=True)
class Layout:
    """One table of a grid, its columns found, its cells not yet read.

    ``location`` is that of the header row. ``diagnostics`` name each text that is in
    no row, and each column that is not read.
    """

    heading: Heading
    currency_unit: str | None
    location: Location
    rows: tuple[Row, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_tables(grid: Grid) -> tuple[Layout, ...]:
    """The tables of *grid*, in order.

    A table begins at its header row, known by its words: one for the name of the
    project and one for its goal or its indicators, in any order. What stands above
    is its heading; a repeated header without a heading is that of a new page.

    Every row below is data, except remarks: a text that stands alone and begins with
    a label (``注：``, ``填表人：``), says 续表, or is a page number.

    Diagnostics: PG001, PG402 to PG407, PG412 to PG414.
    """
    tables: list[list[Section]] = []
    for section in find_sections(grid.rows):
        if section.begins:
            tables.append([])
        tables[-1].append(section)
    return tuple(map(_layout, tables))


def _layout(sections: Sequence[Section]) -> Layout:
    first = sections[0]
    heading = read_heading(first.heading)
    rows: list[Row] = []
    findings = [*heading.diagnostics, *_of_columns(sections, heading)]
    findings += _invisible(cell for row in first.heading for cell in row)
    for section in sections:
        strays = (cell for row in section.strays for cell in row)
        findings += [stray(cell) for cell in strays if cell.text.strip()]
        for cells in section.data:
            row, of_row = _row(cells, section.header)
            rows += [row] if row else []
            findings += of_row
    return Layout(
        heading=heading,
        currency_unit=heading.currency_unit or first.header.currency_unit,
        location=first.header.location,
        rows=tuple(rows),
        diagnostics=tuple(findings),
    )


def _of_columns(sections: Sequence[Section], heading: Heading) -> Iterator[Diagnostic]:
    """What is to be said of the columns, once for all header rows of a table."""
    headers = [section.header for section in sections]
    unread = [finding for header in headers for finding in header.unread.values()]
    yield from {finding.message: finding for finding in reversed(unread)}.values()
    present = {column for header in headers for column in header.columns.values()}
    for column in _EXPECTED:
        if column not in present:
            field = Vocabulary.packaged().named(column).zh
            yield Diagnostic.of("PG403", field=field).at(headers[0].location)
    missing = [source for source in _SOURCES if source not in present]
    for column in missing if len(missing) < len(_SOURCES) else ():
        field = Vocabulary.packaged().named(column).zh
        yield Diagnostic.of("PG414", field=field).at(headers[0].location)
    in_header, in_heading = headers[0].currency_unit, heading.currency_unit
    if not in_header and not in_heading and not present.isdisjoint(_MONEY):
        yield Diagnostic.of("PG405").at(headers[0].location)
    elif in_header and in_heading and in_header != in_heading:
        finding = Diagnostic.of("PG413", unit=in_header, currency_unit=in_heading)
        yield finding.at(headers[0].location)


def _row(cells: Cells, header: Header) -> tuple[Row | None, list[Diagnostic]]:
    """The row that *cells* make, if they make one, and the findings about them."""
    filled = [index for index, cell in enumerate(cells) if cell.text.strip()]
    if not filled:
        return None, []
    columns = {
        column: cells[index]
        for index, column in header.columns.items()
        if index < len(cells)
    }
    columns |= _name_beside(cells, columns, header)
    row = Row(cells=columns, location=columns.get("name", cells[filled[0]]).location)
    if not any(map(row.says, columns)) or _is_remark(row):
        return None, [stray(cells[index]) for index in filled]
    unknown = set(filled).difference(header.columns, header.unread)
    strays = [stray(cells[index]) for index in sorted(unknown)]
    texts = [cell for column, cell in columns.items() if column != "indicators"]
    return row, [*strays, *_invisible(texts), *_rows_in_quotes(columns.values())]


def _name_beside(
    cells: Cells, columns: Mapping[str, Cell], header: Header
) -> dict[str, Cell]:
    """The name of a total that stands in a column of its own, such as 序号 or 单位.

    Such a row has money and neither a name nor a goal nor indicators.
    """
    row = Row(cells=columns, location=Location())
    has_content = row.says("goal") or row.says("indicators")
    if row.text("name").strip() or has_content or not any(map(row.says, columns)):
        return {}
    for index in header.unread:
        text = cells[index].text if index < len(cells) else ""
        if not is_nothing(text) and not read_amount(text):
            return {"name": cells[index]}
    return {}


def _is_remark(row: Row) -> bool:
    """Whether *row* remarks on the table (``注：``), is signed, or numbers a page.

    A signature may be spread over the columns, those of the money among them.
    """
    filled = {column: row.text(column) for column in row.cells if row.says(column)}
    if set(filled) == {"name"}:
        name = bare(filled["name"])
        notes = Vocabulary.packaged().words["notes"]
        is_page = continues(name) or _PAGE_NUMBER.fullmatch(name) is not None
        return is_page or name in notes or is_labelled(filled["name"])
    return not _MONEY.isdisjoint(filled) and all(map(is_labelled, filled.values()))


def _invisible(cells: Iterable[Cell]) -> Iterator[Diagnostic]:
    """The characters of *cells* that nobody sees; the indicators have theirs told."""
    for cell in cells:
        for finding in of_characters(cell.text, Span(0, len(cell.text))):
            yield finding.at(cell.location)


def _rows_in_quotes(cells: Iterable[Cell]) -> Iterator[Diagnostic]:
    """The cells that may hold rows, because a quotation mark is missing."""
    for cell in cells:
        breaks = _LINE_BREAK.findall(cell.text) if "\t" in cell.text else ()
        if breaks:
            span = Span(0, len(cell.text))
            lines = str(len(breaks) + 1)
            yield Diagnostic.of("PG412", span, lines=lines).at(cell.location)
