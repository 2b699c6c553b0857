"""Where the results of ``perfgoals parse`` go, file by file as they come."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import attrs
import click

from perfgoals.cli._files import sweep
from perfgoals.cli._findings import Cited, Tally, problem_as_github, summary
from perfgoals.cli._job import Piece, joined
from perfgoals.cli._joined import Joined, JsonArray
from perfgoals.cli._output import UnusableError, harmless, opened, show
from perfgoals.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from perfgoals.batch import Outcome
    from perfgoals.cli._progress import Meter
    from perfgoals.cli._words import Words

Put: TypeAlias = Callable[[str, tuple[str, ...]], None]
"""Writes the texts of the tables of a file, which it is given the name of."""


@contextlib.contextmanager
def one_document(form: str, out: str | None) -> Iterator[Put]:
    """Puts all tables together, into the file *out* or to standard output."""
    document = joined(form)
    with opened(out) as write:
        write_some = show if form == "table" and out is None else write

        def put(_: str, texts: tuple[str, ...]) -> None:
            for text in texts:
                if chunk := document.add(text):
                    write_some(chunk)

        yield put
        if rest := document.end():
            write_some(rest)


@contextlib.contextmanager
def many_documents(form: str, places: Mapping[str, Path]) -> Iterator[Put]:
    """Puts the tables of each file into a file of their own, by *places*."""
    folders: set[Path] = set()

    def put(name: str, texts: tuple[str, ...]) -> None:
        place = places[name]
        if place.parent not in folders:
            _prepare(place.parent)
            folders.add(place.parent)
        with opened(str(place), sweeping=False) as write:
            document = joined(form)
            write("".join([*map(document.add, texts), document.end()]))

    yield put


def _prepare(folder: Path) -> None:
    """Make *folder*, and clear away what killed processes have left in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{folder}: the folder cannot be made: {error.strerror}"
        raise UnusableError(msg) from error
    sweep(folder)


@attrs.define(kw_only=True)
class Results:
    """Writes what there is of each file, and keeps what only the whole can say.

    Findings go to standard error, or ``to_stdout``. Where a page stands above them,
    ``is_page``, an empty line sets them apart.
    """

    put: Put
    form: str
    words: Words
    to_stdout: bool
    is_page: bool
    meter: Meter
    tally: Tally = attrs.field(factory=Tally, init=False)
    problems: list[str] = attrs.field(factory=list, init=False)
    _cited: list[Cited] = attrs.field(factory=list, init=False)
    _array: Joined = attrs.field(init=False)
    _is_below_page: bool = attrs.field(default=False, init=False)

    @_array.default
    def _empty(self) -> Joined:
        return JsonArray() if self.form == "json" else Joined()

    def add(self, outcome: Outcome[Piece]) -> None:
        """Write what became of one more file."""
        if outcome.error is not None:
            self._add_problem(str(outcome.error))
        if outcome.result is not None:
            self._add_piece(outcome.path, outcome.result)
        counts = {str(severity): self.tally.shown[severity] for severity in Severity}
        self.meter.advance(self.words.counted(counts))

    def end(self) -> None:
        """Write what is only known when all files are done."""
        text = self._array.end()
        if self.form == "sarif":
            from perfgoals.cli._sarif import as_sarif

            text = as_sarif(self._cited, self.problems, self.words.language)
        elif self.form == "text" and self.tally.read["table"]:
            text = f"{summary(self.tally, self.words)}\n"
        self._tell(text)

    def _add_problem(self, problem: str) -> None:
        self.problems.append(problem)
        with self.meter.aside():
            click.echo(harmless(f"Error: {problem}"), err=True)
        if self.form == "github":
            self._tell(problem_as_github(problem))

    def _add_piece(self, name: str, piece: Piece) -> None:
        self.tally += piece.tally
        self._cited += piece.cited
        if piece.texts:
            with self.meter.aside():
                self.put(name, piece.texts)
            self._is_below_page = self.is_page
        if piece.findings:
            self._tell("".join(map(self._array.add, piece.findings)))

    def _tell(self, text: str) -> None:
        with self.meter.aside():
            if self._is_below_page:
                self._is_below_page = False
                click.echo(err=True)
            if self.to_stdout:
                show(text)
            else:
                click.echo(text, nl=False, err=True)
