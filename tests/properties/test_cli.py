"""Laws of what the command writes, for any object of the model."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, strategies as st

from perfgoals.cli._drawing import draw
from perfgoals.cli._findings import as_findings_json, as_github, as_text, cited, report_on
from perfgoals.cli._output import as_json, encoded, harmless
from perfgoals.cli._prose import breaks
from perfgoals.cli._records import as_csv, as_json_lines, records
from perfgoals.cli._sarif import as_sarif
from perfgoals.cli._words import Words
from perfgoals.diagnostics import Diagnostic, Severity
from perfgoals.model import IndicatorList
from perfgoals.spans import Location, Span
from tests.strategies import goal_tables, texts

if TYPE_CHECKING:
    from perfgoals.cli._findings import Report
    from perfgoals.model import GoalTable

INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "\uff20")
BLANKS = " \u3000\u00a0\u200b\ufeff\x00\t"


def is_harmless(text: str) -> bool:
    return all(
        sign == "\n" or unicodedata.category(sign) not in INVISIBLE for sign in text
    )


@given(goal_tables(), st.sampled_from(["en", "zh"]), st.integers(10, 200))
def test_page_is_harmless(table: GoalTable, language: str, width: int) -> None:
    assert is_harmless(draw([table], Words.of(language), width=width, color=False))


def a_report(table: GoalTable) -> Report:
    return report_on((table,), ("nothing\x1b\u202e",), language="en", verbose=True)


@given(goal_tables())
def test_findings_are_harmless(table: GoalTable) -> None:
    """No finding of a document reaches a terminal with anything but its text."""
    known = [attrs.evolve(one, arguments=()) for one in table.diagnostics]
    report = a_report(attrs.evolve(table, diagnostics=tuple(known)))
    for text in (as_findings_json(report), as_github(report), as_sarif(report, "zh")):
        assert is_harmless(text)


@given(st.recursive(texts(), lambda parts: st.lists(parts, max_size=3)))
def test_json_is_harmless_and_exact(data: object) -> None:
    text = as_json(data)
    assert is_harmless(text)
    assert json.loads(text) == json.loads(json.dumps(data))


@given(st.lists(st.sampled_from([*FORMULA, *BLANKS, "'", "a", ",", '"', "≥"])).map("".join))
def test_csv_is_safe_and_reversible(name: str) -> None:
    [table] = a_table(name)
    [header, row] = csv.reader(io.StringIO(as_csv([table])[1:], newline=""))
    read = dict(zip(header, row, strict=True))
    [record] = records([table])
    for field in row:
        assert not field.lstrip(BLANKS).startswith(FORMULA)
    assert read["name"].removeprefix("'") == record["name"]
