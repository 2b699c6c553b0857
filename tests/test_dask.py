"""Dask runs ``parse_batch`` in processes of its own, and gets what it gives here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pytest
from benchmarks.corpus import Corpus
from distributed import Client, LocalCluster

from perfgoals.columns import parse_batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# A cluster takes its time to come up, the more so where the machine is busy.
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("dask")
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=":0",
            local_directory=str(folder),
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def cells() -> pd.DataFrame:
    """Some intact cells, a damaged one, a blank one and one that is not there."""
    corpus = Corpus(seed=1)
    texts: list[Any] = [corpus.cell(5) for _ in range(6)]
    texts += [corpus.damaged(20), "", None]
    return pd.DataFrame({"id": range(len(texts)), "text": texts})


@pytest.mark.usefixtures("client")
def test_partitions_are_parsed_in_the_workers() -> None:
    frame = cells()
    parsed = dd.from_pandas(frame, npartitions=3).map_partitions(parse_batch)
    actual, expected = parsed.compute(), parse_batch(frame)
    assert list(parsed.columns) == list(expected.columns)
    # Rows are counted in each partition, so it is the id that tells them apart.
    assert rows(actual.drop(columns="row")) == rows(expected.drop(columns="row"))


def test_workers_are_processes_of_their_own(client: Client) -> None:
    workers = client.run(os.getpid)
    assert len({os.getpid(), *workers.values()}) == 3


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return list(pa.Table.from_pandas(frame, preserve_index=False).to_pylist())
