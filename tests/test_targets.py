"""Every value of ``cases/targets`` gives the reading that stands beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfgoals import parse_target, to_dict, to_text
from perfgoals.targets import Qualitative, Target

CASES = Path(__file__).parent / "cases" / "targets"


def read_cases(name: str) -> list[tuple[str, ...]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


READINGS = [
    pytest.param(value, json.loads(reading), id=f"{path.stem}:{value}")
    for path in sorted(CASES.glob("*.tsv"))
    for value, reading in read_cases(path.name)
]


def reading_of(target: Target) -> Any:
    """What *target* states, without the text that it was printed as."""
    return _without_text(to_dict(target))


def _without_text(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_text(item) for item in data]
    if isinstance(data, dict):
        hidden = {"raw", "ambiguities"}
        return {k: _without_text(v) for k, v in data.items() if k not in hidden}
    return data


def test_cases_were_found() -> None:
    assert len(READINGS) > 1000


@pytest.mark.parametrize(("value", "reading"), READINGS)
def test_a_value_has_its_reading(value: str, reading: dict[str, Any]) -> None:
    assert reading_of(parse_target(value)) == reading


@pytest.mark.parametrize(("value", "reading"), READINGS)
def test_canonical_text_reads_back(value: str, reading: dict[str, Any]) -> None:
    """Parse, write and parse again: the reading stays, and so does the text."""
    text = to_text(parse_target(value))

    assert reading_of(parse_target(text)) == reading
    assert to_text(parse_target(text)) == text


@pytest.mark.parametrize(("value", "reading"), READINGS)
def test_raw_is_the_text_as_printed(value: str, reading: dict[str, Any]) -> None:
    assert parse_target(value).raw == value
    assert reading["kind"] == parse_target(value).kind


@pytest.mark.parametrize(
    ("value", "grades"),
    [
        ("优良中低差", ("优", "良", "中", "低", "差")),
        ("好/较好/一般/差", ("好", "较好", "一般", "差")),
        ("优良", ()),
        ("好", ()),
        ("有效提升", ()),
    ],
)
def test_a_scale_is_told_from_a_grade(value: str, grades: tuple[str, ...]) -> None:
    target = parse_target(value)

    assert isinstance(target, Qualitative)
    assert target.scale == grades
