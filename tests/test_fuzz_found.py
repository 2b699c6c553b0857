"""What fuzzing found: each input in ``tests/fuzz/found`` keeps its law by now.

A case is JSON with the ``entry`` that it was found at, ``why`` it is there and the
``input``, where half a surrogate pair may stand for a byte that is not UTF-8.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.fuzz.laws import LAWS

CASES = sorted((Path(__file__).parent / "fuzz/found").glob("*.json"))


def test_cases_are_found() -> None:
    assert CASES != []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_found(path: Path) -> None:
    case = json.loads(path.read_text(encoding="ascii"))
    LAWS[case["entry"]](data_of(case["input"]))


def data_of(text: str) -> bytes:
    """The bytes of *text*, as they were written into the case."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
