"""A line at the bottom of the terminal that says how far things are."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Self

from perfgoals.cli._output import is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

_PAUSE = 0.1
"""Seconds between two updates: more than people can read, and little work."""


class Meter:
    """How many files are done and what was found in them, on standard error.

    There is nothing to see for one file, and where nobody looks.
    """

    def __init__(self, total: int) -> None:
        self._progress: Progress | None = None
        self._drawn = 0.0
        if total > 1 and is_terminal(sys.stderr):
            self._progress, self._task = _progress(total)

    def advance(self, found: str) -> None:
        """One more file is done, and *found* says what has been found so far."""
        if self._progress is None:
            return
        self._progress.update(self._task, advance=1, found=found)
        now = time.monotonic()
        if now - self._drawn >= _PAUSE:
            self._drawn = now
            self._progress.refresh()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the line away, if it is there, while something else is written."""
        is_there = self._progress is not None and self._progress.live.is_started
        self._stop()
        yield
        if is_there:
            self._start()

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _start(self) -> None:
        if self._progress is not None:
            self._progress.start()

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()


def _progress(total: int) -> tuple[Progress, TaskID]:
    """The line, drawn by no thread: a process that has threads cannot be forked."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[found]}", markup=False),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    return progress, progress.add_task("", total=total, found="")
