"""Frozen objects made of fields that are known to be right, several times as fast.

The ``__init__`` of a frozen class sets each field by a call and runs the validators.
Where the code that makes an object already guarantees its fields, ``maker`` gives a
function that skips both: it fills an instance of an *open twin*, a class of the same
layout whose fields can be set, and then makes that an instance of the frozen class.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")


@functools.cache
def open_twin(cls: type[T]) -> type[Any]:
    """A class laid out as the frozen, slotted *cls*, empty when made, to be filled.

    An instance becomes one of *cls* by ``instance.__class__ = cls``, and is frozen
    from there on. CPython lets it where *cls* itself adds no slot for weak references
    (``weakref_slot=False``); its bases may.

    >>> from perfgoals.spans import Span
    >>> span = open_twin(Span)()
    >>> span.start, span.end = 2, 5
    >>> span.__class__ = Span
    >>> span
    Span(start=2, end=5)
    """
    members = {
        "__slots__": cls.__dict__["__slots__"],
        "__init__": object.__init__,
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
    return binder(cls, (), names, dict(zip(names, names, strict=True)), {})()


def binder(
    cls: type[T],
    bound: Iterable[str],
    parameters: Iterable[str],
    fields: Mapping[str, str],
    scope: Mapping[str, Any],
) -> Callable[..., Callable[..., T]]:
    """A function of what is *bound*: it returns one of *parameters* that makes a *cls*.

    Each of the *fields* is an expression in the names of both and of *scope*: no text
    from outside may stand in it, only the name of one.

    >>> from perfgoals.spans import Span
    >>> fields = {"start": "start", "end": "start + length"}
    >>> binder(Span, ["length"], ["start"], fields, {})(3)(2)
    Span(start=2, end=5)
    """
    lines = [
        f"def bind({', '.join(bound)}):",
        f" def make({', '.join(parameters)}):",
        "  made = open()",
        *(f"  made.{name} = {expression}" for name, expression in fields.items()),
        "  made.__class__ = cls",
        "  return made",
        " return make",
    ]
    own = {**scope, "open": open_twin(cls), "cls": cls}  # type: ignore[arg-type]
    exec("\n".join(lines), own)  # noqa: S102  (attrs makes methods in the same way)
    bind: Callable[..., Callable[..., T]] = own["bind"]
    return bind
