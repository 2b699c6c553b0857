"""How much a document may hold, and how it spells what is hard to spell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from perfgoals.errors import LoadError
from perfgoals.model import Funding, Level
from perfgoals.serialize import from_dict, from_json, to_dict, to_json
from perfgoals.spans import Location
from perfgoals.targets import Absent, Compound, Target

TOO_DEEP = "expected at most 64 lists and objects in one another, found more"
TOO_LONG = "expected a number of at most 64 digits"

DEEPEST = 31
"""How many compounds may be nested: a list and an object each, and the innermost."""


def nested(depth: int) -> Target:
    """An absent target inside *depth* compounds."""
    target: Target = Absent()
    for _ in range(depth):
        target = Compound(parts=(target,))
    return target


def nested_data(depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": "absent"}
    for _ in range(depth):
        data = {"kind": "compound", "parts": [data]}
    return data


# --- limits ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1E+3", "1000"),
        ("0E+3", "0"),
        ("1E-7", "0.0000001"),
        ("100.00", "100.00"),
        ("-0", "-0"),
        ("9" * 64, "9" * 64),
        ("-0." + "9" * 63, "-0." + "9" * 63),
        ("1E+63", "1" + "0" * 63),
    ],
)
def test_number_is_written_without_exponent(number: str, text: str) -> None:
    funding = Funding(total=Decimal(number))
    assert to_dict(funding) == {"total": text}
    assert from_dict({"total": text}, Funding) == funding


@pytest.mark.parametrize(
    "number",
    ["9" * 65, "0." + "9" * 64, "1E+64", "1E-64", "1E+999999999", "NaN", "-Infinity"],
)
def test_number_that_could_not_be_loaded_is_not_written(number: str) -> None:
    with pytest.raises(ValueError, match=TOO_LONG):
        to_dict(Funding(total=Decimal(number)))


def test_number_has_at_most_64_digits() -> None:
    with pytest.raises(LoadError) as caught:
        from_dict({"total": "9" * 65}, Funding)
    assert caught.value.message == (
        f"$.total: expected a number of at most 64 digits, found “{'9' * 40}…”"
    )


def test_whole_number_has_at_most_64_digits() -> None:
    longest = Location(row=10**64 - 1, column=1 - 10**64)
    assert from_json(to_json(longest), Location) == longest
    with pytest.raises(ValueError, match=TOO_LONG):
        to_dict(Location(row=10**64))
    with pytest.raises(LoadError, match=TOO_LONG):
        from_dict({"row": 10**64}, Location)


@pytest.mark.parametrize("length", [65, 5_000, 1_000_000])
def test_long_whole_number_is_refused(length: int) -> None:
    """Also where Python would not turn the digits into a number at all."""
    with pytest.raises(LoadError) as caught:
        from_json(f'{{"row": {"1" * length}}}', Location)
    assert caught.value.message == (
        f"$.row: expected a whole number, found the number {'1' * 40}…"
    )


def test_depth_up_to_the_limit() -> None:
    target = nested(DEEPEST)
    assert to_dict(target) == nested_data(DEEPEST)
    assert from_json(to_json(target), Target) == target


@pytest.mark.parametrize("depth", [DEEPEST + 1, 10_000])
def test_depth_beyond_the_limit(depth: int) -> None:
    with pytest.raises(ValueError, match=TOO_DEEP):
        to_dict(nested(depth))
    with pytest.raises(LoadError, match=TOO_DEEP):
        from_dict(nested_data(depth), Target)


@pytest.mark.parametrize("unit", ["[", '{"parts":[', '[{"a":"]}\\"]}",', '{"[":'])
def test_deep_text_is_refused(unit: str) -> None:
    with pytest.raises(LoadError, match=TOO_DEEP) as caught:
        from_json(unit * 100_000, Target)
    assert caught.value.span is not None
    assert caught.value.span.start <= 64 * len(unit)


def test_brackets_in_text_are_no_depth() -> None:
    level = Level(name='[{"' * 100 + "\\")
    assert from_json(to_json(level), Level) == level


def test_data_that_contains_itself_is_refused() -> None:
    data: dict[str, Any] = {"kind": "compound"}
    data["parts"] = [data, data]
    with pytest.raises(LoadError, match=TOO_DEEP):
        from_dict(data, Target)


# --- characters -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["\ud800", "年\udfff", "\udc00\ud800", "a\ud83d。"])
def test_half_a_pair_is_escaped(name: str) -> None:
    level = Level(name=name)
    assert from_json(to_json(level).encode(), Level) == level


def test_two_halves_in_a_row_stay_two() -> None:
    """JSON has no spelling for them that is UTF-8, and one character is not two."""
    level = Level(name="\ud83d\ude00")
    assert to_json(level) == '{"name":"\\ud83d\ude00"}'
    assert from_json(to_json(level), Level) == level


def test_chinese_stays_readable() -> None:
    assert to_json(Level(name="产出指标😀")) == '{"name":"产出指标😀"}'


@pytest.mark.parametrize(
    "text",
    [
        b'\xef\xbb\xbf{"name":"\xe4\xba\xa7"}',
        '\ufeff{"name":"产"}',
        b'{"name":"\\u4ea7"}',
    ],
)
def test_spellings_of_utf8(text: str | bytes) -> None:
    assert from_json(text, Level) == Level(name="产")


def test_other_encodings_are_refused() -> None:
    with pytest.raises(LoadError) as caught:
        from_json('{"name":"产"}'.encode("gb18030"), Level)
    assert (
        caught.value.message == "$: expected JSON in UTF-8, found byte 0xb2 at offset 9"
    )
