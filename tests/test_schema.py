"""The JSON Schema: what it refuses among our documents, and how it is put together."""

from __future__ import annotations

import json
from typing import Any, assert_type

import attrs
import pytest
from jsonschema import Draft202012Validator
from tests.strategies import MODELS
from tests.test_serialize import CLASSES, DOCUMENTS, REFUSED

from perfgoals import json_schema
from perfgoals._custom_targets import target_types
from perfgoals.diagnostics import Diagnostic
from perfgoals.errors import LoadError
from perfgoals.model import Funding, GoalTable, Indicator
from perfgoals.serialize import SCHEMA, from_dict, to_dict
from perfgoals.serialize._converter import make_converter
from perfgoals.serialize._schema import schema_of
from perfgoals.spans import Location, Span
from perfgoals.targets import Absent, Deadline, Quantity, Target


def validator(cls: Any) -> Draft202012Validator:
    return Draft202012Validator(json_schema(cls))


@pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES.keys())
def test_schema_is_a_schema(cls: Any) -> None:
    """By the meta-schema, and every definition that it refers to is there."""
    schema = json_schema(cls)
    Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    references = {part.partition('"')[0] for part in text.split("#/$defs/")[1:]}
    assert references == set(schema["$defs"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_is_valid(path: Any) -> None:
    data = json.loads(path.read_bytes())
    assert list(validator(CLASSES[path.stem]).iter_errors(data)) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_what_is_refused_is_invalid(case: dict[str, Any]) -> None:
    """Or else the case says why a schema cannot know."""
    try:
        is_valid = validator(CLASSES[case["cls"]]).is_valid(json.loads(case["json"]))
    except json.JSONDecodeError:
        is_valid = True
    assert is_valid == ("unseen" in case)


FINDING = {"code": "PG101", "severity": "error", "message": ""}


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (Location, {"row": 10**64 - 1}),
        (Location, {"row": 1 - 10**64}),
        (Funding, {"total": "9" * 64}),
        (Funding, {"total": "-0." + "9" * 63}),
        (Diagnostic, {**FINDING, "arguments": [["a", "b"]]}),
        (Deadline, {"kind": "deadline", "date": "---15"}),
        (Span, {"start": 0, "end": 0}),
    ],
    ids=str,
)
def test_up_to_here_it_is_valid(cls: Any, data: Any) -> None:
    assert list(validator(cls).iter_errors(data)) == []
    assert to_dict(from_dict(data, cls)) == data


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (Location, {"row": 10**64}),
        (Location, {"row": -(10**64)}),
        (Funding, {"total": "9" * 65}),
        (Funding, {"total": "-0." + "9" * 64}),
        (Funding, {"total": "1\n"}),
        (Diagnostic, {**FINDING, "arguments": [["a"]]}),
        (Diagnostic, {**FINDING, "arguments": [["a", "b", "c"]]}),
        (Deadline, {"kind": "deadline", "date": "2024\n"}),
        (Deadline, {"kind": "deadline", "date": "x2024"}),
        (Span, {"start": -1, "end": 0}),
        (Span, {"start": True, "end": 1}),
    ],
    ids=str,
)
def test_from_here_it_is_invalid(cls: Any, data: Any) -> None:
    assert not validator(cls).is_valid(data)
    with pytest.raises(LoadError):
        from_dict(data, cls)


@pytest.mark.parametrize("cls", [str, dict, None, "Span", Quantity | Absent, []])
def test_only_classes_of_the_model_have_a_schema(cls: Any) -> None:
    with pytest.raises(TypeError, match="expected a class of the model or Target"):
        json_schema(cls)


def test_schema_names_the_version_and_the_class() -> None:
    schema = assert_type(json_schema(GoalTable), dict[str, Any])
    assert schema["$id"] == f"urn:{SCHEMA.replace('/', ':')}:GoalTable"
    assert schema["$defs"]["GoalTable"]["properties"]["schema"] == {"const": SCHEMA}
    assert assert_type(json_schema(Target), dict[str, Any])["title"] == "Target"


def test_target_is_one_of_its_classes() -> None:
    definitions = json_schema(Target)["$defs"]
    names = [one["$ref"].rpartition("/")[2] for one in definitions["Target"]["oneOf"]]
    kinds = [definitions[name]["properties"]["kind"] for name in names]
    assert kinds == [{"const": cls.kind} for cls in target_types()]


def test_every_class_is_defined_and_described() -> None:
    definitions = json_schema(GoalTable)["$defs"]
    assert set(definitions) >= {cls.__name__ for cls in MODELS}
    assert [name for name in definitions if not definitions[name]["description"]] == []
    assert definitions["Span"]["description"] == (
        "A stretch of text, from *start* up to but not including *end*."
    )


@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)
def test_fields_are_those_of_the_class(cls: type) -> None:
    """All of them, in the order of ``to_dict``, and required without a default."""
    definition = json_schema(cls)["$defs"][cls.__name__]
    fields = attrs.fields_dict(cls)
    needed = [name for name in fields if fields[name].default is attrs.NOTHING]
    marks = [name for name in definition["properties"] if name not in fields]
    assert sorted(definition["properties"]) == sorted([*marks, *fields])
    assert sorted(definition["required"]) == sorted([*marks, *needed])


def test_defaults_are_as_they_are_written() -> None:
    properties = json_schema(Indicator)["$defs"]["Indicator"]["properties"]
    assert properties["core"] == {"type": "boolean", "default": False}
    assert properties["level"]["default"] is None


@attrs.frozen(kw_only=True)
class Odd:
    number: float
    made: tuple[Span, ...] = attrs.field(factory=tuple)


@attrs.frozen(kw_only=True)
class Level:
    odd: Odd
    other: Indicator


def test_classes_of_others() -> None:
    """A type that no hook of ours takes is not judged, and names may be the same."""
    definitions = schema_of(Level, make_converter())["$defs"]
    assert definitions["Odd"]["properties"] == {
        "number": {},
        "made": {"type": "array", "items": {"$ref": "#/$defs/Span"}},
    }
    assert "description" not in definitions["Odd"]
    assert definitions["Level"]["required"] == ["odd", "other"]
    assert definitions["perfgoals.model.Level"]["required"] == ["name"]
