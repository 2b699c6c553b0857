"""From a cell to its indicators: every case of ``tests/cases/indicators``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import pytest

from perfgoals._grammar import Grammar, Unparsed
from perfgoals._indicators import read_indicators
from perfgoals._words import indicator_grammar
from perfgoals.diagnostics import catalogue
from perfgoals.model import Category, Indicator, IndicatorList, Level
from perfgoals.spans import Span
from perfgoals.syntax import Syntax
from perfgoals.targets import Qualitative, Target
from perfgoals.taxonomy import Taxonomy

CASES = sorted((Path(__file__).parent / "cases/indicators").glob("*.txt"))
FAMILIES = ("PG0", "PG1", "PG3")
CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"


@attrs.frozen(kw_only=True)
class Case:
    r"""A cell, and the indicators and findings expected of it.

    ``=== cell`` is read as it stands, but for the last line break and for characters
    written as ``\uXXXX``. ``=== limits`` holds arguments of ``read_indicators``, and
    may be left out. ``=== indicators`` has a line ``ordinal | level | category | name
    | period | annual | start-end`` for each indicator, the concept of a level behind
    ``=`` and a core indicator's name behind ★. ``=== findings`` has a line ``column
    code arguments`` for each finding about the syntax and the tree.
    """

    cell: str
    limits: dict[str, int]
    indicators: list[str]
    findings: list[str]


def load(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    parts = dict(part.split("\n", 1) for part in text.split("=== ")[1:])
    return Case(
        cell=unescaped(parts["cell"].removesuffix("\n")),
        limits=json.loads(parts.get("limits", "{}")),
        indicators=parts["indicators"].splitlines(),
        findings=parts["findings"].splitlines(),
    )


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


def escaped(text: str) -> str:
    """*text* on one line, its control, format and surrogate characters as escapes."""
    return "".join(
        sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text
    )


def read(
    text: str, *, grammar: Grammar | None = None, **limits: int
) -> IndicatorList:
    taxonomy = Taxonomy.packaged()
    return read_indicators(
        text,
        grammar=grammar or indicator_grammar(taxonomy),
        taxonomy=taxonomy,
        read_target=lambda text, name: Syntax.default().read_target(text, name=name),
        **limits,
    )


def shown(indicator: Indicator) -> str:
    """The *indicator* as a case file has it."""
    fields = (
        "-" if indicator.ordinal is None else str(indicator.ordinal),
        coded(indicator.level),
        coded(indicator.category),
        ("★" if indicator.core else "") + indicator.name,
        value(indicator.period),
        value(indicator.annual),
        f"{indicator.span.start}-{indicator.span.end}",
    )
    return escaped(" | ".join(fields))


def coded(field: Level | Category | None) -> str:
    if field is None:
        return "-"
    printed = field.name if field.code is None else f"{field.code}-{field.name}"
    return f"{printed} = {field.concept}" if field.concept else printed


def value(target: Target) -> str:
    return target.raw or "-"


def findings(indicators: IndicatorList) -> list[str]:
    return [
        escaped(
            " ".join(
                [
                    str(finding.span.start + 1),
                    finding.code,
                    *map("=".join, finding.arguments),
                ]
            )
        )
        for finding in indicators.diagnostics
        if finding.code.startswith(FAMILIES)
    ]


def test_cases_are_found() -> None:
    assert len(CASES) > 40


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    indicators = read(case.cell, **case.limits)
    assert [shown(indicator) for indicator in indicators] == case.indicators
    assert findings(indicators) == case.findings


def test_every_code_has_a_case() -> None:
    found = {line.split()[1] for path in CASES for line in load(path).findings}
    assert found == {code for code in catalogue() if code.startswith(FAMILIES)}
