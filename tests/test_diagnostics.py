"""How a finding is shown: the text, the line of the cell with carets, the hint."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from perfgoals.diagnostics import Diagnostic, Severity, catalogue
from perfgoals.spans import Location, Span

FINDING = Diagnostic(
    code="PG105",
    severity=Severity.WARNING,
    message="the ordinal is 2, expected 1",
    span=Span(1, 3),
)


@pytest.mark.parametrize(
    ("changes", "source", "lines"),
    [
        ({}, "", ["warning PG105: the ordinal is 2, expected 1"]),
        (
            {"hint": "number them"},
            "",
            ["warning PG105: the ordinal is 2, expected 1", "= number them"],
        ),
        (
            {"location": Location(file="a.csv", row=3, column=7)},
            "",
            ["a.csv:3:7: warning PG105: the ordinal is 2, expected 1"],
        ),
        (
            {},
            "一二三四",
            ["2: warning PG105: the ordinal is 2, expected 1", "一二三四", "  ^^^^"],
        ),
        (
            {},
            "éte\u0301",  # a combining accent takes no column
            ["2: warning PG105: the ordinal is 2, expected 1", "éte\u0301", " ^^"],
        ),
    ],
)
def test_a_finding_shows_what_it_has(
    changes: dict[str, Any], source: str, lines: list[str]
) -> None:
    shown = attrs.evolve(FINDING, **changes).render(source)
    assert shown.splitlines() == lines


@pytest.mark.parametrize("code", catalogue())
def test_every_finding_of_the_catalogue_has_a_hint(code: str) -> None:
    rule = catalogue()[code]
    assert set(rule.hint) == {"en", "zh"}
    assert all(rule.hint.values())


def test_a_finding_is_said_in_both_languages() -> None:
    english = Diagnostic.of("PG105", Span(0, 1), ordinal="3", expected="2")
    chinese = english.translated("zh")
    assert chinese.message != english.message
    assert "3" in chinese.message
    assert chinese.translated("en") == english
