"""From a cell to its indicators: every case of ``tests/cases/indicators``."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import attrs
import pytest

from perfgoals._blanks import BLANKS, INVISIBLE
from perfgoals._cells.cell import INDICATOR_LIMIT, LENGTH_LIMIT, read_indicators
from perfgoals._cells.language import CellLanguage
from perfgoals._cells.scan import Stretch, divide
from perfgoals._grammar import Grammar, UnparsedError
from perfgoals.diagnostics import catalogue
from perfgoals.labels import Labels
from perfgoals.spans import Span
from perfgoals.syntax import Syntax
from perfgoals.taxonomy import Taxonomy

if TYPE_CHECKING:
    from perfgoals.model import Category, Indicator, IndicatorList, Level
    from perfgoals.targets import Target

CASES = sorted((Path(__file__).parent / "cases/indicators").glob("*.txt"))
FAMILIES = ("PG0", "PG1", "PG3")
INDICATOR = "1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"


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


LANGUAGE = CellLanguage.of(Labels.packaged(), Taxonomy.packaged())


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


def escaped(text: str) -> str:
    """*text* on one line, its control, format and surrogate characters as escapes."""
    return "".join(
        sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text
    )


def read(
    text: str,
    *,
    length_limit: int = LENGTH_LIMIT,
    indicator_limit: int = INDICATOR_LIMIT,
    language: CellLanguage = LANGUAGE,
) -> IndicatorList:
    return read_indicators(
        text,
        language=lambda: language,
        read_target=lambda value, name: Syntax.default().read_target(value, name=name),
        length_limit=length_limit,
        indicator_limit=indicator_limit,
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
    indicators = read(
        case.cell,
        length_limit=case.limits.get("length_limit", LENGTH_LIMIT),
        indicator_limit=case.limits.get("indicator_limit", INDICATOR_LIMIT),
    )
    assert [shown(indicator) for indicator in indicators] == case.indicators
    assert findings(indicators) == case.findings


def test_every_code_has_a_case() -> None:
    found = {line.split()[1] for path in CASES for line in load(path).findings}
    assert found == {code for code in catalogue() if code.startswith(FAMILIES)}


# --- limits ------------------------------------------------------------------------


def test_default_limits() -> None:
    assert (LENGTH_LIMIT, INDICATOR_LIMIT) == (10_000_000, 200_000)


def test_text_at_the_length_limit_is_read() -> None:
    assert len(read(INDICATOR, length_limit=len(INDICATOR))) == 1
    assert len(read(INDICATOR, length_limit=len(INDICATOR) - 1)) == 0


def test_indicators_at_the_limit_are_read() -> None:
    assert codes(read(INDICATOR * 3, indicator_limit=3)) == {"PG106"}
    assert codes(read(INDICATOR * 3, indicator_limit=2)) == {"PG106", "PG003"}


def test_nothing_is_read_at_a_limit_of_none() -> None:
    indicators = read(f" {INDICATOR}", indicator_limit=0)
    (finding,) = indicators.diagnostics
    assert len(indicators) == 0
    assert finding.code == "PG003"
    assert finding.span.of(indicators.source) == f" {INDICATOR}"


def test_a_lost_indicator_may_be_the_first_beyond_the_limit() -> None:
    cell = f"1、{INDICATOR}2、场数；100%。3、{INDICATOR}"
    indicators = read(cell, indicator_limit=1)
    assert [finding.span.of(cell) for finding in indicators.diagnostics] == [
        f"2、场数；100%。3、{INDICATOR}"
    ]


def codes(indicators: IndicatorList) -> set[str]:
    return {finding.code for finding in indicators.diagnostics}


# --- stretches ---------------------------------------------------------------------


def test_a_cell_is_divided_into_stretches() -> None:
    """None is empty, and all together are the text."""
    assert divide(f"说明：{INDICATOR}注", LANGUAGE.grammar, 1) == [
        Stretch(span=Span(0, 3), readable=False),
        Stretch(span=Span(3, 3 + len(INDICATOR)), readable=True),
        Stretch(span=Span(3 + len(INDICATOR), 4 + len(INDICATOR)), readable=False),
    ]
    assert divide("", LANGUAGE.grammar, 1) == []


def test_stretches_end_behind_as_many_as_are_asked_for() -> None:
    stretches = divide(INDICATOR * 3, LANGUAGE.grammar, 2)
    length = len(INDICATOR)
    assert [one.span for one in stretches] == [
        Span(0, length),
        Span(length, 2 * length),
    ]


# --- grammars ----------------------------------------------------------------------


class Refusing(Grammar):
    """A grammar that accepts nothing, as an extended one may."""

    def parse(self, text: str, start: str) -> NoReturn:
        raise UnparsedError(text, start)


def test_what_the_grammar_refuses_is_unreadable() -> None:
    grammar = LANGUAGE.grammar
    refusing = Refusing(name="none", text="", lark=grammar._lark)
    language = attrs.evolve(LANGUAGE, grammar=refusing)
    indicators = read(INDICATOR * 2, language=language)
    assert list(indicators) == []
    assert [finding.code for finding in indicators.diagnostics] == ["PG101", "PG101"]


def test_labels_are_data() -> None:
    """Labels of another province are read like ours, also misspelt ones."""
    labels = Labels(period=("全程要求",), annual=("{year}要求", "要求"))
    language = CellLanguage.of(labels, Taxonomy.packaged())
    for cell in (
        "1-产出指标；11-数量指标；甲；全程要求：4；2024要求：5。",
        "1-产出指标；11-数量指标；甲 全 程要求:4；要求:5。",
    ):
        (indicator,) = read(cell, language=language)
        assert (indicator.period.raw, indicator.annual.raw) == ("4", "5")
    misspelt = read("1-产出指标；甲；全呈要求:4。", language=language)
    assert "PG103" in codes(misspelt)


# --- characters --------------------------------------------------------------------


def test_grammar_skips_the_blanks() -> None:
    pattern = re.compile(LANGUAGE.grammar.pattern("BLANK"))
    skipped = {chr(code) for code in range(0x110000) if pattern.match(chr(code))}
    assert skipped == set(BLANKS)


def test_invisible_characters() -> None:
    """All that unicode calls control, surrogate or line separator; no line breaks."""
    for code in range(0x30000):
        category = unicodedata.category(chr(code))
        if category in {"Cc", "Cs", "Zl", "Zp"} and chr(code) not in "\t\r\n":
            assert INVISIBLE.match(chr(code)), hex(code)
        if category not in {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}:
            assert not INVISIBLE.match(chr(code)), hex(code)
