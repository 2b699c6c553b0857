"""ISO 8601 dates of which any part may be missing, as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

ISO_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<any_month>[0-9]{2})(?:-(?P<any_day>[0-9]{2}))?"
    r"|---(?P<only_day>[0-9]{2})"
)
"""``2024``, ``2024-12``, ``2024-12-31``, ``--12``, ``--12-31`` and ``---15``."""


def in_year(date: str, year: int) -> str:
    """An ISO date with a year, if it has a month; 29 February gives way to the 28th."""
    if not date.startswith("--") or date.startswith("---"):
        return date
    import calendar

    if date == "--02-29" and not calendar.isleap(year):
        return f"{year:04}-02-28"
    return f"{year:04}{date[1:]}"


def days_of(date: str | None) -> tuple[dt.date, dt.date] | None:
    """The first and last day of an ISO date that has a year."""
    if date is None or date.startswith("--"):
        return None
    import calendar
    import datetime as dt

    year, *rest = map(int, date.split("-"))
    month_first = rest[0] if rest else 1
    month_last = rest[0] if rest else 12
    if len(rest) > 1:
        day = dt.date(year, month_first, rest[1])
        return day, day
    last = calendar.monthrange(year, month_last)[1]
    return dt.date(year, month_first, 1), dt.date(year, month_last, last)
