"""Tables with one row for each object, which say all of it and can be read again."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from perfgoals.columns._model import object_codec
from perfgoals.errors import LoadError
from perfgoals.model import GoalTable, Indicator, IndicatorList

if TYPE_CHECKING:
    from collections.abc import Iterator

Source: TypeAlias = (
    GoalTable
    | IndicatorList
    | Iterable[GoalTable]
    | Iterable[IndicatorList]
    | Iterable[Indicator]
)
"""What is written: one object, or several of one class."""

SCHEMA = "perfgoals.schema"
"""The key in the metadata of a schema that names it, and its version."""

NAMES: dict[type, str] = {
    GoalTable: "perfgoals.columns.tables/1",
    IndicatorList: "perfgoals.columns.lists/1",
    Indicator: "perfgoals.columns.indicators/1",
}
"""How the schema of each class is called.

Within a version columns and fields may be added; none changes its type or its meaning.
"""

_MOST_CHARACTERS = 1 << 27
"""How long the cells of a batch are together: Arrow counts the bytes in 32 bits."""

_MOST_OBJECTS = 1 << 16


def named(schema: pa.Schema, name: str) -> pa.Schema:
    """*schema*, which says that it is called *name*."""
    return schema.with_metadata({SCHEMA: name})


@functools.cache
def schema_of(cls: type) -> pa.Schema:
    """The schema of objects of *cls*: a column for each field."""
    return named(pa.schema(list(object_codec(cls).type)), NAMES[cls])


def objects_of(source: Any) -> tuple[type, tuple[Any, ...]]:
    """The objects in *source* and their class; nothing at all is no ``GoalTable``."""
    is_one = isinstance(source, GoalTable | IndicatorList)
    objects = (source,) if is_one else tuple(source)
    kinds = {type(one) for one in objects} or {GoalTable}
    if len(kinds) == 1 and kinds <= set(NAMES):
        return kinds.pop(), objects
    found = ", ".join(sorted(kind.__name__ for kind in kinds))
    msg = f"expected tables, lists of indicators, or indicators, found {found}"
    raise TypeError(msg)


def chunks(objects: Iterable[Any]) -> Iterator[list[Any]]:
    """The *objects* in portions that fit into a batch each."""
    chunk: list[Any] = []
    length = 0
    for one in objects:
        length += _length(one)
        if chunk and (length > _MOST_CHARACTERS or len(chunk) == _MOST_OBJECTS):
            yield chunk
            chunk, length = [], _length(one)
        chunk.append(one)
    if chunk:
        yield chunk


def document(cls: type, objects: Iterable[Any]) -> pa.Table:
    """A row for each of *objects*, which are of the class *cls*."""
    batches = [
        pa.RecordBatch.from_struct_array(object_codec(cls).write(chunk))
        for chunk in chunks(objects)
    ]
    schema = schema_of(cls)
    return pa.Table.from_batches(
        [batch.replace_schema_metadata(schema.metadata) for batch in batches], schema
    )


def load(table: pa.Table) -> tuple[Any, ...]:
    """The objects that ``document`` made *table* of."""
    cls = _class_of(table.schema)
    codec = object_codec(cls)
    return tuple(
        one
        for batch in _cast(table, schema_of(cls)).to_batches()
        for one in codec.read(batch.to_struct_array(), "$")
    )


def _length(one: Any) -> int:
    """How many characters *one* holds, nearly: those of its cells."""
    if isinstance(one, GoalTable):
        return sum(len(project.indicators.source) for project in one.projects)
    return len(one.source) if isinstance(one, IndicatorList) else 0


def _class_of(schema: pa.Schema) -> type:
    """The class that *schema* says it is of, or else that its columns are of."""
    found = (schema.metadata or {}).get(SCHEMA.encode())
    for cls, name in NAMES.items():
        if found == name.encode():
            return cls
        if found is None and set(schema.names) == set(schema_of(cls).names):
            return cls
    names = ", ".join(NAMES.values())
    said = f"columns {', '.join(schema.names)}" if found is None else found.decode()
    msg = f"$: expected one of {names}, found {said}"
    raise LoadError(msg, expected=tuple(NAMES.values()))


def _cast(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """*table* with the types of *schema*, which other libraries change a little."""
    if odd := set(table.schema.names) ^ set(schema.names):
        expected, found = ", ".join(schema.names), ", ".join(sorted(odd))
        msg = f"$: expected the columns {expected}, found a difference in {found}"
        raise LoadError(msg, expected=tuple(schema.names))
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowException, ValueError) as error:
        msg = f"$: {error}"
        raise LoadError(msg) from None
