"""Spark takes ``parse_batches`` for its ``mapInArrow`` as it is."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from benchmarks.corpus import Corpus
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from perfgoals.columns import parse_batch, parse_batches, parsed_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

# What it asks of pandas is nothing that mapInArrow does.
pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support"),
    pytest.mark.timeout(240),  # Java takes its time to come up
]

SCHEMA = pa.schema([("id", pa.int64()), ("text", pa.string())])


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)  # not the first python3 there is
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "4")
        .getOrCreate()
    )
    yield session
    session.stop()
    patch.undo()


def cells() -> pa.Table:
    """Some intact cells, a damaged one, a blank one and one that is not there."""
    corpus = Corpus(seed=1)
    texts: list[Any] = [corpus.cell(5) for _ in range(16)]
    texts += [corpus.damaged(20), "", None]
    return pa.table({"id": range(len(texts)), "text": texts}, SCHEMA)


@pytest.mark.parametrize("keep", [None, ("id", "text")])
def test_partitions_are_parsed_in_the_workers(
    spark: SparkSession, keep: tuple[str, ...] | None
) -> None:
    frame = spark.createDataFrame(cells().to_pylist(), from_arrow_schema(SCHEMA))
    schema = from_arrow_schema(parsed_schema(SCHEMA, keep=keep))
    parse = functools.partial(parse_batches, keep=keep)
    parsed = frame.repartition(3).mapInArrow(parse, schema)
    actual = parsed.orderBy("id", "indicator").toArrow()
    expected = parse_batch(cells(), keep=keep)
    assert actual.schema.names == expected.schema.names
    # Rows are counted in each partition, so it is the id that tells them apart.
    assert rows(actual) == rows(expected)


def rows(table: pa.Table) -> list[dict[str, Any]]:
    return list(table.drop_columns("row").to_pylist())
