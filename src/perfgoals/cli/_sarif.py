"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from perfgoals import __version__
from perfgoals.cli._output import as_json
from perfgoals.diagnostics import Rule, Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals.cli._findings import Cited
    from perfgoals.spans import Location

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(shown: Sequence[Cited], problems: Sequence[str], language: str) -> str:
    """The findings *shown* as one run, its rules said in *language*.

    A result points at the line of its cell; the cell is its logical location, and the
    span, which counts in the text of the cell, is among its properties.
    """
    codes = sorted({one.finding.code for one in shown})
    run = {
        "tool": {
            "driver": {
                "name": "perfgoals",
                "version": __version__,
                "rules": [_rule(catalogue()[code], language) for code in codes],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not problems,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": text}} for text in problems
                ],
            }
        ],
        "results": [_result(one, codes) for one in shown],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json(document, indent=2) + "\n"


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.message[language]},
        "help": {"text": rule.hint[language]},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(cited: Cited, codes: list[str]) -> dict[str, Any]:
    finding = cited.finding
    text = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding.location)],
        "properties": {
            "span": [finding.span.start, finding.span.end],
            "text": finding.span.of(cited.source),
        },
    }


def _location(place: Location) -> dict[str, Any]:
    cell = {"fullyQualifiedName": str(place), "kind": "cell"}
    if place.file is None:
        return {"logicalLocations": [cell]}
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.row is not None:
        physical["region"] = {"startLine": place.row}
    return {"physicalLocation": physical, "logicalLocations": [cell]}


def _uri(file: str) -> str:
    path = Path(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(os.fsencode(path.as_posix()))
