"""Text and tables as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|$#~])")


def plain(text: str) -> str:
    """*text* with nothing in it that Markdown would read as markup."""
    return _SPECIAL.sub(r"\\\1", text)


def heading(level: int, text: str) -> str:
    """The line of a heading; *text* is Markdown."""
    return f"{'#' * level} {text}"


def code(text: str) -> str:
    """*text* as code, also inside a table; nothing at all as *(empty)*."""
    if not text.strip():
        return "*(empty)*"
    fence = "``" if "`" in text else "`"
    return f"{fence}{text.replace('|', chr(92) + '|')}{fence}"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a table, blank lines around it."""
    header = tuple(header)
    yield ""
    yield _row(header)
    yield _row("---" for _ in header)
    yield from map(_row, rows)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
