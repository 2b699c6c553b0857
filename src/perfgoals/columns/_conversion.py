"""Frames of other libraries to Arrow and back, without copies where they can."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from perfgoals.columns._extras import load_extra


def as_table(frame: Any) -> pa.Table:
    """The columns of *frame*; the index of a frame of pandas is none of them."""
    if isinstance(frame, pa.Table):
        return frame
    if _library(frame) == "pandas":
        return pa.Table.from_pandas(frame, preserve_index=False)
    return pa.table(frame)


def as_frame(table: pa.Table, *, like: Any) -> Any:
    """*table* as what *like* is: a frame of pandas or polars, or else a table."""
    match _library(like):
        case "pandas":
            return as_pandas(table)
        case "polars":
            return as_polars(table)
        case _:
            return table


def as_pandas(table: pa.Table) -> Any:
    """*table* as a frame of pandas whose columns stay in Arrow."""
    dtype = load_extra("pandas", "pandas").ArrowDtype
    return table.to_pandas(types_mapper=dtype, ignore_metadata=True)


def as_polars(table: pa.Table) -> Any:
    """*table* as a frame of polars."""
    return load_extra("polars", "polars").from_arrow(table)


def _library(frame: Any) -> str:
    return type(frame).__module__.partition(".")[0]
