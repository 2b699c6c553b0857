"""The model as frames of polars and pandas, and as a relation of DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.columns._arrow import to_arrow
from perfgoals.columns._conversion import as_pandas, as_polars
from perfgoals.columns._extras import load_extra

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

    from perfgoals.columns._documents import Source


def to_polars(source: Source, *, nested: bool = False) -> pl.DataFrame:
    """*source* as a frame of polars: a row for each indicator, unless *nested*.

    The columns are those of ``to_arrow``. Needs ``pip install 'perfgoals[polars]'``, or
    raises ``MissingExtraError``.

    >>> import perfgoals as pg
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> to_polars(pg.parse(cell))["annual_unit"].to_list()
    ['次']
    """
    frame: pl.DataFrame = as_polars(to_arrow(source, nested=nested))
    return frame


def to_pandas(source: Source, *, nested: bool = False) -> pd.DataFrame:
    """*source* as a frame of pandas: a row for each indicator, unless *nested*.

    The columns are those of ``to_arrow`` and stay in Arrow (``pandas.ArrowDtype``), so
    that whole numbers with gaps stay whole and decimals exact. Needs
    ``pip install 'perfgoals[pandas]'``, or raises ``MissingExtraError``.

    >>> import perfgoals as pg
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> to_pandas(pg.parse(cell))["annual_number"].sum()
    Decimal('4.000000000')
    """
    return as_pandas(to_arrow(source, nested=nested))


def to_duckdb(
    source: Source,
    *,
    nested: bool = False,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> duckdb.DuckDBPyRelation:
    """*source* as a relation of DuckDB: a row for each indicator, unless *nested*.

    The columns are those of ``to_arrow``. It belongs to *connection*, or else to the
    default one. Needs ``pip install 'perfgoals[duckdb]'``, or raises
    ``MissingExtraError``.

    >>> import perfgoals as pg
    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> to_duckdb(pg.parse(cell)).filter("annual_number > 3").select("name").fetchall()
    [('次数',)]
    """
    owner = connection or load_extra("duckdb", "duckdb")
    relation: duckdb.DuckDBPyRelation = owner.from_arrow(
        to_arrow(source, nested=nested)
    )
    return relation
