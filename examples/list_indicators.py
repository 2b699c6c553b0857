"""Lists the indicators of a table, project by project, with what they ask for.

Usage: python examples/list_indicators.py [FILE]
"""

import sys
from pathlib import Path

import perfgoals as pg

EXAMPLE = Path(__file__).parent / "data" / "goals-2023.txt"


def main() -> None:
    """Print one line for each project and one for each of its indicators."""
    table = pg.read_table(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE)
    print(f"{table.department}, {table.currency_unit}")
    for project in table.projects:
        print(f"\n{project.name}: {project.funding.total}")
        for indicator in project.indicators:
            print(f"  {indicator.name}: {indicator.annual.raw}")


if __name__ == "__main__":
    main()
