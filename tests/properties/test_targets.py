"""Values made of every combination of parts are read back as those parts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, strategies as st
from tests.strategies import targets
from tests.test_targets import reading_of

from perfgoals import compare, parse_target, to_text
from perfgoals.targets import Comparator, Quantity, Range, Target
from perfgoals.units import Units, split_magnitude

BEFORE = {
    Comparator.AT_LEAST: (
        "≥",
        "≧",
        "⩾",
        ">=",
        "＞=",
        "不低于",
        "不少于",
        "至少",
        "大于等于",
    ),
    Comparator.AT_MOST: (
        "≤",
        "≦",
        "<=",
        "不高于",
        "不超过",
        "不大于",
        "最多",
        "小于等于",
    ),
    Comparator.MORE_THAN: (">", "＞", "超过", "大于", "高于"),
    Comparator.LESS_THAN: ("<", "＜", "低于", "小于", "不足", "不满"),
    Comparator.EQUAL: ("=", "＝", "﹦", "═", "等于"),
    Comparator.ABOUT: ("约", "大约"),
}
BEHIND = {
    Comparator.AT_LEAST: ("以上", "及以上", "（含）以上", "以上（含）"),
    Comparator.AT_MOST: ("以下", "及以下", "以内", "及其以下"),
    Comparator.ABOUT: ("左右",),
}
NOT_PLAIN = {"成", "百分比", "月", "个半月", "个半小时"}
"""Units that are written otherwise: 成 as %, a range of 月 as months."""
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
DIGITS = "零一二三四五六七八九"


def grouped(number: Decimal) -> str:
    return f"{number:,f}"


def chinese(number: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    head = "" if tens == 1 else DIGITS[tens]
    return f"{head}十{DIGITS[ones] if ones else ''}"


numbers = st.decimals(
    min_value=0, max_value=10**6, places=2, allow_nan=False, allow_infinity=False
) | st.integers(0, 10**9).map(Decimal)
small_numbers = st.decimals(0, 1989, places=2) | st.integers(0, 1989).map(Decimal)
"""No years: 2023.07-2024.01 is a range of dates."""
units = st.sampled_from(sorted(Units.packaged().names - NOT_PLAIN))
unit_or_none = st.none() | units
denominators = st.sampled_from(
    (None, "年", "月", "人", "亩", "户·年", "人·天", "标箱·年")
)
remarks = st.sampled_from((None, "应付尽付", "含税", "据实结算"))


@st.composite
def printed_quantities(draw: st.DrawFn) -> tuple[str, Quantity]:
    """A quantity printed in one of its many forms, with the reading it must have."""
    number = draw(numbers)
    unit = draw(unit_or_none)
    per = draw(denominators)
    remark = draw(remarks)
    shown = draw(
        st.sampled_from((f"{number:f}", grouped(number), f"{number:f}".translate(WIDE)))
    )
    comparator, prefix, suffix = draw(comparators())
    blank = draw(st.sampled_from(("", " ", "\u3000")))
    denominator = f"/{per}" if per else ""
    bracket = f"（{remark}）" if remark else ""
    text = f"{prefix}{blank}{shown}{blank}{unit or ''}{denominator}{suffix}{bracket}"
    expected = Quantity(
        comparator=comparator, number=number, unit=unit, per=per, note=remark
    )
    return text, expected


@st.composite
def comparators(draw: st.DrawFn) -> tuple[Comparator | None, str, str]:
    sense = draw(st.none() | st.sampled_from(list(Comparator)))
    if sense is None:
        return None, "", ""
    if sense in BEHIND and draw(st.booleans()):
        return sense, "", draw(st.sampled_from(BEHIND[sense]))
    return sense, draw(st.sampled_from(BEFORE[sense])), ""


@given(printed_quantities())
def test_every_combination_of_parts_reads_back(case: tuple[str, Quantity]) -> None:
    text, expected = case
    actual = parse_target(text)

    assert reading_of(actual) == reading_of(expected)


@given(
    st.integers(1, 99), st.sampled_from(("次", "人", "个", "场", "户", "年", "万元"))
)
def test_chinese_numerals_are_numbers(number: int, unit: str) -> None:
    assert reading_of(parse_target(f"{chinese(number)}{unit}")) == reading_of(
        parse_target(f"{number}{unit}")
    )


@given(small_numbers, small_numbers, units, st.sampled_from("-~～—至到"))
def test_ranges_read_back(a: Decimal, b: Decimal, unit: str, dash: str) -> None:
    lower, upper = sorted((a, b))
    expected = Range(lower=lower, upper=upper, unit=unit)
    text = f"{lower:f}{dash}{upper:f}{unit}"

    assert reading_of(parse_target(text)) == reading_of(expected)


@given(
    st.text(
        alphabet="≥≤<>=约不低于超过以上下内前底年月日0123456789.%/次人个每至-（），。；、 ",
        max_size=24,
    )
)
def test_whatever_is_read_is_written_and_read_the_same(text: str) -> None:
    target = parse_target(text)
    canonical = to_text(target)

    assert to_text(parse_target(canonical)) == canonical
    assert reading_of(parse_target(canonical)) == reading_of(target)


@given(st.text())
def test_any_text_is_a_target_that_keeps_it(text: str) -> None:
    assert parse_target(text).raw == text


@given(printed_quantities())
def test_scaling_is_exact(case: tuple[str, Quantity]) -> None:
    _, target = case
    factor, _ = split_magnitude(target.unit or "")
    scaled = target.scaled()

    assert scaled.number == target.number * factor
    assert scaled.scaled() == scaled


@given(printed_quantities(), printed_quantities())
def test_comparing_is_antisymmetric(
    one: tuple[str, Quantity], other: tuple[str, Quantity]
) -> None:
    opposite = {"tighter": "looser", "looser": "tighter"}
    there = compare(one[1], other[1]).relation
    back = compare(other[1], one[1]).relation

    assert back == opposite.get(there, there)


@given(printed_quantities(), st.integers(0, 10**6))
def test_a_tighter_target_accepts_no_more(
    case: tuple[str, Quantity], actual: int
) -> None:
    _, target = case
    tighter = Quantity(
        comparator=target.comparator, number=target.number + 1, unit=target.unit
    )
    looser = Quantity(
        comparator=target.comparator, number=target.number, unit=target.unit
    )
    if compare(looser, tighter).relation == "tighter" and tighter.accepts(actual):
        assert looser.accepts(actual) is True


@given(targets())
def test_any_target_equals_itself(target: Target) -> None:
    assert compare(target, target).relation == "equal"
