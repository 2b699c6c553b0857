"""The checks: small functions from a table to findings, one family per module.

A new check is a function in the module of its family, named in the ``CHECKS`` of
that module; a new family is a module named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from perfgoals.diagnostics import Diagnostic
from perfgoals.model import GoalTable
from perfgoals.rules import funding

Check: TypeAlias = Callable[[GoalTable], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (*funding.CHECKS,)
"""Every check, in no particular order: findings are ordered by location."""
