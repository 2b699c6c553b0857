"""Amounts of money: read as printed, added exactly."""

from __future__ import annotations

import itertools
import re
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import TYPE_CHECKING

import attrs

from perfgoals._blanks import BLANK, BLANKS

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGITS = 64
"""The most digits that an amount may have."""

_LONGEST = 2 * DIGITS
_HALF_WIDTH = str.maketrans("０１２３４５６７８９，．￥－−﹣", "0123456789,.¥---")

_NOTHING = re.compile(rf"(?:[-—–―─－/／]|{BLANK})*")
_AMOUNT = re.compile(
    r"""
    (?P<sign> (?: ¥\s* )? (?: -\s* )? | -\s* ¥\s* )
    (?P<whole>
        [0-9]{1,3} (?: \s?,\s? [0-9]{3} )+                  # 1,025
      | [0-9]{1,3} (?: [ \u00a0\u2009\u202f] [0-9]{3} )+    # 1 025
      | [0-9]*
    )
    (?: \s?\.\s? (?P<fraction> [0-9]+ ) )?
    \s* (?P<unit> (?: 人民币 )? [十百千万亿]{0,2} 元 )?
    """,
    re.VERBOSE,
)
_NOT_DIGIT = re.compile(r"[^0-9]")


@attrs.frozen(kw_only=True)
class Amount:
    """A printed amount: the exact *number*, and the *unit* if one stands behind it."""

    number: Decimal
    unit: str | None = None


def is_nothing(text: str) -> bool:
    """Whether *text* says that there is nothing: blank, dashes or a slash.

    >>> is_nothing(" — "), is_nothing("0")
    (True, False)
    """
    return _NOTHING.fullmatch(text) is not None


def read_amount(text: str) -> Amount | None:
    """The amount that *text* states, or ``None`` if it does not state one.

    Thousands may be set apart by commas or blanks; a currency sign says nothing
    about the magnitude and is passed over. More than ``DIGITS`` digits are no amount.

    >>> read_amount("１,025.93")
    Amount(number=Decimal('1025.93'), unit=None)
    >>> read_amount("约50") is None
    True
    """
    text = text.strip(BLANKS)
    if len(text) > _LONGEST:
        return None
    match = _AMOUNT.fullmatch(text.translate(_HALF_WIDTH))
    if match is None:
        return None
    whole = _NOT_DIGIT.sub("", match["whole"])
    fraction = match["fraction"] or ""
    if not 0 < len(whole + fraction) <= DIGITS:
        return None
    minus = "-" if "-" in match["sign"] else ""
    return Amount(number=Decimal(f"{minus}{whole}.{fraction}"), unit=match["unit"])


def is_exact(amount: Decimal | None) -> bool:
    """Whether *amount* can be added exactly, as any amount that was read can be."""
    if amount is None:
        return True
    digits, exponent = amount.as_tuple()[1:]
    return (
        isinstance(exponent, int) and len(digits) <= DIGITS and abs(exponent) <= DIGITS
    )


def exact_context() -> Context:
    """A context in which amounts add exactly, and in which nothing is ever rounded."""
    return Context(prec=4 * DIGITS, traps=[Inexact, InvalidOperation, Overflow])


def running_sums(amounts: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    """The sums of the first 0, 1, 2 … *amounts*; ``None`` counts as nothing.

    Exact for amounts of which ``is_exact`` is true.

    >>> running_sums((Decimal("0.1"), None, Decimal("0.20")))
    (Decimal('0'), Decimal('0.1'), Decimal('0.1'), Decimal('0.30'))
    """
    numbers = (Decimal(0) if amount is None else amount for amount in amounts)
    add = exact_context().add
    return tuple(itertools.accumulate(numbers, add, initial=Decimal(0)))


def exact_sum(amounts: Iterable[Decimal | None]) -> Decimal:
    """The exact sum of *amounts*; ``None`` counts as nothing."""
    return running_sums(amounts)[-1]


def plain_text(amount: Decimal) -> str:
    """*amount* without an exponent and without zeros at its end; equal for equals.

    >>> plain_text(Decimal("10.50")), plain_text(Decimal("100"))
    ('10.5', '100')
    """
    normal = amount.normalize(exact_context())
    return format(normal or Decimal(0), "f")
