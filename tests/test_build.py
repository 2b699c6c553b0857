"""Objects made without their ``__init__`` are what it makes."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from tests.strategies import indicators, simple_targets, spans

from perfgoals._build import maker, open_twin
from perfgoals.spans import Span


@given(simple_targets() | indicators() | spans())
def test_a_made_object_is_as_one_that_was_initialised(expected: Any) -> None:
    fields = attrs.fields(type(expected))
    actual = maker(type(expected))(*(getattr(expected, f.name) for f in fields))

    assert actual == expected
    assert hash(actual) == hash(expected)
    assert repr(actual) == repr(expected)
    assert pickle.loads(pickle.dumps(actual)) == expected


def test_a_made_object_is_frozen() -> None:
    span = maker(Span)(2, 5)

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        span.start = 0  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del span.start


def test_an_open_twin_is_frozen_once_it_is_of_the_class() -> None:
    span: Any = object.__new__(open_twin(Span))
    span.start, span.end = 2, 5
    span.__class__ = Span

    assert span == Span(2, 5)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        span.start = 0


def test_every_field_must_be_given() -> None:
    with pytest.raises(TypeError, match="end"):
        maker(Span)(2)
