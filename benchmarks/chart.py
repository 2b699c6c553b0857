"""Bars as SVG, light enough to stand in a page of the documentation."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW = 22
_LABELS = 260
_BARS = 420
_NUMBERS = 70
_OURS = "perfgoals"


def bars(title: str, rows: Sequence[tuple[str, float]]) -> str:
    """A picture with a bar for each of *rows*, a name and a ratio, on a log scale."""
    width = _LABELS + _BARS + _NUMBERS
    height = _ROW * (len(rows) + 2)
    longest = max(ratio for _, ratio in rows)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' role="img" font-family="sans-serif" font-size="13">'
    )
    drawn = [_bar(index, *row, longest) for index, row in enumerate(rows)]
    return "\n".join(
        [
            picture,
            f"<title>{escape(title)}</title>",
            f'<text x="0" y="16" font-weight="bold" fill="#777">{escape(title)}</text>',
            *drawn,
            "</svg>",
            "",
        ]
    )


def _bar(index: int, name: str, ratio: float, longest: float) -> str:
    top = _ROW * (index + 1) + 4
    length = 4 + (_BARS - 4) * math.log(max(ratio, 1)) / math.log(max(longest, 2))
    colour = "#2a7ab8" if name.startswith(_OURS) else "#aaa"
    return (
        f'<text x="{_LABELS - 8}" y="{top + 13}" text-anchor="end" fill="#777">'
        f"{escape(name)}</text>"
        f'<rect x="{_LABELS}" y="{top}" width="{length:.0f}" height="{_ROW - 6}"'
        f' fill="{colour}"/>'
        f'<text x="{_LABELS + length + 6:.0f}" y="{top + 13}" fill="#777">'
        f"{ratio:.3g}×</text>"
    )
