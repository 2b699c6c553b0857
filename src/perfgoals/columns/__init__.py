"""Tables and indicators as columns: Apache Arrow, and all that reads it.

``to_arrow`` writes the model with nothing lost, and ``from_arrow`` reads it again;
``to_polars``, ``to_pandas`` and ``to_duckdb`` give a row for each indicator to work
with. ``parse_batch`` and ``parse_batches`` parse a column of cells where it is: in a
frame, or in the workers of Spark, Dask or Ray.

Needs ``pip install 'perfgoals[arrow]'``; without it the import raises
``MissingExtraError``.
"""

from perfgoals.columns._extras import load_extra

load_extra("pyarrow", "arrow")

from perfgoals.columns._arrow import from_arrow, to_arrow  # noqa: E402  (needs it)
from perfgoals.columns._batches import (  # noqa: E402
    parse_batch,
    parse_batches,
    parsed_schema,
)
from perfgoals.columns._frames import to_duckdb, to_pandas, to_polars  # noqa: E402

__all__ = [
    "from_arrow",
    "parse_batch",
    "parse_batches",
    "parsed_schema",
    "to_arrow",
    "to_duckdb",
    "to_pandas",
    "to_polars",
]
