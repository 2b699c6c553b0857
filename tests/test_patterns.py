"""Facts about every regular expression that need no checker and no clock."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.patterns import as_javascript, modules, parsed, registry

if TYPE_CHECKING:
    from collections.abc import Iterator

PATTERNS = registry()
NESTED = {
    "targets:NUMBER",  # 1\n2\n3: a line break begins each
    "targets:PER",  # a sign begins each denominator; .ci/check-regexes watches the rest
    "targets:PHRASE",  # a dot or a dash begins each
    "targets:REMARK",  # brackets within brackets, which the outer ones exclude
    "vocabulary._LAST_BRACKETS",  # one pair of brackets after the other
}
"""Patterns that repeat a repetition without end, and why they may."""


def nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    """Every operator within *tree* with its argument, itself a tree or not."""
    if isinstance(tree, tuple) and len(tree) == 2:
        yield str(tree[0]), tree[1]
    children = tree if isinstance(tree, tuple | list) else getattr(tree, "data", ())
    for child in children:
        yield from nodes(child)


def endless(tree: Any) -> list[Any]:
    """What *tree* repeats without end and gives back in part when it must."""
    return [
        inner
        for operator, argument in nodes(tree)
        if operator in {"MAX_REPEAT", "MIN_REPEAT"}
        for _, most, inner in [argument]
        if str(most) == "MAXREPEAT"
    ]


def categories(pattern: re.Pattern[str]) -> set[str]:
    return {str(name) for kind, name in nodes(parsed(pattern)) if kind == "CATEGORY"}


def repeats_a_repetition(pattern: re.Pattern[str]) -> bool:
    return any(endless(inner) for inner in endless(parsed(pattern)))


def test_there_are_patterns_of_both_grammars_and_of_modules() -> None:
    kinds = {name.partition(":")[0] for name in PATTERNS if ":" in name}
    assert kinds == {"indicators", "targets"}
    assert len([name for name in PATTERNS if ":" not in name]) > 30


@pytest.mark.parametrize("name", PATTERNS)
def test_digits_are_named(name: str) -> None:
    r"""``\d`` is any of 660 characters, ``\w`` any of very many."""
    assert categories(PATTERNS[name]) <= {"CATEGORY_SPACE", "CATEGORY_NOT_SPACE"}


def test_a_digit_class_would_be_noticed() -> None:
    assert categories(re.compile(r"a|(?:[^\d]{2})+")) == {"CATEGORY_DIGIT"}


def test_no_repetition_is_repeated() -> None:
    """Those that are have been looked at one by one."""
    found = {name for name in PATTERNS if repeats_a_repetition(PATTERNS[name])}
    assert found <= NESTED


@pytest.mark.parametrize("source", [r"(?:[0-9]+,?)+。", r"(?:a*?b|c)*", r"(?=(x+)+)"])
def test_a_repeated_repetition_would_be_noticed(source: str) -> None:
    assert repeats_a_repetition(re.compile(source))


@pytest.mark.parametrize("source", [r"(?:a++b)*", r"a+b+", r"(?:a{1,9})+"])
def test_others_are_none(source: str) -> None:
    assert not repeats_a_repetition(re.compile(source))


@pytest.mark.parametrize("name", PATTERNS)
def test_nothing_matches_without_end_at_one_place(name: str) -> None:
    """What is repeated without end takes a character each time."""
    widths = [inner.getwidth()[0] for inner in endless(parsed(PATTERNS[name]))]
    assert 0 not in widths


def test_every_pattern_is_in_the_registry() -> None:
    """None is compiled where the registry cannot see it: inside a function."""
    hidden = [
        f"{module.__name__}:{getattr(node, 'lineno', 0)}"
        for module in modules()
        for function in ast.walk(ast.parse(source_of(module)))
        if isinstance(function, ast.FunctionDef) and not function.decorator_list
        for node in ast.walk(function)
        if is_compile(node)
    ]
    assert hidden == []


def source_of(module: Any) -> str:
    return Path(module.__file__).read_text(encoding="utf-8")


def is_compile(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"(?P<a>x|[^\]a-c]{2,}?)", r"((?:x|[^\]a-c]{2,}?))"),
        (r"(?<!a)\Z|^(?:ab)*+", r"(?:(?<!a)$|^(?:ab)*)"),
        (r"[\x00\s]{3}\.", r"[\u0000\s]{3}\."),
    ],
)
def test_the_same_in_javascript(source: str, expected: str) -> None:
    assert as_javascript(re.compile(source)) == expected
