"""Shows what is wrong with a table, under the text that is meant, in Chinese.

Usage: python examples/findings.py [FILE]
"""

import sys
from pathlib import Path

import perfgoals as pg

EXAMPLE = Path(__file__).parent / "data" / "goals-2023.txt"


def main() -> None:
    """Print the findings of each project, then what its money does not add up to."""
    table = pg.read_table(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE)
    for project in table.projects:
        for finding in project.indicators.diagnostics:
            if finding.severity is not pg.Severity.INFO:
                print(finding.translated("zh").render(project.indicators.source))
    for finding in pg.check(table):
        print(finding.translated("zh").render(""))


if __name__ == "__main__":
    main()
