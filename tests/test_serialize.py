from __future__ import annotations

import copy
import json
import pickle
import threading
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_type

import pytest
from tests.strategies import MODELS

from perfgoals import serialize
from perfgoals.diagnostics import Diagnostic
from perfgoals.errors import LoadError
from perfgoals.model import Funding, GoalTable, IndicatorList, Level
from perfgoals.serialize import _strict, from_dict, from_json, to_dict, to_json
from perfgoals.serialize._converter import make_converter
from perfgoals.spans import Span
from perfgoals.targets import Absent, Comparator, Quantity, Target

CASES = Path(__file__).parent / "cases" / "json"
NEWEST = CASES / "perfgoals-1" / "GoalTable.json"
DOCUMENTS = sorted(CASES.glob("perfgoals-*/*.json"))
REFUSED = tomllib.loads((CASES / "refused.toml").read_text(encoding="utf-8"))["case"]

CLASSES: dict[str, Any] = {cls.__name__: cls for cls in MODELS} | {"Target": Target}
# --- documents ------------------------------------------------------------------


def test_every_class_has_a_document() -> None:
    assert {path.stem for path in DOCUMENTS} == {cls.__name__ for cls in MODELS}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_is_loaded_and_written_again(path: Path) -> None:
    """Whatever a version has written stays loadable; the newest is written so."""
    text = path.read_text(encoding="utf-8")
    loaded = from_json(text, CLASSES[path.stem])
    assert type(loaded) is CLASSES[path.stem]
    assert to_json(loaded, indent=2) + "\n" == text


def test_target_as_the_design_shows_it() -> None:
    target = Quantity(
        comparator=Comparator.AT_LEAST,
        number=Decimal(200),
        unit="家",
        raw="不少于200家",
    )
    data = {
        "kind": "quantity",
        "comparator": ">=",
        "number": "200",
        "unit": "家",
        "raw": "不少于200家",
    }
    assert to_dict(target) == data
    assert list(to_dict(target)) == list(data)
    assert to_json(target) == (
        '{"kind":"quantity","comparator":">=","number":"200","unit":"家",'
        '"raw":"不少于200家"}'
    )


def test_plain_values_are_plain() -> None:
    """An enumeration is a subclass of text, and leaks easily."""
    data = to_dict(Diagnostic.of("PG104", ordinal="2"))
    assert type(data["severity"]) is str
    assert type(data["arguments"]) is list


def test_defaults_are_left_out_and_may_stand() -> None:
    spelled = '{"schema":"perfgoals/1","title":null,"projects":[],"totals":[]}'
    assert from_json(spelled, GoalTable) == GoalTable()
    assert to_dict(GoalTable()) == {"schema": serialize.SCHEMA}
    assert to_dict(IndicatorList()) == {}


def test_types_that_are_promised() -> None:
    data = to_dict(Quantity(number=Decimal(4), unit="次"))
    assert_type(from_dict(data, Quantity), Quantity)
    assert_type(from_dict(data, Target), Target)
    assert_type(from_json(json.dumps(data), Quantity), Quantity)
    assert_type(from_json(json.dumps(data), Target), Target)
    assert from_dict(data, Quantity) == from_dict(data, Target)


def test_data_is_not_changed() -> None:
    data = json.loads(NEWEST.read_bytes())
    before = copy.deepcopy(data)
    from_dict(data, GoalTable)
    assert data == before


@pytest.mark.parametrize("obj", ["text", None, {}, [Span(0, 1)], Span])
def test_only_the_model_is_written(obj: Any) -> None:
    with pytest.raises(TypeError, match="expected an object of the model, found a "):
        to_dict(obj)


@pytest.mark.parametrize("cls", [str, dict, None, "Span", Quantity | Absent, []])
def test_only_the_model_is_loaded(cls: Any) -> None:
    with pytest.raises(TypeError, match="expected a class of the model or Target"):
        from_dict({"kind": "absent"}, cls)


# --- refusals -------------------------------------------------------------------


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_refused(case: dict[str, Any]) -> None:
    with pytest.raises(LoadError) as caught:
        from_json(case["json"], CLASSES[case["cls"]])
    assert caught.value.message == case["message"]
    assert getattr(caught.value, "__notes__", []) == case.get("more", [])
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_refused_data_that_json_cannot_say() -> None:
    for value, found in {
        Decimal(5): "a Python Decimal",
        ("a",): "a Python tuple",
        b"x": "a Python bytes",
        Comparator.EQUAL: "“=”",
        10**5000: "a number of more than 64 digits",
        float("nan"): "the number nan",
    }.items():
        with pytest.raises(LoadError) as caught:
            from_dict({"name": value}, Level)
        assert caught.value.message == f"$.name: expected text, found {found}"


def test_version_that_is_no_text() -> None:
    with pytest.raises(LoadError) as caught:
        from_dict({"schema": 10**5000}, GoalTable)
    assert caught.value.message == (
        "$.schema: expected “perfgoals/1”, found a number of more than 64 digits"
    )


def test_keys_are_text() -> None:
    with pytest.raises(LoadError) as caught:
        from_dict({"name": "x", 1: "y"}, Level)  # type: ignore[dict-item]
    assert caught.value.message == (
        "$: expected an object, found a dictionary with keys that are no text"
    )


def test_what_was_expected_is_told() -> None:
    with pytest.raises(LoadError) as caught:
        from_json('{"start": 0, "end": "1"}', Span)
    assert caught.value.expected == ("a whole number",)


def test_syntax_is_shown_with_a_caret() -> None:
    with pytest.raises(LoadError) as caught:
        from_json('{"start": 0,\n "end" 1}', Span)
    assert str(caught.value) == (
        "$: this is not JSON: Expecting ':' delimiter: line 2 column 8 (char 20)\n"
        ' "end" 1}\n'
        "       ^"
    )


def test_problems_are_capped_and_counted() -> None:
    items = [{"code": "PG101", "severity": "error"}] * 20_000
    with pytest.raises(LoadError) as caught:
        from_dict({"diagnostics": items}, IndicatorList)
    assert caught.value.message == (
        "$.diagnostics[0].message: expected a value, found nothing (19999 more)"
    )
    assert caught.value.__notes__[-1] == (
        "$.diagnostics[99].message: expected a value, found nothing"
    )
    assert len(caught.value.__notes__) == 99


def test_errors_travel() -> None:
    with pytest.raises(LoadError) as caught:
        from_json('{"start": "0", "end": "1"}', Span)
    for twin in (
        pickle.loads(pickle.dumps(caught.value)),
        copy.deepcopy(caught.value),
    ):
        assert str(twin) == str(caught.value)
        assert twin.__notes__ == caught.value.__notes__
        assert twin.expected == caught.value.expected


def test_a_lack_of_memory_is_no_fault_of_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def exhausted(_: str) -> Decimal:
        raise MemoryError

    monkeypatch.setattr(_strict, "Decimal", exhausted)
    with pytest.raises(MemoryError):
        from_dict({"total": "1"}, Funding)


# --- threads --------------------------------------------------------------------


def test_first_use_by_many_threads() -> None:
    """The converter builds its functions when it first needs them."""
    converter = make_converter()
    data = json.loads(NEWEST.read_bytes())
    barrier = threading.Barrier(8)
    results = []

    def use() -> None:
        barrier.wait()
        results.append(converter.unstructure(converter.structure(data, GoalTable)))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [data] * 8
