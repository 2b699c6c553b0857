"""Whether time and memory grow with the text, and not with its square.

``python -m benchmarks.linearity`` measures t(n), t(2n), t(4n) and t(8n) for each kind
of text, prints what became of t(n) and writes all of it as JSON. It fails if any
t(8n) is more than ten times t(n), or if anything takes too long to wait for.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import itertools
import json
import platform
import signal
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

import attrs

import perfgoals
from benchmarks.corpus import FRAGMENTS, VALUE_CONTEXTS, Attack, Corpus, attacks

FACTORS = (1, 2, 4, 8)
MOST_GROWTH = 10
"""What t(8n) / t(n) may be; 8 is linear."""

LEAST_SECONDS = 0.02
"""What t(n) is at least, as shorter times are mostly noise."""

GIVE_UP_SECONDS = 30.0
"""A single run that takes longer is ended, and with it its row, which has failed."""

MOST_CHARACTERS = 10_000_000
"""A longer cell is refused, so n is an eighth of it at most."""

FIRST_LENGTH = 2_500
VALUE_LENGTHS = (240, 480, 960, 1_920)
"""A value of more than 2,000 characters is not read as a target: those are apart."""

VALUE_GIVE_UP_SECONDS = 2.0

BIG_BYTES = 10_000_000
SLOWEST = 15
"""So many of the values are shown."""

Text: TypeAlias = Callable[[int], str]
"""A kind of text: about so many characters of it."""


@attrs.frozen(kw_only=True)
class Row:
    """The best times for texts of *length* characters and 2, 4 and 8 times as many."""

    name: str
    length: int
    seconds: tuple[float, ...]

    @property
    def growth(self) -> float:
        """t(8n) / t(n), without end if a run was given up."""
        if len(self.seconds) < len(FACTORS):
            return float("inf")
        return self.seconds[-1] / self.seconds[0]

    @property
    def microseconds(self) -> float:
        """The time for one character of the longest text, endless as ``growth`` is."""
        if len(self.seconds) < len(FACTORS):
            return float("inf")
        return 1e6 * self.seconds[-1] / (self.length * FACTORS[-1])


# ── Times ───────────────────────────────────────────────────────────────────


def seconds(text: str, rounds: int = 3) -> float:
    """The best time of so many *rounds* to parse the cell *text*."""
    return min(_once(text) for _ in range(rounds))


def _once(text: str) -> float:
    """The time of this process alone, with a syntax that remembers no value yet."""
    syntax = attrs.evolve(perfgoals.Syntax.default())
    with undisturbed():
        start = time.process_time()
        perfgoals.parse(text, syntax=syntax)
        return time.process_time() - start


@contextlib.contextmanager
def undisturbed(limit: float = GIVE_UP_SECONDS) -> Iterator[None]:
    """Without the garbage collector, and for *limit* seconds at most.

    Raises ``TimeoutError``; where the system has no timer for that, never.
    """
    gc.collect()
    gc.disable()
    _set_timer(limit)
    try:
        yield
    finally:
        _set_timer(0)
        gc.enable()


def _set_timer(limit: float) -> None:
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, _end_run)
        signal.setitimer(signal.ITIMER_REAL, limit)


def _end_run(*_: object) -> NoReturn:
    raise TimeoutError


def measured(name: str, text: Text, *, least: float = LEAST_SECONDS) -> Row:
    """The row of a kind of *text*, n being so long that t(n) is *least* seconds.

    What looks too slow is measured once more, as another program may have been busy.
    """
    try:
        length = _length(text, least)
    except TimeoutError:
        return Row(name=name, length=FIRST_LENGTH, seconds=())
    row = _measured(name, text, length)
    return row if row.growth <= MOST_GROWTH else _measured(name, text, length)


def _measured(name: str, text: Text, length: int) -> Row:
    times: list[float] = []
    with contextlib.suppress(TimeoutError):
        for factor in FACTORS:
            times.append(seconds(text(factor * length)))  # noqa: PERF401  (see above)
    return Row(name=name, length=length, seconds=tuple(times))


def _length(text: Text, least: float) -> int:
    length = FIRST_LENGTH
    while length * FACTORS[-1] * 2 < MOST_CHARACTERS and seconds(text(length)) < least:
        length *= 2
    return length


def kinds(chosen: str | None) -> dict[str, Text]:
    """Every kind of text, or those whose names hold what was *chosen*."""
    everything: dict[str, Text] = {
        "intact": intact,
        "intact, all values new": lambda length: intact(length, new=1.0),
        "damaged": damaged,
        "all of it damaged": lambda length: damaged(length, share=1.0),
    }
    everything |= {attack.name: attack.text for attack in attacks()}
    return {name: text for name, text in everything.items() if (chosen or "") in name}


def intact(length: int, *, new: float = 0.1) -> str:
    """A cell of about *length* characters with nothing wrong in it."""
    return Corpus(new=new).cell(max(1, length // _LENGTH_OF_ONE))


def damaged(length: int, *, share: float = 0.5) -> str:
    """A cell of about *length* characters, a *share* of its indicators damaged."""
    return Corpus().damaged(max(1, length // _LENGTH_OF_ONE), share=share)


_LENGTH_OF_ONE = len(Corpus().cell(1_000)) // 1_000


# ── One value ───────────────────────────────────────────────────────────────


def measured_values(fragments: Sequence[str] = FRAGMENTS) -> list[Row]:
    """A row for each of the *fragments* as one value, which another grammar reads.

    No value is longer than that grammar takes, so this tells how slow it can be.
    """
    attacks = itertools.product(VALUE_CONTEXTS, fragments)
    return [_measured_value(Attack(fragment, context)) for context, fragment in attacks]


def _measured_value(attack: Attack) -> Row:
    times: list[float] = []
    with contextlib.suppress(TimeoutError):
        for length in VALUE_LENGTHS:
            text = attack.text(length)
            times.append(min(_value_seconds(text) for _ in range(3)))
    return Row(name=attack.name, length=VALUE_LENGTHS[0], seconds=tuple(times))


def _value_seconds(text: str) -> float:
    """The time for one value, measured over so many that it can be."""
    with undisturbed(VALUE_GIVE_UP_SECONDS):
        start = time.process_time()
        times, passed = 0, 0.0
        while passed < LEAST_SECONDS:
            perfgoals.parse_target(text)
            times, passed = times + 1, time.process_time() - start
        return passed / times


# ── Ten megabytes ───────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Big:
    """What a cell of *size* bytes took, and a tenth of it in memory at its peak."""

    name: str
    size: int
    characters: int
    seconds: float
    peak_per_byte: float


def measured_big(name: str, text: Text, size: int = BIG_BYTES) -> Big:
    """The time for a cell of *size* bytes in UTF-8, the memory for a tenth of it."""
    cell, part = _of_size(text, size), _of_size(text, size // 10)
    took = _once(cell)
    tracemalloc.start()
    perfgoals.parse(part)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Big(
        name=name,
        size=_size(cell),
        characters=len(cell),
        seconds=took,
        peak_per_byte=peak / _size(part),
    )


def _of_size(text: Text, size: int) -> str:
    """A cell of about *size* bytes, and not of more characters than are read."""
    sample = text(10_000)
    characters = size * len(sample) // _size(sample)
    return text(min(characters, MOST_CHARACTERS - 1_000))


def _size(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))


# ── Output ──────────────────────────────────────────────────────────────────


def show(line: str) -> None:
    """Print *line* now, whatever the terminal can show of it."""
    sys.stdout.buffer.write((line + "\n").encode(errors="backslashreplace"))
    sys.stdout.flush()


def show_row(row: Row) -> None:
    """Print *row*: n, t(n), the ratios to it, and the time for one character."""
    ratios = "".join(f"{time / row.seconds[0]:7.2f}" for time in row.seconds[1:])
    first = 1e3 * row.seconds[0] if row.seconds else float("inf")
    mark = "" if row.growth <= MOST_GROWTH else "  NOT LINEAR"
    show(
        f"{row.length:9,}  {first:8.2f} ms {ratios:<21}"
        f"  {row.microseconds:7.2f} µs/char  {row.name}{mark}"
    )


def show_big(big: Big) -> None:
    """Print what *big* took."""
    show(
        f"{big.size / 1e6:6.1f} MB {big.characters:11,} characters {big.seconds:7.2f} s"
        f"  {big.peak_per_byte:5.1f} bytes of memory for each byte  {big.name}"
    )


def write_json(path: Path, rows: list[Row], values: list[Row], bigs: list[Big]) -> None:
    """Write all that was measured to *path*."""
    report = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "perfgoals": perfgoals.__version__,
        "most_growth": MOST_GROWTH,
        "cells": [attrs.asdict(row) for row in rows],
        "values": [attrs.asdict(row) for row in values],
        "big": [attrs.asdict(big) for big in bigs],
    }
    path.write_text(json.dumps(report, ensure_ascii=True, indent=1) + "\n", "utf-8")


def main() -> None:
    """Measure everything, or what the arguments ask for."""
    arguments = _arguments()
    chosen = kinds(arguments.only)
    show("        n        t(n)     t(2n)  t(4n)  t(8n) / t(n)")
    rows = []
    for name, text in chosen.items():
        rows.append(measured(name, text))
        show_row(rows[-1])
    values = [] if arguments.only else measured_values()
    _show_values(values)
    bigs = [] if arguments.only else _bigs(chosen, rows)
    write_json(arguments.json, rows, values, bigs)
    failed = [row for row in rows if row.growth > MOST_GROWTH]
    failed += [row for row in values if row.growth == float("inf")]
    if failed:
        show(f"\nfailed: {', '.join(row.name for row in failed)}")
        sys.exit(1)


def _show_values(values: Sequence[Row]) -> None:
    """The slowest ones; growth within a value is bounded and no failure."""
    show("\nthe slowest values, by the character")
    for row in sorted(values, key=lambda row: -row.microseconds)[:SLOWEST]:
        show_row(row)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="kinds whose names hold NAME")
    parser.add_argument("--json", type=Path, default=Path("linearity.json"))
    return parser.parse_args()


def _bigs(chosen: dict[str, Text], rows: list[Row]) -> list[Big]:
    show("\na big cell")
    worst = max(rows[4:], key=lambda row: row.microseconds).name
    bigs = []
    for name in ("intact", "damaged", worst):
        bigs.append(measured_big(name, chosen[name]))
        show_big(bigs[-1])
    return bigs


if __name__ == "__main__":
    main()
