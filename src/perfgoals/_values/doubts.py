"""The findings about a value: its doubts, and a comparator with no number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfgoals._values.ambiguity import all_doubts, reasons
from perfgoals._values.fold import fold
from perfgoals.diagnostics import Diagnostic
from perfgoals.targets import Qualitative

if TYPE_CHECKING:
    from perfgoals.spans import Span
    from perfgoals.targets import Target
    from perfgoals.units import Units

VALUE_LIMIT = 2_000
"""The most characters that are read as a target; a longer value is prose."""

_GLYPHS = re.compile(r"[≥≤><=]+\s*")


def doubtful(
    target: Target, span: Span, body: str, units: Units
) -> tuple[Diagnostic, ...]:
    """The findings about *target*, read from *body* at *span* of the value."""
    found = [_doubt(reason, span, body) for reason in all_doubts(target)]
    if isinstance(target, Qualitative) and _promises_a_number(body, units):
        found.append(Diagnostic.of("PG202", span, text=body))
    return tuple(found)


def _doubt(reason: str, span: Span, body: str) -> Diagnostic:
    if reason == "number-in-sentence":
        return Diagnostic.of("PG205", span)
    texts = reasons()[reason]
    return Diagnostic.of(
        "PG201", span, text=body, reason_en=texts["en"], reason_zh=texts["zh"]
    )


def _promises_a_number(text: str, units: Units) -> bool:
    """Whether a comparator stands there with nothing, or only a unit, behind it."""
    glyphs = _GLYPHS.match(fold(text[:VALUE_LIMIT]))
    if glyphs is None:
        return False
    rest = text[glyphs.end() :]
    words = re.sub(r"[^\u4e00-\u9fff]", "", rest)
    has_words = len(words) > 1 and words not in units.names
    return not has_words and not any(map(str.isdigit, rest))
