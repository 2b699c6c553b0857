"""The command ``perfgoals``: arguments, exit codes, printing, nothing else."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from perfgoals import __version__
from perfgoals.cli._format import format_command
from perfgoals.cli._grammar import grammar_command
from perfgoals.cli._lookup import explain_command, target_command
from perfgoals.cli._output import UnusableError, harmless, prepare_streams, silence
from perfgoals.cli._parse import parse_command
from perfgoals.cli._schema import schema_command
from perfgoals.errors import PerfgoalsError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130
_READER_LEFT = 141
"""What a shell reports of a process that writes to a pipe which nobody reads."""


class _Commands(click.Group):
    """A group that turns what commands raise into what click can show."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            silence(sys.stdout, sys.stderr)
            return _READER_LEFT
        except OSError as error:  # files have theirs told already
            silence(sys.stdout)
            msg = f"standard output cannot be written: {error.strerror}"
            raise UnusableError(msg) from error
        except PerfgoalsError as error:
            raise UnusableError(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def _perfgoals() -> None:
    """Read Chinese budget performance goals (项目支出绩效目标表)."""


for _command in (
    parse_command,
    format_command,
    target_command,
    explain_command,
    grammar_command,
    schema_command,
):
    _perfgoals.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command with *arguments*, those of the process by default, and exit."""
    prepare_streams()
    try:
        code = _perfgoals.main(arguments, prog_name="perfgoals", standalone_mode=False)
    except click.Abort:
        code = _INTERRUPTED
    except click.ClickException as error:
        message = io.StringIO()
        error.show(message)
        click.echo(harmless(message.getvalue()), err=True, nl=False)
        code = error.exit_code
    sys.exit(code)
