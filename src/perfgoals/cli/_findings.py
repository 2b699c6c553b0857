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
from perfgoals.spans import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfgoals.cli._words import Words
    from perfgoals.model import GoalTable

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
class Tally:
    """How many findings of each severity are shown, or hidden, and in how much."""

    shown: Counter[Severity] = attrs.field(factory=Counter)
    hidden: int = 0
    read: Counter[str] = attrs.field(factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            shown=self.shown + other.shown,
            hidden=self.hidden + other.hidden,
            read=self.read + other.read,
        )


@attrs.frozen(kw_only=True)
class Report:
    """What was found in some tables: what is shown of it, and how much there was."""

    shown: tuple[Cited, ...]
    tally: Tally


def report_on(tables: tuple[GoalTable, ...], *, language: str, verbose: bool) -> Report:
    """The findings of reading and of checking *tables*, said in *language*.

    Those that are only worth knowing are hidden unless *verbose*.
    """
    found = [one for table in tables for one in cited(table)]
    shown = [
        attrs.evolve(one, finding=one.finding.translated(language))
        for one in found
        if verbose or one.finding.severity is not Severity.INFO
    ]
    projects = [project for table in tables for project in table.projects]
    indicators = sum(len(project.indicators) for project in projects)
    tally = Tally(
        shown=Counter(one.finding.severity for one in shown),
        hidden=len(found) - len(shown),
        read=Counter(table=len(tables), project=len(projects), indicator=indicators),
    )
    return Report(shown=tuple(shown), tally=tally)


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


def as_text(one: Cited) -> str:
    """The finding as lines for a terminal, and an empty one."""
    return f"{styled(one.finding, one.source)}\n\n"


def styled(finding: Diagnostic, source: str) -> str:
    """The *finding* as lines, its severity and code in colour."""
    head = f"{finding.severity} {finding.code}:"
    colour = _COLOURS[finding.severity]
    painted = click.style(head, fg=colour, bold=True)
    return finding.render(source).replace(head, painted, 1)


def summary(tally: Tally, words: Words) -> str:
    """How many findings there are, in how much."""
    severities = {str(severity): tally.shown[severity] for severity in Severity}
    counts = {
        "table": tally.read["table"] if tally.read["table"] > 1 else 0,
        "project": tally.read["project"],
        "indicator": tally.read["indicator"],
    }
    text = words["findings"].format(
        findings=words.counted(severities) or words["clean"],
        counts=words.counted(counts),
    )
    if tally.hidden:
        infos = words.counted({"info": tally.hidden})
        text = words["hidden"].format(text=text, infos=infos)
    return text


def as_finding_json(one: Cited) -> str:
    """The finding as ``to_dict`` writes it."""
    from perfgoals.serialize import to_dict

    return as_json(to_dict(one.finding), indent=2)


def as_github(one: Cited) -> str:
    """The workflow command of GitHub that annotates a file with the finding.

    Line and column are the row and the column of the cell.
    """
    return _command(one.finding)


def problem_as_github(text: str) -> str:
    """The workflow command of GitHub that tells why an input cannot be used."""
    return f"::error::{_escaped(text, _ESCAPES)}\n"


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
