"""Any object of the model copies, and any text is kept as it was printed."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st
from tests.fuzz.laws import LAWS, bytes_of
from tests.strategies import MODELS, locations, texts

from perfgoals.errors import (
    ExtensionError,
    LoadError,
    MissingExtraError,
    ParseError,
    PerfgoalsError,
    ReadError,
)
from perfgoals.parse import parse, parse_target
from perfgoals.spans import Span
from perfgoals.targets import Quantity

ERRORS = (
    ExtensionError,
    LoadError,
    MissingExtraError,
    ParseError,
    PerfgoalsError,
    ReadError,
)


def copies(original: Any) -> list[Any]:
    """*original* by each way to copy an object."""
    return [
        pickle.loads(pickle.dumps(original)),
        copy.copy(original),
        copy.deepcopy(original),
    ]


@pytest.mark.parametrize("cls", MODELS)
@given(st.data())
def test_any_object_copies(cls: type, data: st.DataObject) -> None:
    original = data.draw(MODELS[cls])
    for twin in copies(original):
        assert type(twin) is cls
        assert twin == original
        assert hash(twin) == hash(original)


@st.composite
def raised_errors(draw: st.DrawFn) -> PerfgoalsError:
    """An error of any class, with a span that counts in its source, if it has one."""
    kind: type[PerfgoalsError] = draw(st.sampled_from(ERRORS))
    source = draw(st.none() | texts())
    place = st.integers(0, len(source or ""))
    start, end = sorted(draw(st.tuples(place, place)))
    return kind(
        draw(texts()),
        code=draw(st.none() | st.sampled_from(["PG101", "PG105"])),
        expected=draw(st.lists(texts(), max_size=3).map(tuple)),
        location=draw(st.none() | locations()),
        span=draw(st.sampled_from([None, Span(start, end)])),
        source=source,
    )


@given(raised_errors())
def test_any_error_copies(error: PerfgoalsError) -> None:
    for twin in copies(error):
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


@pytest.mark.parametrize("entry", LAWS)
@given(st.text(st.characters()))
def test_any_text_keeps_the_law(entry: str, text: str) -> None:
    """Half pairs, controls and all."""
    LAWS[entry](bytes_of(text))


@pytest.mark.parametrize("entry", LAWS)
@given(st.binary())
def test_any_bytes_keep_the_law(entry: str, data: bytes) -> None:
    LAWS[entry](data)


@given(st.text(st.characters(), min_size=1))
def test_a_name_is_what_was_printed(text: str) -> None:
    """Nothing is normalised, composed or folded in what is kept."""
    cell = f"1、1-产出指标；11-数量指标；{text}；年度指标值:4次。"
    for indicator in parse(cell):
        assert indicator.name in cell


@given(
    st.from_regex(r"(0|[1-9][0-9]{0,50})(\.[0-9]{1,13})?", fullmatch=True),
    st.sampled_from(("次", "家", "万元")),
)
def test_a_number_is_the_digits_that_were_printed(digits: str, unit: str) -> None:
    target = parse_target(f"≥{digits}{unit}")
    assert isinstance(target, Quantity)
    assert target.number.as_tuple() == Decimal(digits).as_tuple()


@pytest.mark.parametrize("value", ["10²", "NaN", "1E9", "Infinity", "1_000", "½", "٣"])
def test_what_only_python_calls_a_number_is_none(value: str) -> None:
    target = parse_target(value)
    assert not isinstance(target, Quantity) or str(target.number) in value
    assert target.raw == value
