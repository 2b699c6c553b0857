"""The catalogue of diagnostics, family by family, each code with its own anchor."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from _ext.markdown import plain, table
from perfgoals.diagnostics import Rule, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES = {
    "PG0": "Limits and characters",
    "PG1": "Syntax of a cell",
    "PG2": "Target values",
    "PG3": "The indicator tree",
    "PG4": "The layout of a table",
    "PG5": "Checks across cells",
}


def markdown() -> Iterator[str]:
    """Every rule of the catalogue, ordered by code."""
    rules = sorted(catalogue().values(), key=lambda rule: rule.code)
    for family, group in groupby(rules, key=lambda rule: rule.code[:3]):
        members = tuple(group)
        yield f"## {FAMILIES[family]}"
        yield from table(
            ("Code", "Name", "Severity"),
            (
                (f"[{rule.code}](#{rule.code.lower()})", rule.name, rule.severity)
                for rule in members
            ),
        )
        for rule in members:
            yield from _entry(rule)


def _entry(rule: Rule) -> Iterator[str]:
    yield f"({rule.code.lower()})="
    yield f"### {rule.code} {rule.name}"
    yield ""
    yield f"Severity: **{rule.severity}**"
    yield from table(
        ("", "English", "中文"),
        (
            ("found", plain(rule.message["en"]), plain(rule.message["zh"])),
            ("what to do", plain(rule.hint["en"]), plain(rule.hint["zh"])),
        ),
    )
