"""What is wrong with the indicators of a cell, each finding with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._blanks import BLANKS, INVISIBLE
from perfgoals._cells.entry import Coded, Entry, Field
from perfgoals._cells.signs import PLACEHOLDER
from perfgoals._cells.text import indicator_text
from perfgoals.diagnostics import Diagnostic
from perfgoals.model import Category, Indicator, Level
from perfgoals.spans import Span
from perfgoals.targets import Qualitative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfgoals.taxonomy import Taxonomy

_NAMED_CHARACTERS = 5

_HINT = re.compile(r"[(（][^()（）]{0,20}?(?:[*×xX]{2}|__|…)[^()（）]{0,20}[)）]")

_CLAUSE_END = re.compile("[。；;，,、：:]")
_SHORTEST_CLAUSE = 3
_LONG_VALUE = 20
_SUFFIXES = frozenset("率数量性度化的了等者值额期")
"""A word is whole without them: 完成项目 is not cut off from 完成项目数."""


@attrs.frozen(kw_only=True)
class Row:
    """An indicator, and the printed fields that it was made from."""

    indicator: Indicator
    entry: Entry


# ── Stretches ───────────────────────────────────────────────────────────────


def of_characters(text: str, span: Span) -> Iterator[Diagnostic]:
    """PG001, once for a stretch: where the first one stands, and which there are."""
    first = INVISIBLE.search(text, span.start, span.end)
    if first:
        found = sorted(filter(INVISIBLE.match, set(span.of(text))))
        names = [f"U+{ord(character):04X}" for character in found]
        shown = ", ".join(names[:_NAMED_CHARACTERS])
        more = ", …" if len(names) > _NAMED_CHARACTERS else ""
        yield Diagnostic.of("PG001", Span(*first.span()), characters=shown + more)


def of_unreadable(text: str, span: Span, *, trails: bool) -> Diagnostic:
    """The finding for a stretch that is no indicator, or that *trails* the last."""
    shown = span.of(text).strip(BLANKS)
    if PLACEHOLDER.fullmatch(shown):
        return Diagnostic.of("PG108", span, text=shown)
    return Diagnostic.of("PG107" if trails else "PG101", span, text=shown)


# ── One indicator ───────────────────────────────────────────────────────────


def of_indicator(row: Row, text: str, taxonomy: Taxonomy) -> Iterator[Diagnostic]:
    """Everything that an indicator of the cell *text* shows by itself."""
    yield from _missing(row.entry, row.indicator.span)
    yield from _stray(row.entry)
    yield from _hints(row.entry.name)
    yield from misplaced(row, taxonomy)
    yield from _cut_off(row)
    canonical = indicator_text(row.indicator)
    if canonical != row.indicator.span.of(text):
        yield Diagnostic.of("PG120", row.indicator.span, text=canonical)


def _missing(entry: Entry, span: Span) -> Iterator[Diagnostic]:
    fields = {
        "一级指标": entry.level and entry.level.name,
        "二级指标": entry.category and entry.category.name,
        "指标名称": entry.name,
        "实施周期指标值": entry.period and entry.period.text,
        "年度指标值": entry.annual and entry.annual.text,
    }
    if entry.is_free:
        fields = {"指标名称": entry.name}
    for name, field in fields.items():
        if not field:
            yield Diagnostic.of("PG102", span, field=name)
        elif not field.text:
            yield Diagnostic.of("PG102", field.span, field=name)


def _stray(entry: Entry) -> Iterator[Diagnostic]:
    for label in entry.unknown:
        yield Diagnostic.of("PG103", label.span, label=label.text)
    for label in entry.repeated:
        yield Diagnostic.of("PG111", label.span, label=label.text)
    for field in entry.unseparated:
        yield Diagnostic.of("PG110", field.span, text=field.text)


def _hints(name: Field | None) -> Iterator[Diagnostic]:
    if name:
        hint = PLACEHOLDER.fullmatch(name.text) or _HINT.search(name.text)
        if hint:
            span = Span(*hint.span()).shifted(name.start)
            yield Diagnostic.of("PG108", span, text=hint.group())


def misplaced(row: Row, taxonomy: Taxonomy) -> Iterator[Diagnostic]:
    """PG302 where a code says something else than its name, PG301 for the branch."""
    level, category = row.indicator.level, row.indicator.category
    if level and row.entry.level:
        yield from _contradicted(row.entry.level, level, taxonomy)
    if category and row.entry.category:
        yield from _contradicted(row.entry.category, category, taxonomy)
        if level and row.entry.level and not _fits(level, category, taxonomy):
            yield Diagnostic.of(
                "PG301",
                row.entry.category.printed.span,
                category=row.entry.category.printed.text,
                expected="、".join(
                    above.zh for above in taxonomy.levels_of(category.concept or "")
                ),
                level=row.entry.level.printed.text,
            )


def _contradicted(
    printed: Coded, denoted: Level | Category, taxonomy: Taxonomy
) -> Iterator[Diagnostic]:
    """PG302; a name that is not known contradicts nothing."""
    meant = taxonomy.coded(printed.code)
    if meant and printed.code and denoted.concept not in (None, meant.id):
        yield Diagnostic.of(
            "PG302",
            printed.printed.span,
            code=printed.code,
            expected=meant.zh,
            name=printed.name.text,
        )


def _fits(level: Level, category: Category, taxonomy: Taxonomy) -> bool:
    """Whether the category may stand under the level, as far as both are known."""
    if level.concept is None or category.concept is None:
        return True
    return taxonomy.allows(level.concept, category.concept)


def _cut_off(row: Row) -> Iterator[Diagnostic]:
    period, annual = row.entry.period, row.entry.annual
    targets = (row.indicator.period, row.indicator.annual)
    if period and annual and all(isinstance(t, Qualitative) for t in targets):
        for value, other in ((period.text, annual.text), (annual.text, period.text)):
            if rest := rest_of_word(value.text, other.text):
                yield Diagnostic.of("PG109", value.span, text=value.text, rest=rest)


def rest_of_word(text: str, other: str) -> str:
    """How *other* goes on where *text* breaks off, or nothing if *text* is whole.

    A long text is cut off where the other says more without a new clause, a short
    one where the other completes its last clause by a single character.
    """
    if len(text) >= _LONG_VALUE and other.startswith(text):
        return _CLAUSE_END.split(other[len(text) :], maxsplit=1)[0]
    last = _CLAUSE_END.split(text)[-1]
    clauses = set(_CLAUSE_END.split(other))
    if len(last) < _SHORTEST_CLAUSE or last in clauses:
        return ""
    completed = {clause[:-1]: clause[-1:] for clause in clauses}
    rest = completed.get(last, "")
    return "" if rest in _SUFFIXES else rest
