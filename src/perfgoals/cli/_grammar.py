"""``perfgoals grammar``: the grammar in force, and the check of an extension of it."""

from __future__ import annotations

import click

from perfgoals._syntaxes import syntax_from_file
from perfgoals.cli import _options
from perfgoals.cli._output import harmless, put


@click.command("grammar")
@click.option(
    "--check",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write nothing but whether the extension FILE can work.",
)
@_options.syntax_option
def grammar_command(*, file: str | None, syntax: str | None) -> int:
    """Write the grammar in force as Lark text.

    That is the packaged grammar of indicators and that of values, the words from the
    data tables, and what the syntax adds. With --check a FILE is tested instead: .lark,
    .toml or .py, as for --syntax. A mistake is shown with its line, and the exit code
    is 2.
    """
    if file is not None:
        syntax_from_file(file)
        put(harmless(f"{file} can be used\n"))
        return 0
    put(_options.syntax_of(syntax).grammar_text())
    return 0
