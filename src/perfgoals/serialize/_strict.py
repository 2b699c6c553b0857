"""Plain values taken for exactly what they are: no check here converts one."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from perfgoals._values.numerals import DIGIT_LIMIT
from perfgoals.excerpt import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

DEPTH_LIMIT = 64
"""How many lists and objects may stand inside one another."""

TOO_DEEP = (
    f"expected at most {DEPTH_LIMIT} lists and objects in one another, found more"
)

_QUOTED = 40
"""How many characters of a refused text a message quotes at most."""

WHOLE_LIMIT = 10**DIGIT_LIMIT
"""The first whole number that has too many digits."""

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""How a decimal is spelled."""

_AN_OBJECT = "an object"
_A_WHOLE = "a whole number"
_A_NUMBER = "a number as text, such as “0.95”"
_A_SHORT_NUMBER = f"a number of at most {DIGIT_LIMIT} digits"
_UNWRITABLE = f"expected {_A_SHORT_NUMBER} to write, found one of more, or none"

T = TypeVar("T")


@attrs.frozen
class Foreign:
    """What JSON or a caller can say and no field of the model can hold.

    It stands in the place of the value, so that it is refused where it was met and
    with its path; *described* is what the message calls it.
    """

    described: str


NOTHING = Foreign("nothing")
"""Stands in the place of a value that is not there."""


class Mismatch(Exception):  # noqa: N818  (never leaves the package: LoadError does)
    """A value is not what was *expected*; *key* is what it stands under, if known."""

    def __init__(self, expected: str, found: object, *, key: str | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.found = describe(found)
        self.key = key


def describe(value: object) -> str:
    """What a message calls *value*, in the words of JSON and never at length.

    >>> describe("工程及时完工"), describe(None), describe([1]), describe(0.95)
    ('“工程及时完工”', 'null', 'a list', 'the number 0.95')
    """
    match value:
        case Foreign():
            return value.described
        case str():
            return f"“{printable(value, _QUOTED)}”"
        case None | True | False:
            return json.dumps(value)
        case int() if value.bit_length() > DIGIT_LIMIT * 4:
            return f"a number of more than {DIGIT_LIMIT} digits"
        case int() | float():
            return f"the number {value}"
        case _:
            names: dict[type, str] = {list: "a list", dict: "an object"}
            return names.get(type(value), f"a Python {type(value).__name__}")


def exactly(kind: type[T], called: str) -> Callable[[object, object], T]:
    """A check that a value is a *kind* and nothing that could pass for one.

    A number is no text, and text no list of characters. Messages say that *called* was
    expected.
    """

    def take(value: object, _: object = kind) -> T:
        if type(value) is kind:
            return value
        raise Mismatch(called, value)

    return take


take_list: Callable[[object, object], list[Any]] = exactly(list, "a list")


def take_object(value: object, _: object = dict) -> dict[str, Any]:
    """*value*, which is a dictionary whose keys are text."""
    if type(value) is not dict:
        raise Mismatch(_AN_OBJECT, value)
    if not {*map(type, value)} <= {str}:
        raise Mismatch(_AN_OBJECT, Foreign("a dictionary with keys that are no text"))
    return value


def take_choice(
    choices: Collection[str], value: object, *, key: str | None = None
) -> str:
    """*value*, which is one of the texts *choices*; *key* is what it stands under."""
    if type(value) is str and value in choices:
        return value
    quoted = ", ".join(f"“{choice}”" for choice in choices)
    expected = quoted if len(choices) == 1 else f"one of {quoted}"
    raise Mismatch(expected, value, key=key)


def take_whole(value: object, _: object = int) -> int:
    """*value*, which is a whole number that ``whole_out`` would give."""
    if type(value) is not int:
        raise Mismatch(_A_WHOLE, value)
    if abs(value) >= WHOLE_LIMIT:
        raise Mismatch(_A_SHORT_NUMBER, value)
    return value


def whole_out(number: int) -> int:
    """*number*; raises ``ValueError`` for what ``take_whole`` would not take back."""
    if abs(number) < WHOLE_LIMIT:
        return number
    raise ValueError(_UNWRITABLE)


def take_decimal(value: object, _: object = Decimal) -> Decimal:
    """The exact number that the text *value* spells as ``decimal_text`` would.

    >>> take_decimal("100.00")
    Decimal('100.00')
    """
    if type(value) is not str or not NUMBER.fullmatch(value):
        raise Mismatch(_A_NUMBER, value)
    if not _is_short(value):
        raise Mismatch(_A_SHORT_NUMBER, value)
    return Decimal(value)


def decimal_text(number: Decimal) -> str:
    """*number* in digits, without an exponent and with every zero that it has.

    Raises ``ValueError`` for what ``take_decimal`` would not take back.

    >>> decimal_text(Decimal("100.00")), decimal_text(Decimal("1E+3"))
    ('100.00', '1000')
    """
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) <= DIGIT_LIMIT:
        digits = format(number, "f")
        if _is_short(digits):
            return digits
    raise ValueError(_UNWRITABLE)


def is_too_deep(data: object) -> bool:
    """Whether more than ``DEPTH_LIMIT`` lists and objects of *data* are in one another.

    Goes level by level and meets each part once a level, so that data which contains
    itself ends too.
    """
    level = _containers([data])
    for _ in range(DEPTH_LIMIT):
        inner = {id(part): part for whole in level for part in _containers(whole)}
        level = list(inner.values())
    return bool(level)


def _containers(whole: list[Any] | dict[Any, Any]) -> list[list[Any] | dict[Any, Any]]:
    parts = whole.values() if isinstance(whole, dict) else whole
    return [part for part in parts if isinstance(part, list | dict)]


def _is_short(digits: str) -> bool:
    return len(digits.lstrip("-").replace(".", "")) <= DIGIT_LIMIT
