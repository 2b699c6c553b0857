"""The headers and labels by which a table is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _ext.markdown import code, heading, plain, table
from _ext.words import say
from perfgoals.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfgoals.vocabulary import Column


def markdown() -> Iterator[str]:
    """Columns that are read, columns that are known, labels of the heading."""
    words = Vocabulary.packaged()
    yield heading(2, say("Columns that are read"))
    yield from _columns(words, kept=True)
    yield heading(2, say("Columns that are known and left out"))
    yield from _columns(words, kept=False)
    yield heading(2, say("Labels above the table"))
    yield from table(
        (say("Field"), say("Labels, the surest first")),
        (
            (code(field), plain("、".join(names)))
            for field, names in words.labels.items()
        ),
    )
    yield heading(2, say("Other words"))
    yield from table(
        (say("Words"), "中文"),
        (
            (plain(kind.replace("_", " ")), plain("、".join(names)))
            for kind, names in words.words.items()
        ),
    )


def _columns(words: Vocabulary, *, kept: bool) -> Iterator[str]:
    yield from table(
        (say("Column"), "中文", say("Headers")),
        (_row(column) for column in words.columns if column.kept is kept),
    )


def _row(column: Column) -> tuple[str, str, str]:
    return code(column.id), plain(column.zh), plain("、".join(column.names))
