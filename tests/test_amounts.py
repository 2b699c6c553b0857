from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from perfgoals.amounts import (
    DIGITS,
    Amount,
    exact_sum,
    is_exact,
    is_nothing,
    plain_text,
    read_amount,
    running_sums,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,025.93", "1025.93"),
        ("１，０２５．９３", "1025.93"),
        ("1025.930", "1025.930"),
        ("0", "0"),
        ("000.50", "0.50"),
        (".5", "0.5"),
        ("-5.00", "-5.00"),
        ("－ 5", "-5"),
        ("−5", "-5"),
        ("￥1 025.93", "1025.93"),
        ("-¥5", "-5"),
        ("¥-5", "-5"),
        (" \u00a01\u00a0025\u3000\n", "1025"),
        ("1, 025 .93", "1025.93"),
        ("9" * DIGITS, "9" * DIGITS),
    ],
)
def test_amount(text: str, number: str) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert str(amount.number) == number
    assert amount.unit is None


@pytest.mark.parametrize(
    ("text", "unit"), [("5元", "元"), ("5 万元", "万元"), ("5人民币元", "人民币元")]
)
def test_amount_with_unit(text: str, unit: str) -> None:
    assert read_amount(text) == Amount(number=Decimal(5), unit=unit)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "元", ".", "5.", "约5", "5左右", "5%", "1e3", "1_000", "NaN",
        "Infinity", "+5", "--5", "(5.00)", "1,02", "1,0259", ",025", "1,,025",
        "1.025,93", "12 34", "1 025,930", "5\n6", "5.5.5", "五", "٣", "²", "¥¥5",
        "5元元", "9" * (DIGITS + 1), "9" * 1000, "0." + "9" * DIGITS + "元",
    ],
)  # fmt: skip
def test_no_amount(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000\n\ufeff", "-", "—", "——", "－", "/", " / "]
)
def test_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["0", "无", "-5", "a"])
def test_something(text: str) -> None:
    assert not is_nothing(text)


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**20)


@given(NUMBERS)
def test_any_number_is_read_exactly(number: Decimal) -> None:
    for text in (f"{number:f}", f"{number:,f}"):
        amount = read_amount(text)
        assert amount is not None
        assert amount.number.as_tuple() == number.as_tuple()


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or is_exact(amount.number)


@given(st.lists(st.none() | NUMBERS, max_size=5))
def test_sums_are_exact(amounts: list[Decimal | None]) -> None:
    """As exact as fractions are."""
    fractions = (Fraction(amount) for amount in amounts if amount is not None)
    assert Fraction(exact_sum(amounts)) == sum(fractions, Fraction(0))
    assert running_sums(amounts)[-1] == exact_sum(amounts)


def test_sums_keep_what_a_default_context_drops() -> None:
    huge, tiny = Decimal("9" * DIGITS), Decimal("0." + "0" * (DIGITS - 2) + "1")
    assert str(exact_sum((huge, tiny))) == "9" * DIGITS + "." + "0" * (DIGITS - 2) + "1"


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "1E65", "1E-65", "9" * (DIGITS + 1)]
)
def test_numbers_that_are_not_added(text: str) -> None:
    assert not is_exact(Decimal(text))


@pytest.mark.parametrize(
    "amount", [None, Decimal(0), Decimal("-1025.93"), Decimal("1E3")]
)
def test_numbers_that_are_added(amount: Decimal | None) -> None:
    assert is_exact(amount)


@pytest.mark.parametrize("texts", [("10", "10.00", "1E1"), ("0", "-0.00", "0E5")])
def test_plain_text_is_equal_for_equals(texts: tuple[str, ...]) -> None:
    assert {plain_text(Decimal(text)) for text in texts} == {
        plain_text(Decimal(texts[0]))
    }
