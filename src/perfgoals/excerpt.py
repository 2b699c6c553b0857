"""The line of a text that a finding is about, with carets under the right columns."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgoals.spans import Span

WINDOW = 72
"""How many columns of a long line are shown."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WIDE = frozenset("WF")
_COMBINING = frozenset({"Mn", "Me"})


def printable(text: str, limit: int | None = None) -> str:
    r"""*text* with every control, format and surrogate character escaped.

    With *limit*, no more than that many characters of the text are kept.

    >>> printable("4次\x1b[0m\u202e")
    '4次\\x1b[0m\\u202e'
    >>> printable("全年支付次数", limit=4)
    '全年支付…'
    """
    clipped = text if limit is None else text[:limit]
    tail = "" if len(clipped) == len(text) else "…"
    shown = clipped if clipped.isprintable() else "".join(map(_escaped, clipped))
    return shown + tail


def display_width(text: str) -> int:
    """The terminal columns that *text* takes, a Chinese character taking two.

    Characters of ambiguous width (``≥``, ``①``, ``“``) count as one column.

    >>> display_width("≥10次")
    5
    """
    return sum(map(_columns, text))


def excerpt(source: str, span: Span, window: int = WINDOW) -> str:
    """The line of *source* where *span* begins, and carets under the span.

    A line longer than *window* columns is cut to the neighbourhood of the span,
    and a span that runs on is underlined to the end of what is shown.

    >>> from perfgoals.spans import Span
    >>> print(excerpt("数量指标；≥十次", Span(5, 6)))
    数量指标；≥十次
              ^
    """
    position = min(span.start, len(source))
    line_start, line_end = _line_around(source, position, window + 1)
    first = _reach_left(source, position, line_start, window // 3)
    last = _reach_right(source, first, line_end, window)
    before = "" if first == line_start else "…"
    after = "" if last == line_end else "…"
    shown = printable(source[first:last])
    indent = display_width(before + printable(source[first:position]))
    marked = source[position : max(position, min(span.end, last))]
    carets = "^" * max(1, display_width(printable(marked)))
    return f"{before}{shown}{after}\n{' ' * indent}{carets}"


def _line_around(source: str, position: int, reach: int) -> tuple[int, int]:
    """The line around *position*, as far as *reach* characters to either side."""
    low, high = max(0, position - reach), position + reach
    breaks = (source.rfind("\n", low, position), source.rfind("\r", low, position))
    start = max(low, max(breaks) + 1)
    ends = (source.find("\n", position, high), source.find("\r", position, high))
    return start, min((end for end in ends if end >= 0), default=min(high, len(source)))


def _reach_left(source: str, position: int, limit: int, columns: int) -> int:
    while position > limit and columns > 0:
        position -= 1
        columns -= display_width(_escaped(source[position]))
    return position


def _reach_right(source: str, position: int, limit: int, columns: int) -> int:
    while position < limit and columns > 0:
        columns -= display_width(_escaped(source[position]))
        position += 1
    return position


def _escaped(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode("ascii")


def _columns(character: str) -> int:
    if unicodedata.category(character) in _COMBINING:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
