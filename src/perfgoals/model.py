"""The model: a table of goals, its projects, their money and their indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import overload

import attrs

from perfgoals.diagnostics import Diagnostic
from perfgoals.spans import Location, Span
from perfgoals.targets import Target


@attrs.frozen(kw_only=True)
class Level:
    """The first level of an indicator (一级指标): ``1-产出指标``.

    ``name`` is as printed, ``code`` the digits before the dash, if any, and
    ``concept`` the entry of the taxonomy that it denotes (``output``), if known.
    """

    code: str | None = None
    name: str
    concept: str | None = None


@attrs.frozen(kw_only=True)
class Category:
    """The second level of an indicator (二级指标): ``11-数量指标``, as ``Level``."""

    code: str | None = None
    name: str
    concept: str | None = None


@attrs.frozen(kw_only=True)
class Extra:
    """A field of an indicator beyond those of the packaged syntax: 权重, 实际完成值.

    ``field`` is the name that the extension gives it, ``label`` what is printed in
    front of its ``value``, empty where nothing is; ``span`` counts in the text of the
    cell.
    """

    field: str
    label: str = ""
    value: Target
    span: Span


@attrs.frozen(kw_only=True, weakref_slot=False)
class Indicator:
    """One performance indicator (绩效指标) with its two target values.

    ``period`` is the target of the whole implementation period (实施周期指标值),
    ``annual`` that of the year (年度指标值); ``core`` is true where ★ or ▲ marks
    it. ``ordinal``, ``level`` and ``category`` are ``None`` where none is printed.
    ``extras`` are the fields that an extension of the syntax reads. ``span`` counts in
    the text of the cell, trailing punctuation included.
    """

    ordinal: int | None = None
    level: Level | None = None
    category: Category | None = None
    name: str
    period: Target
    annual: Target
    core: bool = False
    extras: tuple[Extra, ...] = ()
    span: Span

    def extra(self, field: str) -> Target | None:
        """The value of the extra *field*, or ``None`` where it is not printed."""
        return next((one.value for one in self.extras if one.field == field), None)


@attrs.frozen(kw_only=True)
class IndicatorList(Sequence[Indicator]):
    """The indicators of one cell, in order, with the text they were parsed from.

    A sequence of ``Indicator``; ``source`` is the text of the cell as printed and
    ``diagnostics`` what is wrong with it, ordered by span.
    """

    items: tuple[Indicator, ...] = ()
    source: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Indicator: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Indicator, ...]: ...
    def __getitem__(self, index: int | slice) -> Indicator | tuple[Indicator, ...]:
        return self.items[index]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@attrs.frozen(kw_only=True)
class Funding:
    """The money of a project, in the currency unit of its table.

    ``fiscal`` is 财政拨款, ``special_account`` 财政专户拨款, ``other`` 其他资金. An
    empty cell is ``None``; a printed 0 is ``Decimal(0)``.
    """

    total: Decimal | None = None
    fiscal: Decimal | None = None
    special_account: Decimal | None = None
    other: Decimal | None = None


@attrs.frozen(kw_only=True)
class Project:
    """One project: its money, its goal (绩效目标) and its indicators.

    ``code`` is the digits before the dash of a printed name such as
    ``20202710000600027-…``; ``name`` is the rest.
    """

    name: str
    code: str | None = None
    funding: Funding = Funding()
    goal: str = ""
    indicators: IndicatorList = IndicatorList()
    location: Location = Location()


@attrs.frozen(kw_only=True)
class Total:
    """A row that sums others up, as printed: 合计, or the row of the unit."""

    name: str
    funding: Funding = Funding()
    location: Location = Location()


@attrs.frozen(kw_only=True)
class GoalTable:
    """One 项目支出绩效目标表: its heading, its projects and its totals.

    ``currency_unit`` is as printed (``万元``); ``source`` is the name of the file;
    ``diagnostics`` holds every finding of the table and of its cells, each with the
    location of its cell.
    """

    title: str | None = None
    department: str | None = None
    currency_unit: str | None = None
    projects: tuple[Project, ...] = ()
    totals: tuple[Total, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source: str | None = None
