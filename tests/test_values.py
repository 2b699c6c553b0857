"""Values that cannot be read as what they look like: kept as text, and reported."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals import Syntax, parse_target, to_text
from perfgoals._values.dates import Date, NoSuchDateError, edge_of
from perfgoals._values.doubts import VALUE_LIMIT
from perfgoals._values.numerals import NumberTooLongError, chinese
from perfgoals.spans import Span
from perfgoals.targets import Absent, Compound, Deadline, Qualitative, Quantity


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2月30日前", "PG204"),
        ("2023年2月29日", "PG204"),
        ("13月底前", "PG204"),
        ("4月31日前完成100%", "PG204"),
        ("每3个±2，2月30日前", "PG204"),
        (f"≥{'9' * 65}次", "PG203"),
        (f"{'1' * VALUE_LIMIT}1次", "PG203"),
        ("≥", "PG202"),
        ("≤%", "PG202"),
        (">次", "PG202"),
    ],
)
def test_an_unreadable_value_is_text_with_a_finding(text: str, code: str) -> None:
    target, findings = Syntax.default().read_target(text)

    assert isinstance(target, Qualitative)
    assert target.raw == text
    assert [finding.code for finding in findings] == [code]
    assert findings[0].span == Span(0, len(text))


@pytest.mark.parametrize("text", ["2024年2月29日前", f"≥{'9' * 64}次", "≥上年", "有效"])
def test_a_readable_value_has_no_finding(text: str) -> None:
    assert Syntax.default().read_target(text)[1] == ()


def test_the_span_of_a_finding_leaves_out_what_surrounds_the_value() -> None:
    _, findings = Syntax.default().read_target(" 2月30日前。")

    assert findings[0].span == Span(1, 7)


def test_a_value_beyond_the_limit_is_prose() -> None:
    text = "≥90%，" + "提高" * VALUE_LIMIT

    assert parse_target(text) == Qualitative(raw=text, text=text)


def test_a_value_without_a_reading_as_a_whole_is_read_by_clauses() -> None:
    target = parse_target("每3个±，合格率95%")

    assert isinstance(target, Compound)
    assert target.parts == (
        Qualitative(raw="每3个±", text="每3个±"),
        Quantity(raw="合格率95%", number=Decimal(95), unit="%", note="合格率"),
    )


def test_clauses_that_are_all_words_are_one_text() -> None:
    text = "每3个±，每3个±"

    assert parse_target(text) == Qualitative(raw=text, text=text)


def test_one_clause_with_a_reading_is_the_value() -> None:
    assert parse_target("每3个±，").kind == "qualitative"


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Quantity(number=Decimal("1.50"), unit="万元", per="户·年"), "1.50万元/户·年"),
        (Quantity(number=Decimal(2), unit="1/3"), "2/3"),
        (Deadline(date="--12-31", every="年"), "每年12月31日"),
        (Deadline(note="季度末前", every="季度"), "每季度末前"),
        (Deadline(note="开学前", every="学期"), "每学期开学前"),
        (Absent(), "无"),
    ],
)
def test_a_target_made_by_hand_has_a_canonical_text(
    target: Quantity, text: str
) -> None:
    assert to_text(target) == text


def test_only_what_the_model_is_made_of_has_a_text() -> None:
    with pytest.raises(TypeError, match="a str has no canonical text"):
        to_text("≥10次")  # type: ignore[arg-type]


def test_a_numeral_may_be_too_long() -> None:
    with pytest.raises(NumberTooLongError):
        chinese("一" * 65)


@pytest.mark.parametrize(("month", "day"), [(0, None), (13, None), (4, 31), (None, 32)])
def test_a_date_that_no_calendar_has(month: int | None, day: int | None) -> None:
    with pytest.raises(NoSuchDateError):
        Date(month=month, day=day)


def test_the_edges_of_a_month() -> None:
    month = Date(2024, 2)
    edges = [str(edge_of(month, edge)) for edge in ("初", "上旬", "中旬", "下旬", "底")]

    assert edges == [
        "2024-02-01",
        "2024-02-10",
        "2024-02-20",
        "2024-02-29",
        "2024-02-29",
    ]
