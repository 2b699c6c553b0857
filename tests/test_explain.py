"""What is explained about a text: its result, and by which way it was read."""

from __future__ import annotations

import attrs
import pytest
from tests.test_parse import INTACT

import perfgoals as pg

BASE = pg.Syntax.default()
SEPARATED = BASE.extend(grammar='%extend SEPARATOR: "|"')
GRADED = BASE.extend(
    grammar="%extend _core: grade\ngrade: GRADE\nGRADE.20: /A{1,5}级/",
    tree={"grade": lambda _: pg.Qualitative(text="grade")},
)
SECOND = INTACT.replace("1、", "2、", 1)

FAST = "the fast way, with the same result as the grammar"
EXTENDED = "by the grammar: an extension may have something to say about this text"
UNUSUAL = "by the grammar: its form is none of the usual ones"


def damaged_from(character: int) -> str:
    return f"by the grammar from character {character} on, where it is not intact"


@pytest.mark.parametrize(
    ("syntax", "text", "way"),
    [
        (BASE, INTACT, FAST),
        (BASE, INTACT + SECOND, FAST),
        (BASE, f"乱码{INTACT}", damaged_from(1)),
        (BASE, INTACT + SECOND.replace("数量", "自拟"), damaged_from(len(INTACT) + 1)),
        (BASE, SECOND, damaged_from(1)),
        (BASE, "5次", FAST),
        (BASE, "2月30日前", UNUSUAL),
        (BASE, "不少于３０家", FAST),
        (SEPARATED, INTACT, FAST),
        (SEPARATED, INTACT.replace("；", "|"), EXTENDED),
        (GRADED, "5次", FAST),
        (GRADED, "AA级", EXTENDED),
    ],
)
def test_the_way_that_a_text_is_read(syntax: pg.Syntax, text: str, way: str) -> None:
    assert syntax.explain(text).way == way


def test_no_value_is_read_the_fast_way_where_there_is_none() -> None:
    assert attrs.evolve(BASE, is_fast=False).explain("5次").way == UNUSUAL


def test_a_value_that_the_grammar_read_is_learned() -> None:
    """So what is like it takes the fast way from then on."""
    syntax, form = attrs.evolve(BASE), "每季度末前完成{}次走访，满意度{}%以上"
    assert syntax.explain(form.format(3, 95)).way == UNUSUAL
    assert syntax.explain(form.format(4, 90)).way == FAST


@pytest.mark.parametrize("text", [INTACT, INTACT.replace("4次", "2月30日前")])
def test_a_cell_is_explained_with_its_result(text: str) -> None:
    explanation = BASE.explain(text)
    indicators = BASE.read_indicators(text)
    assert explanation.text == text
    assert explanation.result == indicators
    assert explanation.diagnostics == indicators.diagnostics
    assert explanation.note == ""
    [node] = explanation.nodes
    assert node.text == text
    assert "".join(token.text for token in explanation.tokens) == text


@pytest.mark.parametrize("text", ["5次", "≥0.95", "2月30日前"])
def test_a_value_is_explained_with_its_result(text: str) -> None:
    explanation = BASE.explain(text)
    assert explanation.text == text
    assert (explanation.result, explanation.diagnostics) == BASE.read_target(text)
    assert explanation.note == ""
    [node] = explanation.nodes
    assert node.text == text
    assert "".join(token.text for token in explanation.tokens) == text


def test_a_value_that_is_read_by_clauses_has_a_note() -> None:
    explanation = BASE.explain("每3个±，合格率95%")
    assert explanation.note == "read clause by clause: it has no tree as a whole"


def test_what_an_extension_defines_is_found_in_it() -> None:
    explanation = GRADED.explain("AA级")
    assert explanation.result == pg.Qualitative(raw="AA级", text="grade")
    [node] = explanation.nodes
    [grade] = node.children
    assert (grade.name, grade.origin) == ("grade", "grammar:2")


def test_the_grammars_in_force_are_one_text() -> None:
    """That of indicators first, and each with what an extension adds to it."""
    cells, values = SEPARATED.grammar_text().split("\n// ══ targets ══\n\n")
    assert cells.startswith("// ══ indicators ══\n\n")
    assert '%extend SEPARATOR: "|"' in cells
    assert BASE.grammar_text().endswith(f"\n// ══ targets ══\n\n{values}")
