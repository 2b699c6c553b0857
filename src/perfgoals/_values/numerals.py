"""Numbers as printed, in digits or in Chinese, as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

DIGIT_LIMIT = 64
"""The most digits that are read as a number."""

CHINESE = "〇零○一二两三四五六七八九十百千万亿半"
"""The characters that a Chinese numeral is made of."""

_DIGITS = dict(zip("〇零○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True))
_DIGITS["两"] = 2
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = frozenset("万亿")

PLACES = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
}
"""What the places of a mixed number stand for: 1亿2000万."""

_GROUPING = re.compile(r"[\s,，]+")
_HALF = "半"
_POINT = "点"


class NumberTooLongError(ValueError):
    """A run of digits longer than any real number; ``length`` counts them."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


def arabic(text: str) -> Decimal:
    """The decimal printed as *text*, thousands separators and blanks dropped.

    >>> arabic("1,681,680.00")
    Decimal('1681680.00')
    """
    plain = _GROUPING.sub("", text)
    length = sum(map(str.isdigit, plain))
    if length > DIGIT_LIMIT:
        raise NumberTooLongError(length)
    return Decimal(plain)


def chinese(text: str) -> Decimal:
    """The number that a Chinese numeral stands for.

    >>> chinese("一千五百"), chinese("二〇二四"), chinese("两个半".replace("个", ""))
    (Decimal('1500'), Decimal('2024'), Decimal('2.5'))
    """
    if len(text) > DIGIT_LIMIT:
        raise NumberTooLongError(len(text))
    if _POINT in text:
        whole, _, fraction = text.partition(_POINT)
        return Decimal(f"{chinese(whole)}.{_spelled(fraction)}")
    if text.endswith(_HALF):
        return _whole(text[:-1]) + Decimal("0.5")
    return _whole(text)


def either(text: str) -> Decimal:
    """The number printed as *text*, in digits or in Chinese."""
    return chinese(text) if text[:1] in CHINESE else arabic(text)


def magnitude_apart(text: str) -> tuple[str, str]:
    """A Chinese numeral in two: the number, and a final 万 or 亿 that is kept.

    >>> magnitude_apart("三万"), magnitude_apart("三万五千")
    (('三', '万'), ('三万五千', ''))
    """
    if len(text) > 1 and text[-1] in _GROUPS and not _GROUPS.intersection(text[:-1]):
        return text[:-1], text[-1]
    return text, ""


def _whole(text: str) -> Decimal:
    if not text:
        return Decimal(0)
    if not any(sign in _PLACES or sign in _GROUPS for sign in text):
        return Decimal(_spelled(text))
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or 1) * _PLACES[sign]
            digit = 0
        elif sign == "亿":
            total, section, digit = (total + section + digit or 1) * 10**8, 0, 0
        else:
            total, section, digit = total + (section + digit or 1) * 10**4, 0, 0
    return Decimal(total + section + digit)


def _spelled(text: str) -> str:
    return "".join(str(_DIGITS[sign]) for sign in text)
