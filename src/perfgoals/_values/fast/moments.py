"""Clauses with a date: from their frame, a function that fills it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import attrs

from perfgoals._build import maker
from perfgoals._values.dates import Date, NoSuchDateError
from perfgoals.targets import Comparator, DateRange, Deadline, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfgoals._values.fast.fills import Fill

_DATE = re.compile(
    r"(?P<year>#年度?)?(?P<month>#月份?)?(?P<day>#[日号])?"
    r"(?P<edge>(?<=月)[底末]|(?<=年)(?:[底末]|年[底末终]))?"
    r"(?P<close>(?:之|以)?(?:前|内(?![资部容外涝地河])))?"
)
"""The words of a date with # for each number: #年#月#日前, #月底前."""

_RANGE = re.compile(
    r"(?P<year>#年)?(?P<month>#月|#(?=(?:--?|~|至|到)#月$))?(?P<day>#[日号])?"
    r"(?:--?|~|至|到)"
    r"(?P<to_year>#年)?(?P<to_month>#月)?(?P<to_day>#[日号])?"
)
_YEAR_END = re.compile(r"[本当]?年度?(?:[底末终](?:之|以)?前|内(?![资部容外涝地河]))")
_DOTTED = re.compile(
    r"((?:19|20)[0-9]{2})\.(1[0-2]|0?[1-9])(?:\.(3[01]|[12][0-9]|0?[1-9]))?"
)
_CLOSED = re.compile(r"(?:之|以)?前(?P<rest>.*)")
_CENTURIES = frozenset({"19", "20"})
_FEBRUARY = 2
_LAST_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORT_REMARK = 4

BY: dict[str, Comparator | None] = {
    **dict.fromkeys(("截至", "截止", "截至到", "截止到"), Comparator.AT_MOST),
    **dict.fromkeys(("最迟", "最晚", "不晚于", "不迟于"), Comparator.AT_MOST),
    **dict.fromkeys(("不得晚于", "不得迟于"), Comparator.AT_MOST),
    **dict.fromkeys(("于", "在")),
}
"""The words in front of a date, and what they state."""

Places: TypeAlias = tuple[int | None, int | None, int | None]
"""Where the year, the month and the day stand among the parts of a value."""

_make_deadline = maker(Deadline)
_make_range = maker(DateRange)


@attrs.frozen(kw_only=True, eq=False)
class Moment:
    """A date that a frame begins with: its fields, and the *length* of its words."""

    fields: Places
    length: int
    to_end: bool
    close: str
    day_alone: bool
    is_vague: bool

    @property
    def numbers(self) -> int:
        """How many numbers it has."""
        return 3 - self.fields.count(None)


def moment(frame: str) -> Moment | None:
    """The date that *frame* begins with, # standing for each number."""
    match = _DATE.match(frame)
    if match is None or not match.end():
        return None
    year, month, day = match["year"], match["month"], match["day"]
    close = match["close"] or ""
    if day and (match["edge"] or (year and not month)):
        return None
    if not (year or month or (day and close.endswith("前"))):
        return None
    return Moment(
        fields=_places(match, "year", "month", "day"),
        length=match.end(),
        to_end=close.endswith("内") or bool(match["edge"]),
        close=close,
        day_alone=not month and day is not None,
        is_vague=not (day or match["edge"] or (year and month)),
    )


def deadline(
    moment: Moment, comparator: Comparator | None, every: str | None, note: str
) -> Fill:
    """Fills the frame of a date."""
    if comparator is None and moment.close:
        comparator = Comparator.AT_MOST

    def fill(parts: Sequence[str], at: int, raw: str) -> Target | None:
        date = _date(parts, at, moment.fields, to_end=moment.to_end)
        if date is None:
            return None
        return _make_deadline(raw, note or None, (), comparator, date, every)

    return fill


def date_range(frame: str) -> Fill | None:
    """Fills a frame of two dates, whole and with nothing else."""
    match = _RANGE.fullmatch(frame)
    if match is None or not _is_range(match):
        return None
    start = _places(match, "year", "month", "day")
    shift = 2 * (3 - start.count(None))
    places = _places(match, "to_year", "to_month", "to_day")
    year, month, day = (None if at is None else at + shift for at in places)
    end = (start[0] if year is None else year, month, day)

    def fill(parts: Sequence[str], at: int, raw: str) -> Target | None:
        first, last = _date(parts, at, start), _date(parts, at, end)
        if first is None or last is None:
            return None
        return _make_range(raw, None, (), first, last)

    return fill


def _is_range(match: re.Match[str]) -> bool:
    """Whether both ends of a range are printed alike, but for the year."""
    is_day = bool(match["day"] and match["month"])
    alike = is_day == bool(match["to_day"]) == bool(match["day"])
    is_month = bool(match["month"]) == bool(match["to_month"])
    return alike and is_month and bool(match["month"] or match["to_year"])


def marked(tail: str, note_of: Callable[[str], str | None]) -> Fill | None:
    """Fills a frame of three numbers with - or / between them: 2024-12-31前.

    *note_of* gives the remark that words make, or ``None`` where that is uncertain.
    """
    closing = _closing(tail, note_of)
    if closing is None:
        return None
    comparator, note = closing

    def fill(parts: Sequence[str], at: int, raw: str) -> Target | None:
        date = _date(parts, at, (0, 2, 4))
        if date is None:
            return None
        return _make_deadline(raw, note or None, (), comparator, date, None)

    return fill


def dotted(tail: str, note_of: Callable[[str], str | None]) -> Fill | None:
    """Fills a frame whose number is a date with points, as ``marked``: 2024.12.31前."""
    closing = _closing(tail, note_of)
    if closing is None:
        return None
    comparator, note = closing

    def fill(parts: Sequence[str], at: int, raw: str) -> Target | None:
        match = _DOTTED.fullmatch(parts[at])
        if match is None:
            return None
        day = int(match[3]) if match[3] else None
        date = _iso(int(match[1]), int(match[2]), day)
        doubts = () if day else ("date-or-number",)
        if date is None:
            return None
        return _make_deadline(raw, note or None, doubts, comparator, date, None)

    return fill


def _closing(
    tail: str, note_of: Callable[[str], str | None]
) -> tuple[Comparator | None, str] | None:
    """What 前 or nothing behind a date states, and the remark that follows."""
    closed = _CLOSED.fullmatch(tail)
    note = note_of(closed["rest"] if closed else "")
    if note is None or (tail and not closed):
        return None
    return (Comparator.AT_MOST if closed else None), note


def year_end(text: str) -> int:
    """The length of 年底前, 本年内 and the like at the beginning of *text*, or 0."""
    match = _YEAR_END.match(text)
    return match.end() if match else 0


def year_ends(note: str) -> Fill:
    """Fills a clause that names the end of the year."""

    def fill(_parts: Sequence[str], _at: int, raw: str) -> Target:
        return _make_deadline(
            raw, note or None, (), Comparator.AT_MOST, "--12-31", None
        )

    return fill


def _places(match: re.Match[str], *names: str) -> Places:
    """Where the numbers of *names* stand among the parts, from the first one on."""
    place = 0
    places: list[int | None] = []
    for name in names:
        places.append(None if match[name] is None else place)
        place += 0 if match[name] is None else 2
    year, month, day = places
    return year, month, day


def _date(
    parts: Sequence[str],
    at: int,
    fields: Places,
    *,
    to_end: bool = False,
) -> str | None:
    """The date whose year, month and day stand at *fields* behind *at*."""
    year = month = day = None
    year_at, month_at, day_at = fields
    if year_at is not None:
        run = parts[at + year_at]
        if len(run) != 4 or run[:2] not in _CENTURIES or not run.isdigit():
            return None
        year = int(run)
    if month_at is not None:
        run = parts[at + month_at]
        if len(run) > 2 or not run.isdigit():
            return None
        month = int(run)
    if day_at is not None:
        run = parts[at + day_at]
        if len(run) > 2 or not run.isdigit():
            return None
        day = int(run)
    return _iso(year, month, day, to_end=to_end)


def _iso(
    year: int | None, month: int | None, day: int | None, *, to_end: bool = False
) -> str | None:
    """The date in ISO 8601, if there is such a day."""
    if year and month and 1 <= month <= 12 and month != _FEBRUARY:
        last = _LAST_DAYS[month]
        day = last if day is None and to_end else day
        if day is None:
            return f"{year}-{month:02}"
        return f"{year}-{month:02}-{day:02}" if 1 <= day <= last else None
    try:
        date = Date(year, month, day)
        return str(date.end() if to_end else date)
    except NoSuchDateError:
        return None
