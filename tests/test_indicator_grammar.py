"""Each rule of indicators accepts the text that stands above it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import pytest
from lark import Token, Tree
from tests.test_parse import CELLS

from perfgoals._cells.language import CellLanguage
from perfgoals._cells.scan import divide
from perfgoals._cells.tree import read_entry
from perfgoals._cells.words import STARTS, indicator_words
from perfgoals._grammar import Grammar, UnparsedError, load_grammar
from perfgoals._grammar_texts import examples_in, packaged_text
from perfgoals.labels import Labels
from perfgoals.taxonomy import Taxonomy

if TYPE_CHECKING:
    from perfgoals._cells.entry import Entry

RULES = re.findall(r"^([a-z_]+):", packaged_text("indicators"), re.MULTILINE)
EXAMPLES = [(example.text, example.rule) for example in examples_in("indicators")]
LANGUAGE = CellLanguage.of(Labels.packaged(), Taxonomy.packaged())

# Texts that a rule must not accept. There is none that ``indicator`` refuses: what is
# missing is a finding.
REFUSED = {
    "cell": "次数；实施周期指标值:4次/年",
    "item": "次数；实施周期指标值:4次/年",
    "landmark": "完",
    "level": "11-数量指标；",
    "category": "1-产出指标；",
    "name": "；次数",
    "period": "；年度指标值:4次",
    "annual": "；实施周期指标值:4次/年",
    "extra": "；实施周期指标值:4次/年",
    "unknown": "；产值:4次",
    "value": "",
}


@functools.cache
def with_all_starts() -> Grammar:
    """The grammar, made to parse by each of its rules."""
    labels = Labels.packaged().extended({"weight": ["权重"]})
    words = indicator_words(labels, Taxonomy.packaged())
    return load_grammar(("indicators",), starts=RULES, words=words)


def test_every_rule_has_an_example() -> None:
    assert [rule for _, rule in EXAMPLES] == RULES
    assert set(REFUSED) == set(RULES) - {"indicator"}


@pytest.mark.parametrize(("text", "rule"), EXAMPLES)
def test_a_rule_accepts_its_example(text: str, rule: str) -> None:
    assert with_all_starts().parse(text, rule).data == rule


@pytest.mark.parametrize(
    ("rule", "text"),
    [(rule, text) for rule, text in REFUSED.items() if text is not None],
)
def test_a_rule_refuses_other_texts(rule: str, text: str) -> None:
    with pytest.raises(UnparsedError):
        with_all_starts().parse(text, rule)


# --- the whole cell ----------------------------------------------------------------


def fields(entry: Entry) -> tuple[object, ...]:
    """What both ways to read an indicator can tell."""
    values = (entry.period, entry.annual)
    return (entry.name, *(value and value.text.text.strip("。") for value in values))


@functools.cache
def whole_grammar() -> Grammar:
    """The grammar, the rule for a whole cell included."""
    words = indicator_words(Labels.packaged(), Taxonomy.packaged())
    return load_grammar(("indicators",), starts=(*STARTS, "cell"), words=words)


def by_the_cell(cell: str) -> list[tuple[object, ...]]:
    """The indicators of *cell* by the rule for the whole of it."""
    tree = whole_grammar().parse(cell, "cell")
    return [
        fields(read_entry(without_opening(item), cell, 0, LANGUAGE))
        for item in tree.children
    ]


def without_opening(item: Tree[Token] | Token) -> Tree[Token]:
    assert isinstance(item, Tree)
    opening = item.children[0]
    assert isinstance(opening, Token)
    assert opening.type == "OPENING"
    return Tree(item.data, item.children[1:])


def by_its_stretches(cell: str) -> list[tuple[object, ...]]:
    """The indicators of *cell* as they are read: divided first, then one by one."""
    grammar = LANGUAGE.grammar
    return [
        fields(
            read_entry(
                grammar.parse(stretch.span.of(cell), "indicator"),
                stretch.span.of(cell),
                stretch.span.start,
                LANGUAGE,
            )
        )
        for stretch in divide(cell, grammar, len(cell))
    ]


@pytest.mark.parametrize("cell", CELLS)
def test_an_intact_cell_is_what_the_grammar_says(cell: str) -> None:
    found = by_its_stretches(cell)
    assert found == by_the_cell(cell)
    assert len(found) >= 2
