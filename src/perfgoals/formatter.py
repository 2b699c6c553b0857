"""Canonical text: one way to write what can be printed in many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from perfgoals._cells.text import indicator_text
from perfgoals._values.remarks import STOPS
from perfgoals._values.text import target_text
from perfgoals.model import Funding, GoalTable, Indicator, IndicatorList, Project
from perfgoals.readers import FORMATS
from perfgoals.syntax import Syntax
from perfgoals.targets import Target, is_target, without_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

Formattable: TypeAlias = GoalTable | IndicatorList | Indicator | Target
"""What has a canonical text."""

_SIGNATURES = tuple(sign for kind in FORMATS for sign in kind.signatures)
_HEADER = (
    "项目名称（资金使用单位）",
    "总计",
    "财政拨款",
    "财政专户拨款",
    "其他资金",
    "绩效目标",
    "绩效指标",
)


def to_text(value: Formattable) -> str:
    """The canonical text of a table, a cell, an indicator or a target.

    - A ``Target`` is written in one spelling for its meaning: ``不少于200家`` becomes
      ``≥200家``. Reading that gives an equal target, ``raw`` and ambiguities aside.
    - An ``Indicator`` and an ``IndicatorList`` are written in the inline syntax, names
      and values as printed.
    - A ``GoalTable`` is written as tab-separated text with a heading block, a header
      row, the totals and the projects.

    Raises ``TypeError`` for anything else.

    >>> from perfgoals import parse_target
    >>> to_text(parse_target("不少于２００家"))
    '≥200家'
    """
    match value:
        case GoalTable():
            return _table_text(value)
        case IndicatorList():
            return "".join(map(indicator_text, value))
        case Indicator():
            return indicator_text(value)
        case target if is_target(target):
            return _readable_text(target)
        case _:
            msg = f"a {type(value).__name__} has no canonical text"
            raise TypeError(msg)


def _readable_text(target: Target) -> str:
    """Canonical text that reads back as *target*, else the text as printed.

    Prose that looks like a target can fall apart when it is written in another
    order; then the text as printed is the only one that says the same.
    """
    text = target_text(target)
    reread, _ = Syntax.default().read_target(text)
    if not target.raw or without_text(reread) == without_text(target):
        return text
    return target.raw.strip(STOPS)


def _table_text(table: GoalTable) -> str:
    heading = (
        _title_text(table.title or ""),
        f"部门名称：{table.department}" if table.department else None,
        f"单位：{table.currency_unit}" if table.currency_unit else None,
    )
    rows = [
        _HEADER,
        *((total.name, *_money(total.funding), "", "") for total in table.totals),
        *map(_project_row, table.projects),
    ]
    lines = [*filter(None, heading), *map(_row_text, rows)]
    return "\n".join(lines) + "\n"


def _title_text(title: str) -> str:
    """The *title*, in quotes if a file that begins so would be taken for no text."""
    start = title.lstrip("\ufeff \t\r\n\v\f").lower().encode("utf-8", "replace")
    return _quoted(title) if start.startswith(_SIGNATURES) else title


def _project_row(project: Project) -> tuple[str, ...]:
    name = project.name if project.code is None else f"{project.code}-{project.name}"
    cell = to_text(project.indicators)
    return (name, *_money(project.funding), project.goal, cell)


def _money(funding: Funding) -> tuple[str, ...]:
    amounts = (funding.total, funding.fiscal, funding.special_account, funding.other)
    return tuple(map(_amount, amounts))


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,f}"


def _row_text(cells: Iterable[str]) -> str:
    """The cells with tabs between them, quoted as spreadsheets quote."""
    return "\t".join(map(_cell_text, cells)).rstrip("\t")


def _cell_text(text: str) -> str:
    if text.startswith('"') or any(sign in text for sign in "\t\r\n"):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
