"""Checks of the rows that users bring to the data tables: labels, units, names."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from perfgoals.errors import ExtensionError
from perfgoals.excerpt import printable

LONGEST_WORD = 40
"""The most characters of a label, a name or a unit."""

MOST_WORDS = 1_000
"""The most words of a row: each makes the grammar slower to compile."""


def table_of(rows: Any, what: str) -> Mapping[str, Any]:
    """*rows*, which must map names to rows; *what* is how messages call them.

    Raises ``ExtensionError``.
    """
    if isinstance(rows, Mapping) and all(isinstance(key, str) for key in rows):
        return rows
    msg = f"{what} must be a table of rows by their names, got {_kind(rows)}"
    raise ExtensionError(msg)


def words_of(words: Any, what: str, forbidden: str = "") -> tuple[str, ...]:
    """*words*, each a short text without blanks around it, in their order.

    None may hold a character of *forbidden*. Raises ``ExtensionError``.
    """
    if isinstance(words, str) or not isinstance(words, Iterable):
        msg = f"{what} must be a list of words, got {_kind(words)}"
        raise ExtensionError(msg)
    found = tuple(itertools.islice(words, MOST_WORDS + 1))
    if len(found) > MOST_WORDS:
        msg = f"{what} has more than {MOST_WORDS} words"
        raise ExtensionError(msg)
    return tuple(word_of(word, what, forbidden) for word in found)


def word_of(word: Any, what: str, forbidden: str = "") -> str:
    """*word*, if it is one as ``words_of`` wants it."""
    if not isinstance(word, str):
        msg = f"{what} must be words, got {_kind(word)}"
        raise ExtensionError(msg)
    if not word or word != word.strip() or len(word) > LONGEST_WORD:
        msg = (
            f"{what}: “{printable(word, LONGEST_WORD)}” is no word; expected 1 to "
            f"{LONGEST_WORD} characters with no blanks around them"
        )
        raise ExtensionError(msg)
    for sign in word:
        if sign in forbidden or not sign.isprintable():
            msg = f"{what}: “{printable(word)}” must not hold “{printable(sign)}”"
            raise ExtensionError(msg)
    return word


def known_key(key: str, known: Iterable[str], what: str) -> str:
    """*key*, which must be one of the *known*; raises ``ExtensionError``."""
    names = tuple(known)
    if key in names:
        return key
    msg = f"{what} has no “{printable(key, LONGEST_WORD)}”; it has {', '.join(names)}"
    raise ExtensionError(msg)


def _kind(value: Any) -> str:
    return f"a {type(value).__name__}"
