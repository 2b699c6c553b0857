"""From a file to tables of goals: reads it, finds its tables, parses their cells."""

from __future__ import annotations

from perfgoals.diagnostics import Diagnostic, ordered
from perfgoals.errors import ReadError
from perfgoals.layout import Layout, find_tables
from perfgoals.layout.heading import stray
from perfgoals.layout.records import CONTENT, Record, read_records, split_code
from perfgoals.model import GoalTable, IndicatorList, Project, Total
from perfgoals.readers import DEFAULT_LIMITS, Limits, Source, read_grids
from perfgoals.spans import Location
from perfgoals.syntax import Syntax
from perfgoals.vocabulary import Vocabulary


def read_tables(
    source: Source,
    *,
    syntax: Syntax | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[GoalTable, ...]:
    """The tables of goals of a file, in order.

    *source* is a path, bytes, or a file object, which is left open. *encoding* is
    that of a text, where its bytes do not tell. *syntax* parses the indicators, the
    default one if none is given.

    What is wrong with a table that can be read is in its ``diagnostics``, ordered by
    location and span. The findings of a cell with indicators count in
    ``Project.indicators.source``, also where that is put together from the two
    cells that a page break makes of one.

    Raises ``ReadError`` if the file cannot be read or holds no table of goals.

    >>> table, = read_tables("examples/data/goals-2023.txt")
    >>> table.department, len(table.projects), table.totals[0].funding.total
    ('广州开发区穗港智造合作区管理委员会（部门）', 9, Decimal('1025.93'))
    """
    syntax = syntax or Syntax.default()
    grids = read_grids(source, encoding=encoding, limits=limits)
    tables = tuple(
        _table(layout, syntax, grid.source)
        for grid in grids
        for layout in find_tables(grid)
    )
    if not tables:
        raise _none_found(grids[0].source)
    return tables


def read_table(
    source: Source,
    *,
    syntax: Syntax | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> GoalTable:
    """The one table of goals of a file, read as ``read_tables`` does.

    Raises ``ReadError`` if there is none, or more than one.
    """
    tables = read_tables(source, syntax=syntax, encoding=encoding, limits=limits)
    if len(tables) > 1:
        msg = f"found {len(tables)} tables, expected one; read_tables gives all of them"
        raise ReadError(msg, location=_file(tables[0].source))
    return tables[0]


def _none_found(source: str | None) -> ReadError:
    words = Vocabulary.packaged()
    name, goal, indicators = (words.named(column).zh for column in ("name", *CONTENT))
    msg = (
        f"found 0 tables of goals; expected a row with the headers {name} and {goal} "
        f"or {indicators}"
    )
    return ReadError(msg, expected=(name, goal, indicators), location=_file(source))


def _file(source: str | None) -> Location | None:
    return Location(file=source) if source else None


def _table(layout: Layout, syntax: Syntax, source: str | None) -> GoalTable:
    heading = layout.heading
    records, findings = read_records(
        layout.rows, heading.department, layout.currency_unit
    )
    found = [*layout.diagnostics, *findings]
    projects: list[Project] = []
    totals: list[Total] = []
    for record in records:
        if record.is_total:
            totals.append(_total(record))
            found += [stray(record.cell(column)) for column in _left_over(record)]
        else:
            projects.append(_project(record, syntax))
            found += _of_indicators(record, projects[-1].indicators)
    return GoalTable(
        title=heading.title,
        department=heading.department,
        currency_unit=layout.currency_unit,
        projects=tuple(projects),
        totals=tuple(totals),
        diagnostics=ordered(found),
        source=source,
    )


def _total(record: Record) -> Total:
    name = record.text("name").strip()
    return Total(name=name, funding=record.funding, location=record.location)


def _left_over(record: Record) -> list[str]:
    """The columns of a total that the model has no place for."""
    return list(filter(record.says, ("code", *CONTENT)))


def _project(record: Record, syntax: Syntax) -> Project:
    code, name = split_code(record.text("name"))
    if record.says("code"):
        printed = record.text("code").strip()
        name = name if code == printed else record.text("name").strip()
        code = printed
    return Project(
        name=name,
        code=code,
        funding=record.funding,
        goal=record.text("goal").strip(),
        indicators=_indicators(record, syntax),
        location=record.location,
    )


def _indicators(record: Record, syntax: Syntax) -> IndicatorList:
    text = record.text("indicators")
    if record.says("indicators"):
        return syntax.read_indicators(text)
    return IndicatorList(source=text)


def _of_indicators(record: Record, indicators: IndicatorList) -> list[Diagnostic]:
    if not indicators.diagnostics:
        return []
    location = record.cell("indicators").location
    return [finding.at(location) for finding in indicators.diagnostics]
