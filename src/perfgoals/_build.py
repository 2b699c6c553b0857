"""Frozen objects made of fields that are known to be right, several times as fast.

The ``__init__`` of a frozen class sets each field by a call and runs the validators.
Where the code that makes an object already guarantees its fields, ``maker`` gives a
function that skips both: it fills an instance of an *open twin*, a class of the same
layout whose fields can be set, and then makes that an instance of the frozen class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")


def open_twin(cls: type[T]) -> type[Any]:
    """A class laid out as the frozen, slotted *cls*, whose fields can be set.

    An instance becomes one of *cls* by ``instance.__class__ = cls``, and is frozen
    from there on. CPython lets it where *cls* itself adds no slot for weak references
    (``weakref_slot=False``); its bases may.

    >>> from perfgoals.spans import Span
    >>> span = object.__new__(open_twin(Span))
    >>> span.start, span.end = 2, 5
    >>> span.__class__ = Span
    >>> span
    Span(start=2, end=5)
    """
    members = {
        "__slots__": cls.__dict__["__slots__"],
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    return type(f"Open{cls.__name__}", cls.__bases__, members)


def maker(cls: type[T]) -> Callable[..., T]:
    """A function that makes a *cls* of all its fields in order, not validating them.

    >>> from perfgoals.spans import Span
    >>> maker(Span)(2, 5)
    Span(start=2, end=5)
    """
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]
    lines = [
        f"def make({', '.join(names)}):",
        " made = new(open)",
        *(f" made.{name} = {name}" for name in names),
        " made.__class__ = cls",
        " return made",
    ]
    scope = {"new": object.__new__, "open": open_twin(cls), "cls": cls}
    make: Callable[..., T] = _defined("make", lines, scope)
    return make


def function(
    parameters: Iterable[str], expression: str, scope: Mapping[str, Any]
) -> Callable[..., Any]:
    """A function of *parameters* that returns *expression*, in the names of *scope*.

    No text from outside may stand in the expression, only the name of one.

    >>> function(["text"], "text + end", {"end": "。"})("无")
    '无。'
    """
    lines = [f"def made({', '.join(parameters)}):", f" return {expression}"]
    made: Callable[..., Any] = _defined("made", lines, scope)
    return made


def _defined(name: str, lines: Iterable[str], scope: Mapping[str, Any]) -> Any:
    own = dict(scope)
    exec("\n".join(lines), own)  # noqa: S102  (attrs makes methods in the same way)
    return own[name]
