"""Which numbers may stand where in a value, without the grammar telling them apart.

It does so where a number may also be a year, part of a date, a rank, the item of a list
or part of an idiom. What stands beside a number says which of these it may be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from perfgoals._values.fast.plain import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Check: TypeAlias = "Callable[[str], str | None]"
"""How a number is written that may stand in a slot; ``None`` if it may not.

``0`` is a whole number, ``,`` one with commas, ``.`` a decimal fraction.
"""

DATED = "年月日号天周季旬岁时"
"""What makes a date, an age or a time of a number, or may do so."""

_NO_DATE = (
    "(?!(?:19|20)[0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9]))"
)
_UNGROUPED = r"(?:0|[1-9][0-9]{0,14}+)(\.[0-9]{1,9}+)?"
UNGROUPED = _NO_DATE + _UNGROUPED
"""A number in ordinary writing that is no year and no date, and its fraction."""

_GROUPED = r"[1-9][0-9]{0,2}((?:,[0-9]{3}){1,4})(?:\.[0-9]{1,9})?"
_NUMBER = f"{_NO_DATE}(?:{_GROUPED}|{_UNGROUPED})"
"""The same, or one with commas."""


_any = re.compile(_NUMBER)
_many = re.compile(f"(?=[0-9]{{3}}){_NUMBER}")


def _matching(pattern: re.Pattern[str]) -> Check:
    """Such numbers as *pattern* matches, with a group for commas and for a fraction."""
    match = pattern.fullmatch

    def check(number: str) -> str | None:
        found = match(number)
        return found and _WRITING[found.lastindex]

    return check


def _among(numbers: Iterable[int]) -> Check:
    """These *numbers*, and with a zero in front if they have one digit."""
    found = [form.format(number) for number in numbers for form in ("{}", "{:02}")]
    return dict.fromkeys(found, "0").get


_WRITING = {None: "0", 1: ",", 2: "."}

ANY = _matching(_any)
"""Any ordinary number."""

_SLOTS: dict[str, tuple[str, Check]] = {
    "few": ("n", ANY),
    "many": ("n", _matching(_many)),
    "none": ("n", _among(())),
    "year": ("y", _among(range(1900, 2100))),
    "month": ("m", _among(range(1, 13))),
    "day": ("d", _among(range(1, 32))),
}
"""The kinds of slots, and which numbers may stand in them."""

# ── What stands beside a number, which is # ─────────────────────────────────

_NO_COMMA = r"(?<!\A[,，])"
"""Not behind a comma and nothing else: another number may be in front of that."""

_CLOSE = rf"{_NO_COMMA}(?<![0-9A-Za-z.〔\[(（第前每隔含\s/\-~～—–至±×])(?<!(?<!达)到)"
_FAR = rf"{_NO_COMMA}(?<![0-9.〔\[前每隔\s/])"
_MAGNITUDE = f"[万亿](?![{NUMERALS}])"
_FEW = re.compile(
    rf"{_CLOSE}#(?=\Z|[%‰℃]|个(?!月)|小(?!时)|{_MAGNITUDE}"
    r"|(?:天|小时|个月)(?:\Z|[；，。;]|以[上下内])"
    rf"|(?![{DATED}个小至到前第半成之以{NUMERALS}])[\u4e00-\u9fff])"
    r"|(?<=前)#(?=%)"
)
"""Where a number of few digits may stand too, as in ≥# or #家; not in 第#, #月, 1-#."""

_MANY = re.compile(
    rf"{_FAR}#(?={_MAGNITUDE}|(?![0-9.,，/\s前{DATED}{NUMERALS}]|[之以]前))"
)
"""Where one needs many digits, three at least: #m³, with 5 it may be a name."""

_AHEAD = 4
_DASHES = frozenset(("-", "--", "~", "—", "至", "到"))
_OF_DATES = {"年": "year", "月": "month", "日": "day", "号": "day"}
_PARTS_OF_MONTHS = frozenset("底末初上中下")
_LAST_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def slot_of(words: Sequence[str], at: int) -> tuple[str, Check]:
    """The kind of slot for the number behind ``words[at]``, and what may stand in it.

    Of two numbers with only a dash between them, each stands where both do.
    """
    before, after = words[at], words[at + 1]
    if before in _DASHES and at:
        before = words[at - 1]
    elif after in _DASHES and at + 2 < len(words):
        after = words[at + 2]
    around = f"{before[-2:]}#{after[:_AHEAD]}"
    if before.endswith("第"):
        return _SLOTS["many"]
    if after[:1] == "月" and after[1:2] in _PARTS_OF_MONTHS:
        return _SLOTS["none"]
    if after[:1] in _OF_DATES:
        return _SLOTS[_OF_DATES[after[:1]]]
    if _FEW.search(around):
        return _SLOTS["few"]
    return _SLOTS["many" if _MANY.search(around) else "none"]


def is_in_month(day: str, month: str) -> bool:
    """Whether a month has a *day* in each year."""
    return int(day) <= _LAST_DAYS[int(month)]
