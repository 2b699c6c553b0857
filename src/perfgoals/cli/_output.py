"""What leaves the command: UTF-8 everywhere, and nothing that moves a cursor."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from typing import Any, TextIO

import click

from perfgoals.cli._files import write_file
from perfgoals.excerpt import printable

_BYTE_ORDER_MARK = "\ufeff"
_LINES_AND_TABS = re.compile(r"(\r?\n|\t)")
_UNCOMMON = re.compile(r"[^\n -~\u3000-\u9fff\uff01-\uffe6]")
"""Whatever may be invisible, and little else."""


class UnusableError(click.ClickException):
    """What cannot be worked with, whatever the reason: exit code 2."""

    exit_code = 2


def prepare_streams() -> None:
    """Make standard output and error write UTF-8 and the same line ends everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace", newline="\n"
            )


def silence(*streams: TextIO) -> None:
    """Let what is still to be written to *streams* go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def put(text: str, out: str | None = None) -> None:
    """Write *text* exactly to the file *out*, or to standard output.

    A terminal is shown the characters that would change it as escapes, and no byte
    order mark.
    """
    if out is None:
        is_seen = is_terminal(sys.stdout)
        show(harmless(text.removeprefix(_BYTE_ORDER_MARK)) if is_seen else text)
        return
    try:
        write_file(out, encoded(text))
    except OSError as error:
        msg = f"{out}: the file cannot be written: {error.strerror}"
        raise UnusableError(msg) from error


def show(text: str) -> None:
    """Write *text* to standard output just as it is, all of it.

    Where Python does not buffer, a pipe takes less than it is given when its reader
    leaves, and only says so when it is given the rest.
    """
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        click.echo(text, nl=False, color=True)
        return
    sys.stdout.flush()
    rest = memoryview(encoded(text))
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at *stream*, which is ``None`` if it was closed."""
    return stream is not None and stream.isatty()


def encoded(text: str) -> bytes:
    """*text* in UTF-8; what that cannot say is written as an escape."""
    return text.encode("utf-8", "backslashreplace")


def harmless(text: str) -> str:
    r"""*text* with line breaks and tabs, and all else that is invisible escaped.

    >>> harmless("4次\x1b[2J\n")
    '4次\\x1b[2J\n'
    """
    parts = _LINES_AND_TABS.split(text)
    texts, kept = map(printable, parts[::2]), [*parts[1::2], ""]
    return "".join(map("".join, zip(texts, kept, strict=True)))


def as_json(data: Any, indent: int | None = None) -> str:
    r"""*data* as JSON, Chinese readable, everything invisible as its escape.

    >>> as_json({"raw": "4次\u202e"})
    '{"raw": "4次\\u202e"}'
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _UNCOMMON.sub(lambda match: _json_escaped(match.group()), text)


def _json_escaped(sign: str) -> str:
    return sign if printable(sign) == sign else json.dumps(sign)[1:-1]
