"""How fast ``parse`` is beside what people write by hand, measured in turn.

``python -m benchmarks.throughput`` prints the median and the spread of the ratios to a
bare regular expression, and writes them as JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import re
import statistics
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import attrs

import perfgoals
from benchmarks.corpus import Corpus
from benchmarks.linearity import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

INDICATORS = 20_000
ROUNDS = 5
SHARES = (0.1, 1.0)
"""The shares of values that were not seen before."""

BARE = "bare regex"

# ── What people write ───────────────────────────────────────────────────────

_INDICATOR = re.compile(
    r"(\d+)、(\d)-([^；]+)；(\d\d)-([^；]+)；(.+?)；"
    r"实施周期指标值:(.*?)；年度指标值:(.*?)。(?=\d+、\d-|\Z)"
)
_VALUE = re.compile(
    r"(≥|≤|>|<|=|不少于|不低于|至少|不超过)?(\d+(?:\.\d+)?)([^\d/]*)(?:/(.+))?"
)

Strings: TypeAlias = tuple[str, ...]


@attrs.frozen
class Amount:
    """A number as the regular expression below takes it apart."""

    comparator: str | None
    number: Decimal
    unit: str
    per: str | None


@attrs.frozen
class Text:
    """Any other value."""

    text: str


@attrs.frozen
class Item:
    """An indicator, without spans and findings."""

    ordinal: int
    level: tuple[str, str]
    category: tuple[str, str]
    name: str
    period: Amount | Text
    annual: Amount | Text


def bare_regex(cell: str) -> list[Strings]:
    """The fields of each indicator as strings, and nothing else."""
    return [match.groups() for match in _INDICATOR.finditer(cell)]


def by_hand(cell: str) -> list[Item]:
    """Frozen objects with typed values, of what the regular expression finds."""
    return [
        Item(
            int(ordinal),
            (level_code, level),
            (category_code, category),
            name,
            _value(period),
            _value(annual),
        )
        for (
            ordinal,
            level_code,
            level,
            category_code,
            category,
            name,
            period,
            annual,
        ) in bare_regex(cell)
    ]


def _value(text: str) -> Amount | Text:
    match = _VALUE.fullmatch(text)
    if match is None:
        return Text(text)
    comparator, number, unit, per = match.groups()
    return Amount(comparator, Decimal(number), unit, per)


def ours(cell: str) -> perfgoals.IndicatorList:
    """The full job; no value is known yet from the round before."""
    syntax = attrs.evolve(perfgoals.Syntax.default())
    return perfgoals.parse(cell, syntax=syntax)


def as_strings(indicators: perfgoals.IndicatorList) -> list[Strings]:
    """What ``bare_regex`` says, as *indicators* say it."""
    return [
        (
            str(item.ordinal),
            (item.level and item.level.code) or "",
            (item.level and item.level.name) or "",
            (item.category and item.category.code) or "",
            (item.category and item.category.name) or "",
            item.name,
            item.period.raw,
            item.annual.raw,
        )
        for item in indicators
    ]


CONTESTANTS: Mapping[str, Callable[[str], object]] = {
    BARE: bare_regex,
    "regex + attrs + typed values by hand": by_hand,
    "perfgoals.parse": ours,
}


# ── The contest ─────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Result:
    """The times of one contestant, and their ratios to the bare regular expression."""

    name: str
    new: float
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]

    @property
    def median(self) -> float:
        """The ratio in the middle."""
        return statistics.median(self.ratios)


def contest(new: float, *, indicators: int, rounds: int) -> list[Result]:
    """A result for each contestant; each round has a corpus of its own."""
    times: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    for seed in range(rounds):
        cell = Corpus(new=new, seed=seed).cell(indicators)
        for name in CONTESTANTS:
            times[name].append(seconds(CONTESTANTS[name], cell))
    return [
        Result(
            name=name,
            new=new,
            seconds=tuple(taken),
            ratios=tuple(map(float.__truediv__, taken, times[BARE])),
        )
        for name, taken in times.items()
    ]


def seconds(contestant: Callable[[str], object], cell: str) -> float:
    """The time that *contestant* takes for *cell*, the better of two."""
    best = float("inf")
    for _ in range(2):
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            contestant(cell)
            best = min(best, time.process_time() - start)
        finally:
            gc.enable()
    return best


# ── Output ──────────────────────────────────────────────────────────────────


def show_result(result: Result, indicators: int) -> None:
    """Print the ratios of *result* and how many indicators a second it reads."""
    low, high = min(result.ratios), max(result.ratios)
    speed = indicators / statistics.median(result.seconds)
    show(
        f"{result.new:5.0%}  {result.median:8.2f}  {low:8.2f} to {high:<8.2f}"
        f"{speed:12,.0f}  {result.name}"
    )


def write_json(path: Path, results: list[Result], indicators: int) -> None:
    """Write all that was measured to *path*."""
    report = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "perfgoals": perfgoals.__version__,
        "indicators": indicators,
        "results": [
            {**attrs.asdict(result), "median": result.median} for result in results
        ],
    }
    path.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def main() -> None:
    """Run the contest for every share of new values."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", type=int, default=INDICATORS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, default=Path("throughput.json"))
    arguments = parser.parse_args()
    show("  new    median     spread of ratios  indicators/s")
    results = []
    for new in SHARES:
        for result in contest(
            new, indicators=arguments.indicators, rounds=arguments.rounds
        ):
            show_result(result, arguments.indicators)
            results.append(result)
    write_json(arguments.json, results, arguments.indicators)


if __name__ == "__main__":
    main()
