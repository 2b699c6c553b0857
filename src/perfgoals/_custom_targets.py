"""The kinds of target that extensions have registered, by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import attrs

from perfgoals.errors import ExtensionError
from perfgoals.targets import TARGET_TYPES, CustomTarget, Target

ToData: TypeAlias = Callable[[Any], Mapping[str, Any]]
FromData: TypeAlias = Callable[[Mapping[str, Any]], Any]
T = TypeVar("T", bound=type[CustomTarget])

_KIND = re.compile("[a-z][a-z0-9_]{0,39}")


@attrs.frozen(kw_only=True)
class Registered:
    """A class of targets, and the functions for its fields, if it brings its own."""

    cls: type[CustomTarget]
    functions: tuple[ToData, FromData] | None


_registered: dict[str, Registered] = {}


def custom_targets() -> Mapping[str, Registered]:
    """The registered classes by their kinds, a view that follows what is added."""
    return MappingProxyType(_registered)


def target_types() -> tuple[type[Target | CustomTarget], ...]:
    """The classes of targets: what ``Target`` stands for wherever data is loaded."""
    return (*TARGET_TYPES, *(known.cls for known in _registered.values()))


def is_registered(cls: object) -> bool:
    """Whether *cls* is one of the registered classes."""
    return any(known.cls is cls for known in _registered.values())


def register_target(
    cls: T, *, to_data: ToData | None = None, from_data: FromData | None = None
) -> T:
    """*cls*, a kind of target of your own, from now on written and loaded as JSON.

    Its fields may be of the types that the model uses: text, whole numbers, truth
    values, ``Decimal``, targets, and tuples of them. For any others give *to_data*,
    which makes a mapping of plain values of an object, and *from_data*, which makes an
    object of that mapping and may raise ``ValueError``; ``raw``, ``note`` and
    ``ambiguities`` are written and loaded beside it. Usable as a decorator.

    Raises ``ExtensionError`` for a class that is none of ``CustomTarget``, is not made
    by ``attrs.frozen``, or has no kind of its own.

    >>> from perfgoals.serialize import to_dict
    >>> @register_target
    ... @attrs.frozen(kw_only=True)
    ... class Ratio(CustomTarget):
    ...     kind = "ratio"
    ...     terms: tuple[int, ...]
    >>> to_dict(Ratio(raw="1:2", terms=(1, 2)))
    {'kind': 'ratio', 'terms': [1, 2], 'raw': '1:2'}
    """
    if not isinstance(cls, type) or not issubclass(cls, CustomTarget):
        raise _refused(cls, "must be a class derived from CustomTarget")
    if "__attrs_attrs__" not in vars(cls) or not attrs.fields_dict(cls):
        raise _refused(cls, "must be decorated with attrs.frozen(kw_only=True)")
    if (to_data is None) != (from_data is None):
        raise _refused(cls, "needs both functions, to_data and from_data, or neither")
    kind = cls.kind
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise _refused(cls, "needs a kind: lower-case letters, digits and _")
    if _is_taken(kind, cls):
        raise _refused(cls, f"has the kind {kind}, which is taken")
    functions = (to_data, from_data) if to_data and from_data else None
    _registered[kind] = Registered(cls=cls, functions=functions)
    return cls


def _is_taken(kind: str, cls: type) -> bool:
    """Whether another class goes by *kind*; one that is defined again does not count.

    That happens in a notebook, and where attrs makes a class anew with slots.
    """
    if kind in {builtin.kind for builtin in TARGET_TYPES}:
        return True
    known = _registered.get(kind)
    return known is not None and _name(known.cls) != _name(cls)


def _name(cls: type) -> tuple[str, str]:
    """What stays the same where a class is defined again."""
    return cls.__module__, cls.__qualname__


def _refused(cls: object, why: str) -> ExtensionError:
    name = getattr(cls, "__name__", repr(cls))
    return ExtensionError(f"the target class {name} {why}")
