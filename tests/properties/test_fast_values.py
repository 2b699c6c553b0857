"""What the fast reader reads, it reads as the grammar does: its licence to exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import assume, given, strategies as st
from tests.fast_values import (
    by_grammar,
    extended_units,
    fast_first,
    fast_reading,
    mutated_value,
    numbers,
    values,
)

from perfgoals._values.fast.reader import FastReader
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@given(text=values(), of_rate=st.booleans())
def test_values_of_all_parts(text: str, *, of_rate: bool) -> None:
    fast = fast_reading(text, of_rate=of_rate)
    assume(fast is not None)

    assert fast == by_grammar(text, of_rate=of_rate)


@given(values())
def test_values_with_units_of_others(text: str) -> None:
    units = extended_units()
    fast = fast_reading(text, units=units)
    assume(fast is not None)

    assert fast == by_grammar(text, units=units)


@given(st.randoms(use_true_random=False))
def test_mutated_values(random: Random) -> None:
    for _ in range(20):
        text = mutated_value(random)
        fast = fast_reading(text)
        assert fast in (None, by_grammar(text))


@given(
    values() | st.randoms(use_true_random=False).map(mutated_value),
    st.lists(st.lists(numbers(), min_size=4, max_size=4), min_size=3, max_size=5),
)
def test_values_like_others(text: str, others: Sequence[Sequence[str]]) -> None:
    """The same words with other numbers, of which the first ones are learned."""
    reader = FastReader(Units.packaged())
    for figures in others:
        value = _with_figures(text, figures)
        assert fast_first(value, reader) == by_grammar(value)


def _with_figures(text: str, figures: Sequence[str]) -> str:
    """*text* with the first of its figures replaced by *figures*."""
    others = iter(figures)
    return _FIGURES.sub(lambda found: next(others, found[0]), text)
