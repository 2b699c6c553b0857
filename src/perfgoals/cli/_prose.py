"""Chinese text in lines: broken where Chinese may be broken, not only at blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, JustifyMethod, OverflowMethod

_OPENING = "（【《〈「『“‘(["
_CLOSING = "）】》〉」』”’)]，。、；：！？,.;:!?%％…"
_UNIT = re.compile(
    rf"""
    [{re.escape(_OPENING)}]*         # these end no line
    (?: [0-9A-Za-z.,%/+-]+ | . )     # a word, a number, or one character
    [{re.escape(_CLOSING)}]*[ ]*     # these begin none
    """,
    re.VERBOSE | re.DOTALL,
)


class Prose(Text):
    """A text of rich that fills its lines, and begins none with a ， or 。."""

    def wrap(
        self,
        console: Console,  # noqa: ARG002
        width: int,
        *,
        justify: JustifyMethod | None = None,  # noqa: ARG002
        overflow: OverflowMethod | None = None,  # noqa: ARG002
        tab_size: int = 8,  # noqa: ARG002
        no_wrap: bool | None = None,  # noqa: ARG002
    ) -> Lines:
        """The text in lines of at most *width* columns."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            lines.extend(line.divide(breaks(line.plain, width)))
        for line in lines:
            line.rstrip()
        return lines


def breaks(text: str, width: int) -> list[int]:
    """The offsets at which *text* is broken to fit into *width* columns.

    >>> breaks("通过租赁办公场所，购买物业。", 16)
    [7]
    """
    offsets: list[int] = []
    room = width
    for start, unit in _units(text, width):
        if start and cell_len(unit.rstrip(" ")) > room:
            offsets.append(start)
            room = width
        room -= cell_len(unit)
    return offsets


def _units(text: str, width: int) -> Iterator[tuple[int, str]]:
    """What stays together, each with its offset; single characters if too wide."""
    for match in _UNIT.finditer(text):
        unit = match.group()
        parts = [unit] if cell_len(unit.rstrip(" ")) <= width else unit
        start = match.start()
        for part in parts:
            yield start, part
            start += len(part)
