"""Target values: the closed set of things that an indicator can ask for."""

from __future__ import annotations

import decimal
import enum
import functools
import operator
import re
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeGuard

import attrs

from perfgoals._data import load_table
from perfgoals._iso_dates import ISO_DATE, days_of, in_year
from perfgoals.units import scale_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

_NUMBER_DIGITS = 64
"""The most digits that a number may have; a longer run of digits stays text."""


class Comparator(enum.StrEnum):
    """How the actual value must stand to the target.

    ``以上`` ``以下`` ``以内`` include the number; ``超过`` ``低于`` ``不足`` do
    not, nor does ``不满`` (by analogy with article 1259 of the Civil Code).
    """

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EQUAL = "="
    ABOUT = "≈"


_COMPARE: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE_THAN: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS_THAN: operator.lt,
    Comparator.EQUAL: operator.eq,
}


@functools.cache
def _grades() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """Grades of one character, a pattern for all, and one with what may part them."""
    words = sorted(load_table("words")["grades"], key=len, reverse=True)
    short = frozenset(word for word in words if len(word) == 1)
    grade = "|".join(words)
    step = rf"(?:{grade})[\s/、，,；;]*+"
    return short, re.compile(grade), re.compile(step)


_EXACT = decimal.Context(
    prec=200, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow]
)


def _exact(actual: Decimal | int) -> Decimal:
    if isinstance(actual, Decimal) or type(actual) is int:
        return Decimal(actual)
    msg = f"the actual value must be a Decimal or an int, got {type(actual).__name__}"
    raise TypeError(msg)


def _scale(number: Decimal, factor: Decimal, divisor: Decimal) -> Decimal:
    """*number* times *factor* by *divisor*, both powers of ten, with no exponent."""
    if factor == divisor:
        return number
    scaled = _EXACT.divide(_EXACT.multiply(number, factor), divisor)
    return Decimal(f"{scaled.normalize(_EXACT):f}")


def _plain_number(_: object, field: attrs.Attribute[Decimal], number: Decimal) -> None:
    if not isinstance(number, Decimal):
        msg = f"{field.name} must be a Decimal, got {type(number).__name__}"
        raise TypeError(msg)
    if not number.is_finite() or len(number.as_tuple().digits) > _NUMBER_DIGITS:
        msg = f"{field.name} must be finite and have at most {_NUMBER_DIGITS} digits"
        raise ValueError(msg)


_SPELLED = {"json_schema": {"pattern": ISO_DATE}}
"""What ``_iso_date`` checks, for the schema of a document."""


def _iso_date(_: object, field: attrs.Attribute[str], date: str) -> None:
    if not ISO_DATE.fullmatch(date):
        msg = f"{field.name} must be an ISO 8601 date, whole or partial, got {date!r}"
        raise ValueError(msg)


@attrs.frozen(kw_only=True)
class _Printed:
    """What every target carries: the text as printed and what surrounds the value.

    ``raw`` is the text exactly as printed, ``note`` the words around the number,
    ``ambiguities`` short names of the reasons why another reading is possible.
    """

    raw: str = ""
    note: str | None = None
    ambiguities: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Quantity(_Printed):
    """A number with its unit: ``≥10次``, ``4次/年``, ``不少于200家``.

    ``number`` is the exact decimal that was printed; ``unit`` keeps its magnitude
    word (``万人次``); ``per`` joins denominators with ``·`` (``人·年``). A bare
    ``100%`` has no ``comparator``: it does not state ``=100%``.
    """

    kind: ClassVar[str] = "quantity"

    comparator: Comparator | None = None
    number: Decimal = attrs.field(validator=_plain_number)
    unit: str | None = None
    per: str | None = None

    def accepts(self, actual: Decimal | int) -> bool | None:
        """Whether *actual*, in this unit and denominator, meets the target.

        ``None`` where the text does not decide: without a comparator, or with
        ``≈``, only the very number is sure to meet it.

        >>> Quantity(comparator=Comparator.AT_LEAST, number=Decimal(10)).accepts(10)
        True
        """
        actual = _exact(actual)
        if self.comparator is None or self.comparator is Comparator.ABOUT:
            return True if actual == self.number else None
        return _COMPARE[self.comparator](actual, self.number)

    def scaled(self, *, fractions: bool = False) -> Quantity:
        """The same target in base units: 1.5 万人次 is 15000 人次.

        With *fractions*, %, ‰ and ‱ become plain numbers too. Exact, always.

        >>> Quantity(number=Decimal("1.5"), unit="万人次").scaled()
        Quantity(raw='', note=None, ambiguities=(), comparator=None, \
number=Decimal('15000'), unit='人次', per=None)
        """
        factor, unit = scale_of(self.unit, fractions=fractions)
        divisor, per = scale_of(self.per, fractions=False)
        number = _scale(self.number, factor, divisor)
        return attrs.evolve(self, number=number, unit=unit, per=per)


@attrs.frozen(kw_only=True)
class Range(_Printed):
    """Two numbers, both included, in one unit: ``5-10个工作日``, ``±3%``."""

    kind: ClassVar[str] = "range"

    lower: Decimal = attrs.field(validator=_plain_number)
    upper: Decimal = attrs.field(validator=_plain_number)
    unit: str | None = None
    per: str | None = None

    def accepts(self, actual: Decimal | int) -> bool:
        """Whether *actual*, in this unit and denominator, lies within the range."""
        return self.lower <= _exact(actual) <= self.upper

    def scaled(self, *, fractions: bool = False) -> Range:
        """The same range in base units, as ``Quantity.scaled``."""
        factor, unit = scale_of(self.unit, fractions=fractions)
        divisor, per = scale_of(self.per, fractions=False)
        lower = _scale(self.lower, factor, divisor)
        upper = _scale(self.upper, factor, divisor)
        return attrs.evolve(self, lower=lower, upper=upper, unit=unit, per=per)


@attrs.frozen(kw_only=True)
class Deadline(_Printed):
    """A date: ``2024年12月底前`` is ``<=`` ``2024-12-31``, ``年底前`` ``--12-31``.

    ``date`` is ISO 8601, whole or partial: ``2024``, ``2024-12``, ``--12-31`` for a
    day of any year, ``---15`` for a day of any month, ``None`` where only words
    say when (``春节前``, kept in ``note``). ``every`` is the period of a deadline
    that returns (``月`` in ``每月15日前``).
    """

    kind: ClassVar[str] = "deadline"

    comparator: Comparator | None = None
    date: str | None = attrs.field(
        default=None,
        validator=attrs.validators.optional(_iso_date),
        metadata=_SPELLED,
    )
    every: str | None = None

    def resolve(self, year: int) -> Deadline:
        """The same deadline with its year: ``--12-31`` in 2024 is ``2024-12-31``.

        *year* is the year of the table; 次年 in the note adds one. A date that has
        a year, or that returns (``every``), or has no month, stays as it is.

        >>> Deadline(comparator=Comparator.AT_MOST, date="--12-31").resolve(2024).date
        '2024-12-31'
        """
        if self.date is None or self.every is not None:
            return self
        offset = 1 if self.note and "次年" in self.note else 0
        return attrs.evolve(self, date=in_year(self.date, year + offset))

    def accepts(self, actual: dt.date) -> bool | None:
        """Whether something done on *actual* is in time.

        A year or month stands for all its days. ``None`` where the text does not
        decide: without a comparator, or where the date has no year (``resolve``).
        """
        days = days_of(self.date)
        if days is None or self.comparator in {None, Comparator.ABOUT}:
            return None
        first, last = days
        match self.comparator:
            case Comparator.AT_MOST:
                return actual <= last
            case Comparator.LESS_THAN:
                return actual < first
            case Comparator.AT_LEAST:
                return actual >= first
            case Comparator.MORE_THAN:
                return actual > last
            case _:
                return first <= actual <= last


@attrs.frozen(kw_only=True)
class DateRange(_Printed):
    """From one date to another, both included: ``2023.07-2024.01``."""

    kind: ClassVar[str] = "date_range"

    start: str = attrs.field(validator=_iso_date, metadata=_SPELLED)
    end: str = attrs.field(validator=_iso_date, metadata=_SPELLED)

    def resolve(self, year: int) -> DateRange:
        """The same range with its years; an end before its start is a year later.

        >>> DateRange(start="--10-15", end="--04-15").resolve(2024).end
        '2025-04-15'
        """
        start = in_year(self.start, year)
        wraps = self.end.startswith("--") and self.end < self.start
        return attrs.evolve(self, start=start, end=in_year(self.end, year + wraps))

    def accepts(self, actual: dt.date) -> bool | None:
        """Whether *actual* lies within the range; ``None`` without its years."""
        first, last = days_of(self.start), days_of(self.end)
        if first is None or last is None:
            return None
        return first[0] <= actual <= last[1]


@attrs.frozen(kw_only=True)
class Compound(_Printed):
    """Several targets in one value: ``工业90%以上，商贸服务业80%以上``."""

    kind: ClassVar[str] = "compound"

    parts: tuple[Target, ...]


@attrs.frozen(kw_only=True)
class Qualitative(_Printed):
    """Words without a number to meet: ``有效提升``, ``不低于上年``.

    ``scale`` holds the grades, in order, where the words are nothing but grades
    (``优良中低差``): the form offers a choice and none was made.
    """

    kind: ClassVar[str] = "qualitative"

    text: str
    comparator: Comparator | None = None

    @property
    def scale(self) -> tuple[str, ...]:
        """The grades that the text is made of, where there are two or more.

        >>> Qualitative(text="好/较好/一般/差").scale
        ('好', '较好', '一般', '差')
        """
        short_grades, grade, step = _grades()
        if step.sub("", self.text):
            return ()
        signs = tuple(self.text)
        if len(signs) > len("优良") and short_grades.issuperset(signs):
            return signs
        grades = tuple(grade.findall(self.text))
        return grades if len(set(grades)) > 1 else ()


@attrs.frozen(kw_only=True)
class CustomTarget(_Printed):
    """The class to derive kinds of target from that an extension brings.

    Decorate the class with ``attrs.frozen(kw_only=True)``, name its ``kind``, and
    register it with ``register_target`` if it is to be written as JSON.

    >>> @attrs.frozen(kw_only=True)
    ... class Grade(CustomTarget):
    ...     kind = "grade"
    ...     letters: str
    >>> Grade(raw="AA级", letters="AA").to_text()
    'AA级'
    """

    kind: ClassVar[str] = ""

    def to_text(self) -> str:
        """The canonical text: as printed, unless a class knows a better one."""
        return self.raw


@attrs.frozen(kw_only=True)
class Absent(_Printed):
    """No target at all: an empty value, ``无``, ``/``, ``—``, ``不适用``."""

    kind: ClassVar[str] = "absent"


Target: TypeAlias = (
    Quantity | Range | Deadline | DateRange | Compound | Qualitative | Absent
)
"""Any target value; ``kind`` tells which."""

TARGET_TYPES: tuple[type[Target], ...] = (
    Quantity,
    Range,
    Deadline,
    DateRange,
    Compound,
    Qualitative,
    Absent,
)


def is_target(value: object) -> TypeGuard[Target]:
    """Whether *value* is a target, one of an extension included."""
    return isinstance(value, (*TARGET_TYPES, CustomTarget))


def without_text(target: Target) -> Target:
    """All that *target* states, without the text and doubts it was printed with.

    >>> one, other = Absent(raw="无"), Absent(raw="/")
    >>> without_text(one) == without_text(other)
    True
    """
    if isinstance(target, Compound):
        parts = tuple(map(without_text, target.parts))
        return attrs.evolve(target, raw="", ambiguities=(), parts=parts)
    return attrs.evolve(target, raw="", ambiguities=())
