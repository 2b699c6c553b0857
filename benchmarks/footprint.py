"""What perfgoals costs beside the time per indicator: memory, import and cold start."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import tracemalloc
from typing import TYPE_CHECKING

from benchmarks.corpus import Corpus

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CELL = Corpus(seed=1).cell(20)
PROGRAMS = {
    "python": "",
    "attrs and lark": "import attrs, lark",
    "perfgoals": "import perfgoals",
    "perfgoals and a first parse": f"import perfgoals; perfgoals.parse({_CELL!r})",
    "perfgoals and a first parse of a damaged cell": (
        f"import perfgoals; perfgoals.parse({Corpus(seed=1).damaged(5, share=1.0)!r})"
    ),
}
"""What is run by fresh interpreters, by its name."""

BASE = "attrs and lark"


def retained(read: Callable[[str], object], cell: str) -> int:
    """The bytes that the result of *read* keeps, the text of *cell* not counted.

    Both a bare regex and perfgoals are given that text; perfgoals keeps it, too.
    """
    gc.collect()
    tracemalloc.start()
    try:
        result = read(cell)
        gc.collect()
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del result
    return size


def cold_starts(rounds: int) -> dict[str, list[float]]:
    """The processor seconds of each program, in turn, with its bytecode cached."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for program in PROGRAMS.values():
        _run(program)
    for _ in range(rounds):
        for name, program in PROGRAMS.items():
            times[name].append(_run(program))
    return times


def _run(program: str) -> float:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = _spent()
    subprocess.run(  # noqa: S603  (the programs are above)
        [sys.executable, "-c", program], check=True, env=environment
    )
    return _spent() - start


def _spent() -> float:
    """The processor time of all programs so far; on Windows, the time that passed."""
    if resource is None:
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(used.ru_utime + used.ru_stime)


def ratios(times: Iterable[float], base: Iterable[float]) -> tuple[float, ...]:
    """The ratio of each of *times* to that of *base* in its round."""
    return tuple(map(float.__truediv__, times, base))
