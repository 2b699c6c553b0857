"""Columns of targets: one struct for all kinds, with the fields of each.

A compound holds other targets, which Arrow cannot say of a struct. Its parts are a list
in which each part is followed by its own parts, one ``depth`` further down. A target of
a kind that has no fields here is JSON in ``custom``, beside what every target carries.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from itertools import accumulate, chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from perfgoals.columns._codecs import (
    Field,
    Scalars,
    Texts,
    made,
    places_of,
    read_field,
    refuse_nulls,
    spread,
    struct_of,
    unshared,
)
from perfgoals.errors import LoadError
from perfgoals.serialize import from_json, to_json
from perfgoals.targets import Compound, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = "parts"
_KIND = Field(name="kind", codec=Texts(), optional=False)
_CUSTOM = Field(name="custom", codec=Texts(), optional=False)
_DEPTH = Field(name="depth", codec=Scalars(pa.int64()), optional=False)


@attrs.frozen
class Simple:
    """Targets without their parts; *classes* has the other fields of each class.

    *own* are the fields of one class or another, *shared* those that every target has,
    in the order in which they stand.
    """

    classes: Mapping[Any, tuple[Field, ...]]
    own: tuple[Field, ...]
    shared: tuple[Field, ...]

    @functools.cached_property
    def fields(self) -> tuple[Field, ...]:
        """All of them, with the kind before and the custom ones behind."""
        return (_KIND, *self.own, *self.shared, _CUSTOM)

    @functools.cached_property
    def type(self) -> pa.DataType:
        """A struct of the fields."""
        return struct_of(self.fields)

    def write(self, values: list[Any]) -> pa.Array:
        """A struct for each value; none of them is ``None``."""
        groups: dict[type, dict[int, Any]] = {}
        for value in values:
            groups.setdefault(type(value), {})[id(value)] = value
        if not groups:
            return pa.array([], self.type)
        arrays = [self._group(cls, [*group.values()]) for cls, group in groups.items()]
        order = chain.from_iterable(groups.values())
        return pa.concat_arrays(arrays).take(places_of(values, order))

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """The target of each struct; none is null, and a compound has no parts yet."""
        kinds = array.field(_KIND.name)
        names = read_field(_KIND, kinds, path)
        found: dict[str, Iterator[Any]] = {}
        for name in set(names):
            group = array.filter(pc.equal(kinds, name))
            found[name] = iter(self._read_group(name, group, path))
        return [next(found[name]) for name in names]

    def _group(self, cls: Any, values: list[Any]) -> pa.Array:
        """The structs of targets of one class."""
        written = {
            field.name: field.codec.write(list(map(attrgetter(field.name), values)))
            for field in self.classes.get(cls, self.shared)
        }
        written[_KIND.name] = pa.repeat(pa.scalar(cls.kind), len(values))
        if cls not in self.classes:
            written[_CUSTOM.name] = _CUSTOM.codec.write(list(map(to_json, values)))
        columns = [
            written[field.name]
            if field.name in written
            else pa.nulls(len(values), field.codec.type)
            for field in self.fields
        ]
        return pa.StructArray.from_arrays(columns, fields=list(self.type))

    def _read_group(self, kind: str, group: pa.Array, path: str) -> list[Any]:
        """The targets of one kind, which have its fields and no others."""
        cls = {cls.kind: cls for cls in self.classes}.get(kind)
        fields = self.classes.get(cls, (*self.shared, _CUSTOM))
        for field in self.fields[1:]:
            if field not in fields:
                _refuse_values(group.field(field.name), f"{path}.{field.name}", kind)
        names = [field.name for field in fields]
        columns = [read_field(field, group.field(field.name), path) for field in fields]
        fixed: dict[str, Any] = {PARTS: ()} if cls is Compound else {}

        def make(*values: Any) -> Any:
            found = dict(zip(names, values, strict=True))
            return _custom(kind, **found) if cls is None else cls(**found, **fixed)

        return made(make, columns, path)


@attrs.frozen
class Parts:
    """All that is in a compound, each entry with its depth; ``None`` for the others."""

    simple: Simple

    @functools.cached_property
    def fields(self) -> tuple[Field, ...]:
        """How deep a part stands, and what it is."""
        return (_DEPTH, *self.simple.fields)

    @functools.cached_property
    def part(self) -> pa.DataType:
        """A struct of the fields."""
        return struct_of(self.fields)

    @functools.cached_property
    def type(self) -> pa.DataType:
        """A list of parts."""
        return pa.list_(self.part)

    def write(self, values: list[Any]) -> pa.Array:
        """A list of the entries of each value; null for ``None``."""
        ends = accumulate((len(entries or ()) for entries in values), initial=0)
        offsets = [
            None if entries is None else start
            for entries, start in zip([*values, ()], ends, strict=True)
        ]
        entries = [entry for entries in values if entries for entry in entries]
        depths = _DEPTH.codec.write([depth for depth, _ in entries])
        simple = self.simple.write([target for _, target in entries])
        columns = [depths, *simple.flatten()]
        flat = pa.StructArray.from_arrays(columns, fields=list(self.part))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat)

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """The entries of each list."""
        flat = array.flatten()
        refuse_nulls(flat, path)
        depths, *columns = flat.flatten()
        simple = pa.StructArray.from_arrays(columns, fields=list(self.simple.type))
        entries = zip(
            read_field(_DEPTH, depths, path),
            self.simple.read(simple, path),
            strict=True,
        )
        return [
            None if length is None else list(islice(entries, length))
            for length in pc.list_value_length(array).to_pylist()
        ]


@attrs.frozen
class Targets:
    """Targets of any kind, with all that is in them."""

    simple: Simple

    @functools.cached_property
    def fields(self) -> tuple[Field, ...]:
        """What a target is, and its parts."""
        parts = Field(name=PARTS, codec=Parts(self.simple), optional=True)
        return (*self.simple.fields, parts)

    @functools.cached_property
    def type(self) -> pa.DataType:
        """A struct of the fields."""
        return struct_of(self.fields)

    def write(self, values: list[Any]) -> pa.Array:
        """A struct for each value."""
        distinct, places = unshared(values)
        inner = [list(_walk(one)) if _is_compound(one) else None for one in distinct]
        parts = self.fields[-1].codec.write(inner)
        columns = [*self.simple.write(distinct).flatten(), parts]
        array = pa.StructArray.from_arrays(columns, fields=list(self.type))
        return array if places is None else array.take(places)

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """A target for each struct that is not null."""
        present = array.drop_null() if array.null_count else array
        *columns, parts = present.flatten()
        simple = pa.StructArray.from_arrays(columns, fields=list(self.simple.type))
        inner = read_field(self.fields[-1], parts, path)
        targets = [
            _whole(target, entries, f"{path}.{PARTS}")
            for target, entries in zip(
                self.simple.read(simple, path), inner, strict=True
            )
        ]
        return targets if array.null_count == 0 else spread(targets, array)


def _is_compound(target: Any) -> bool:
    return type(target) is Compound


def _walk(target: Compound) -> Iterator[tuple[int, Target]]:
    """All that is in *target*, each part before its own parts, and how deep it is."""
    waiting = [(1, part) for part in reversed(target.parts)]
    while waiting:
        depth, part = waiting.pop()
        yield depth, part
        if isinstance(part, Compound):
            waiting.extend((depth + 1, inner) for inner in reversed(part.parts))


def _whole(target: Any, entries: list[tuple[int, Any]] | None, path: str) -> Any:
    """*target* with the parts in it that *entries* tell; undoes ``_walk``.

    From the last entry to the first: what waits one level further down when a compound
    comes is its parts, backwards.
    """
    if _is_compound(target) != (entries is not None):
        expected = "a list" if entries is None else "null"
        msg = f"{path}: expected {expected} for the kind {target.kind}"
        raise LoadError(msg, expected=(expected,))
    if entries is None:
        return target
    waiting: dict[int, list[Any]] = {}
    for depth, part in reversed([(0, target), *entries]):
        parts = tuple(reversed(waiting.pop(depth + 1, ())))
        if any(deeper > depth for deeper in waiting) or (
            parts and not _is_compound(part)
        ):
            msg = f"{path}: expected a part one level further down than its compound"
            raise LoadError(msg)
        whole = attrs.evolve(part, parts=parts) if _is_compound(part) else part
        waiting.setdefault(depth, []).append(whole)
    return waiting[0][0]


def _custom(kind: str, *, custom: str, **shared: Any) -> Target:
    """The target that the JSON *custom* says, which must not say otherwise."""
    target = from_json(custom, Target)
    told = {name: getattr(target, name) for name in shared}
    if target.kind != kind or told != shared:
        msg = f"expected what stands beside it, found another target: {custom}"
        raise ValueError(msg)
    return target


def _refuse_values(array: pa.Array, path: str, kind: str) -> None:
    if array.null_count < len(array):
        msg = f"{path}: expected null for the kind {kind}, found a value"
        raise LoadError(msg, expected=("null",))
