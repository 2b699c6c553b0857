"""What leaves the command: UTF-8 everywhere, and nothing that moves a cursor."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TextIO, TypeAlias

import click

from perfgoals.cli._files import replacing
from perfgoals.excerpt import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

Write: TypeAlias = "Callable[[str], None]"

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
    with opened(out) as write:
        write(text)


@contextlib.contextmanager
def opened(out: str | None = None, *, sweeping: bool = True) -> Iterator[Write]:
    """What writes text to the file *out*, or to standard output, as ``put`` does.

    The file is there once all has been written; if nothing is, it is left alone.
    """
    if out is None:
        yield _put_to_stdout
        return
    with _OutFile(out, sweeping=sweeping) as file:
        yield file.write


class _OutFile:
    """A file that is begun with the first text, and whose own errors are told."""

    def __init__(self, name: str, *, sweeping: bool) -> None:
        self._name = name
        self._sweeping = sweeping
        self._stack = contextlib.ExitStack()
        self._file: BinaryIO | None = None

    def write(self, text: str) -> None:
        with _told(self._name):
            if self._file is None:
                file = replacing(self._name, sweeping=self._sweeping)
                self._file = self._stack.enter_context(file)
            self._file.write(encoded(text))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _told(self._name):
            self._stack.__exit__(kind, error, trace)


@contextlib.contextmanager
def _told(out: str) -> Iterator[None]:
    """Makes an error of the file *out* one that is told."""
    try:
        yield
    except OSError as error:
        msg = f"{out}: the file cannot be written: {error.strerror}"
        raise UnusableError(msg) from error


def _put_to_stdout(text: str) -> None:
    is_seen = is_terminal(sys.stdout)
    show(harmless(text.removeprefix(_BYTE_ORDER_MARK)) if is_seen else text)


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
