"""What ``perfgoals parse`` does with each file, in whatever process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from perfgoals.cli import _options
from perfgoals.cli._findings import (
    Cited,
    Report,
    Tally,
    as_finding_json,
    as_github,
    as_text,
    report_on,
)
from perfgoals.cli._inputs import is_folder
from perfgoals.cli._joined import Joined, JsonTables
from perfgoals.cli._output import as_json
from perfgoals.cli._words import Words
from perfgoals.errors import ReadError
from perfgoals.readers import readable_suffixes
from perfgoals.spans import Location
from perfgoals.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfgoals.model import GoalTable


@attrs.frozen(kw_only=True)
class Piece:
    """What is written for one file.

    ``texts`` are of its tables, ``findings`` of what was found in them; ``cited`` are
    the findings themselves, where they are only written when all are known.
    """

    texts: tuple[str, ...]
    findings: tuple[str, ...]
    cited: tuple[Cited, ...]
    tally: Tally


@attrs.frozen(kw_only=True)
class Job:
    """Makes the ``Piece`` of a file; ``form`` is ``None`` where no tables are wanted.

    It can be sent to another process, and gives back texts: making them is most of the
    work, and the objects of a table take four times as long to come from there.
    """

    form: str | None
    findings: str
    language: str
    verbose: bool
    encoding: str | None
    syntax: str | None
    width: int
    color: bool

    def __call__(self, name: str) -> Piece:
        if name != _options.STANDARD and is_folder(name):
            raise _nothing_in(name)
        tables = read_tables(
            _options.source_of(name),
            syntax=_options.syntax_of(self.syntax),
            encoding=self.encoding,
        )
        report = report_on(tables, language=self.language, verbose=self.verbose)
        return Piece(
            texts=self._texts(tables),
            findings=self._findings(report),
            cited=report.shown if self.findings == "sarif" else (),
            tally=report.tally,
        )

    def _texts(self, tables: tuple[GoalTable, ...]) -> tuple[str, ...]:
        match self.form:
            case None:
                return ()
            case "json":
                from perfgoals.serialize import to_dict

                return tuple(as_json(to_dict(table), indent=2) for table in tables)
            case "jsonl":
                from perfgoals.cli._records import as_json_lines

                return (as_json_lines(tables),)
            case "csv":
                from perfgoals.cli._records import csv_rows

                return (csv_rows(tables),)
            case _:
                return (self._drawn(tables),)

    def _drawn(self, tables: tuple[GoalTable, ...]) -> str:
        from perfgoals.cli._drawing import draw  # brings rich, which takes its time

        words = Words.of(self.language)
        return draw(tables, words, width=self.width, color=self.color)

    def _findings(self, report: Report) -> tuple[str, ...]:
        write = _FINDINGS.get(self.findings)
        return () if write is None else tuple(map(write, report.shown))


def _nothing_in(folder: str) -> ReadError:
    suffixes = readable_suffixes()
    msg = f"there is no file in this folder that ends in {' or '.join(suffixes)}"
    return ReadError(msg, expected=suffixes, location=Location(file=folder))


_FINDINGS: Mapping[str, Callable[[Cited], str]] = {
    "text": as_text,
    "json": as_finding_json,
    "github": as_github,
}


def joined(form: str) -> Joined:
    """How the texts of tables in a *form* are put together to one document."""
    match form:
        case "json":
            return JsonTables()
        case "csv":
            from perfgoals.cli._records import csv_head

            return Joined(head=csv_head())
        case "table":
            return Joined(between="\n\n")
        case _:
            return Joined()
