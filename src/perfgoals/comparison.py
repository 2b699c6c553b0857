"""Compares two targets of one indicator: the whole period's and the year's."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import attrs

from perfgoals.targets import Comparator, Quantity, Range, Target, without_text

if TYPE_CHECKING:
    from decimal import Decimal

_UPWARDS = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
_DOWNWARDS = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})


class Relation(enum.StrEnum):
    """How a second target stands to a first one."""

    EQUAL = "equal"
    TIGHTER = "tighter"
    LOOSER = "looser"
    NOT_COMPARABLE = "not comparable"


@attrs.frozen
class Comparison:
    """A relation, and the reason where there is none.

    ``reason`` names what could not be aligned: ``kind``, ``comparator``, ``unit``,
    ``denominator``, ``direction`` or ``overlap``; it is ``None`` otherwise.
    """

    relation: Relation
    reason: str | None = None


def compare(period: Target, annual: Target) -> Comparison:
    """How *annual* stands to *period*: equal, tighter, looser, or not comparable.

    Sign, unit and denominator are aligned first: 1.5万人次 and 15000人次 are equal,
    4次/年 and 4次 are not comparable, for they have different denominators. A
    tighter target is met by fewer actual values; two different numbers without a
    comparator have no direction. Exact; nothing is rounded or assumed.

    >>> from perfgoals import parse_target
    >>> compare(parse_target("≥90%"), parse_target("≥95%")).relation
    <Relation.TIGHTER: 'tighter'>
    >>> compare(parse_target("2家/年"), parse_target("≥2")).reason
    'comparator'
    """
    if isinstance(period, Quantity) and isinstance(annual, Quantity):
        return _quantities(_base(period), _base(annual))
    if isinstance(period, Range) and isinstance(annual, Range):
        return _ranges(period.scaled(fractions=True), annual.scaled(fractions=True))
    if without_text(period) == without_text(annual):
        return Comparison(Relation.EQUAL)
    reason = "kind" if period.kind != annual.kind else "direction"
    return Comparison(Relation.NOT_COMPARABLE, reason)


def _base(target: Quantity) -> Quantity:
    return target.scaled(fractions=True)


def _mismatch(first: Quantity | Range, second: Quantity | Range) -> Comparison | None:
    if first.unit != second.unit:
        return Comparison(Relation.NOT_COMPARABLE, "unit")
    if first.per != second.per:
        return Comparison(Relation.NOT_COMPARABLE, "denominator")
    return None


def _quantities(first: Quantity, second: Quantity) -> Comparison:
    if _direction(first.comparator) != _direction(second.comparator):
        return Comparison(Relation.NOT_COMPARABLE, "comparator")
    mismatch = _mismatch(first, second)
    if mismatch:
        return mismatch
    if first.number == second.number:
        return _same_number(first.comparator, second.comparator)
    rises = second.number > first.number
    if first.comparator in _UPWARDS:
        return Comparison(Relation.TIGHTER if rises else Relation.LOOSER)
    if first.comparator in _DOWNWARDS:
        return Comparison(Relation.LOOSER if rises else Relation.TIGHTER)
    return Comparison(Relation.NOT_COMPARABLE, "direction")


def _direction(comparator: Comparator | None) -> object:
    if comparator in _UPWARDS:
        return 1
    return -1 if comparator in _DOWNWARDS else comparator


def _same_number(first: Comparator | None, second: Comparator | None) -> Comparison:
    if first == second:
        return Comparison(Relation.EQUAL)
    open_ended = {Comparator.MORE_THAN, Comparator.LESS_THAN}
    return Comparison(Relation.TIGHTER if second in open_ended else Relation.LOOSER)


def _ranges(first: Range, second: Range) -> Comparison:
    mismatch = _mismatch(first, second)
    if mismatch:
        return mismatch
    below: Decimal = second.lower - first.lower
    above: Decimal = first.upper - second.upper
    if below == 0 == above:
        return Comparison(Relation.EQUAL)
    if below >= 0 and above >= 0:
        return Comparison(Relation.TIGHTER)
    if below <= 0 and above <= 0:
        return Comparison(Relation.LOOSER)
    return Comparison(Relation.NOT_COMPARABLE, "overlap")
