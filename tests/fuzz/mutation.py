"""Changes inputs as files are changed: pieces lost, doubled, moved, typed wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.fuzz.laws import bytes_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

MOST_CHANGES = 4
LONGEST_PIECE = 12
DAMAGED = 0.2
"""The share of inputs whose bytes are damaged too, wherever a character ends."""


def mutated(
    data: bytes, words: Sequence[str], others: Sequence[bytes], random: Random
) -> bytes:
    """*data* with some changes, into which *words* and pieces of *others* go."""
    text = text_of(data)
    for _ in range(random.randint(1, MOST_CHANGES)):
        text = random.choice(_CHANGES)(text, words, others, random)
    changed = bytes_of(text)
    return _damaged(changed, random) if random.random() < DAMAGED else changed


def _place(text: str, random: Random) -> tuple[int, int]:
    """Where a piece of *text* stands, which may be empty."""
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(0, LONGEST_PIECE))


def _word(text: str, words: Sequence[str], _: Sequence[bytes], random: Random) -> str:
    start, _end = _place(text, random)
    return text[:start] + random.choice(words) + text[start:]


def _other_word(
    text: str, words: Sequence[str], _: Sequence[bytes], random: Random
) -> str:
    start, end = _place(text, random)
    return text[:start] + random.choice(words) + text[end:]


def _piece_of_another(
    text: str, _: Sequence[str], others: Sequence[bytes], random: Random
) -> str:
    start, end = _place(text, random)
    other = text_of(random.choice(others))
    first, last = _place(other, random)
    return text[:start] + other[first : last + LONGEST_PIECE] + text[end:]


def _lost(text: str, _: Sequence[str], __: Sequence[bytes], random: Random) -> str:
    start, end = _place(text, random)
    return text[:start] + text[end:]


def _doubled(text: str, _: Sequence[str], __: Sequence[bytes], random: Random) -> str:
    start, end = _place(text, random)
    return text[:end] + text[start:]


def _moved(text: str, _: Sequence[str], __: Sequence[bytes], random: Random) -> str:
    start, end = _place(text, random)
    rest = text[:start] + text[end:]
    place = random.randint(0, len(rest))
    return rest[:place] + text[start:end] + rest[place:]


def _any_character(
    text: str, _: Sequence[str], __: Sequence[bytes], random: Random
) -> str:
    start, end = _place(text, random)
    highest = random.choice((0x7F, 0x24F, 0x303F, 0xFFFF, 0x10FFFF))
    return text[:start] + chr(random.randint(0, highest)) + text[end:]


_Change: TypeAlias = "Callable[[str, Sequence[str], Sequence[bytes], Random], str]"
_CHANGES: tuple[_Change, ...] = (
    _word,
    _word,
    _other_word,
    _other_word,
    _piece_of_another,
    _piece_of_another,
    _lost,
    _doubled,
    _moved,
    _any_character,
)


def _damaged(data: bytes, random: Random) -> bytes:
    """*data* with one byte changed, lost, or put in."""
    place = random.randint(0, len(data))
    byte = random.choice((b"", random.randbytes(1)))
    return data[:place] + byte + data[place + random.randint(0, 1) :]
