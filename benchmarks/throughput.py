"""How fast ``parse`` is beside what people write by hand, measured in turn."""

from __future__ import annotations

import gc
import re
import statistics
import time
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import attrs

import perfgoals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
            typed_value(period),
            typed_value(annual),
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


def typed_value(text: str) -> Amount | Text:
    """A number with its unit, or any other text."""
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
    """The times of one contestant, and their ratios to those of the first."""

    contest: str
    name: str
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]

    @property
    def median(self) -> float:
        """The ratio in the middle."""
        return statistics.median(self.ratios)


def contest(
    name: str,
    contestants: Mapping[str, Callable[[str], object]],
    texts: Sequence[str],
) -> list[Result]:
    """A result for each of the *contestants*, who read each of *texts* in turn."""
    times: dict[str, list[float]] = {reader: [] for reader in contestants}
    for text in texts:
        for reader, read in contestants.items():
            times[reader].append(seconds(read, text))
    first = next(iter(times.values()))
    return [
        Result(
            contest=name,
            name=reader,
            seconds=tuple(taken),
            ratios=tuple(map(float.__truediv__, taken, first)),
        )
        for reader, taken in times.items()
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
