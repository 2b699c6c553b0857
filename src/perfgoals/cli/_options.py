"""The options that several commands share, and how a file is named."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfgoals.cli._output import is_terminal
from perfgoals.diagnostics import LANGUAGES
from perfgoals.errors import ReadError
from perfgoals.syntax import Syntax

if TYPE_CHECKING:
    from perfgoals.readers import Source

STANDARD = "-"
"""The name of standard input or output among the arguments."""

_WIDEST = 120
"""The widest page that is drawn: longer lines are hard to read."""


def _set_colour(ctx: click.Context, _: click.Parameter, wanted: bool | None) -> None:  # noqa: FBT001  (called by click)
    """Colours as asked for, else only in a terminal that has no objections."""
    refused = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    ctx.color = False if wanted is None and refused else wanted


def _standard(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    return None if name == STANDARD else name


lang_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    envvar="PERFGOALS_LANG",
    show_envvar=True,
    help="Language of the findings.",
)
colour_option = click.option(
    "--color/--no-color",
    default=None,
    expose_value=False,
    callback=_set_colour,
    help="Colours; by default in terminals only.",
)
encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    help="Encoding of the input, where its bytes do not tell.",
)
out_option = click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    callback=_standard,
    help="Write to this file instead of standard output.",
)
syntax_option = click.option(
    "--syntax",
    metavar="NAME|FILE",
    help="Syntax by name, or a .lark, .toml or .py file that extends the default one.",
)
exit_zero_option = click.option(
    "--exit-zero", is_flag=True, help="Exit with 0 even if there are errors."
)


def source_of(name: str) -> Source:
    """What is read for the argument *name*: a path, or standard input for ``-``."""
    if name != STANDARD:
        return name
    stream: Source | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        msg = "there is no standard input"
        raise ReadError(msg)
    return stream


def syntax_of(name: str | None) -> Syntax:
    """The syntax that *name* means: a file, one that a package brings, or none."""
    if name is None:
        return Syntax.default()
    is_file = name.endswith((".lark", ".toml", ".py")) or os.sep in name
    return _file_syntax(name, _last_change(Path(name))) if is_file else _named(name)


@functools.lru_cache(maxsize=4)
def _file_syntax(name: str, _changed: int) -> Syntax:
    """The syntax of a file, made once, and once more where it has *changed*."""
    from perfgoals._syntaxes import syntax_from_file

    return syntax_from_file(name)


def _last_change(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


@functools.lru_cache(maxsize=4)
def _named(name: str) -> Syntax:
    from perfgoals._syntaxes import named_syntax

    return named_syntax(name)


def has_colour() -> bool:
    """Whether standard output is to have colours."""
    colour = click.get_current_context().color
    return is_terminal(sys.stdout) if colour is None else colour


def page_width() -> int:
    """The columns of the terminal, or of ``COLUMNS``, or 80, but not too many."""
    return min(shutil.get_terminal_size().columns, _WIDEST)
