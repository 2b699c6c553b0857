"""Why a value may mean something else than what was read: named, never decided."""

from __future__ import annotations

import functools
import operator
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from perfgoals._data import load_table
from perfgoals.targets import Compound, Quantity, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_RATE = re.compile(
    r"(?:率|比例|占比|比重|百分比|满意度|合格度|覆盖面)(?:[^\u4e00-\u9fff]|$)"
)
_HUNDRED = Decimal(100)
_SERIAL_DAYS = range(36526, 54789)
"""The days from 2000-01-01 to 2049-12-31 as spreadsheets count them."""
_RUN_TOGETHER = re.compile(
    r"20[0-4][0-9](?:[1-9]|1[0-2]|0[1-9])(?:[1-9]|[12][0-9]|3[01])?"
)
_YEARS = range(1990, 2100)
_MAGNITUDES = frozenset("十百千万亿")
_COUNTERS = frozenset("人台场个")
_LETTERS = frozenset("MYD")


@functools.cache
def reasons() -> Mapping[str, Mapping[str, str]]:
    """The text of every reason, by its name and language."""
    return load_table("ambiguities")


def with_doubts(target: Target, *, of_rate: bool) -> Target:
    """*target* with all reasons to doubt it; *of_rate* adds those under a rate."""
    target = _with(_DOUBTS, target)
    return _with(_DOUBTS_OF_RATES, target) if of_rate else target


def depends_on_name(target: Target) -> bool:
    """Whether *target* is more doubtful as the value of a rate.

    What the rules for rates say one by one, said at once: each new value is asked.
    """
    if isinstance(target, Quantity):
        if target.unit is None:
            return target.per is None and 0 <= target.number <= _HUNDRED
        return target.unit == "%" and target.number > _HUNDRED
    if isinstance(target, Compound):
        return any(map(depends_on_name, target.parts))
    return False


def _with(doubts: Mapping[str, Callable[[Quantity], bool]], target: Target) -> Target:
    if isinstance(target, Compound):
        parts = tuple(_with(doubts, part) for part in target.parts)
        is_same = all(map(operator.is_, parts, target.parts))
        return target if is_same else attrs.evolve(target, parts=parts)
    if not isinstance(target, Quantity) or not may_be_doubted(target):
        return target
    found = [reason for reason, applies in doubts.items() if applies(target)]
    if not found:
        return target
    return attrs.evolve(target, ambiguities=(*target.ambiguities, *found))


def may_be_doubted(target: Quantity) -> bool:
    """Whether any of the rules below can apply: said at once, as it is seldom so.

    For a unit other than % the number does not matter: the fast way relies on that.
    """
    unit = target.unit
    if not unit:
        return target.per is None
    if unit == "%":
        return target.number > _HUNDRED or "/" in target.raw
    if unit in _COUNTERS:
        return target.per is not None
    return unit[0] == "1" or unit in _LETTERS or set(unit) <= _MAGNITUDES


def all_doubts(target: Target) -> tuple[str, ...]:
    """The reasons of *target* and of its parts, each once."""
    own = list(target.ambiguities)
    if isinstance(target, Compound):
        own += [reason for part in target.parts for reason in all_doubts(part)]
    return tuple(dict.fromkeys(own))


def is_rate(name: str | None) -> bool:
    """Whether an indicator called *name* is a rate, so that its value is one."""
    return name is not None and _RATE.search(name) is not None


def _is_bare(target: Quantity) -> bool:
    return target.unit is None and target.per is None


def _is_whole(target: Quantity) -> bool:
    return _is_bare(target) and target.comparator is None and "." not in target.raw


def _is_within(number: Decimal, days: range) -> bool:
    """As ``number in days``, which would try them one by one for a Decimal."""
    return days.start <= number < days.stop and number == number.to_integral_value()


def _bare_fraction(target: Quantity) -> bool:
    return _is_bare(target) and 0 <= target.number <= 1


def _lost_percent(target: Quantity) -> bool:
    return _is_bare(target) and 1 < target.number <= _HUNDRED


def _above_hundred(target: Quantity) -> bool:
    return target.unit == "%" and target.number > _HUNDRED


def _lost_comparator(target: Quantity) -> bool:
    digits = str(target.number)
    if target.unit != "%" or target.comparator or not digits.startswith("2"):
        return False
    return target.number > _HUNDRED and 0 < Decimal(digits[1:]) <= _HUNDRED


def _spreadsheet_date(target: Quantity) -> bool:
    return _is_whole(target) and _is_within(target.number, _SERIAL_DAYS)


def _lost_date_marks(target: Quantity) -> bool:
    return _is_whole(target) and _RUN_TOGETHER.fullmatch(str(target.number)) is not None


def _year_or_number(target: Quantity) -> bool:
    return _is_whole(target) and _is_within(target.number, _YEARS)


def _unit_or_denominator(target: Quantity) -> bool:
    return (target.unit, target.per) in {
        ("人", "次"),
        ("台", "套"),
        ("场", "次"),
        ("个", "次"),
    }


def _magnitude_without_unit(target: Quantity) -> bool:
    return target.unit is not None and set(target.unit) <= _MAGNITUDES


def _letter_unit(target: Quantity) -> bool:
    return target.unit in _LETTERS


def _fraction_or_date(target: Quantity) -> bool:
    return "/" in target.raw and target.unit in {"%", "1/3", "1/6", "1/7", "1/9"}


_DOUBTS_OF_RATES: dict[str, Callable[[Quantity], bool]] = {
    "bare-fraction": _bare_fraction,
    "lost-percent": _lost_percent,
    "above-hundred-percent": _above_hundred,
}
_DOUBTS: dict[str, Callable[[Quantity], bool]] = {
    "lost-comparator": _lost_comparator,
    "spreadsheet-date": _spreadsheet_date,
    "lost-date-marks": _lost_date_marks,
    "year-or-number": _year_or_number,
    "unit-or-denominator": _unit_or_denominator,
    "magnitude-without-unit": _magnitude_without_unit,
    "letter-unit": _letter_unit,
    "fraction-or-date": _fraction_or_date,
}
