"""The comparators that stand before a number, spelled out from their parts."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OUGHT = ("", "应", "须", "要")
_DENIAL = (
    *("不", "不得", "不能", "不应", "不应该", "不可", "不宜", "不许", "不准", "不会"),
    *("不允许", "不该", "不再", "从不", "未", "没", "没有", "无"),
    *("严禁", "禁止", "避免", "防止", "杜绝"),
)
_GREATER = ("大于", "高于", "多于", "超过", "超出", "超", "突破")
_SMALLER = ("小于", "低于", "少于", "下于", "亚于", "差于")
_OR_EQUAL = tuple(map("".join, product(("", "或", "或者", "者"), ("等于", "="))))
_EQUAL_OR = ("等于或", "等于或者")
_IS = ("", "为", "是")


def _bounds(
    denied: Iterable[str], stated: Iterable[str], glyph: str
) -> Iterator[tuple[str, ...]]:
    """The ways to say ≥ or ≤, each as the parts of one word."""
    yield from product(_OUGHT, _DENIAL, denied)
    yield from product(_OUGHT, stated, _OR_EQUAL)
    yield from product(_OUGHT, _EQUAL_OR, stated)
    yield from product(_OUGHT, (glyph,), _OR_EQUAL)


def _joined(*products: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple("".join(parts) for ways in products for parts in ways)


WORDS: dict[str, tuple[str, ...]] = {
    "AT_LEAST": (
        *("≥", "≥=", ">=", "=>", "》=", "〉=", "达到超过", "达到或超过"),
        *("达到或者超过", "起码"),
        *_joined(
            _bounds(_SMALLER, _GREATER, ">"),
            product("至最", "少低", ("", "达到"), _IS),
            product(("下限",), _IS),
        ),
    ),
    "MORE_THAN": (">", "逾", *_GREATER),
    "AT_MOST": (
        *("≤", "≤=", "<=", "=<", "《=", "〈="),
        *_joined(
            _bounds(_GREATER, _SMALLER, "<"),
            product("至最", "多高", ("", "不超过"), _IS),
            product(("上限",), _IS),
        ),
    ),
    "LESS_THAN": (
        *("<", "不足", "不满", "不到", "未满", "未达", "未达到"),
        *_SMALLER,
    ),
    "EQUAL": ("=", "==", "等于"),
    "ABOUT": (
        *("≈", "大约", "大约为", "约", "约为", "约合", "约计"),
        *("近", "将近", "接近", "大概"),
    ),
    "REACH": _joined(product(_OUGHT, ("达", "达到"))),
    "KEEP_WITHIN": _joined(product(("控制",), ("", "在", "为", "到", "于"))),
}
"""The words of each terminal of comparators in ``targets.lark``."""

LEADS: dict[str, str] = {
    word: kind for kind, words in reversed(WORDS.items()) for word in words
}
"""The terminal that each word is; where two have it, the earlier one above."""

_TURNING = "不未勿非无能可得应宜许会该准下表传送转或!<>"
"""What turns a comparator round, or makes another word of it, when before it."""

NEAR_LEADS = frozenset("".join(LEADS)) | frozenset(_TURNING)
"""The characters that a comparator is made of, or that matter before one."""
