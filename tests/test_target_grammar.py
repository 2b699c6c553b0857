"""Each form of each rule of targets accepts the text that stands behind it."""

from __future__ import annotations

import pytest
from lark import Tree

from perfgoals._grammar_texts import PARTS, Example, examples_in
from perfgoals._values.fold import fold
from perfgoals._values.language import ValueLanguage
from perfgoals._values.tree import TargetTree
from perfgoals._values.words import target_grammar
from perfgoals.units import Units

EXAMPLES = [example for part in PARTS["targets"] for example in examples_in(part)]


def test_every_rule_has_a_form() -> None:
    compiled = {form.rule for form in target_grammar(Units.packaged()).forms}

    shown = {example.rule for example in EXAMPLES}
    assert {name for name in compiled if not name.startswith("__")} <= shown


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_a_form_accepts_its_text(example: Example) -> None:
    tree = target_grammar(Units.packaged()).parse(fold(example.text), "target")

    nodes = {str(subtree.data) for subtree in tree.iter_subtrees()}
    assert example.rule.startswith("_") or example.node in nodes


def test_a_rule_without_a_method_is_noticed() -> None:
    """What a grammar says more than the tree can read is not passed on in silence."""
    tree = TargetTree("4次", ValueLanguage.of(Units.packaged()))
    with pytest.raises(NotImplementedError, match="a rule unheard_of without a method"):
        tree.read(Tree("unheard_of", []))
