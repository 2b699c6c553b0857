"""Cells parsed where they are: in frames, and in the workers of an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import pyarrow as pa

from perfgoals.columns._conversion import as_frame, as_table
from perfgoals.columns._reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfgoals.syntax import Syntax

Frame = TypeVar("Frame")


def parse_batch(
    batch: Frame,
    column: str = "text",
    *,
    keep: Iterable[str] | None = None,
    syntax: Syntax | None = None,
) -> Frame:
    """The indicators in the cells of *column*: one row for each, in order.

    *batch* is a ``RecordBatch`` or ``Table`` of Arrow, or a frame of polars or pandas;
    the result is of the same kind. Its columns are

    - those of *keep*, or all but *column*: the row of the cell, said again;
    - ``row``, the number of that row, and ``indicator``, the number of the indicator in
      its cell, both from 0;
    - the fields of the indicator, as ``to_arrow`` has them without *nested*;
    - ``diagnostics``, a list of findings.

    Nothing is lost. Each finding of a cell is there once, with the indicator that it is
    in or behind. A cell without an indicator has a row of nulls with its findings;
    where the cell is null, so are they.

    Raises ``ValueError`` if there is no such column, or if a column to keep is called
    as one of an indicator; ``TypeError`` if it does not hold text.

    >>> import pyarrow as pa
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> batch = pa.record_batch({"id": [7, 8], "text": [cell, None]})
    >>> for row in parse_batch(batch).to_pylist():
    ...     print(row["id"], row["row"], row["indicator"], row["name"])
    7 0 0 次数
    8 1 None None
    """
    reading = _reading(column, keep, syntax)
    if isinstance(batch, pa.RecordBatch):
        return cast("Frame", reading.read(batch))
    table = as_table(batch)
    batches = _read_all(reading, table.to_batches())
    parsed = pa.Table.from_batches(batches, reading.schema(table.schema))
    return cast("Frame", as_frame(parsed, like=batch))


def parse_batches(
    batches: Iterable[pa.RecordBatch],
    column: str = "text",
    *,
    keep: Iterable[str] | None = None,
    syntax: Syntax | None = None,
) -> Iterator[pa.RecordBatch]:
    """``parse_batch`` of each of *batches*, when it is asked for.

    ``row`` counts on from batch to batch. Spark takes this function as it is:
    ``frame.mapInArrow(parse_batches, schema)``.

    >>> import pyarrow as pa
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> batch = pa.record_batch({"text": [cell]})
    >>> [parsed["row"].to_pylist() for parsed in parse_batches([batch, batch])]
    [[0], [1]]
    """
    return _read_all(_reading(column, keep, syntax), batches)


def parsed_schema(
    schema: pa.Schema, column: str = "text", *, keep: Iterable[str] | None = None
) -> pa.Schema:
    """The schema that ``parse_batch`` makes of batches of *schema*.

    Engines that must know it before they run take it from here.

    >>> import pyarrow as pa
    >>> parsed_schema(pa.schema([("id", pa.int64()), ("text", pa.string())])).names[:3]
    ['id', 'row', 'indicator']
    """
    return _reading(column, keep, None).schema(schema)


def _reading(column: str, keep: Iterable[str] | None, syntax: Syntax | None) -> Reading:
    kept = None if keep is None else tuple(keep)
    return Reading(text=column, keep=kept, syntax=syntax)


def _read_all(
    reading: Reading, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    first = 0
    for batch in batches:
        yield reading.read(batch, first)
        first += batch.num_rows
