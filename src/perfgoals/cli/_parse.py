"""``perfgoals parse``: files in; a page, data and findings out."""

from __future__ import annotations

import contextlib

import click

from perfgoals.batch import map_files
from perfgoals.cli import _options
from perfgoals.cli._destination import Destination
from perfgoals.cli._inputs import inputs_of
from perfgoals.cli._job import Job
from perfgoals.cli._progress import Meter
from perfgoals.cli._results import Results
from perfgoals.cli._words import Words
from perfgoals.diagnostics import Severity


@click.command("parse")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--to",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    help="What to write. By default what the name of OUT ends in, else a table.",
)
@_options.out_option
@click.option(
    "--output-dir",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Write a file for each input to this folder.",
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes; by default one for each CPU, if there is so much to do.",
)
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
@_options.syntax_option
@_options.exit_zero_option
@_options.colour_option
def parse_command(  # noqa: PLR0913  (an argument for each option)
    *,
    files: tuple[str, ...],
    to: str | None,
    out: str | None,
    folder: str | None,
    jobs: int | None,
    form: str,
    verbose: bool,
    language: str,
    encoding: str | None,
    syntax: str | None,
    exit_zero: bool,
) -> int:
    """Read tables, and say what is wrong with them.

    FILE is a text with tabs or commas between its cells; - is standard input. A
    folder stands for the .txt, .tsv, .tab and .csv files in it, however deep.

    Findings go to standard error. As json, sarif or github they go to standard output
    if that is free; without --to and -o nothing else is written.

    The exit code is 0, or 1 if there are findings of severity error, or 2 if an input
    cannot be used.
    """
    _options.syntax_of(syntax)  # a mistake in it is no fault of a file
    where = Destination(to=to, out=out, folder=folder, findings=form)
    inputs = inputs_of(files, out, folder)
    names = [one.name for one in inputs]
    job = Job(
        form=where.form if where.has_tables else None,
        findings=form,
        language=language,
        verbose=verbose,
        encoding=encoding,
        syntax=syntax,
        width=_options.page_width(),
        color=_options.has_colour() and not where.has_files,
    )
    with Meter(len(names)) as meter, where.opened(inputs) as put:
        results = Results(
            put=put,
            form=form,
            words=Words.of(language),
            to_stdout=where.takes_findings,
            is_page=where.is_page,
            meter=meter,
        )
        processes = 1 if _options.STANDARD in names else jobs
        with contextlib.closing(map_files(job, names, processes=processes)) as outcomes:
            for outcome in outcomes:
                results.add(outcome)
    results.end()
    if results.problems:
        return 2
    has_errors = results.tally.shown[Severity.ERROR] > 0
    return int(has_errors and not exit_zero)
