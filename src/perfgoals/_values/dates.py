"""Dates as printed, whole or in part, as ISO 8601."""

from __future__ import annotations

import re

import attrs

from perfgoals._values.numerals import chinese

_LEAP_YEAR = 2024
"""Stands for a year that is not named: its February has all the days there are."""

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TEN_DAYS = {"上旬": 10, "中旬": 20}
_FIRST_DAYS = {"初"}
_NUMBER = re.compile(r"[0-9]+|[零○〇一二三四五六七八九十]+")


class NoSuchDateError(ValueError):
    """A month or day that no calendar has."""


@attrs.frozen
class Date:
    """A date of which any part may be unknown; ``str`` gives it as ISO 8601.

    >>> str(Date(2024, 12, 31)), str(Date(month=12, day=31)), str(Date(day=15))
    ('2024-12-31', '--12-31', '---15')
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        month, day = self.month, self.day
        if month is not None and not 1 <= month <= 12:
            raise NoSuchDateError(month)
        last = 31 if month is None else _last_day(self.year, month)
        if day is not None and not 1 <= day <= last:
            raise NoSuchDateError(day)

    def __str__(self) -> str:
        month = "" if self.month is None else f"{self.month:02}"
        day = "" if self.day is None else f"-{self.day:02}"
        if self.year is not None:
            return f"{self.year:04}" + (month and f"-{month}") + day
        return f"--{month}{day}"

    def end(self) -> Date:
        """The last day of a year or month; a day is its own end."""
        if self.day is not None:
            return self
        month = 12 if self.month is None else self.month
        return Date(self.year, month, _last_day(self.year, month))

    def in_year_of(self, other: Date) -> Date:
        """The date in the year, and at least the month, that *other* names."""
        year = other.year if self.year is None else self.year
        return attrs.evolve(self, year=year)


def numbers(text: str) -> list[int]:
    """The numbers in *text*, in digits or in Chinese.

    >>> numbers("二〇二四年十二月31日")
    [2024, 12, 31]
    """
    found = _NUMBER.findall(text)
    return [int(run) if run.isascii() else int(chinese(run)) for run in found]


def edge_of(date: Date, edge: str) -> Date:
    """The day that 底, 末, 初 or a 旬 of *date* names."""
    if edge in _TEN_DAYS:
        return attrs.evolve(date, day=_TEN_DAYS[edge])
    if edge in _FIRST_DAYS:
        return attrs.evolve(date, month=date.month or 1, day=1)
    return date.end()


def quarter(text: str, year: int | None) -> Date:
    """The last day of the quarter that *text* names: ``第三季度``."""
    number = next(_QUARTERS[sign] for sign in text if sign in _QUARTERS)
    return Date(year, 3 * number).end()


def _last_day(year: int | None, month: int) -> int:
    import calendar  # brings datetime and locale, for a date only

    return calendar.monthrange(_LEAP_YEAR if year is None else year, month)[1]
