"""Findings as people and programs want them: text, JSON, annotations on GitHub."""

from __future__ import annotations

import bisect
from collections import Counter
from typing import TYPE_CHECKING

import attrs
import click

from perfgoals.check import check
from perfgoals.cli._output import as_json
from perfgoals.diagnostics import Diagnostic, Severity, ordered
from perfgoals.excerpt import printable
from perfgoals.model import GoalTable
from perfgoals.spans import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfgoals.cli._words import Words

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_ESCAPES_IN_FIELDS = {**_ESCAPES, ":": "%3A", ",": "%2C"}


@attrs.frozen(kw_only=True)
class Cited:
    """A finding with the text of its cell, which is empty where it is not known."""

    finding: Diagnostic
    source: str


@attrs.frozen(kw_only=True)
class Report:
    """What was found in some tables, ``shown`` or ``hidden``, and what was not read.

    ``problems`` are the messages about inputs that cannot be used.
    """

    shown: tuple[Cited, ...]
    hidden: int
    tables: tuple[GoalTable, ...]
    problems: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(one.finding.severity is Severity.ERROR for one in self.shown)


def report_on(
    tables: tuple[GoalTable, ...],
    problems: tuple[str, ...],
    *,
    language: str,
    verbose: bool,
) -> Report:
    """The findings of reading and of checking *tables*, said in *language*.

    Those that are only worth knowing are hidden unless *verbose*.
    """
    found = [one for table in tables for one in cited(table)]
    shown = [
        attrs.evolve(one, finding=one.finding.translated(language))
        for one in found
        if verbose or one.finding.severity is not Severity.INFO
    ]
    return Report(
        shown=tuple(shown),
        hidden=len(found) - len(shown),
        tables=tables,
        problems=problems,
    )


def cited(table: GoalTable) -> Iterator[Cited]:
    """The findings about *table*, in order, each with the text of its cell.

    Only the texts of cells with indicators are kept. Where a finding of such a cell
    and one of another cell in its row are the same, neither is given a text.
    """
    findings = ordered((*table.diagnostics, *check(table)))
    rows = [_row(project.location) for project in table.projects]
    keys = [
        (bisect.bisect_right(rows, _row(finding.location)) - 1, finding.at(Location()))
        for finding in findings
    ]
    claims = Counter(keys)
    claims.subtract(
        (number, finding)
        for number, project in enumerate(table.projects)
        for finding in project.indicators.diagnostics
    )
    cells = dict(_cells(table))
    for key, finding in zip(keys, findings, strict=True):
        source = cells.get(key, "") if claims[key] == 0 else ""
        yield Cited(finding=finding, source=source)


def _row(location: Location) -> tuple[int, int]:
    return location.page or 0, location.row or 0


def _cells(table: GoalTable) -> Iterator[tuple[tuple[int, Diagnostic], str]]:
    for number, project in enumerate(table.projects):
        for finding in project.indicators.diagnostics:
            yield (number, finding), project.indicators.source


def as_text(report: Report, words: Words) -> str:
    """The findings as lines for a terminal, and what they come to."""
    findings = (f"{styled(one.finding, one.source)}\n\n" for one in report.shown)
    return "".join(findings) + (f"{summary(report, words)}\n" if report.tables else "")


def styled(finding: Diagnostic, source: str) -> str:
    """The *finding* as lines, its severity and code in colour."""
    head = f"{finding.severity} {finding.code}:"
    colour = _COLOURS[finding.severity]
    painted = click.style(head, fg=colour, bold=True)
    return finding.render(source).replace(head, painted, 1)


def summary(report: Report, words: Words) -> str:
    """How many findings there are, in how much."""
    severities = Counter(one.finding.severity for one in report.shown)
    findings = {str(severity): severities[severity] for severity in Severity}
    projects = [project for table in report.tables for project in table.projects]
    counts = {
        "table": len(report.tables) if len(report.tables) > 1 else 0,
        "project": len(projects),
        "indicator": sum(len(project.indicators) for project in projects),
    }
    text = words["findings"].format(
        findings=words.counted(findings) or words["clean"],
        counts=words.counted(counts),
    )
    if report.hidden:
        infos = words.counted({"info": report.hidden})
        text = words["hidden"].format(text=text, infos=infos)
    return text


def as_findings_json(report: Report) -> str:
    """The findings as a JSON array of what ``to_dict`` makes of each."""
    from perfgoals.serialize import to_dict

    return as_json([to_dict(one.finding) for one in report.shown], indent=2) + "\n"


def as_github(report: Report) -> str:
    """A workflow command of GitHub for each finding, which annotates its file.

    Line and column are the row and the column of the cell.
    """
    problems = (f"::error::{_escaped(text, _ESCAPES)}\n" for text in report.problems)
    return "".join([*problems, *(_command(one.finding) for one in report.shown)])


def _command(finding: Diagnostic) -> str:
    place = finding.location
    fields = {
        "file": place.file,
        "line": place.row,
        "col": place.column,
        "title": finding.code,
    }
    shown = ",".join(
        f"{key}={_escaped(str(value), _ESCAPES_IN_FIELDS)}"
        for key, value in fields.items()
        if value is not None
    )
    text = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return f"::{_COMMANDS[finding.severity]} {shown}::{_escaped(text, _ESCAPES)}\n"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(sign, sign) for sign in printable(text))
