"""What a target can do: accept, scale, resolve, compare; exactly or not at all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from perfgoals import compare, parse_target
from perfgoals.targets import DateRange, Deadline, Quantity, Range


def quantity(text: str) -> Quantity:
    target = parse_target(text)
    assert isinstance(target, Quantity)
    return target


@pytest.mark.parametrize(
    ("text", "actual", "expected"),
    [
        ("≥10次", 10, True),
        ("≥10次", 9, False),
        ("超过10次", 10, False),
        ("10次以下", 10, True),
        ("低于10次", 10, False),
        ("=10次", 10, True),
        ("=10次", 11, False),
        ("10次", 10, True),
        ("10次", 11, None),
        ("约10次", 10, True),
        ("约10次", 11, None),
    ],
)
def test_a_quantity_accepts(text: str, actual: int, expected: bool | None) -> None:  # noqa: FBT001
    assert quantity(text).accepts(Decimal(actual)) is expected


@pytest.mark.parametrize("actual", [1.0, True, "10", None])
def test_only_exact_numbers_are_compared(actual: object) -> None:
    with pytest.raises(TypeError, match="must be a Decimal or an int"):
        quantity("≥10次").accepts(actual)  # type: ignore[arg-type]


def test_a_range_includes_its_ends() -> None:
    target = parse_target("5-10个工作日")

    assert isinstance(target, Range)
    assert [target.accepts(n) for n in (4, 5, 10, 11)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("2024年12月31日前", "2024-12-31", True),
        ("2024年12月31日前", "2025-01-01", False),
        ("2024年12月前", "2024-12-31", True),
        ("2024年前", "2025-01-01", False),
        ("自2024年3月1日起", "2024-02-29", False),
        ("自2024年3月1日起", "2024-03-01", True),
        ("<2024年3月1日", "2024-03-01", False),
        (">2024年3月1日", "2024-03-02", True),
        ("=2024年3月", "2024-03-15", True),
        ("2024年12月31日", "2024-12-31", None),
        ("12月31日前", "2024-12-31", None),
        ("春节前", "2024-01-01", None),
    ],
)
def test_a_deadline_accepts(text: str, day: str, expected: bool | None) -> None:  # noqa: FBT001
    target = parse_target(text)

    assert isinstance(target, Deadline)
    assert target.accepts(dt.date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("年底前", 2024, "2024-12-31"),
        ("次年3月底前", 2024, "2025-03-31"),
        ("2月底前", 2023, "2023-02-28"),
        ("2月底前", 2024, "2024-02-29"),
        ("2022年底前", 2024, "2022-12-31"),
        ("每月15日前", 2024, "---15"),
        ("每年12月底前", 2024, "--12-31"),
        ("11月", 2024, "2024-11"),
        ("春节前", 2024, None),
    ],
)
def test_a_deadline_resolves(text: str, year: int, expected: str | None) -> None:
    target = parse_target(text)

    assert isinstance(target, Deadline)
    assert target.resolve(year).date == expected


def test_a_date_range_resolves_into_the_next_year() -> None:
    target = parse_target("10月15日至次年4月15日")

    assert isinstance(target, DateRange)
    resolved = target.resolve(2024)
    assert (resolved.start, resolved.end) == ("2024-10-15", "2025-04-15")
    assert resolved.accepts(dt.date(2025, 4, 15)) is True
    assert resolved.accepts(dt.date(2025, 4, 16)) is False
    assert target.accepts(dt.date(2025, 4, 15)) is None


@pytest.mark.parametrize(
    ("text", "number", "unit", "per"),
    [
        ("1.5万人次", "15000", "人次", None),
        ("3亿元", "300000000", "元", None),
        ("250万", "2500000", None, None),
        ("2批次/千人", "0.002", "批次", "人"),
        ("100%", "100", "%", None),
        ("4次/年", "4", "次", "年"),
    ],
)
def test_a_quantity_scales(
    text: str, number: str, unit: str | None, per: str | None
) -> None:
    scaled = quantity(text).scaled()

    assert (str(scaled.number), scaled.unit, scaled.per) == (number, unit, per)


def test_ratios_scale_to_fractions_on_request() -> None:
    assert str(quantity("5‰").scaled(fractions=True).number) == "0.005"
    target = parse_target("90%-95%")
    assert isinstance(target, Range)
    scaled = target.scaled(fractions=True)
    assert (str(scaled.lower), str(scaled.upper)) == ("0.9", "0.95")


@pytest.mark.parametrize(
    ("period", "annual", "relation", "reason"),
    [
        ("≥90%", "≥95%", "tighter", None),
        ("≥95%", "≥90%", "looser", None),
        ("≤5%", "≤3%", "tighter", None),
        ("≤3%", "≤5%", "looser", None),
        ("≥90%", "90%以上", "equal", None),
        ("≥90%", ">90%", "tighter", None),
        (">90%", "≥90%", "looser", None),
        ("1.5万人次", "15000人次", "equal", None),
        ("≥0.9", "≥90%", "equal", None),
        ("≥90‰", "≥9%", "equal", None),
        ("10次", "12次", "not comparable", "direction"),
        ("4次/年", "4次", "not comparable", "denominator"),
        ("2家/年", "≥2", "not comparable", "comparator"),
        ("≥2家", "≥2", "not comparable", "unit"),
        ("≥2", "≤2", "not comparable", "comparator"),
        ("5-10天", "6-9天", "tighter", None),
        ("6-9天", "5-10天", "looser", None),
        ("5-10天", "5-10天", "equal", None),
        ("5-10天", "6-11天", "not comparable", "overlap"),
        ("5-10天", "5-10人", "not comparable", "unit"),
        ("有效提升", "有效提升。", "equal", None),
        ("有效提升", "明显改善", "not comparable", "direction"),
        ("有效提升", "100%", "not comparable", "kind"),
        ("1600人、200人", "1600人；200人", "equal", None),
    ],
)
def test_two_targets_compare(
    period: str, annual: str, relation: str, reason: str | None
) -> None:
    comparison = compare(parse_target(period), parse_target(annual))

    assert (comparison.relation, comparison.reason) == (relation, reason)


@pytest.mark.parametrize(
    "number", [Decimal("NaN"), Decimal("Infinity"), Decimal(10**64)]
)
def test_a_quantity_refuses_what_is_no_number(number: Decimal) -> None:
    with pytest.raises(ValueError, match="at most 64 digits"):
        Quantity(number=number)


def test_a_quantity_refuses_a_float() -> None:
    with pytest.raises(TypeError, match="number must be a Decimal"):
        Quantity(number=1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("date", ["2024-1-1", "24", "--1", "12-31", "2024年"])
def test_a_deadline_refuses_what_is_no_iso_date(date: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        Deadline(date=date)
