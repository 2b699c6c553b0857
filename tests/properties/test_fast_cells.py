"""The law that the fast way through a cell is allowed by: it shows nowhere."""

from __future__ import annotations

from hypothesis import given, strategies as st
from tests.both_ways import Made, read_both_ways
from tests.properties.test_indicators import cells


@given(st.integers(0, 2**32))
def test_cells_made_up_give_equal_results_both_ways(seed: int) -> None:
    plain, fast = read_both_ways(Made(seed).cell())
    assert fast == plain


@given(cells())
def test_any_cell_gives_equal_results_both_ways(cell: str) -> None:
    plain, fast = read_both_ways(cell)
    assert fast == plain
