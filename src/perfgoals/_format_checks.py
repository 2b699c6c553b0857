"""What a formatter must prove of its text before that takes the place of another."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias
from unicodedata import category, normalize

import attrs

from perfgoals.errors import PerfgoalsError
from perfgoals.excerpt import printable
from perfgoals.formatter import to_text
from perfgoals.labels import YEAR, Labels
from perfgoals.model import GoalTable, Indicator, IndicatorList, Project, Total
from perfgoals.spans import Location, Span

Document: TypeAlias = tuple[GoalTable, ...] | IndicatorList
"""What a file holds: tables, or the text of one cell."""

_LOSSES = frozenset({"PG401", "PG402", "PG404", "PG406", "PG407", "PG411", "PG413"})
"""The findings about what a table prints and its model does not hold."""

_QUOTED = 40
_YEAR = re.escape(YEAR)
_SEEN = frozenset("LNS")
_MARKS = dict.fromkeys(map(ord, "☆▲△"), "★")


def checked_text(
    document: Document,
    read: Callable[[str], Document],
    labels: Labels = Labels.packaged(),  # noqa: B008  (immutable)
) -> str:
    """The canonical text of *document*, proven by every check.

    *read* reads such a text again, *labels* are those that it knows. Raises
    ``PerfgoalsError`` with what a check found.
    """
    text = text_of(document)
    again = read(text)
    for check in (same_meaning, stable, partial(nothing_dropped, labels=labels)):
        problem = check(document, text, again)
        if problem is not None:
            msg = f"the canonical text would not be safe: {problem}"
            raise PerfgoalsError(msg)
    return text


def text_of(document: Document) -> str:
    """The canonical text of *document*, with a blank line between tables."""
    if isinstance(document, IndicatorList):
        return to_text(document) + "\n"
    return "\n".join(map(to_text, document))


def same_meaning(document: Document, _: str, again: Document) -> str | None:
    """What *again* says otherwise than *document*, all places left aside."""
    before, after = _meaning(document), _meaning(again)
    if before == after:
        return None
    if len(before) != len(after):
        return f"it would be read as {len(after)} parts instead of {len(before)}"
    changed = next(old for old, new in zip(before, after, strict=True) if old != new)
    return f"“{_named(changed)}” would be read as something else"


def stable(_: Document, text: str, again: Document) -> str | None:
    """Whether *text* would change if what is read from it were formatted."""
    return None if text_of(again) == text else "formatting it again would change it"


def nothing_dropped(
    document: Document,
    _: str,
    __: Document,
    labels: Labels = Labels.packaged(),  # noqa: B008  (immutable)
) -> str | None:
    """What *document* was printed with and its canonical text has no place for."""
    return next(filter(None, _losses(document, labels)), None)


Check: TypeAlias = Callable[[Document, str, Document], str | None]

CHECKS: tuple[Check, ...] = (same_meaning, stable, nothing_dropped)
"""From a document, its canonical text and what that is read as to what is wrong."""


def _meaning(document: Document) -> list[object]:
    """The parts of *document*, without their places and their findings."""
    if isinstance(document, IndicatorList):
        return list(map(_placeless, document))
    return [part for table in document for part in _table_parts(table)]


def _table_parts(table: GoalTable) -> Iterator[object]:
    yield (table.title, table.department, table.currency_unit)
    for total in table.totals:
        yield attrs.evolve(total, location=Location())
    for project in table.projects:
        items = tuple(map(_placeless, project.indicators))
        indicators = IndicatorList(items=items)
        yield attrs.evolve(project, location=Location(), indicators=indicators)


def _placeless(indicator: Indicator) -> Indicator:
    extras = tuple(attrs.evolve(extra, span=Span(0, 0)) for extra in indicator.extras)
    return attrs.evolve(indicator, span=Span(0, 0), extras=extras)


def _named(part: object) -> str:
    if isinstance(part, Indicator | Project | Total):
        return printable(part.name, _QUOTED)
    return "the heading"


def _losses(document: Document, labels: Labels) -> Iterator[str | None]:
    if isinstance(document, IndicatorList):
        yield _loss(document, labels)
        return
    for table in document:
        for finding in table.diagnostics:
            if finding.code in _LOSSES:
                yield f"{printable(str(finding.location))}: {finding.message}"
        for project in table.projects:
            yield _loss(project.indicators, labels)


def _loss(cell: IndicatorList, labels: Labels) -> str | None:
    dropped = printable(_dropped(cell, labels), _QUOTED)
    return f"“{dropped}” would be lost" if dropped else None


def _dropped(cell: IndicatorList, labels: Labels) -> str:
    """What can be seen in the text of *cell* and not in its canonical text.

    Labels are left aside: the canonical text has one for each value.
    """
    printed = _visible(cell.source, labels)
    missing = Counter(printed)
    missing.subtract(_visible(to_text(cell), labels))
    lost: list[str] = []
    for sign in printed:
        if missing[sign] > 0:
            missing[sign] -= 1
            lost.append(sign)
    return "".join(lost)


def _visible(text: str, labels: Labels) -> str:
    """The letters, numbers and signs of *text*, in their plain forms, no labels."""
    plain = normalize("NFKC", text).translate(_MARKS)
    seen = "".join(sign for sign in plain if category(sign)[0] in _SEEN)
    return _pattern(labels).sub("", seen)


@functools.lru_cache(maxsize=8)
def _pattern(labels: Labels) -> re.Pattern[str]:
    """The labels of the two values, and 指标 in front of an ordinal."""
    words = sorted({*labels.period, *labels.annual}, key=len, reverse=True)
    patterns = [re.escape(word).replace(_YEAR, "[0-9]{4}") for word in words]
    return re.compile("|".join([*patterns, "指标(?=[0-9])"]))
