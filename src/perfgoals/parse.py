"""The verb for text: from what is printed in a cell to what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.diagnostics import Diagnostic, Severity
from perfgoals.errors import ParseError

if TYPE_CHECKING:
    from perfgoals.model import IndicatorList
    from perfgoals.syntax import Syntax
    from perfgoals.targets import Target

_EXPECTATIONS = frozenset({"field", "expected"})


def parse(
    text: str, *, strict: bool = False, syntax: Syntax | None = None
) -> IndicatorList:
    """The indicators of the cell *text*, in order, with what is wrong with them.

    Any ``str`` gives a list; its ``diagnostics`` hold the findings. With *strict* the
    first finding about the syntax that is more than an info is raised instead: a
    damaged indicator, text that is none, a limit that was passed.

    Raises ``ParseError``, only if *strict*.

    >>> cell = "产出指标；数量指标；次数；实施周期指标值:4次；年度指标值:≥4次。"
    >>> parse(cell)[0].name
    '次数'
    """
    indicators = (syntax or _default()).read_indicators(text)
    if strict:
        _raise_first(indicators)
    return indicators


def parse_target(
    text: str, *, name: str | None = None, syntax: Syntax | None = None
) -> Target:
    """The target that the value *text* states; any ``str`` gives one.

    *name* is the name of its indicator: a bare 0.95 is doubtful under a rate.

    >>> parse_target("≥10次").number
    Decimal('10')
    """
    target, _ = (syntax or _default()).read_target(text, name=name)
    return target


def _default() -> Syntax:
    from perfgoals.syntax import Syntax  # all that reads comes with it

    return Syntax.default()


def _raise_first(indicators: IndicatorList) -> None:
    for finding in indicators.diagnostics:
        if _is_about_syntax(finding):
            expected = [
                text for name, text in finding.arguments if name in _EXPECTATIONS
            ]
            raise ParseError(
                finding.message,
                code=finding.code,
                expected=tuple(expected),
                span=finding.span,
                source=indicators.source,
            )


def _is_about_syntax(finding: Diagnostic) -> bool:
    """Whether the text is not what the grammar says, or was not read at all."""
    if finding.code.startswith("PG0"):
        return finding.severity is Severity.ERROR
    return finding.code.startswith("PG1") and finding.severity is not Severity.INFO
