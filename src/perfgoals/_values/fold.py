"""One character to one character: the forms that a value may be printed in.

Offsets stay what they were, so a span found in the folded text holds in the text
as printed. What is folded is read and never kept.
"""

from __future__ import annotations

_FORMS = {
    "≥": "≧⩾≽⋝≮",
    "≤": "≦⩽≼⋜≯",
    ">": "›﹥",
    "<": "‹﹤",
    "=": "﹦═〓",
    "≈": "≒≅",
    "%": "﹪٪",
    "~": "〜∼∽˜",
    "-": "—–−─―‐‑‒﹣",
    "+": "﹢",
    "/": "∕⁄",
    "·": "•・‧∙⋅･",
    "×": "✕✖╳",
    "(": "﹙",
    ")": "﹚",
    ",": "﹐",
    ":": "﹕∶",
    ";": "﹔",
    "。": "｡",
    "、": "﹑",
    "μ": "µ",
    "一": "壹弌",
    "二": "贰貳",
    "三": "叁參",
    "四": "肆",
    "五": "伍",
    "六": "陆",
    "七": "柒",
    "八": "捌",
    "九": "玖",
    "十": "拾",
    "百": "佰",
    "千": "仟",
    "万": "萬",
    "亿": "億",
    "两": "兩",
    " ": "\t\u00a0\u200b\u202f\u205f\u3000\ufeff",
}
_FULL_WIDTH_ASCII = range(0xFF01, 0xFF5F)
_FULL_WIDTH_COMMA = "，"
"""Kept: between digits the narrow comma groups thousands, the wide one rarely."""


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in _FULL_WIDTH_ASCII}
    table |= dict.fromkeys(range(8192, 8203), " ")
    table |= {ord(form): plain for plain, forms in _FORMS.items() for form in forms}
    del table[ord(_FULL_WIDTH_COMMA)]
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """*text* with every form of a digit, letter or sign in its plain one.

    >>> fold("≧９５％（含）")
    '≥95%(含)'
    """
    return text.translate(_TABLE)
