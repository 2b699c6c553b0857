"""Counts what kinds of targets a table sets, and how many of them can be measured.

Usage: python examples/kinds_of_targets.py [FILE]
"""

import sys
from collections import Counter
from pathlib import Path

import perfgoals as pg

EXAMPLE = Path(__file__).parent / "data" / "goals-2023.txt"


def is_measurable(target: pg.Target) -> bool:
    """Whether a target names a number or a date to be met."""
    match target:
        case pg.Qualitative() | pg.Absent():
            return False
        case pg.Compound(parts=parts):
            return any(map(is_measurable, parts))
        case _:
            return True


def main() -> None:
    """Print how often each kind of annual target occurs."""
    table = pg.read_table(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE)
    targets = [one.annual for project in table.projects for one in project.indicators]
    for kind, count in Counter(target.kind for target in targets).most_common():
        print(f"{kind}: {count}")
    print(f"measurable: {sum(map(is_measurable, targets))} of {len(targets)}")


if __name__ == "__main__":
    main()
