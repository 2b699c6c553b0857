"""The laws of ``tests/fuzz``, on inputs that are the same in every run.

``tests/fuzz/fuzz.py`` tries millions of others, and follows the code that they reach.
"""

from __future__ import annotations

from random import Random

import pytest
from tests.fuzz.laws import LAWS, Law, bytes_of, text_of
from tests.fuzz.mutation import mutated
from tests.fuzz.words import corpus_of, words_of

BATCHES = 10
BATCH = 200
LONGEST = 400
"""How many bytes an input has at most; long ones are slow and show nothing more."""


def batches() -> list[tuple[str, int]]:
    return [(entry, batch) for entry in LAWS for batch in range(BATCHES)]


@pytest.mark.parametrize("entry", LAWS)
def test_there_is_something_to_begin_with(entry: str) -> None:
    assert len(corpus_of(entry)) >= 15
    assert len(words_of(entry)) >= 100


@pytest.mark.parametrize(("entry", "batch"), batches())
def test_law(entry: str, batch: int) -> None:
    random = Random(f"{entry} {batch}")  # noqa: S311  (no secret depends on it)
    words = words_of(entry)
    corpus = [data for data in corpus_of(entry) if len(data) <= LONGEST]
    law = LAWS[entry]
    for _ in range(BATCH):
        data = mutated(random.choice(corpus), words, corpus, random)
        assert broken(law, data) is None, data


def broken(law: Law, data: bytes) -> Exception | None:
    """What breaks *law*, so that the assertion can show the input."""
    try:
        law(data)
    except Exception as error:  # noqa: BLE001  (whatever it is)
        return error
    return None


def test_a_broken_law_is_noticed() -> None:
    def refuse(_: bytes) -> bytes:
        raise IndexError

    assert isinstance(broken(Law(refuse, print), b""), IndexError)


@pytest.mark.parametrize("data", [b"", b"\xff", b"4\xe6\xac", "≥4次".encode()])
def test_bytes_are_text(data: bytes) -> None:
    """Whatever fuzzing comes up with is a text, and UTF-8 is the text that it says."""
    text = text_of(data)
    assert text.encode("utf-8", "surrogateescape") == data


@pytest.mark.parametrize("text", ["", "\ud800", "≥4次\udfff"])
def test_any_text_is_bytes(text: str) -> None:
    assert text_of(bytes_of(text)) == text
