"""Everything that is measured about the speed of perfgoals, in one run.

``python -m benchmarks`` prints tables, and writes them as JSON and as a picture.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

import perfgoals
from benchmarks import rivals
from benchmarks.chart import bars
from benchmarks.corpus import Corpus
from benchmarks.footprint import BASE, cold_starts, ratios, retained
from benchmarks.linearity import show
from benchmarks.throughput import CONTESTANTS, Result, bare_regex, contest, ours

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL_CELL = 20
"""The indicators of a cell as it is: most have fewer."""

SLOW_SHARE = 20
"""Of the values, so few are given to those who take milliseconds for each."""


def contests(indicators: int, rounds: int) -> tuple[list[Result], dict[str, str]]:
    """The results of all contests, and why some could not take part."""
    others, missing = rivals.ready(rivals.CELL_READERS)
    value_readers, more_missing = rivals.ready(rivals.VALUE_READERS)
    intact = [Corpus(seed=seed).cell(indicators) for seed in range(rounds)]
    new = [Corpus(new=1, seed=seed).cell(indicators) for seed in range(rounds)]
    damaged = [
        Corpus(seed=seed).damaged(indicators, share=0.1) for seed in range(rounds)
    ]
    small = [_small(Corpus(seed=seed), indicators) for seed in range(rounds)]
    few = max(1, indicators // SLOW_SHARE)
    values = [_lines(Corpus(new=1, seed=seed), few) for seed in range(rounds)]
    results = [
        *contest("a tenth of the values new", {**CONTESTANTS, **others}, intact),
        *contest("all values new", {**CONTESTANTS, **others}, new),
        *contest("a tenth damaged", CONTESTANTS, damaged),
        *contest(f"cells of {SMALL_CELL}", _CELLS, small),
        *contest("values alone", {_OURS: _values} | _each(value_readers), values),
    ]
    return results, missing | more_missing


_OURS = "perfgoals.parse_target"
_BETWEEN = "\n"


def _small(corpus: Corpus, indicators: int) -> str:
    """So many *indicators* in small cells, one on each line."""
    return _BETWEEN.join(
        corpus.cell(min(SMALL_CELL, indicators - at))
        for at in range(0, indicators, SMALL_CELL)
    )


def _each_cell(read: Callable[[str], object]) -> Callable[[str], list[object]]:
    return lambda text: [read(cell) for cell in text.split(_BETWEEN)]


def _ours_in_cells(text: str) -> list[object]:
    syntax = attrs.evolve(perfgoals.Syntax.default())
    return [perfgoals.parse(cell, syntax=syntax) for cell in text.split(_BETWEEN)]


_CELLS = {name: _each_cell(read) for name, read in CONTESTANTS.items()} | {
    "perfgoals.parse": _ours_in_cells
}


def _lines(corpus: Corpus, count: int) -> str:
    return _BETWEEN.join(corpus.value() for _ in range(count))


def _values(text: str) -> list[object]:
    syntax = attrs.evolve(perfgoals.Syntax.default())
    values = text.split(_BETWEEN)
    return [perfgoals.parse_target(value, syntax=syntax) for value in values]


def _each(
    readers: dict[str, Callable[[str], Any]],
) -> dict[str, Callable[[str], object]]:
    return {name: _each_cell(read) for name, read in readers.items()}


# ── Output ──────────────────────────────────────────────────────────────────


def footprint(indicators: int, rounds: int) -> dict[str, Any]:
    """Memory by the indicator, and the processor time of fresh interpreters."""
    cell = Corpus().cell(indicators)
    bare, kept = (retained(read, cell) / indicators for read in (bare_regex, ours))
    times = cold_starts(rounds)
    starts = {
        name: {"seconds": taken, "ratios": ratios(taken, times[BASE])}
        for name, taken in times.items()
    }
    return {
        "bytes": {"bare regex": bare, "perfgoals": kept, "ratio": kept / bare},
        "starts": starts,
    }


def show_results(results: list[Result], indicators: int) -> None:
    """Print the ratios of each contest, and how much is read in a second."""
    name = ""
    for result in results:
        if result.contest != name:
            name = result.contest
            show(f"\n{name}\n  median     spread of ratios   seconds")
        low, high = min(result.ratios), max(result.ratios)
        show(
            f"{result.median:8.2f}  {low:8.2f} to {high:<8.2f}"
            f"{statistics.median(result.seconds):8.3f}  {result.name}"
        )
    show(f"\n{indicators} indicators in each round")


def show_footprint(found: dict[str, Any]) -> None:
    """Print the memory and the cold starts."""
    kept = found["bytes"]
    show(
        f"\nbytes kept for an indicator: {kept['perfgoals']:.0f}, "
        f"{kept['ratio']:.2f} of the bare regex\n"
    )
    for name, start in found["starts"].items():
        low, high = min(start["ratios"]), max(start["ratios"])
        show(
            f"{statistics.median(start['ratios']):8.2f}  {low:8.2f} to {high:<8.2f}"
            f"{statistics.median(start['seconds']) * 1000:8.0f} ms  {name}"
        )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--into", type=Path, default=Path())
    arguments = parser.parse_args()
    results, missing = contests(arguments.indicators, arguments.rounds)
    show_results(results, arguments.indicators)
    for name, reason in missing.items():
        show(f"without {name}: {reason}")
    found = footprint(arguments.indicators, arguments.rounds)
    show_footprint(found)
    report = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "perfgoals": perfgoals.__version__,
        "indicators": arguments.indicators,
        "results": [
            {**attrs.asdict(result), "median": result.median} for result in results
        ],
        "missing": missing,
        **found,
    }
    path = arguments.into / "benchmarks.json"
    path.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    first = [result for result in results if result.contest == results[0].contest]
    rows = sorted((result.name, result.median) for result in first)
    rows.sort(key=lambda row: row[1])
    title = "Time as a multiple of a bare regular expression"
    (arguments.into / "benchmarks.svg").write_text(bars(title, rows), "utf-8")


if __name__ == "__main__":
    main()
