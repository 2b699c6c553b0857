"""The codec of each type of the model, made from the annotations of its classes."""

from __future__ import annotations

import enum
import functools
from decimal import Decimal
from operator import attrgetter, itemgetter
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pyarrow as pa

from perfgoals.columns._codecs import (
    Codec,
    Field,
    Lists,
    Numbers,
    Objects,
    Scalars,
    Texts,
)
from perfgoals.columns._targets import PARTS, Simple, Targets
from perfgoals.targets import TARGET_TYPES, Absent

_SIMPLE: dict[Any, Codec] = {
    str: Texts(),
    Decimal: Numbers(),
    int: Scalars(pa.int64()),
    bool: Scalars(pa.bool_()),
}


@functools.cache
def codec_of(annotation: Any) -> Codec:
    """The codec for values of the type *annotation*.

    >>> from perfgoals.spans import Span
    >>> codec_of(Span).write([Span(0, 3)]).type
    StructType(struct<start: int64, end: int64>)
    """
    if is_target(annotation):
        return _target_codec()
    if get_origin(annotation) is tuple:
        return _tuple_codec(get_args(annotation))
    if attrs.has(annotation):
        return object_codec(annotation)
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    assert issubclass(annotation, enum.StrEnum), annotation  # noqa: S101
    return Texts(annotation)


@functools.cache
def object_codec(cls: Any) -> Objects:
    """The codec for objects of the class *cls*."""
    fields = fields_of(cls)
    names = [field.name for field in fields]
    return Objects(
        fields=fields,
        make=lambda *values: cls(**dict(zip(names, values, strict=True))),
        get=tuple(map(attrgetter, names)),
    )


def fields_of(cls: Any, without: str | None = None) -> tuple[Field, ...]:
    """The fields of the class *cls*: its own, then those that it inherits."""
    hints = get_type_hints(cls)
    return tuple(
        _field(field.name, hints[field.name])
        for field in sorted(attrs.fields(cls), key=lambda field: field.inherited)
        if field.name != without
    )


def is_target(annotation: Any) -> bool:
    """Whether *annotation* is the union of all targets."""
    is_union = get_origin(annotation) is UnionType
    return is_union and set(get_args(annotation)) >= set(TARGET_TYPES)


def _field(name: str, annotation: Any) -> Field:
    parts = get_args(annotation)
    optional = NoneType in parts
    if optional:
        [annotation] = [part for part in parts if part is not NoneType]
    return Field(name=name, codec=codec_of(annotation), optional=optional)


def _tuple_codec(parts: tuple[Any, ...]) -> Codec:
    if parts[1:] == (Ellipsis,):
        return Lists(codec_of(parts[0]))
    return Objects(  # a pair of texts: an argument of a message
        fields=(_field("name", parts[0]), _field("value", parts[1])),
        make=lambda *pair: pair,
        get=(itemgetter(0), itemgetter(1)),
    )


def _target_codec() -> Targets:
    classes = {cls: fields_of(cls, without=PARTS) for cls in TARGET_TYPES}
    shared = fields_of(Absent)  # which has no fields of its own
    every = {field.name: field for fields in classes.values() for field in fields}
    own = tuple(field for field in every.values() if field not in shared)
    return Targets(Simple(classes, own, shared))
