from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tests.patterns import registry

from perfgoals._patterns import exponential, matches_nothing, samples, shortest

CASES = tomllib.loads(
    (Path(__file__).parent / "cases/patterns.toml").read_text(encoding="utf-8")
)["case"]
TERMINALS = {name: own for name, own in registry().items() if ":" in name}


def test_there_are_cases_of_both_kinds() -> None:
    assert {"pump" in case for case in CASES} == {True, False}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pattern"])
def test_verdict(case: dict[str, str]) -> None:
    assert exponential(case["pattern"]) == case.get("pump")


@pytest.mark.parametrize("name", TERMINALS)
def test_no_terminal_of_the_grammars_is_exponential(name: str) -> None:
    own = TERMINALS[name]
    assert exponential(own.pattern, own.flags) is None


@pytest.mark.parametrize("name", TERMINALS)
def test_each_terminal_has_samples(name: str) -> None:
    own = TERMINALS[name]
    texts = samples(own.pattern, 3, own.flags)
    assert texts or "(?!)" in own.pattern  # until an extension names extra labels
    assert len(set(texts)) == len(texts)


def test_flags_count() -> None:
    pattern = "(?:a|(?:Ab?))*c"
    assert exponential(pattern) is None
    assert exponential(pattern, re.IGNORECASE) == "aa"


@pytest.mark.parametrize("check", [exponential, matches_nothing, shortest])
def test_a_pattern_that_is_none_is_refused(check: object) -> None:
    with pytest.raises(re.error, match="unterminated"):
        check("(a")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"第[一二]季度?|Q[1-4]", ("Q1", "第一季", "Q4", "第二季", "第一季度")),
        (r"[a-c]{2,}(?=；)", ("aa", "aaa", "aaaa", "ca", "caa")),
        (r"(?<!x)a(?!b)", ("a",)),
        (r"a|ab", ("a",)),
        (r"(?<=x)a", ()),
        (r"[^\s\S]", ()),
        (r"(?>a|b)*+\Z", ("", "a", "aa", "b", "ba")),
        (r"(?i)q", ("q", "Q")),
        (r"(x)?(?(1)y|z)", ("xy", "z")),
    ],
)
def test_samples(pattern: str, expected: tuple[str, ...]) -> None:
    assert samples(pattern, 5) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"[0-9]{4}年(?:[0-9]{1,2}月)?", "0000年"),
        (r"(?:abc|de|fgh)+", "de"),
        (r"a*", ""),
        (r"[^\s\S]", None),
    ],
)
def test_shortest(pattern: str, expected: str | None) -> None:
    assert shortest(pattern) == expected


@pytest.mark.parametrize(
    "pattern", ["", "a*", "(?=b)", "$", "a?|b", "(?:a{0,2})+", "(a?)\\1"]
)
def test_matches_nothing(pattern: str) -> None:
    assert matches_nothing(pattern)


@pytest.mark.parametrize("pattern", ["a", "a+", "(?=b)a", "a|b", "(a)\\1"])
def test_matches_something(pattern: str) -> None:
    assert not matches_nothing(pattern)
