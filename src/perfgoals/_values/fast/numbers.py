"""Clauses with one number or two: from their frame, a function that fills it."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals._build import maker
from perfgoals._values.ambiguity import with_doubts
from perfgoals._values.comparators import stated_by
from perfgoals._values.denominators import denominator
from perfgoals.targets import Comparator, Quantity, Range, Target
from perfgoals.units import are_unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._values.fast.fills import Fill
    from perfgoals._values.fast.heads import Head
    from perfgoals._values.fast.tails import Tail
    from perfgoals._values.fast.unit_words import UnitWords

_CONTEXT = decimal.Context(prec=100, traps=[decimal.InvalidOperation])
_MOST_DIGITS = 60
_CENTURIES = frozenset({"19", "20"})
_CALENDAR = re.compile(
    r"[0-9]{4}\.(?:1[0-2]|0?[1-9])|[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_HUNDRED = Decimal(100)
_BEFORE_YEARS = Decimal(1989)
"""Up to here a bare number is neither a year nor another date."""

_ONE_SIDED = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})

_make_quantity = maker(Quantity)
_make_range = maker(Range)


def number_of(run: str) -> Decimal | None:
    """The number that a *run* of digits, points and commas is; not if it is a date."""
    if run[:2] in _CENTURIES and _CALENDAR.fullmatch(run):
        return None
    try:
        number = Decimal(run, _CONTEXT)
    except decimal.InvalidOperation:
        if not _GROUPED.fullmatch(run):
            return None
        number = Decimal(run.replace(",", ""))
    return number if len(run) < _MOST_DIGITS else None


def _is_year(run: str) -> bool:
    return run[:2] in _CENTURIES and len(run) == len("2024") and run.isdigit()


def quantity(head: Head, tail: Tail, units: UnitWords) -> Fill | None:
    """Fills the frame of a clause with one number."""
    if head.each and (tail.unit or "").startswith(("日", "号")):
        return None
    comparator, doubts = stated_by((*head.kinds, *tail.kinds))
    unit, per = tail.unit, joined_denominators(head, tail, units)
    note = head.note + tail.note or None
    sample = Quantity(number=Decimal(1), unit=unit, per=per, ambiguities=doubts)
    is_bare, is_percentage = unit is None and per is None, unit == "%"
    is_joined = is_percentage and per is not None
    is_doubtful = is_joined or (comparator is None and (is_bare or is_percentage))
    is_dated = (unit or "").startswith("年") or tail.per != ()
    least_doubtful = _BEFORE_YEARS if is_bare else _HUNDRED
    if not is_bare:
        doubts = with_doubts(sample, of_rate=False).ambiguities

    def fill(parts: Sequence[str], at: int, raw: str) -> Target | None:
        run = parts[at]
        number = number_of(run)
        if number is None or (is_dated and _is_year(run)):
            return None
        target = _make_quantity(raw, note, doubts, comparator, number, unit, per)
        if is_doubtful and (is_joined or number > least_doubtful):
            return with_doubts(target, of_rate=False)
        return target

    return fill


def ungrouped(fill: Fill) -> Fill:
    """*fill* for a number that has no commas."""

    def fill_ungrouped(parts: Sequence[str], at: int, raw: str) -> Target | None:
        return None if "," in parts[at] else fill(parts, at, raw)

    return fill_ungrouped


def span_of_numbers(head: Head, low: Tail, high: Tail, units: UnitWords) -> Fill | None:
    """Fills the frame of a clause with two numbers that are the ends of a range."""
    if are_unlike(low.unit, high.unit):
        return None
    unit, per = high.unit or low.unit, joined_denominators(head, high, units)
    note = head.note + high.note or None
    stated, _ = stated_by((*head.kinds, *low.kinds, *high.kinds))
    doubts = ("comparator-on-range",) if stated in _ONE_SIDED else ()

    def fill(parts: Sequence[str], at: int, raw: str) -> Target | None:
        low_run, high_run = parts[at], parts[at + 2]
        lower, upper = number_of(low_run), number_of(high_run)
        if lower is None or upper is None or _is_year(low_run) or _is_year(high_run):
            return None
        if lower > upper:
            lower, upper = upper, lower
        return _make_range(raw, note, doubts, lower, upper, unit, per)

    return fill


def joined_denominators(head: Head, tail: Tail, units: UnitWords) -> str | None:
    """The denominators of a clause in one; a time is named last."""
    names = [*tail.per, *map(denominator, head.each)]
    if tail.per and head.each:
        names.sort(key=lambda name: name.lstrip("0123456789半") in units.ends)
    return "·".join(filter(None, names)) or None
