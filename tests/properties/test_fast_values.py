"""What the fast reader reads, it reads as the grammar does: its licence to exist."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from hypothesis import given, strategies as st
from tests.fast_values import (
    by_grammar,
    extended_units,
    fast_reading,
    mutated_value,
    new_reader,
    numbers,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_taught = functools.cache(new_reader)
"""Readers that all examples teach: a shape that one has brought is read in another."""


@given(text=values(), of_rate=st.booleans())
def test_values_of_all_parts(text: str, *, of_rate: bool) -> None:
    expected = by_grammar(text, of_rate=of_rate)

    assert fast_reading(text, of_rate=of_rate) in (None, expected)
    assert _taught().read(text, of_rate=of_rate) == expected


@given(values())
def test_values_with_units_of_others(text: str) -> None:
    units = extended_units()

    assert _taught(units).read(text, of_rate=False) == by_grammar(text, units=units)


@given(values(), st.randoms(use_true_random=False))
def test_values_in_other_signs(text: str, random: Random) -> None:
    """With wide signs in place of some, and blanks between some."""
    for _ in range(5):
        other = "".join(_otherwise(sign, random) for sign in text)
        assert _taught().read(other, of_rate=False) == by_grammar(other)


def _otherwise(sign: str, random: Random) -> str:
    chance = random.random()
    if chance < 0.1:
        return sign + random.choice((" ", "  ", "\u3000", "\t"))
    is_ascii = "!" <= sign <= "~"
    return chr(ord(sign) + 0xFEE0) if is_ascii and chance < 0.3 else sign


@given(st.randoms(use_true_random=False))
def test_mutated_values(random: Random) -> None:
    for _ in range(20):
        text = mutated_value(random)
        assert _taught().read(text, of_rate=False) == by_grammar(text)


@given(
    values() | st.randoms(use_true_random=False).map(mutated_value),
    st.lists(st.lists(numbers(), min_size=4, max_size=4), min_size=3, max_size=5),
)
def test_values_like_others(text: str, others: Sequence[Sequence[str]]) -> None:
    """The same words with other numbers, of which the first ones are learned from."""
    reader = new_reader()
    for figures in others:
        value = _with_figures(text, figures)
        assert reader.read(value, of_rate=False) == by_grammar(value)


def _with_figures(text: str, figures: Sequence[str]) -> str:
    """*text* with the first of its figures replaced by *figures*."""
    others = iter(figures)
    return _FIGURES.sub(lambda found: next(others, found[0]), text)
