"""Characters that show nothing: those that may stand anywhere, and those to report."""

from __future__ import annotations

import re

_BLANK_RANGES = (
    (0x00, 0x20),  # controls and the space
    (0x7F, 0xA0),  # more controls and the no-break space
    (0xAD, 0xAD),  # soft hyphen
    (0x61C, 0x61C),
    (0x1680, 0x1680),
    (0x180E, 0x180E),
    (0x2000, 0x200F),  # widths of spaces, zero width, directions
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x3000, 0x3000),  # the ideographic space
    (0xFEFF, 0xFEFF),  # the byte order mark
)


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "[" + "".join(rf"\u{first:04x}-\u{last:04x}" for first, last in ranges) + "]"


BLANKS = "".join(
    chr(code) for first, last in _BLANK_RANGES for code in range(first, last + 1)
)
"""What is no text: blanks, line breaks and whatever shows nothing at all."""

BLANK = _class(_BLANK_RANGES)
"""A pattern for one of ``BLANKS``; the grammar of indicators skips the same ones."""

INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
"""Control, format and surrogate characters, which nobody sees; line breaks are fine."""
