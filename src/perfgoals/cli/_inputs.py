"""The files that the arguments of ``perfgoals parse`` name, and where each goes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from perfgoals.batch import find_files
from perfgoals.cli._options import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = {"table": ".txt", "json": ".json", "jsonl": ".jsonl", "csv": ".csv"}
"""What the name of a file ends in that holds tables in a form."""


@attrs.frozen(kw_only=True)
class Input:
    """A file to read, and its ``place``: its path as seen from what was named.

    A folder in which there is nothing to read stands for itself.
    """

    name: str
    place: Path


def inputs_of(names: Sequence[str], *outputs: str | None) -> tuple[Input, ...]:
    """The files that *names* stand for, those in folders one by one.

    What is written to is not read: not the *outputs*, if they lie in a folder.
    """
    written = [Path(os.path.realpath(name)) for name in outputs if name]
    return tuple(found for name in names for found in _found(name, written))


def is_folder(name: str) -> bool:
    """Whether *name* is that of a folder; an empty one is not, to ``Path`` it is."""
    return bool(name) and Path(name).is_dir()


def _found(name: str, written: list[Path]) -> Iterator[Input]:
    if name == STANDARD or not is_folder(name):
        yield Input(name=name, place=Path(Path(name).name))
        return
    if _is_written(name, written):
        msg = f"{name} would be written to, and is to be read too"
        raise click.UsageError(msg)
    files = [file for file in find_files(name) if not _is_written(file, written)]
    if not files:
        yield Input(name=name, place=Path(name))
    for file in files:
        yield Input(name=file, place=Path(file).relative_to(name))


def _is_written(file: str, written: list[Path]) -> bool:
    path = Path(os.path.realpath(file))
    return any(path == one or one in path.parents for one in written)


def outputs_of(inputs: Sequence[Input], folder: str, form: str) -> dict[str, Path]:
    """The file in *folder* that each input goes to, by the name of the input.

    It has the name of the input with the suffix of *form* behind: ``a.txt.json``.
    """
    read = {os.path.realpath(one.name) for one in inputs}
    places: dict[Path, str] = {}
    for one in inputs:
        if one.name == STANDARD:
            msg = "standard input has no name that it could be written to"
            raise click.UsageError(msg)
        if is_folder(one.name):  # with nothing in it
            continue
        place = Path(folder, f"{one.place}{SUFFIXES[form]}")
        if places.setdefault(place, one.name) != one.name:
            msg = f"{places[place]} and {one.name} would both be written to {place}"
            raise click.UsageError(msg)
        if os.path.realpath(place) in read:
            msg = f"{place} would be written, and is to be read too"
            raise click.UsageError(msg)
    return {name: place for place, name in places.items()}
