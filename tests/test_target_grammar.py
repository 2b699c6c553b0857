"""Each form of each rule of targets accepts the text that stands behind it."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from perfgoals._values.fold import fold
from perfgoals._values.value import target_grammar
from perfgoals.units import Units

FORM = re.compile(r"(?:^(\w+):|\|).*?(?:-> (\w+))?\s{2,}// (.+)$")


def forms() -> list[tuple[str, str, str]]:
    """Each form with the name of its rule, of its node in the tree, and its text."""
    found: list[tuple[str, str, str]] = []
    rule = ""
    for name in ("targets", "dates"):
        path = resources.files("perfgoals") / "grammars" / f"{name}.lark"
        for line in path.read_text(encoding="utf-8").splitlines():
            head = re.match(r"(_?[a-z_]+):", line)
            rule = head[1] if head else rule
            match = re.search(r"(?:-> (\w+))?\s*(?<!:)// (\S.*)$", line)
            if match and not line.startswith("//"):
                found.append((rule, match[1] or rule, match[2]))
    return found


def test_every_rule_has_a_form() -> None:
    rules = {rule for rule, _, _ in forms()}
    compiled = {
        str(rule.origin.name) for rule in target_grammar(Units.packaged())._lark.rules
    }

    assert {name for name in compiled if not name.startswith("__")} <= rules


@pytest.mark.parametrize(("rule", "node", "text"), forms())
def test_a_form_accepts_its_text(rule: str, node: str, text: str) -> None:
    tree = target_grammar(Units.packaged()).parse(fold(text), "target")

    nodes = {str(subtree.data) for subtree in tree.iter_subtrees()}
    assert rule.startswith("_") or node in nodes
