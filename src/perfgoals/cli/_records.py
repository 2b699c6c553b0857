"""Indicators one by one, each with where it stands: JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from perfgoals.cli._output import as_json
from perfgoals.serialize import to_dict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfgoals.model import GoalTable

_BYTE_ORDER_MARK = "\ufeff"
_CODED = ("code", "name", "concept")
_STATED = ("kind", "comparator", "number", "lower", "upper", "unit", "per", "date")

_TRIGGER = re.compile(
    r"""
      [\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2060-\u206f\ufeff]*  # blanks, however odd
      [=+\-@＝＋－\uff20]
    | [\t\r\n']
    """,
    re.VERBOSE,
)
"""What makes a spreadsheet take a text for a formula, and the mark against it."""


def as_json_lines(tables: Iterable[GoalTable]) -> str:
    """One line for each indicator, all with the same keys, ``null`` for what is not.

    ``period`` and ``annual`` are the targets, ``level`` and ``category`` the objects
    of the model, as ``to_dict`` writes them.
    """
    return "".join(f"{as_json(record)}\n" for record in records(tables))


def as_csv(tables: Iterable[GoalTable]) -> str:
    """One row for each indicator, for a spreadsheet: with a byte order mark, RFC 4180.

    A field that a spreadsheet would take for a formula has an apostrophe in front,
    and so has one that begins with an apostrophe. Taking one off gives the field.
    """
    return csv_head() + csv_rows(tables)


def csv_head() -> str:
    """The byte order mark and the names of the columns."""
    return _BYTE_ORDER_MARK + _csv([COLUMNS])


def csv_rows(tables: Iterable[GoalTable]) -> str:
    """What ``as_csv`` writes behind its head."""
    return _csv(map(_field, _row(record)) for record in records(tables))


def _csv(rows: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def records(tables: Iterable[GoalTable]) -> Iterator[dict[str, Any]]:
    """The indicators of the *tables* of a file, which are numbered from one."""
    for number, table in enumerate(tables, start=1):
        for project in table.projects:
            for indicator in project.indicators:
                found = to_dict(indicator)
                yield {
                    "file": table.source,
                    "table": number,
                    "row": project.location.row,
                    "project": project.name,
                    "code": project.code,
                    "ordinal": indicator.ordinal,
                    "level": found.get("level"),
                    "category": found.get("category"),
                    "name": indicator.name,
                    "core": indicator.core,
                    "period": found["period"],
                    "annual": found["annual"],
                }


def _columns() -> Iterator[str]:
    yield from ("file", "table", "row", "project", "code", "ordinal")
    for field in ("level", "category"):
        yield from (f"{field}_code", field, f"{field}_concept")
    yield from ("name", "core")
    for field in ("period", "annual"):
        yield from (field, *(f"{field}_{part}" for part in _STATED))


COLUMNS = tuple(_columns())
"""The header of the CSV; ``period`` and ``annual`` hold the values as printed."""


def _row(record: dict[str, Any]) -> Iterator[str | int | None]:
    for key, value in record.items():
        if key in {"level", "category"}:
            coded = value or {}
            yield from map(coded.get, _CODED)
        elif key in {"period", "annual"}:
            yield from map(_scalars(value).get, ("raw", *_STATED))
        elif key == "core":
            yield "true" if value else "false"
        else:
            yield value


def _scalars(target: dict[str, Any]) -> dict[str, Any]:
    """The fields of *target*, two dates as the interval of ISO 8601 between them."""
    if target["kind"] == "date_range":
        return target | {"date": f"{target['start']}/{target['end']}"}
    return target


def _field(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if _TRIGGER.match(text) else text
