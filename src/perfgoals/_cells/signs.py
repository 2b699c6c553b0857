"""What all that read cells go by: where lines end, what a form leaves to fill in."""

from __future__ import annotations

import re

import attrs

from perfgoals._blanks import BLANKS

LINE_BREAKS = "\r\n"

PLACEHOLDER = re.compile(r"指标[0-9０-９]*[:：]?|[….·⋯]{2,}|[*×xX]{2,}")
"""What a form has where an indicator is to be filled in."""


@attrs.frozen
class Skipped:
    """Indicators that were read without a look at the landmarks in them.

    They are *count*, and reach to *end*, where *number* is the ordinal of the next one
    if there is one; ``has_lines`` tells that one of them ends with its line.
    """

    end: int
    count: int
    number: int
    has_lines: bool


def ends_a_line(text: str) -> bool:
    """Whether there is a line break among the blanks at the end of *text*."""
    return any(sign in LINE_BREAKS for sign in text[len(text.rstrip(BLANKS)) :])
