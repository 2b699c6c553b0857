"""The rules of dates: from their part of the tree to dates and their pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from lark import Token, Transformer

from perfgoals._values import dates as _dates
from perfgoals._values.dates import Date
from perfgoals._values.denominators import denominator
from perfgoals._values.pieces import (
    Moment,
    Piece,
    flat_tokens,
    is_token,
    only,
    piece_of,
    stated_comparator,
)
from perfgoals.targets import Comparator, DateRange, Deadline

if TYPE_CHECKING:
    from collections.abc import Sequence

_BY = (
    (Comparator.AT_LEAST, ("自", "从", "不早于", "不得早于")),
    (Comparator.LESS_THAN, ("早于",)),
    (Comparator.MORE_THAN, ("晚于", "迟于")),
    (Comparator.AT_MOST, ("截", "最", "不", "至", "到")),
)
_CENTURY = 2000


class DateRules(Transformer[Token, Any]):
    """One method for each rule of dates in ``targets.lark``."""

    def deadline(self, children: list[Any]) -> Piece:
        moment = only(children, Moment)
        tokens = flat_tokens(children)
        kinds = {token.type for token in tokens}
        date = moment.date.end() if "WITHIN" in kinds else moment.date
        comparator, doubts = stated_comparator(tokens)
        comparator = comparator or _by(tokens)
        if comparator is None and ({"BEFORE", "WITHIN"} & kinds or moment.closes):
            comparator = Comparator.AT_MOST
        target = Deadline(
            comparator=comparator,
            date=str(date),
            every=_every(tokens),
            ambiguities=(*moment.doubts, *doubts),
        )
        return piece_of(target, children)

    def occasion(self, children: list[Any]) -> Piece:
        tokens = flat_tokens(children)
        comparator = stated_comparator(tokens)[0] or Comparator.AT_MOST
        target = Deadline(comparator=comparator, every=_every(tokens))
        return piece_of(target, children, keep={"OCCASION"})

    def date_range(self, children: list[Any]) -> Piece:
        start, end = (child.date for child in children if isinstance(child, Moment))
        to = next(child for child in children if is_token(child, "TO"))
        if start.year is not None and "次年" in to and end.year is None:
            end = attrs.evolve(end, year=start.year + 1)
        return _date_range(start, end.in_year_of(start), children)

    def short_range(self, children: list[Any]) -> Piece:
        start: Date = only(children, Moment).date
        *month, day = _dates.numbers(children[-1])
        end = attrs.evolve(start, month=month[0] if month else start.month, day=day)
        return _date_range(start, end, children)

    def months(self, children: list[Any]) -> Piece:
        tokens = flat_tokens(children)
        year = next((_year(token) for token in tokens if token.type == "YEAR_OF"), None)
        token = next(token for token in tokens if token.type == "MONTHS")
        first, last = _dates.numbers(token)
        return _date_range(Date(year, first), Date(year, last), children)

    def years(self, tokens: list[Token]) -> Piece:
        first, last = _dates.numbers(tokens[0])
        return _date_range(Date(first), Date(last), tokens)

    def dotted_months(self, tokens: list[Token]) -> Piece:
        start = _dotted(tokens[0])
        end = Date(start.year, _dates.numbers(tokens[-1])[0])
        return _date_range(start, end, tokens)

    def year(self, tokens: list[Token]) -> Moment:
        return Moment(date=Date(_year(tokens[0])), tokens=tuple(tokens))

    def month(self, tokens: list[Token]) -> Moment:
        return _moment(tokens, Date(_first_year(tokens), _dates.numbers(tokens[-1])[0]))

    def day(self, tokens: list[Token]) -> Moment:
        month, day = (_dates.numbers(token)[0] for token in tokens[-2:])
        return _moment(tokens, Date(_first_year(tokens), month, day))

    def month_edge(self, tokens: list[Token]) -> Moment:
        month = Date(_first_year(tokens), _dates.numbers(tokens[-2])[0])
        edge = str(tokens[-1])
        return _moment(tokens, _dates.edge_of(month, edge), closes="旬" in edge)

    def quarter(self, tokens: list[Token]) -> Moment:
        token = next(token for token in tokens if token.type == "QUARTER")
        date = _dates.quarter(token, _first_year(tokens))
        return _moment(tokens, date, closes=tokens[-1].type == "QUARTER")

    def half(self, tokens: list[Token]) -> Moment:
        token = next(token for token in tokens if token.type == "HALF")
        date = Date(_first_year(tokens), 6 if token.startswith("上") else 12).end()
        return _moment(tokens, date, closes=tokens[-1].type == "HALF")

    def year_end(self, tokens: list[Token]) -> Moment:
        year = Date(_first_year(tokens))
        edge = str(tokens[-1])[-1]
        return _moment(tokens, _dates.edge_of(year, edge))

    def this_year(self, tokens: list[Token]) -> Moment:
        return _moment(tokens, Date().end())

    def dotted(self, tokens: list[Token]) -> Moment:
        date = _dotted(tokens[0])
        doubts = ("date-or-number",) if date.day is None and "." in tokens[0] else ()
        return _moment(tokens, date, doubts=doubts)

    def dotted_edge(self, tokens: list[Token]) -> Moment:
        return _moment(tokens, _dates.edge_of(_dotted(tokens[0]), str(tokens[1])))

    def compact(self, tokens: list[Token]) -> Moment:
        text = str(tokens[0])
        date = Date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        return _moment(tokens, date, doubts=("date-or-number",))

    def month_day(self, tokens: list[Token]) -> Moment:
        month, day = _dates.numbers(tokens[0])
        return _moment(tokens, Date(None, month, day))

    def day_alone(self, tokens: list[Token]) -> Moment:
        return _moment(tokens, Date(day=_dates.numbers(tokens[0])[0]))


def _by(tokens: Sequence[Token]) -> Comparator | None:
    """What the word in front of a date states, or the word behind it."""
    word = next((token for token in tokens if token.type == "BY"), "")
    for comparator, words in _BY:
        if word.startswith(words):
            return comparator
    kinds = {token.type for token in tokens}
    if "AFTER" in kinds:
        return Comparator.MORE_THAN
    return Comparator.AT_LEAST if "FROM" in kinds else None


def _every(tokens: Sequence[Token]) -> str | None:
    for token in tokens:
        if token.type in {"EACH", "PREFIX_EACH"}:
            name = denominator(token.removeprefix("每"))
            return name or _period_of(tokens)
    return None


def _period_of(tokens: Sequence[Token]) -> str | None:
    """The period whose end a bare 每 returns to, if one is named: 每年底前."""
    for token in tokens:
        if token.type in {"YEAR_END", "OCCASION"}:
            return token.rstrip("前以之").rstrip("底末终")
    return None


def _year(text: str) -> int:
    year = _dates.numbers(text)[0]
    return year if year >= _CENTURY // 20 else _CENTURY + year


def _first_year(tokens: Sequence[Token]) -> int | None:
    return _year(tokens[0]) if tokens[0].type == "YEAR_OF" else None


def _dotted(text: str) -> Date:
    return Date(*_dates.numbers(text)[:3])


def _moment(
    tokens: Sequence[Token],
    date: Date,
    *,
    closes: bool = False,
    doubts: tuple[str, ...] = (),
) -> Moment:
    return Moment(date=date, tokens=tuple(tokens), closes=closes, doubts=doubts)


def _date_range(start: Date, end: Date, children: Sequence[Any]) -> Piece:
    target = DateRange(start=str(start), end=str(end))
    return piece_of(target, children, keep={"EACH", "PREFIX_EACH"})
