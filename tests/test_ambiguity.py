"""A value that may mean something else says why, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, strategies as st

from perfgoals import Syntax, parse_target
from perfgoals._values.ambiguity import (
    _DOUBTS_OF_RATES,
    all_doubts,
    depends_on_name,
    reasons,
)
from perfgoals.targets import Compound, Quantity

if TYPE_CHECKING:
    from decimal import Decimal

CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "cases" / "ambiguities.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]


def test_cases_were_found() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize(("value", "name", "expected"), CASES)
def test_a_value_is_doubtful(value: str, name: str, expected: str) -> None:
    target = parse_target(value, name=name or None)

    assert ",".join(all_doubts(target)) == expected


@pytest.mark.parametrize(("value", "name", "expected"), CASES)
def test_each_doubt_is_a_finding(value: str, name: str, expected: str) -> None:
    _, findings = Syntax.default().read_target(value, name=name or None)

    assert len(findings) == (expected.count(",") + 1 if expected else 0)
    assert {finding.code for finding in findings} <= {"PG201"}
    assert all(finding.span.of(value) == value for finding in findings)


def test_every_reason_has_a_case_and_a_text() -> None:
    """A sentence with a number and spaced digits have cases of their own."""
    shown = {reason for _, _, names in CASES for reason in names.split(",") if reason}

    assert shown | {"number-in-sentence", "spaced-number"} == set(reasons())
    assert all(set(text) == {"en", "zh"} for text in reasons().values())


def test_a_number_in_a_sentence() -> None:
    text = "加快清退工作，释放约1平方公里土地资源，支持重点项目建设"

    assert parse_target(text).ambiguities == ("number-in-sentence",)


def test_an_unusual_value_is_doubtful_under_a_rate_from_the_first() -> None:
    """The grammar reads it once, and what is like it is read as learned."""
    syntax = attrs.evolve(Syntax.default())
    for value in ("≥０.95", "≥０.96"):
        _, findings = syntax.read_target(value, name="合格率")
        assert [finding.code for finding in findings] == ["PG201"]


def test_digits_on_two_lines() -> None:
    assert parse_target("1\n00%").ambiguities == ("spaced-number",)


@given(
    st.decimals(-200, 200, places=2),
    st.sampled_from([None, "%", "次", "万"]),
    st.none() | st.just("年"),
)
def test_a_name_matters_where_a_rule_for_rates_applies(
    number: Decimal, unit: str | None, per: str | None
) -> None:
    target = Quantity(raw=f"{number}{unit}", number=number, unit=unit, per=per)
    applies = any(rule(target) for rule in _DOUBTS_OF_RATES.values())
    assert depends_on_name(target) == applies
    assert depends_on_name(Compound(parts=(target,))) == applies
