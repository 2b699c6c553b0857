from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st
from tests.mutations import PLAIN, mutated_documents
from tests.strategies import MODELS, models, targets

from perfgoals.errors import LoadError
from perfgoals.serialize import from_dict, from_json, to_dict, to_json
from perfgoals.targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable

EMPTY = ("null", '""', "[]", "{}", "false", '{"end": 0, "start": 0}')
"""What may stand, as JSON, for a field that was left out."""


def canonical(data: Any) -> Any:
    """*data* without the fields that are as if they were not there."""
    if isinstance(data, list):
        return [canonical(part) for part in data]
    if not isinstance(data, dict):
        return data
    parts = ((key, canonical(value)) for key, value in data.items())
    return {key: value for key, value in parts if as_text(value) not in EMPTY}


def as_text(data: Any) -> str:
    """*data* so that ``1``, ``1.0`` and ``true`` differ, as they do in JSON."""
    return json.dumps(data, sort_keys=True)


def loaded_or_refused(load: Callable[..., Any], source: Any, cls: type) -> Any:
    """What *load* makes of *source*; ``None`` where it refuses it and says where."""
    try:
        return load(source, cls)
    except LoadError as error:
        if not str(error).startswith("$"):
            raise
        return None


@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)
def test_loading_undoes_dumping(cls: type) -> None:
    """To the last zero of every number, which is why the reprs are compared too."""

    @given(MODELS[cls])
    def holds(model: Any) -> None:
        loaded: tuple[Any, Any]
        loaded = from_dict(to_dict(model), cls), from_json(to_json(model), cls)
        assert loaded == (model, model)
        assert repr(loaded) == repr((model, model))

    holds()


@given(targets())
def test_a_target_is_loaded_by_its_kind(target: Target) -> None:
    assert from_json(to_json(target), Target) == target
    assert from_dict(to_dict(target), Target) == target


@given(models(), st.none() | st.integers(0, 4))
def test_a_document_is_json_in_one_spelling(model: Any, indent: int | None) -> None:
    """The texts say what the dictionaries say, whoever reads them."""
    text = to_json(model, indent=indent)
    assert json.loads(text) == to_dict(model)
    assert to_json(from_json(text, type(model)), indent=indent) == text


@given(models())
def test_a_document_is_utf8(model: Any) -> None:
    """But for two halves of a pair in a row, no character stands in the way."""
    text = to_json(model)
    if not re.search("[\udc00-\udfff]", text):
        assert from_json(text.encode(), type(model)) == model


@given(mutated_documents())
def test_what_is_accepted_is_written_again(mutated: tuple[type, Any]) -> None:
    """A changed document is refused, or loaded with nothing lost and converted."""
    cls, data = mutated
    loaded = loaded_or_refused(from_dict, data, cls)
    if loaded is not None:
        assert as_text(canonical(to_dict(loaded))) == as_text(canonical(data))


@given(st.sampled_from(list(MODELS)), PLAIN)
def test_any_json_is_loaded_or_refused(cls: type, data: Any) -> None:
    loaded = loaded_or_refused(from_json, json.dumps(data), cls)
    if loaded is not None:
        assert as_text(canonical(to_dict(loaded))) == as_text(canonical(data))


@given(st.sampled_from(list(MODELS)), st.text() | st.binary())
def test_any_text_is_loaded_or_refused(cls: type, text: str | bytes) -> None:
    loaded = loaded_or_refused(from_json, text, cls)
    assert type(loaded) in {cls, type(None)}


@given(models(), st.data())
def test_a_damaged_text_is_loaded_or_refused(model: Any, data: st.DataObject) -> None:
    """One stretch of the text is replaced by another one."""
    text = to_json(model)
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 10)))
    patch = data.draw(st.sampled_from(["", "1", "-", "null", "\\", '"', "}", "[", ","]))
    damaged = text[:start] + patch + text[stop:]
    loaded = loaded_or_refused(from_json, damaged, type(model))
    if loaded is not None:
        actual = as_text(canonical(to_dict(loaded)))
        assert actual == as_text(canonical(json.loads(damaged)))
