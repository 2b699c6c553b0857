"""What cattrs found wrong, as one ``LoadError`` that says where, what and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from perfgoals.errors import LoadError
from perfgoals.excerpt import printable
from perfgoals.serialize._strict import Mismatch, describe

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBLEM_LIMIT = 100
"""How many problems of one document are told; all of them are counted."""

_CLIP = 200
"""How many characters of one part of a message are kept."""


@attrs.frozen
class _Problem:
    """One thing that is wrong, told in a line, and what was expected instead."""

    told: str
    expected: tuple[str, ...] = ()


def load_error(error: Exception) -> LoadError:
    """One error that speaks for all of *error*: its first problem, the others as notes.

    What is no fault of the document, such as a ``MemoryError``, is raised as it is.
    """
    leaves = list(_leaves(error, "$"))
    first, *others = [_problem(path, leaf) for path, leaf in leaves[:PROBLEM_LIMIT]]
    more = f" ({len(leaves) - 1} more)" if others else ""
    summary = LoadError(f"{first.told}{more}", expected=first.expected)
    for problem in others:
        summary.add_note(problem.told)
    return summary


def _leaves(error: Exception, path: str) -> Iterator[tuple[str, Exception]]:
    """Each error that *error* is a group of, however deep, with its path."""
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from _leaves(inner, f"{path}{_step(inner)}")
    else:
        yield path, error


def _step(error: Exception) -> str:
    """How the path goes on to *error*, by the note that cattrs put on it."""
    *_, note = getattr(error, "__notes__", [""])
    if isinstance(note, IterableValidationNote):
        return f"[{note.index}]"
    return f".{note.name}" if isinstance(note, AttributeValidationNote) else ""


def _problem(path: str, error: Exception) -> _Problem:
    match error:
        case Mismatch(key=None):
            return _unexpected(path, error.expected, error.found)
        case Mismatch():
            return _unexpected(f"{path}.{error.key}", error.expected, error.found)
        case KeyError():
            return _unexpected(path, "a value", "nothing")
        case ForbiddenExtraKeysError():
            known = ", ".join(attrs.fields_dict(error.cl))
            unknown = ", ".join(sorted(map(describe, error.extra_fields)))
            return _unexpected(path, f"no keys but {known}", printable(unknown, _CLIP))
        case ValueError():
            return _Problem(f"{path}: {printable(str(error), _CLIP)}")
        case _:
            raise error


def _unexpected(path: str, expected: str, found: str) -> _Problem:
    return _Problem(f"{path}: expected {expected}, found {found}", (expected,))
