"""What a value was read as: its kind, its target, and the findings about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from perfgoals._values.ambiguity import depends_on_name
from perfgoals.targets import Qualitative

if TYPE_CHECKING:
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.targets import Target

Reading: TypeAlias = "tuple[int, Target, tuple[Diagnostic, ...]]"
"""The kind of a value, its target, and the findings about it.

A kind is a sum of the numbers below. Those of two values can be added, as two of one
number are less than the next: what the sum is at least tells whether one has findings,
or depends on the name of the indicator.
"""

WORDS = 1
"""It is words alone."""

OF_RATES = 4
"""It is more doubtful as the value of a rate."""

FOUND = 16
"""There are findings about it."""


def reading(target: Target, findings: tuple[Diagnostic, ...]) -> Reading:
    """The reading of a value as *target*."""
    if type(target) is Qualitative:
        return (FOUND + WORDS if findings else WORDS), target, findings
    kind = OF_RATES if depends_on_name(target) else 0
    return (FOUND + kind if findings else kind), target, findings
