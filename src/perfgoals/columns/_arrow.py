"""The model as Arrow tables, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfgoals.columns import _documents, _flat
from perfgoals.columns._conversion import as_table

if TYPE_CHECKING:
    import pyarrow as pa

    from perfgoals.columns._documents import Source


def to_arrow(source: Source, *, nested: bool = True) -> pa.Table:
    r"""*source* as an Arrow table: a ``GoalTable``, an ``IndicatorList``, or several.

    A row is an object, a column one of its fields, as in ``to_dict``: objects are
    structs and tuples are lists. Numbers are text with every digit that was printed.
    ``None`` is null, and so are the fields that only targets of another kind have.
    ``from_arrow`` reads it again, with nothing lost.

    Without *nested* a row is an indicator: its fields and those of its project and its
    table are columns of plain values. A number has two: ``period_number`` to calculate
    with, which is null rather than rounded, and ``period_number_text``. Findings,
    totals and projects without an indicator are not there.

    Spans count characters from 0; rows, columns and pages of a file count from 1. The
    columns ``table``, ``project``, ``list`` and ``indicator`` count from 0 within what
    they are in. Half a surrogate pair in a text is written as in JSON, ``\ud800``, and
    backslashes in front of such letters are doubled.

    Raises ``ValueError`` for a number that takes more than 64 digits to write.

    >>> import perfgoals as pg
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> table = to_arrow([pg.parse(cell)], nested=False)
    >>> table.select(["name", "annual_comparator", "annual_number_text"]).to_pylist()
    [{'name': '次数', 'annual_comparator': '>=', 'annual_number_text': '4'}]
    """
    cls, objects = _documents.objects_of(source)
    write = _documents.document if nested else _flat.flat
    return write(cls, objects)


def from_arrow(table: Any) -> tuple[Any, ...]:
    """The objects that ``to_arrow`` made the nested *table* of, equal to them.

    All are a ``GoalTable``, all an ``IndicatorList`` or all an ``Indicator``.

    *table* is an Arrow table or batch, or what gives its columns to Arrow: a frame of
    polars or pandas, a relation of DuckDB. It may have been through files and libraries
    that lose the name of its schema, or have other types for text.

    Raises ``LoadError`` with the path of what is wrong.

    >>> import perfgoals as pg
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> indicators = pg.parse(cell)
    >>> from_arrow(to_arrow(indicators)) == (indicators,)
    True
    """
    return _documents.load(as_table(table))
