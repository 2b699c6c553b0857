"""What it costs to parse in the workers of an engine, against this process.

``python -m benchmarks.engines`` parses the same cells in each engine that is installed,
in turn, and prints the times; they are written as JSON too.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import platform
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import psutil
import pyarrow as pa

import perfgoals
from benchmarks.corpus import Corpus
from benchmarks.linearity import show
from perfgoals.columns import parse_batch, parse_batches, parsed_schema, to_arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CELLS = 2_000
INDICATORS = 10
ROUNDS = 3
WORKERS = 2
PORTIONS = 8
"""How many partitions or batches the cells are in, everywhere."""

PLAIN = "perfgoals.parse"

Run = contextlib.AbstractContextManager["Callable[[pa.Table], int]"]
"""An engine that is up: it parses the cells of a table and counts the rows."""


# ── This process ────────────────────────────────────────────────────────────


@contextlib.contextmanager
def plain() -> Iterator[Callable[[pa.Table], int]]:
    """``parse`` alone, with no columns made of what it gives."""

    def run(cells: pa.Table) -> int:
        texts = cells["text"].to_pylist()
        return sum(len(perfgoals.parse(text)) for text in texts)

    yield run


@contextlib.contextmanager
def here() -> Iterator[Callable[[pa.Table], int]]:
    """``parse_batches`` in this process."""

    def run(cells: pa.Table) -> int:
        batches = cells.to_batches(max_chunksize=-(-cells.num_rows // PORTIONS))
        return sum(batch.num_rows for batch in parse_batches(batches))

    yield run


# ── Engines ─────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def dask() -> Iterator[Callable[[pa.Table], int]]:
    """A cluster of Dask with a process for each worker."""
    import dask.dataframe as dd
    from distributed import Client, LocalCluster

    def run(cells: pa.Table) -> int:
        frame = dd.from_pandas(cells.to_pandas(), npartitions=PORTIONS)
        return len(frame.map_partitions(parse_batch).compute())

    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(
            n_workers=WORKERS,
            threads_per_worker=1,
            dashboard_address=":0",
            local_directory=folder,
        ) as cluster,
        Client(cluster),
    ):
        yield run


@contextlib.contextmanager
def spark() -> Iterator[Callable[[pa.Table], int]]:
    """Spark in this machine's Java."""
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master(f"local[{WORKERS}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )

    def run(cells: pa.Table) -> int:
        schema = from_arrow_schema(parsed_schema(cells.schema))
        frame = session.createDataFrame(cells).repartition(PORTIONS)
        return int(frame.mapInArrow(parse_batches, schema).toArrow().num_rows)

    try:
        yield run
    finally:
        session.stop()


@contextlib.contextmanager
def ray() -> Iterator[Callable[[pa.Table], int]]:
    """Ray Data on a cluster of this machine."""
    import ray as engine

    # Ray would write one to the home of whoever measures.
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    engine.init(num_cpus=WORKERS, include_dashboard=False, log_to_driver=False)

    def run(cells: pa.Table) -> int:
        size = -(-cells.num_rows // PORTIONS)
        data = engine.data.from_arrow(cells).repartition(PORTIONS)
        parsed = data.map_batches(parse_batch, batch_format="pyarrow", batch_size=size)
        return sum(len(table) for table in engine.get(parsed.to_arrow_refs()))

    try:
        yield run
    finally:
        engine.shutdown()


ENGINES: Mapping[str, tuple[str, Callable[[], Run]]] = {
    PLAIN: ("perfgoals", plain),
    "parse_batches, one process": ("pyarrow", here),
    f"Dask, {WORKERS} processes": ("distributed", dask),
    f"Spark, {WORKERS} processes": ("pyspark", spark),
    f"Ray, {WORKERS} processes": ("ray", ray),
}
"""Each engine by its name: the library that it needs, and how it is started."""


# ── What is measured ────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Result:
    """The times of one engine: to start, the first time, and then each round.

    *processor* is what each round takes of all processors, in all processes of the
    engine: what it costs, however busy the machine is.
    """

    name: str
    start: float
    first: float
    seconds: tuple[float, ...]
    processor: tuple[float, ...]

    @property
    def median(self) -> float:
        """The time in the middle of the rounds."""
        return statistics.median(self.seconds)

    @property
    def cost(self) -> float:
        """The processor time in the middle of the rounds."""
        return statistics.median(self.processor)


def corpus(cells: int, indicators: int) -> pa.Table:
    """A table of *cells*, a tenth of whose values are new."""
    source = Corpus(new=0.1, seed=1)
    texts = [source.cell(indicators) for _ in range(cells)]
    return pa.table({"id": range(cells), "text": texts})


def measured(name: str, cells: pa.Table, indicators: int, rounds: int) -> Result:
    """The times of the engine *name*, which must find all *indicators*."""
    _, start = ENGINES[name]
    begin = time.perf_counter()
    with start() as run:
        started = time.perf_counter() - begin
        (first, _), *times = [_timed(run, cells, indicators) for _ in range(rounds + 1)]
    seconds, processor = zip(*times, strict=True)
    return Result(
        name=name, start=started, first=first, seconds=seconds, processor=processor
    )


def _timed(
    run: Callable[[pa.Table], int], cells: pa.Table, indicators: int
) -> tuple[float, float]:
    begin, used = time.perf_counter(), _processor_seconds()
    found = run(cells)
    taken = time.perf_counter() - begin, _processor_seconds() - used
    if found != indicators:
        sys.exit(f"expected {indicators} indicators, found {found}")
    return taken


def _processor_seconds() -> float:
    """What this process and all that come from it have used of the processors."""
    this = psutil.Process()
    used = 0.0
    for process in (this, *this.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            used += sum(process.cpu_times()[:4])  # its own, and of those that ended
    return used


def converted(cells: pa.Table, rounds: int) -> dict[str, float]:
    """Microseconds for each indicator to write as columns what is already parsed."""
    lists = [perfgoals.parse(text) for text in cells["text"].to_pylist()]
    count = sum(map(len, lists))
    found = {}
    for nested in (True, False):
        times = []
        to_arrow(lists, nested=nested)  # the first time, codecs are made
        for _ in range(rounds):
            begin = time.process_time()
            to_arrow(lists, nested=nested)
            times.append(time.process_time() - begin)
        found["nested" if nested else "flat"] = statistics.median(times) / count * 1e6
    return found


def show_result(result: Result, indicators: int, base: float) -> None:
    """Print the times of *result*, and what its cost is to the cost *base*."""
    show(
        f"{result.start:8.2f}{result.first:8.2f}{result.median:8.2f}{result.cost:10.2f}"
        f"{result.cost / base:8.2f}{indicators / result.median:14,.0f}  {result.name}"
    )


def main() -> None:
    """Measure each engine that is installed, and name those that are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--indicators", type=int, default=INDICATORS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, default=Path("engines.json"))
    arguments = parser.parse_args()
    cells = corpus(arguments.cells, arguments.indicators)
    count = arguments.cells * arguments.indicators
    columns = converted(cells, arguments.rounds)
    for shape, microseconds in columns.items():
        show(f"to_arrow, {shape}: {microseconds:.2f} µs for each indicator")
    show("   start   first  median processor   ratio  indicators/s")
    results: list[Result] = []
    for name, (library, _) in ENGINES.items():
        if importlib.util.find_spec(library) is None:
            show(f"{library} is not installed: {name} was not measured")
            continue
        results.append(measured(name, cells, count, arguments.rounds))
        show_result(results[-1], count, results[0].cost)
    write_json(arguments.json, results, columns, count)


def write_json(
    path: Path, results: list[Result], columns: dict[str, float], indicators: int
) -> None:
    """Write all that was measured to *path*."""
    report: dict[str, Any] = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "perfgoals": perfgoals.__version__,
        "indicators": indicators,
        "workers": WORKERS,
        "microseconds to columns": columns,
        "results": [
            {**attrs.asdict(result), "median": result.median, "cost": result.cost}
            for result in results
        ],
    }
    path.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
