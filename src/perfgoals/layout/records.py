"""The rows of a table as records: cells put together, money read, totals told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from perfgoals.amounts import is_nothing, read_amount
from perfgoals.diagnostics import Diagnostic
from perfgoals.layout import Row
from perfgoals.layout.totals import Line, total_lines
from perfgoals.model import Funding
from perfgoals.spans import Location, Span
from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from perfgoals.grid import Cell

MONEY = tuple(field.name for field in attrs.fields(Funding))
CONTENT = ("goal", "indicators")

_CODED_NAME = re.compile(
    r"(?P<code>[0-9０-９]{6,})\s*[-－‐‑–—−]\s*(?P<name>\S.*)", re.DOTALL
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])?")
_CURRENCY = "人民币"


@attrs.frozen(kw_only=True)
class Record:
    """A project or a total: its row, and the rows that go on with the cells of it."""

    rows: tuple[Row, ...]
    funding: Funding = Funding()
    is_total: bool = False

    @property
    def location(self) -> Location:
        """That of the cell with the name."""
        return self.rows[0].location

    @property
    def has_content(self) -> bool:
        """Whether there is a goal, or are indicators."""
        return any(map(self.says, CONTENT))

    def text(self, column: str) -> str:
        """What the rows say in *column*, put together as printed."""
        return "".join(row.text(column) for row in self.rows)

    def says(self, column: str) -> bool:
        """Whether there is more in *column* than blanks, dashes or a slash."""
        return not is_nothing(self.text(column))

    def cell(self, column: str) -> Cell:
        """The first cell that says something in *column*."""
        return next(row.cells[column] for row in self.rows if row.says(column))


def read_records(
    rows: Sequence[Row], department: str | None, currency_unit: str | None
) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """The records of a table and the findings about them.

    A row that has neither a name nor a code nor money goes on with the goal and the
    indicators of the project above it, which a page break has split. Which records
    are totals is told in ``total_lines``.

    Diagnostics: PG401, PG408 to PG411.
    """
    records: list[Record] = []
    findings: list[Diagnostic] = []
    for joined in _joined(rows):
        funding, of_money = _funding(joined[0], currency_unit)
        records.append(Record(rows=joined, funding=funding))
        findings += of_money
        findings += _of_names(records[-1])
    lines = [
        Line(
            name=record.text("name"),
            amount=record.funding.total,
            has_content=record.has_content,
        )
        for record in records
    ]
    totals = total_lines(lines, department)
    marked = (
        attrs.evolve(record, is_total=index in totals)
        for index, record in enumerate(records)
    )
    return tuple(marked), tuple(findings)


def split_code(printed: str) -> tuple[str | None, str]:
    """The code and the name of a project, from its printed name.

    A code is six digits or more before a dash. Where they are a date (202301 or
    20230101) and another digit follows the dash, they belong to the name.

    >>> split_code("20202710000600027-基础设施建设工程")
    ('20202710000600027', '基础设施建设工程')
    >>> split_code("20230101-20231231物业服务")
    (None, '20230101-20231231物业服务')
    """
    match = _CODED_NAME.fullmatch(printed.strip())
    if match is None:
        return None, printed.strip()
    if _DATE.fullmatch(match["code"]) and match["name"][0].isdecimal():
        return None, printed.strip()
    return match["code"], match["name"]


def _joined(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """The rows of each record: one, and those that go on with it."""
    joined: list[Row] = []
    for row in rows:
        if joined and _goes_on(row, joined[0]):
            joined.append(row)
            continue
        if joined:
            yield tuple(joined)
        joined = [row]
    if joined:
        yield tuple(joined)


def _goes_on(row: Row, first: Row) -> bool:
    is_total = Vocabulary.packaged().is_total(first.text("name"))
    return not is_total and not any(map(row.says, ("name", "code", *MONEY)))


def _funding(row: Row, currency_unit: str | None) -> tuple[Funding, list[Diagnostic]]:
    amounts: dict[str, Decimal | None] = {}
    findings: list[Diagnostic] = []
    for column in MONEY:
        if not row.says(column):
            continue
        cell = row.cells[column]
        amount = read_amount(cell.text)
        if amount and _is_in(amount.unit, currency_unit):
            amounts[column] = amount.number
            continue
        arguments = {"text": cell.text.strip(), "column": column}
        if amount and amount.unit and currency_unit:
            arguments |= {"unit": amount.unit, "currency_unit": currency_unit}
        code = "PG411" if "unit" in arguments else "PG401"
        span = Span(0, len(cell.text))
        findings.append(Diagnostic.of(code, span, **arguments).at(cell.location))
    return Funding(**amounts), findings


def _is_in(unit: str | None, currency_unit: str | None) -> bool:
    """Whether an amount with *unit* behind it is in the unit of the table."""
    if unit is None or currency_unit is None:
        return unit is None
    return unit.removeprefix(_CURRENCY) == currency_unit.removeprefix(_CURRENCY)


def _of_names(record: Record) -> Iterator[Diagnostic]:
    """What is to be said of a record that lacks a name, or has nothing else."""
    words = Vocabulary.packaged()
    name = record.text("name").strip()
    if not record.says("name"):
        yield Diagnostic.of("PG409").at(record.location)
    elif not any(map(record.says, (*CONTENT, *MONEY))) and not words.is_total(name):
        span = Span(0, len(record.text("name")))
        yield Diagnostic.of("PG410", span, name=name).at(record.location)
    for row in record.rows[1:]:
        for column in filter(row.says, CONTENT):
            field = words.named(column).zh
            finding = Diagnostic.of("PG408", field=field, name=name)
            yield finding.at(row.cells[column].location)
