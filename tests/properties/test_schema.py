from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import event, given, strategies as st
from jsonschema import Draft202012Validator
from tests.mutations import PLAIN, mutated_documents
from tests.strategies import MODELS, models

from perfgoals.errors import LoadError
from perfgoals.serialize import from_json, json_schema, to_json

VALIDATORS = {cls: Draft202012Validator(json_schema(cls)) for cls in MODELS}

UNSAYABLE = re.compile(
    r"""
    .*: \ a\ span\ needs\ 0\ <=\ start\ <=\ end,\ got\ [0-9]+\ and\ [0-9]+
    | .*: \ expected\ a\ whole\ number,\ found\ the\ number\ -?([0-9]+\.0|[0-9.]+e\+[0-9]+)
    """,
    re.VERBOSE,
)
"""What no schema can say: no two values are compared, and 1.0 is a whole number."""


def refusals(data: Any, cls: type) -> list[str]:
    """What is wrong with *data*, as loading tells it."""
    try:
        from_json(json.dumps(data), cls)
    except LoadError as error:
        return [error.message.partition(" (")[0], *getattr(error, "__notes__", [])]
    return []


def agrees(cls: type, data: Any) -> bool:
    """Whether schema and loader say the same of *data*, as far as a schema can."""
    found = refusals(data, cls)
    event("refused" if found else "loaded")
    if VALIDATORS[cls].is_valid(data):
        return all(map(UNSAYABLE.fullmatch, found))
    return bool(found)


@given(models())
def test_what_is_written_is_valid(model: Any) -> None:
    data = json.loads(to_json(model))
    assert list(VALIDATORS[type(model)].iter_errors(data)) == []


@given(mutated_documents())
def test_changed_documents_are_judged_alike(mutated: tuple[type, Any]) -> None:
    assert agrees(*mutated)


@given(st.sampled_from(list(MODELS)), PLAIN)
def test_any_value_is_judged_alike(cls: type, data: Any) -> None:
    assert agrees(cls, data)


@given(
    st.sampled_from(["number", "total", "date", "start"]),
    st.text("-0.19\n", max_size=8),
)
def test_any_spelling_is_judged_alike(field: str, text: str) -> None:
    classes = {
        "number": "Quantity",
        "total": "Funding",
        "date": "Deadline",
        "start": "DateRange",
    }
    [cls] = [cls for cls in MODELS if cls.__name__ == classes[field]]
    kind = {"kind": cls.kind} if hasattr(cls, "kind") else {}
    end = {"end": "2024"} if field == "start" else {}
    assert agrees(cls, {**kind, **end, field: text})


@given(
    st.text("09", min_size=60, max_size=70),
    st.integers(0, 70),
    st.sampled_from(["", "-"]),
)
def test_long_numbers_are_judged_alike(digits: str, point: int, sign: str) -> None:
    [cls] = [cls for cls in MODELS if cls.__name__ == "Funding"]
    text = f"{sign}{digits[:point]}.{digits[point:]}"
    assert agrees(cls, {"total": text})
    assert agrees(cls, {"total": sign + digits})
