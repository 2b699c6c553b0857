"""A table drawn for reading, in columns of a terminal."""

from __future__ import annotations

import bisect
import io
import re
from typing import TYPE_CHECKING

from rich.box import Box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from perfgoals.cli._prose import Prose
from perfgoals.diagnostics import Severity
from perfgoals.excerpt import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import JustifyMethod, RenderableType

    from perfgoals.cli._words import Words
    from perfgoals.model import (
        Category,
        Funding,
        GoalTable,
        IndicatorList,
        Level,
        Project,
    )

_RULED = Box(
    "    \n    \n -- \n    \n    \n    \n    \n    \n",
    ascii=True,
)
"""A rule under the header and no other line.

It is of hyphens: the lines that boxes are drawn with take two columns in some Chinese
terminals, and then nothing fits any more.
"""

_INDENT = (0, 0, 0, 2)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MONEY = ("total", "fiscal", "special_account", "other")
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_FIELDS = ("ordinal", "level", "category", "name", "period", "annual")


def draw(tables: Iterable[GoalTable], words: Words, *, width: int, color: bool) -> str:
    """The *tables* as lines of at most *width* columns, with colours if asked for.

    What documents say is shown with control and format characters escaped.
    """
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
    )
    with console.capture() as capture:
        for number, table in enumerate(tables):
            if number:
                console.print("\n")
            console.print(_page(table, words))
    return re.sub(r" +$", "", capture.get(), flags=re.MULTILINE)


def _page(table: GoalTable, words: Words) -> RenderableType:
    parts: list[RenderableType] = [_heading(table, words)]
    if table.totals:
        parts += ["", _sums(table, words)]
    for project in table.projects:
        parts += ["", *_project(project, table.currency_unit, words)]
    return Group(*parts)


def _heading(table: GoalTable, words: Words) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for field in ("department", "currency_unit", "source"):
        text = getattr(table, field)
        if text is not None:
            grid.add_row(Text(words[field], "dim"), shown(text))
    title = [shown(table.title, "bold")] if table.title else []
    return Group(*title, grid)


def _sums(table: GoalTable, words: Words) -> RenderableType:
    grid = _ruled()
    grid.add_column(words["sums"])
    fields = [
        field
        for field in _MONEY
        if any(getattr(total.funding, field) is not None for total in table.totals)
    ]
    for field in fields:
        grid.add_column(words[field], justify="right", overflow="fold")
    for total in table.totals:
        amounts = (_amount(total.funding, field) for field in fields)
        grid.add_row(shown(total.name), *amounts)
    return grid


def _project(
    project: Project, currency_unit: str | None, words: Words
) -> Iterator[RenderableType]:
    code = shown(f"{project.code} " if project.code else "", "dim")
    yield code.append_text(shown(project.name, "bold cyan"))
    money = _money(project.funding, currency_unit, words)
    for text in filter(None, (money, shown(project.goal))):
        yield Padding(text, _INDENT)
    yield ""
    yield Padding(_indicators(project, words), _INDENT)


def _money(funding: Funding, currency_unit: str | None, words: Words) -> Text:
    unit = f" {printable(currency_unit)}" if currency_unit else ""
    amounts = [
        f"{words[field]} {_amount(funding, field)}{unit}"
        for field in _MONEY
        if getattr(funding, field) is not None
    ]
    return shown("  ".join(amounts), "green")


def _indicators(project: Project, words: Words) -> RenderableType:
    """The indicators in columns; ! marks those with an error or a warning."""
    if not project.indicators:
        return Text(words["none"], "dim")
    marks = _marks(project.indicators)
    grid = _ruled()
    for field in _FIELDS:
        justify: JustifyMethod = "right" if field == "ordinal" else "left"
        grid.add_column(words[field], justify=justify, overflow="fold")
    for index, indicator in enumerate(project.indicators):
        ordinal = "" if indicator.ordinal is None else str(indicator.ordinal)
        severity = marks.get(index)
        grid.add_row(
            Text(f"! {ordinal}", _STYLES[severity]) if severity else Text(ordinal),
            _coded(indicator.level),
            _coded(indicator.category),
            shown(("★" if indicator.core else "") + indicator.name),
            shown(indicator.period.raw),
            shown(indicator.annual.raw),
        )
    return grid


def _marks(indicators: IndicatorList) -> dict[int, Severity]:
    """The worst severity of the findings in each indicator that has any."""
    starts = [indicator.span.start for indicator in indicators]
    marks: dict[int, Severity] = {}
    for finding in indicators.diagnostics:
        index = bisect.bisect_right(starts, finding.span.start) - 1
        is_inside = index >= 0 and finding.span.start < indicators[index].span.end
        if is_inside and marks.get(index) is not Severity.ERROR:
            marks[index] = finding.severity
    return {index: mark for index, mark in marks.items() if mark in _STYLES}


def _ruled() -> Table:
    return Table(
        box=_RULED,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
    )


def _coded(coded: Level | Category | None) -> Text:
    if coded is None:
        return Text("")
    return shown(coded.name if coded.code is None else f"{coded.code}-{coded.name}")


def _amount(funding: Funding, field: str) -> str:
    amount = getattr(funding, field)
    return "" if amount is None else f"{amount:,f}"


def shown(text: str, style: str = "") -> Text:
    """*text* with its own line breaks and nothing else that moves a cursor."""
    lines = map(printable, _LINE_BREAK.split(text))
    return Prose("\n".join(lines), style)
