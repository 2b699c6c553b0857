"""A value is read once, and once more where the name of its indicator matters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.fast_values import by_grammar

from perfgoals._values import memo
from perfgoals._values.memo import LENGTH, ValueMemo

if TYPE_CHECKING:
    from perfgoals._values.kinds import Reading

RATE, OTHER = "合格率", "次数"


class Counting:
    """Reads by the grammar, and counts how often each value was read."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()

    def __call__(self, text: str, *, of_rate: bool) -> Reading:
        self.times[text] += 1
        return by_grammar(text, of_rate=of_rate)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("4次", 1),
        ("≥95%", 1),
        ("有效提升", 1),
        ("0.95", 2),
        ("≥101%", 2),
        ("甲95%，乙0.9", 2),
        ("2024", 1),
    ],
)
def test_a_value_is_read_again_only_where_the_name_matters(
    text: str, times: int
) -> None:
    read = Counting()
    known = ValueMemo(read)
    for name in (RATE, OTHER, None, RATE, OTHER, None):
        assert known.read(text, name) == by_grammar(text, of_rate=name == RATE)[1:]

    assert read.times[text] == times


def test_a_long_value_is_not_kept() -> None:
    read = Counting()
    known = ValueMemo(read)
    text = "提升" * LENGTH
    known.read(text, None)
    known.read(text, None)

    assert read.times[text] == 2


def test_so_many_values_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "SIZE", 2)
    read = Counting()
    known = ValueMemo(read)
    for text in ("1次", "2次", "1次", "3次", "1次", "3次"):
        known.read(text, OTHER)

    assert read.times == {"1次": 2, "2次": 1, "3次": 1}
