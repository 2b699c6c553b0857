"""Denominators as printed, in one form."""

from __future__ import annotations

import re

from perfgoals._values import numerals as _numerals

_BLANK = re.compile(r"\s+")
_NUMBERED = re.compile(r"([一二两三四五六七八九十]|1(?=[^0-9]))(?:个(?!月))?(.+)")


def denominator(name: str) -> str:
    """A denominator without 个 and 1, its number in digits.

    >>> denominator("两年"), denominator("个村"), denominator("一年")
    ('2年', '村', '年')
    """
    name = _BLANK.sub("", name)
    if len(name) > 1 and name != "个月":
        name = name.removeprefix("个")
    match = _NUMBERED.fullmatch(name)
    if not match:
        return name
    number = _numerals.either(match[1])
    return match[2] if number == 1 else f"{number}{match[2]}"
