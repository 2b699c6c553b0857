"""From a table to findings: the verb that runs every check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.diagnostics import Diagnostic, ordered

if TYPE_CHECKING:
    from perfgoals.model import GoalTable


def check(table: GoalTable) -> tuple[Diagnostic, ...]:
    """What the checks find in *table*, ordered by location and span.

    The findings of reading it, in ``table.diagnostics``, are not repeated.

    Diagnostics: PG501 and PG502.

    >>> from perfgoals import read_table
    >>> check(read_table("examples/data/goals-2023.txt"))
    ()
    """
    from perfgoals.rules import CHECKS

    return ordered(finding for rule in CHECKS for finding in rule(table))
