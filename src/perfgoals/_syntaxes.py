"""Syntaxes by name, from packages that bring one, and from files."""

from __future__ import annotations

import sys
import tomllib
import traceback
from importlib import metadata
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from perfgoals._extension.statements import did_you_mean
from perfgoals._rows import known_key
from perfgoals.errors import ExtensionError
from perfgoals.spans import Location
from perfgoals.syntax import Syntax

GROUP = "perfgoals.syntaxes"
"""The group of entry points under which a package names its syntaxes."""

DEFAULT = "default"
_VARIABLE = "SYNTAX"
_TABLES = ("grammar", "labels", "taxonomy", "units")


class _Script(SourceFileLoader):
    """Runs a script without bytecode beside it, which might be that of before."""

    def path_stats(self, path: str) -> NoReturn:  # noqa: ARG002  (as its base has it)
        raise OSError


def syntax_names() -> tuple[str, ...]:
    """The names that ``named_syntax`` knows, ``default`` first."""
    found = {entry.name for entry in metadata.entry_points(group=GROUP)}
    return (DEFAULT, *sorted(found - {DEFAULT}))


def named_syntax(name: str) -> Syntax:
    """The syntax that a package brings as *name*; ``default`` is the packaged one.

    A package names it in its metadata, as an entry point of the group
    ``perfgoals.syntaxes`` that is a ``Syntax`` or a function that returns one:

        [project.entry-points."perfgoals.syntaxes"]
        huangshan = "my_package:SYNTAX"

    Raises ``ExtensionError`` if there is no such name, or what it names is none.
    """
    if name == DEFAULT:
        return Syntax.default()
    entries = tuple(metadata.entry_points(group=GROUP, name=name))
    if not entries:
        names = syntax_names()
        hint = did_you_mean(name, names)
        msg = f"there is no syntax {name}{hint}; the known ones are {', '.join(names)}"
        raise ExtensionError(msg)
    try:
        found = entries[0].load()
        syntax = found if isinstance(found, Syntax) else found()
    except Exception as error:
        msg = f"the syntax {name} of {entries[0].value} cannot be loaded: {error!r}"
        raise ExtensionError(msg) from error
    return _checked(syntax, entries[0].value)


def syntax_from_file(path: str | Path) -> Syntax:
    """The default syntax extended by a file.

    - ``.lark``: grammar text, whose new rules all stand for old ones by ``->``;
    - ``.toml``: the tables ``labels``, ``taxonomy`` and ``units``, and ``grammar``,
      which is text;
    - ``.py``: a script, which is run, and whose ``SYNTAX`` is taken as it is.

    Raises ``ExtensionError``.
    """
    path = Path(path)
    match path.suffix:
        case ".lark":
            return Syntax.default().extend(grammar=path)
        case ".toml":
            return _from_table(path)
        case ".py":
            return _from_script(path)
    msg = "a syntax is read from a .lark, .toml or .py file"
    raise ExtensionError(msg, location=Location(file=str(path)))


def _from_table(path: Path) -> Syntax:
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"the syntax cannot be read: {error}"
        raise ExtensionError(msg, location=Location(file=str(path))) from error
    for name in table:
        known_key(name, _TABLES, str(path))
    return Syntax.default().extend(**table)


def _from_script(path: Path) -> Syntax:
    name = f"{__name__}.{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # where the annotations of its classes look names up
    try:
        _Script(name, str(path)).exec_module(module)
    except ExtensionError:
        raise
    except (Exception, SystemExit) as error:
        msg = f"the script cannot be run: {type(error).__name__}: {error}"
        place = Location(file=str(path), row=_row_of(error, path))
        raise ExtensionError(msg, location=place) from error
    return _checked(getattr(module, _VARIABLE, None), f"{_VARIABLE} in {path}")


def _row_of(error: BaseException, path: Path) -> int | None:
    """The line of the script at *path* where *error* came up, if it was in there."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    rows = [frame.lineno for frame in frames if frame.filename == str(path)]
    return rows[-1] if rows else None


def _checked(found: object, where: str) -> Syntax:
    if isinstance(found, Syntax):
        return found
    msg = f"{where} must be a Syntax, found a {type(found).__name__}"
    raise ExtensionError(msg)
