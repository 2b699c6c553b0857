"""Whether the attacks that a checker found are attacks: the clock decides.

``python -m tests.attacks ALARMS`` reads the JSON that ``.ci/recheck.js`` prints.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tests.patterns import registry

from perfgoals._values.doubts import VALUE_LIMIT

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

FACTOR = 8
MOST_GROWTH = 2 * FACTOR
FIRST_LENGTH = 500
LONGEST = 64_000
LEAST_SECONDS = 0.002
GIVE_UP_SECONDS = 20

MOST_SECONDS_FOR_A_VALUE = 0.05
"""A value is short, so a terminal of values may grow with its square up to here."""


def attack_text(alarm: dict[str, Any], length: int) -> str:
    """The attack of *alarm*, about *length* characters of it."""
    pumps = alarm["pumps"]
    each = length // max(1, len(pumps))
    parts = [
        pump["prefix"] + pump["pump"] * (each // len(pump["pump"])) for pump in pumps
    ]
    return "".join([*parts, alarm["suffix"]])


def seconds(look: Callable[[str], object], text: str) -> float:
    """The best of three times to *look* at *text*."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        look(text)
        best = min(best, time.process_time() - start)
    return best


def judged(pattern: re.Pattern[str], alarm: dict[str, Any]) -> str:
    """What is wrong with *pattern*, or nothing."""
    try:
        with limited():
            return _judged(pattern, alarm)
    except TimeoutError:
        return "does not come to an end"


def _judged(pattern: re.Pattern[str], alarm: dict[str, Any]) -> str:
    """A lexer tries a terminal anywhere; the others look where a text begins."""
    if alarm["name"].startswith("targets:"):
        taken = seconds(pattern.search, attack_text(alarm, VALUE_LIMIT))
        slow = taken > MOST_SECONDS_FOR_A_VALUE
        return f"takes {taken:.2f} s for a value" if slow else ""
    length, first = FIRST_LENGTH, 0.0
    while length < LONGEST and first < LEAST_SECONDS:
        length *= 2
        first = seconds(pattern.match, attack_text(alarm, length))
    last = seconds(pattern.match, attack_text(alarm, FACTOR * length))
    return f"grows by {last / first:.0f}" if last > MOST_GROWTH * first else ""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """For some seconds; then it raises ``TimeoutError``."""
    signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, GIVE_UP_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _end(*_: object) -> NoReturn:
    raise TimeoutError


def main() -> None:
    """Judge every alarm of a file, print it, and fail if one is true."""
    results = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    patterns = registry()
    alarms = [result for result in results if result["pumps"]]
    verdicts = {
        alarm["name"]: judged(patterns[alarm["name"]], alarm) for alarm in alarms
    }
    undecided = [row["name"] for row in results if row["status"] == "unknown"]
    lines = [f"{name}: {verdict or 'an alarm'}" for name, verdict in verdicts.items()]
    lines.append(f"{len(results)} patterns, {len(alarms)} alarms")
    lines.append(f"no attack found in time for {', '.join(undecided)}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(any(verdicts.values()))


if __name__ == "__main__":
    main()
