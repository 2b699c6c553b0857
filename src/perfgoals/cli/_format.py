"""``perfgoals format``: a file in its canonical text, or how it differs from that."""

from __future__ import annotations

import difflib
import io
from functools import partial
from typing import TYPE_CHECKING

import click

from perfgoals._format_checks import Document, checked_text
from perfgoals.cli import _options
from perfgoals.cli._output import encoded, harmless, put
from perfgoals.errors import ReadError
from perfgoals.parse import parse
from perfgoals.readers._encoding import decode
from perfgoals.readers._source import DEFAULT_LIMITS, Content, load
from perfgoals.tables import read_tables

if TYPE_CHECKING:
    from perfgoals.syntax import Syntax

_NO_END = "\n\\ No newline at end of file\n"


@click.command("format")
@click.argument("file", metavar="FILE")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if it differs.")
@click.option("--diff", is_flag=True, help="Write the difference; exit with 1 if any.")
@_options.out_option
@_options.encoding_option
@_options.syntax_option
def format_command(
    *,
    file: str,
    check: bool,
    diff: bool,
    out: str | None,
    encoding: str | None,
    syntax: str | None,
) -> int:
    """Write a file in canonical text.

    FILE holds tables, or the indicators of one cell. The text says the same, would
    not change if formatted again, and drops nothing; where one of these does not
    hold, nothing is written. It is UTF-8, and goes to standard output or to OUT,
    which may be FILE itself.

    The exit code is 0, or 1 if --check or --diff find a difference, or 2 if the file
    cannot be used.
    """
    if out and (check or diff):
        msg = "-o cannot be combined with --check or --diff, which write no file"
        raise click.UsageError(msg)
    content = load(_options.source_of(file), DEFAULT_LIMITS)
    printed = decode(content, encoding)
    text = _canonical(content, printed, _options.syntax_of(syntax))
    if not check and not diff:
        put(text, out)
        return 0
    if diff:
        put(_difference(printed, text, str(content.name)))
    differs = content.data != encoded(text)
    if differs:
        click.echo(harmless(f"{content.name} would change"), err=True)
    return int(differs)


def _canonical(content: Content, printed: str, syntax: Syntax) -> str:
    """The canonical text of tables, or else of indicators, if there are any."""
    try:
        tables = _tables(printed, syntax=syntax, name=content.name)
    except ReadError:
        indicators = parse(printed, syntax=syntax)
        if not indicators:
            raise
        return checked_text(indicators, partial(parse, syntax=syntax), syntax.labels)
    return checked_text(tables, partial(_tables, syntax=syntax), syntax.labels)


class _Named(io.StringIO):
    """A text that has the *name* of the file that it came from."""

    name: str | None = None


def _tables(text: str, *, syntax: Syntax, name: str | None = None) -> Document:
    source = _Named(text)
    source.name = name
    return read_tables(source, syntax=syntax)


def _difference(before: str, after: str, name: str) -> str:
    lines = difflib.unified_diff(
        list(io.StringIO(before)),
        list(io.StringIO(after)),
        fromfile=name,
        tofile=f"{name} (canonical)",
    )
    return "".join(line if line.endswith("\n") else line + _NO_END for line in lines)
