"""``perfgoals parse``: files in; a page, data and findings out."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from perfgoals.cli import _options
from perfgoals.cli._findings import (
    Report,
    as_findings_json,
    as_github,
    as_text,
    report_on,
)
from perfgoals.cli._output import as_json, harmless, put, show
from perfgoals.cli._words import Words
from perfgoals.errors import PerfgoalsError
from perfgoals.tables import read_tables

if TYPE_CHECKING:
    from perfgoals.model import GoalTable

_FORMS_BY_SUFFIX = {".json": "json", ".jsonl": "jsonl", ".csv": "csv"}


@click.command("parse")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--to",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    help="What to write. By default what the name of OUT ends in, else a table.",
)
@_options.out_option
@click.option(
    "--findings",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show findings of severity info.")
@_options.lang_option
@_options.encoding_option
@_options.exit_zero_option
@_options.colour_option
def parse_command(  # noqa: PLR0913  (an argument for each option)
    *,
    files: tuple[str, ...],
    to: str | None,
    out: str | None,
    form: str,
    verbose: bool,
    language: str,
    encoding: str | None,
    exit_zero: bool,
) -> int:
    """Read tables, and say what is wrong with them.

    FILE is a text with tabs or commas between its cells; - is standard input.

    Findings go to standard error. As json, sarif or github they go to standard output
    if that is free; without --to and -o nothing else is written.

    The exit code is 0, or 1 if there are findings of severity error, or 2 if an input
    cannot be used.
    """
    tables, problems = _read(files, encoding)
    report = report_on(tables, problems, language=language, verbose=verbose)
    words = Words.of(language)
    wanted = form == "text" or to is not None or out is not None
    if tables and wanted:
        _put_tables(tables, to or _form_of(out), out, words)
    is_free = out is not None or not wanted
    _put_findings(report, form, words, to_stdout=is_free and form != "text")
    if problems:
        return 2
    return int(report.has_errors and not exit_zero)


def _read(
    files: tuple[str, ...], encoding: str | None
) -> tuple[tuple[GoalTable, ...], tuple[str, ...]]:
    """The tables of all *files* that can be read, and what to say of the others."""
    tables: list[GoalTable] = []
    problems: list[str] = []
    for name in files:
        try:
            tables += read_tables(_options.source_of(name), encoding=encoding)
        except PerfgoalsError as error:
            problems.append(str(error))
            click.echo(harmless(f"Error: {error}"), err=True)
    return tuple(tables), tuple(problems)


def _form_of(out: str | None) -> str:
    return _FORMS_BY_SUFFIX.get(PurePath(out or "").suffix.lower(), "table")


def _put_tables(
    tables: tuple[GoalTable, ...], form: str, out: str | None, words: Words
) -> None:
    if form == "table" and out is None:
        show(_drawn(tables, words, color=_options.has_colour()))
        click.echo(err=True)  # the findings follow
    elif form == "table":
        put(_drawn(tables, words, color=False), out)
    else:
        put(_data(tables, form), out)


def _drawn(tables: tuple[GoalTable, ...], words: Words, *, color: bool) -> str:
    from perfgoals.cli._drawing import draw  # brings rich, which takes its time

    return draw(tables, words, width=_options.page_width(), color=color)


def _data(tables: tuple[GoalTable, ...], form: str) -> str:
    """*tables* as data: the JSON of one is an object, that of several an array."""
    from perfgoals.cli._records import as_csv, as_json_lines
    from perfgoals.serialize import to_dict

    if form == "csv":
        return as_csv(tables)
    if form == "jsonl":
        return as_json_lines(tables)
    dicts = list(map(to_dict, tables))
    return as_json(dicts if len(dicts) > 1 else dicts[0], indent=2) + "\n"


def _put_findings(report: Report, form: str, words: Words, *, to_stdout: bool) -> None:
    match form:
        case "json":
            text = as_findings_json(report)
        case "sarif":
            from perfgoals.cli._sarif import as_sarif

            text = as_sarif(report, words.language)
        case "github":
            text = as_github(report)
        case _:
            text = as_text(report, words)
    if to_stdout:
        show(text)
    else:
        click.echo(text, nl=False, err=True)
