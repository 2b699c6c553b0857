"""Laws of reading indicators, for any text at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, strategies as st
from tests.test_indicator_grammar import by_its_stretches, by_the_cell
from tests.test_parse import CELLS

from perfgoals._blanks import BLANKS
from perfgoals._cells.landmarks import Landmarks
from perfgoals._cells.words import indicator_grammar
from perfgoals.formatter import to_text
from perfgoals.labels import Labels
from perfgoals.model import Category, Indicator, IndicatorList, Level
from perfgoals.parse import parse
from perfgoals.spans import Span
from perfgoals.targets import Absent
from perfgoals.taxonomy import Taxonomy

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FRAGMENTS = (
    *"；;。，、:：1２③(（）★指实年产",
    " ",
    "\u3000",
    "\n",
    "\0",
    "\u200b",
    "\u202e",
    "\ud800",
    "12、",
    "2.",
    "（3）",
    "指标2：",
    "1-",
    "11-",
    "1-产出指标；",
    "12-质量指标；",
    "效益；",
    "社会效益；",
    "2、1-产",
    "3、2-效益指标；22-社会效益；",
    "覆盖率",
    "；实施周期指标值:",
    "；年度指标值:",
    "2024年目标值：",
    "；年度指标直:",
    "；上年指标值:",
    "指标值:",
    "≥95%",
    "落实。提升",
    "1、完成A；2、完成B。",
    "(≥**户)",
    "……",
)
NOT_INDICATORS = frozenset({"PG003", "PG101", "PG107", "PG108"})

MOST = 11
"""Indicators of a cell: some ordinals have two digits."""

WORDS = st.text("覆盖率支付次数完成AB年度目标4-（）《》、，", min_size=1, max_size=12)


def pieces() -> SearchStrategy[str]:
    """Texts made of what indicators are made of, and of anything else."""
    anything = st.text(st.characters(), max_size=4)
    return st.lists(st.sampled_from(FRAGMENTS) | anything, max_size=30).map("".join)


@st.composite
def damaged_cells(draw: st.DrawFn) -> str:
    """A cell of the real table with a stretch of it replaced by a piece."""
    cell: str = draw(st.sampled_from(CELLS))
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(cell))] * 2)))
    end = min(end, start + 20)
    return cell[:start] + str(draw(st.sampled_from(FRAGMENTS))) + cell[end:]


def cells() -> SearchStrategy[str]:
    return pieces() | damaged_cells()


# --- any text ----------------------------------------------------------------------


@given(cells())
def test_every_character_belongs_somewhere(text: str) -> None:
    """Indicators and the findings about what is none tile any text but a blank one."""
    indicators = parse(text)
    spans = stretches(indicators)
    if text.strip(BLANKS):
        assert "".join(span.of(text) for span in spans) == text
    else:
        assert spans == []


def stretches(indicators: IndicatorList) -> list[Span]:
    """The parts that a text is divided into; findings inside indicators are none."""
    spans = [indicator.span for indicator in indicators]
    inside = {place for span in spans for place in range(span.start, span.end)}
    spans += [
        finding.span
        for finding in indicators.diagnostics
        if finding.code in NOT_INDICATORS and finding.span.start not in inside
    ]
    return sorted(spans)


@given(cells())
def test_findings_are_in_order_and_in_the_text(text: str) -> None:
    spans = [finding.span for finding in parse(text).diagnostics]
    assert spans == sorted(spans)
    assert all(span.end <= len(text) for span in spans)


@given(cells())
def test_what_is_printed_is_kept(text: str) -> None:
    """Names and values are slices of the text of their indicator."""
    for indicator in parse(text):
        printed = indicator.span.of(text)
        assert indicator.name in printed
        assert indicator.period.raw in printed
        assert indicator.annual.raw in printed


@given(cells())
def test_without_a_finding_the_text_is_canonical(text: str) -> None:
    indicators = parse(text)
    about_syntax = [
        finding
        for finding in indicators.diagnostics
        if finding.code.startswith(("PG0", "PG1"))
    ]
    if text.strip(BLANKS) and not about_syntax:
        assert to_text(indicators) == text


@given(cells())
def test_text_is_canonical_unless_a_finding_says_so(text: str) -> None:
    """PG120 and the findings about what is no indicator, and none of the others."""
    indicators = parse(text)
    codes = {finding.code for finding in indicators.diagnostics}
    if text.strip(BLANKS):
        all_of_it = len(stretches(indicators)) == len(indicators)
        is_canonical = all_of_it and "PG120" not in codes
        assert (to_text(indicators) == text) is is_canonical


@given(cells())
def test_fast_search_finds_the_same_landmarks(text: str) -> None:
    """Looking only where a landmark may begin gives what a search everywhere gives."""
    landmarks = Landmarks.of(indicator_grammar(Labels.packaged(), Taxonomy.packaged()))
    found = [match.span() for match in landmarks.search(text)]
    assert found == [match.span() for match in landmarks.landmark.finditer(text)]


# --- intact cells ------------------------------------------------------------------


LIKE_SOMETHING_ELSE = re.compile("^[0-9、，（）-]|[、，-]$|目标|4-")


def names() -> SearchStrategy[str]:
    """Names and values that do not look like anything else."""
    return WORDS.filter(lambda text: not LIKE_SOMETHING_ELSE.search(text))


def intact_indicators(ordinal: int) -> SearchStrategy[Indicator]:
    levels = (("1", "产出指标", "output"), ("2", "效益指标", "benefit"))
    categories = (("11", "数量指标", "quantity"), ("22", "社会效益", "social_benefit"))
    return st.builds(
        Indicator,
        ordinal=st.just(ordinal),
        level=st.sampled_from([coded(Level, row) for row in levels]),
        category=st.sampled_from([coded(Category, row) for row in categories]),
        name=names(),
        period=names().map(lambda raw: Absent(raw=raw)),
        annual=names().map(lambda raw: Absent(raw=raw)),
        core=st.booleans(),
        span=st.just(Span(0, 0)),
    )


def coded(kind: type[Level | Category], row: tuple[str, str, str]) -> Level | Category:
    code, name, concept = row
    return kind(code=code, name=name, concept=concept)


def intact_lists() -> SearchStrategy[tuple[Indicator, ...]]:
    sizes = st.integers(1, MOST)
    return sizes.flatmap(
        lambda size: st.tuples(*map(intact_indicators, range(1, size + 1)))
    )


def shown(indicator: Indicator) -> tuple[object, ...]:
    """All of an indicator but its place and what its values mean."""
    return (
        indicator.ordinal,
        indicator.level,
        indicator.category,
        indicator.name,
        indicator.core,
        indicator.period.raw,
        indicator.annual.raw,
    )


@given(intact_lists())
def test_what_is_written_is_read_back(indicators: tuple[Indicator, ...]) -> None:
    text = to_text(IndicatorList(items=indicators))
    found = parse(text)
    assert list(map(shown, found)) == list(map(shown, indicators))
    assert to_text(found) == text
    assert by_its_stretches(text) == by_the_cell(text)


SPELLINGS = {
    "；": ("；", ";", "； ", "\n；", "；；"),
    "、": ("、", ".", "．", ")", "）、"),
    ":": (":", "：", " :", "：\u3000"),
    "。": ("。", "。\n", "。 ", "；", "\n", "。；"),
    "实施周期指标值": ("实施周期指标值", "实施周期 指标值", "总体目标值", "中期指标值"),
    "年度指标值": ("年度指标值", "年\n度指标值", "2024年目标值", "当年指标值"),
}
RESPELT = re.compile("；|(?<=^.)、|:|。$|实施周期指标值|年度指标值")


def spellings() -> SearchStrategy[dict[str, str]]:
    """One spelling for each sign and label that can be written in several ways."""
    return st.fixed_dictionaries(
        {sign: st.sampled_from(others) for sign, others in SPELLINGS.items()}
    )


@given(intact_lists(), st.lists(spellings(), min_size=MOST, max_size=MOST))
def test_spelling_changes_nothing(
    indicators: tuple[Indicator, ...], choices: list[dict[str, str]]
) -> None:
    """Other punctuation, labels and blanks give equal indicators."""
    text = "".join(
        RESPELT.sub(lambda sign, chosen=chosen: chosen[sign[0]], to_text(indicator))  # type: ignore[misc]
        for indicator, chosen in zip(indicators, choices, strict=False)
    )
    assert list(map(shown, parse(text))) == list(map(shown, indicators))
