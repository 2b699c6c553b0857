"""What holds for any input at all: a law for each entry point that takes one.

A law raises where it is broken, and whatever the entry point raises comes through.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from typing import Any

import attrs

from perfgoals._blanks import BLANKS
from perfgoals._format_checks import checked_text
from perfgoals.check import check
from perfgoals.diagnostics import Diagnostic, Severity, catalogue
from perfgoals.errors import LoadError, PerfgoalsError
from perfgoals.excerpt import printable
from perfgoals.formatter import to_text
from perfgoals.model import GoalTable, Indicator, IndicatorList
from perfgoals.parse import parse, parse_target
from perfgoals.serialize import from_json, to_json
from perfgoals.spans import Span
from perfgoals.syntax import Syntax
from perfgoals.tables import read_tables
from perfgoals.targets import Target, without_text

NOT_INDICATORS = frozenset({"PG002", "PG003", "PG101", "PG107", "PG108"})
"""The findings about text that is no indicator."""

PLAIN = attrs.evolve(Syntax.default(), is_fast=False)
"""The grammar alone, which the fast way must agree with."""

LOADED = (GoalTable, IndicatorList, Target)
_MESSAGE_LIMIT = 1000


def text_of(data: bytes) -> str:
    """*data* as UTF-8, with half a surrogate pair for each byte that is none."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """What ``text_of`` makes *text* of."""
    return text.encode("utf-8", "surrogatepass")


def read_cell(data: bytes) -> IndicatorList:
    """The indicators of any text: no character of it is lost."""
    text = text_of(data)
    indicators = parse(text)
    assert indicators.source == text
    assert unaccounted(indicators) == ""
    return indicators


def law_of_cells(indicators: IndicatorList) -> None:
    """All is shown safely, and what is written reads the same unless it is damaged.

    Damaged text may be read otherwise once it stands in another order: then the
    formatter refuses to write it.
    """
    assert PLAIN.read_indicators(indicators.source) == indicators
    _assert_safely_shown(indicators.diagnostics, indicators.source)
    canonical = to_text(indicators)
    again = parse(canonical)
    if not any(map(_is_damage, indicators.diagnostics)):
        assert to_text(again) == canonical
        assert list(map(_placeless, again)) == list(map(_placeless, indicators))
    with contextlib.suppress(PerfgoalsError):
        assert checked_text(indicators, parse) == f"{canonical}\n"
    assert from_json(to_json(indicators), IndicatorList) == indicators


def read_value(data: bytes) -> Target:
    """The target of any text, which is kept."""
    text = text_of(data)
    target = parse_target(text)
    assert target.raw == text
    return target


def law_of_values(target: Target) -> None:
    """What is written says the same and is written alike."""
    _, findings = fast = Syntax.default().read_target(target.raw)
    assert PLAIN.read_target(target.raw) == fast
    _assert_safely_shown(findings, target.raw)
    canonical = to_text(target)
    again = parse_target(canonical)
    assert to_text(again) == canonical
    assert without_text(again) == without_text(target)
    assert from_json(to_json(target), Target) == target


def read_file(data: bytes) -> tuple[GoalTable, ...]:
    """The tables of any file, or none where it is refused."""
    try:
        return read_tables(data)
    except PerfgoalsError as error:
        _assert_safe(str(error))
        return ()


def law_of_files(tables: tuple[GoalTable, ...]) -> None:
    """Tables can be checked, written and loaded again, and no cell loses a sign."""
    for table in tables:
        assert all(map(_is_known, check(table)))
        assert read_tables(to_text(table).encode("utf-8", "replace")) != ()
        assert from_json(to_json(table), GoalTable) == table
        for project in table.projects:
            if project.indicators.items:
                assert unaccounted(project.indicators) == ""


def read_document(data: bytes) -> list[Any]:
    """The objects that any text may be loaded as."""
    text = text_of(data)
    loaded: list[Any] = []
    for cls in LOADED:
        try:
            loaded.append((cls, from_json(text, cls)))
        except LoadError as error:
            _assert_safe(str(error))
    return loaded


def law_of_documents(loaded: list[Any]) -> None:
    """What is loaded is written and loaded the same."""
    for cls, one in loaded:
        assert from_json(to_json(one), cls) == one


@attrs.frozen
class Law:
    """What holds for an entry point: *read* any input, and *hold* of what it gives."""

    read: Callable[[bytes], Any]
    hold: Callable[[Any], None]

    def __call__(self, data: bytes) -> None:
        """Raise if the law is broken by *data*."""
        self.hold(self.read(data))


LAWS: dict[str, Law] = {
    "parse": Law(read_cell, law_of_cells),
    "parse_target": Law(read_value, law_of_values),
    "read_tables": Law(read_file, law_of_files),
    "from_json": Law(read_document, law_of_documents),
}
"""The law of each entry point, by its name."""


def unaccounted(indicators: IndicatorList) -> str:
    """The characters of no indicator, of two, and of no finding about what is none."""
    text = indicators.source
    if not text.strip(BLANKS):
        return ""
    spans = sorted(
        [indicator.span for indicator in indicators]
        + [
            finding.span
            for finding in indicators.diagnostics
            if finding.code in NOT_INDICATORS
        ]
    )
    lost, end = [], 0
    for span in spans:
        lost.append(text[end : span.start])
        end = max(end, span.end)
    return "".join([*lost, text[end:], *map(text.__getitem__, _overlaps(indicators))])


def _overlaps(indicators: IndicatorList) -> list[slice]:
    """Where an indicator begins before the one in front of it has ended."""
    spans = [indicator.span for indicator in indicators]
    return [
        slice(after.start, before.end)
        for before, after in itertools.pairwise(spans)
        if after.start < before.end
    ]


def _is_damage(finding: Diagnostic) -> bool:
    """Whether text was not what the grammar says, more than in its spelling."""
    is_about_syntax = finding.code.startswith(("PG0", "PG1"))
    return is_about_syntax and finding.severity is not Severity.INFO


def _placeless(indicator: Indicator) -> Indicator:
    return attrs.evolve(indicator, span=Span(0, 0))


def _is_known(finding: Diagnostic) -> bool:
    return finding.code in catalogue()


def _assert_safely_shown(findings: tuple[Diagnostic, ...], text: str) -> None:
    """Each finding is about the text, in order, and shows nothing that is not seen."""
    spans = [Span(finding.span.start, finding.span.end) for finding in findings]
    assert spans == sorted(spans)
    for finding in findings:
        assert finding.span.end <= len(text)
        _assert_safe(finding.render(text))
        _assert_safe(finding.translated("zh").message)


def _assert_safe(shown: str) -> None:
    assert len(shown) <= _MESSAGE_LIMIT
    assert printable(shown.replace("\n", "")) == shown.replace("\n", "")
