"""Batches with a column of cells, parsed: a row for each indicator in them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pyarrow.types as pat

from perfgoals.columns._codecs import Lists
from perfgoals.columns._documents import SCHEMA
from perfgoals.columns._flat import (
    Column,
    batch_of,
    counted,
    indicator_columns,
    owners,
)
from perfgoals.columns._model import object_codec
from perfgoals.diagnostics import Diagnostic
from perfgoals.parse import parse
from perfgoals.syntax import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfgoals.model import IndicatorList

NAME = "perfgoals.columns.parsed/1"
ROW = "row"
_HOLDING_TEXT = (pat.is_string, pat.is_large_string, pat.is_string_view, pat.is_null)
FINDINGS = "diagnostics"


@attrs.frozen(kw_only=True)
class Reading:
    """What is read, the cells in the column *text*, and what is kept of the rest."""

    text: str
    keep: tuple[str, ...] | None
    syntax: Syntax | None

    def read(self, batch: pa.RecordBatch, first: int = 0) -> pa.RecordBatch:
        """The indicators in *batch*, whose rows are counted from *first*."""
        cells = self._parsed(_texts(batch, self.text))
        inner = [(None,) if cell is None else cell.items or (None,) for cell in cells]
        places = owners(inner)
        kept = [
            Column(name=name, path="", array=_column(batch, name)).take(places)
            for name in self.kept(batch.schema.names)
        ]
        items = list(chain.from_iterable(inner))
        numbers = chain.from_iterable(map(_numbers, inner))
        columns = [
            *kept,
            counted(ROW, (first + place for place in places.to_pylist())),
            counted("indicator", numbers),
            *indicator_columns(items),
            _findings(cells),
        ]
        _refuse_twins([column.name for column in columns])
        return batch_of(columns).replace_schema_metadata({SCHEMA: NAME})

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """The schema of what is read from batches of *schema*."""
        return self.read(pa.RecordBatch.from_pylist([], schema)).schema

    def kept(self, names: Sequence[str]) -> Sequence[str]:
        """The columns that go along: those asked for, or all but the text."""
        if self.keep is None:
            return [name for name in names if name != self.text]
        return self.keep

    def _parsed(self, texts: list[str | None]) -> list[IndicatorList | None]:
        """Each text parsed, one that is there many times only once."""
        known = {
            text: parse(text, syntax=self.syntax)
            for text in dict.fromkeys(texts)
            if text is not None
        }
        return [None if text is None else known[text] for text in texts]


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    names = batch.schema.names
    if names.count(name) == 1:
        return batch.column(name)
    msg = f"expected one column {name!r}, found {', '.join(names) or 'none'}"
    raise ValueError(msg)


def _texts(batch: pa.RecordBatch, name: str) -> list[str | None]:
    column = _column(batch, name)
    kind = column.type.value_type if pat.is_dictionary(column.type) else column.type
    is_text = (
        pat.is_string(kind) or pat.is_large_string(kind) or pat.is_string_view(kind)
    )
    if not (is_text or pat.is_null(kind)):
        msg = f"the column {name!r} must hold text, found {column.type}"
        raise TypeError(msg)
    return list(column.to_pylist())


def _numbers(items: tuple[Any, ...]) -> Iterable[int | None]:
    return (None,) if items == (None,) else range(len(items))


def _findings(cells: Iterable[IndicatorList | None]) -> Column:
    """The findings of each row; null where there was no text to find any in."""
    codec = Lists(object_codec(Diagnostic))
    shares = [share for cell in cells for share in _shares(cell)]
    distinct = codec.write([share or () for share in shares])
    there = [None if share is None else n for n, share in enumerate(shares)]
    return Column(
        name=FINDINGS, path="", array=distinct.take(pa.array(there, pa.int64()))
    )


def _shares(cell: IndicatorList | None) -> list[Sequence[Diagnostic] | None]:
    """The findings of *cell*, each with the indicator that it is in or behind.

    What stands before the first indicator goes with it. So all are there once, and in
    order.
    """
    if cell is None:
        return [None]
    shares: list[list[Diagnostic]] = [[] for _ in cell.items or [None]]
    starts = [item.span.start for item in cell]
    place = 0
    for finding in cell.diagnostics:
        place = max(place, bisect_right(starts, finding.span.start) - 1)
        shares[place].append(finding)
    return list(shares)


def _refuse_twins(names: list[str]) -> None:
    if twins := sorted({name for name in names if names.count(name) > 1}):
        msg = (
            f"columns of the input are called as those of an indicator: "
            f"{', '.join(twins)}; rename them, or name the columns to keep"
        )
        raise ValueError(msg)
