"""Rows for tools that want plain columns: one for each indicator, its fields spread."""

from __future__ import annotations

import functools
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from perfgoals.columns._codecs import Field, Numbers, Objects
from perfgoals.columns._documents import chunks, named
from perfgoals.columns._model import object_codec
from perfgoals.columns._targets import Targets
from perfgoals.model import GoalTable, Indicator, IndicatorList, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DECIMAL = pa.decimal128(38, 9)
"""Numbers to calculate with, which polars, DuckDB and Spark know too."""

_FITS = r"^-?[0-9]{1,29}(\.[0-9]{1,9}0*)?$"
_ZEROS = r"(\.[0-9]{9})0+$"


@attrs.frozen(kw_only=True)
class Column:
    """One column with its name, and the *path* of the field that it shows."""

    name: str
    path: str
    array: pa.Array

    def take(self, places: pa.Array) -> Column:
        """The same column with the rows at *places*."""
        return attrs.evolve(self, array=self.array.take(places))


@attrs.frozen(kw_only=True)
class Step:
    """One step on the way from an object to its indicators.

    *name* is the column that counts its objects within the one that they are in, and
    stands before the names of their *fields*; what is in them comes from *inner*.
    """

    name: str
    cls: type
    fields: tuple[str, ...] = ()
    inner: str = ""


_LAST = Step(name="indicator", cls=Indicator)
_PROJECTS = Step(
    name="project",
    cls=Project,
    fields=("name", "code", "funding", "goal", "location"),
    inner="indicators",
)
_TABLES = Step(
    name="table",
    cls=GoalTable,
    fields=("title", "department", "currency_unit", "source"),
    inner="projects",
)
STEPS: dict[type, tuple[Step, ...]] = {
    GoalTable: (_TABLES, _PROJECTS),
    IndicatorList: (Step(name="list", cls=IndicatorList, inner="items"),),
    Indicator: (),
}
NAMES: dict[type, str] = {
    GoalTable: "perfgoals.columns.flat-tables/1",
    IndicatorList: "perfgoals.columns.flat-lists/1",
    Indicator: "perfgoals.columns.flat-indicators/1",
}


def flat(cls: type, objects: Iterable[Any]) -> pa.Table:
    """A row for each indicator in *objects*, which are of the class *cls*."""
    first = 0
    batches = []
    for chunk in chunks(objects):
        batches.append(batch_of(rows(cls, chunk, first)))
        first += len(chunk)
    schema = flat_schema(cls)
    return pa.Table.from_batches(
        [batch.replace_schema_metadata(schema.metadata) for batch in batches], schema
    )


@functools.cache
def flat_schema(cls: type) -> pa.Schema:
    """The schema of ``flat``."""
    return named(batch_of(rows(cls, [])).schema, NAMES[cls])


def rows(cls: type, objects: list[Any], first: int = 0) -> list[Column]:
    """The columns of ``flat``; the objects are counted from *first*."""
    columns: list[Column] = []
    counts: Iterable[int] = range(first, first + len(objects))
    for step in STEPS[cls]:
        columns += [counted(step.name, counts), *_own_columns(step, objects)]
        inner = [tuple(getattr(one, step.inner)) for one in objects]
        columns = [column.take(owners(inner)) for column in columns]
        counts = chain.from_iterable(range(len(parts)) for parts in inner)
        objects = list(chain.from_iterable(inner))
    return [*columns, counted(_LAST.name, counts), *indicator_columns(objects)]


def indicator_columns(indicators: list[Indicator | None]) -> list[Column]:
    """All that *indicators* say; a row of nulls for ``None``."""
    codec = object_codec(Indicator)
    array = codec.write(indicators)
    pairs = zip(codec.fields, array.flatten(), strict=True)
    return [column for field, part in pairs for column in _spread(field, part)]


def counted(name: str, counts: Iterable[int | None]) -> Column:
    """The column *name* with *counts*, which are no field of an object."""
    return Column(name=name, path="", array=pa.array(list(counts), pa.int64()))


def owners(inner: Iterable[tuple[Any, ...]]) -> pa.Array:
    """For each part of each of *inner*, which one it is a part of."""
    numbered = enumerate(map(len, inner))
    return pa.array([n for n, length in numbered for _ in range(length)], pa.int64())


def batch_of(columns: list[Column]) -> pa.RecordBatch:
    """The *columns* as a batch."""
    arrays = [column.array for column in columns]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in columns])


def exact(digits: pa.Array) -> pa.Array:
    """The numbers that *digits* say, to calculate with.

    Null for what has more than 29 digits before the point or 9 behind it: no number is
    rounded.
    """
    fitting = pc.if_else(pc.match_substring_regex(digits, _FITS), digits, None)
    return pc.replace_substring_regex(fitting, _ZEROS, r"\1").cast(DECIMAL)


def _own_columns(step: Step, objects: list[Any]) -> Iterator[Column]:
    codec = object_codec(step.cls)
    for field in codec.fields:
        if field.name in step.fields:
            array = field.codec.write([getattr(one, field.name) for one in objects])
            yield from _spread(field, array, step.name, step.name)


def _spread(
    field: Field, array: pa.Array, prefix: str = "", path: str = ""
) -> Iterator[Column]:
    """The columns of *field*: of a struct one for each of its own, and so on."""
    name = f"{prefix}_{field.name}" if prefix else field.name
    path = f"{path}.{field.name}" if path else field.name
    match field.codec:
        case Objects() | Targets():
            parts = zip(field.codec.fields, array.flatten(), strict=True)
            for inner, part in parts:
                yield from _spread(inner, part, name, path)
        case Numbers():
            yield Column(name=name, path=path, array=exact(array))
            yield Column(name=f"{name}_text", path=path, array=array)
        case _:
            yield Column(name=name, path=path, array=array)
