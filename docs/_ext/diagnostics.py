"""The catalogue of diagnostics, family by family, each code with its own anchor."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from _ext.markdown import heading, plain, table
from _ext.words import LANGUAGES, languages, say, to_say
from perfgoals.diagnostics import Rule, Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES = {
    "PG0": to_say("Limits and characters"),
    "PG1": to_say("Syntax of a cell"),
    "PG2": to_say("Target values"),
    "PG3": to_say("The indicator tree"),
    "PG4": to_say("The layout of a table"),
    "PG5": to_say("Checks across cells"),
}
SEVERITIES = {
    Severity.ERROR: to_say("error"),
    Severity.WARNING: to_say("warning"),
    Severity.INFO: to_say("info"),
}


def markdown() -> Iterator[str]:
    """Every rule of the catalogue, ordered by code."""
    rules = sorted(catalogue().values(), key=lambda rule: rule.code)
    for family, group in groupby(rules, key=lambda rule: rule.code[:3]):
        members = tuple(group)
        yield heading(2, say(FAMILIES[family]))
        yield from table(
            (say("Code"), say("Name"), say("Severity")),
            (
                (f"[{rule.code}](#{rule.code.lower()})", rule.name, severity(rule))
                for rule in members
            ),
        )
        for rule in members:
            yield from _entry(rule)


def severity(rule: Rule) -> str:
    """The severity of *rule* in words."""
    return say(SEVERITIES[rule.severity])


def _entry(rule: Rule) -> Iterator[str]:
    yield f"({rule.code.lower()})="
    yield f"### {rule.code} {rule.name}"
    yield ""
    yield say("Severity: **{}**").format(severity(rule))
    yield ""
    for code in languages():
        yield LANGUAGES[code]
        yield f": {plain(rule.message[code])}"
        yield ""
        yield f"  → {plain(rule.hint[code])}"
        yield ""
