"""Ray Data takes ``parse_batch`` for its ``map_batches`` as it is."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import ray
from benchmarks.corpus import Corpus

from perfgoals.columns import parse_batch

if TYPE_CHECKING:
    from collections.abc import Iterator


# Ray warns of what it does itself.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.timeout(240),  # a cluster takes its time to come up
]


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))  # else it writes one to HOME
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()
    patch.undo()


def cells() -> pa.Table:
    """Some intact cells, a damaged one, a blank one and one that is not there."""
    corpus = Corpus(seed=1)
    texts: list[Any] = [corpus.cell(5) for _ in range(16)]
    texts += [corpus.damaged(20), "", None]
    return pa.table({"id": range(len(texts)), "text": texts})


def test_batches_are_parsed_in_the_workers() -> None:
    data = ray.data.from_arrow(cells())
    parsed = data.map_batches(parse_batch, batch_format="pyarrow", batch_size=4)
    actual = pa.concat_tables(ray.get(parsed.to_arrow_refs()))
    expected = parse_batch(cells())
    assert actual.schema.names == expected.schema.names
    # Rows are counted in each batch, so it is the id that tells them apart.
    assert rows(actual) == rows(expected)


def rows(table: pa.Table) -> list[dict[str, Any]]:
    ordered = table.sort_by([("id", "ascending"), ("indicator", "ascending")])
    return list(ordered.drop_columns("row").to_pylist())
