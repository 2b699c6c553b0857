"""Targets as canonical text: one spelling for one meaning, and it reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.targets import (
    Comparator,
    Compound,
    CustomTarget,
    DateRange,
    Deadline,
    Qualitative,
    Quantity,
    Range,
    Target,
)

if TYPE_CHECKING:
    from decimal import Decimal

_SIGNS = {
    None: "",
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.AT_MOST: "≤",
    Comparator.LESS_THAN: "<",
    Comparator.EQUAL: "=",
    Comparator.ABOUT: "约",
}
_WORDS = {
    None: "",
    Comparator.AT_LEAST: "不低于",
    Comparator.MORE_THAN: "高于",
    Comparator.AT_MOST: "不高于",
    Comparator.LESS_THAN: "低于",
    Comparator.EQUAL: "等于",
    Comparator.ABOUT: "约",
}

_ABSENT = "无"


def target_text(target: Target) -> str:
    """*target* in canonical form; reading that gives an equal target.

    Equal means equal in all that the target states: ``raw`` is the text as printed
    and changes with it.
    """
    match target:
        case Quantity():
            sign = _SIGNS[target.comparator]
            text = f"{sign}{_measure(target.number, target)}{_remark(target)}"
        case Range():
            text = f"{_ends(target)}{_remark(target)}"
        case Deadline():
            text = _deadline(target)
        case DateRange():
            start, end = _date(target.start), _date(target.end)
            text = f"{start}至{end}{_remark(target)}"
        case Compound():
            text = _compound(target)
        case Qualitative():
            text = f"{_WORDS[target.comparator]}{target.text}"
        case CustomTarget():
            text = target.to_text()
        case _:  # the kind that is left
            text = _ABSENT
    return text


def _measure(number: Decimal, target: Quantity | Range) -> str:
    unit = target.unit or ""
    if unit.startswith("1/"):
        unit = unit.removeprefix("1")
    per = f"/{target.per}" if target.per else ""
    return f"{number:f}{unit}{per}"


def _ends(target: Range) -> str:
    upper = _measure(target.upper, target)
    if target.lower == -target.upper:
        return f"±{upper}"
    return f"{target.lower:f}~{upper}"


def _remark(target: Target) -> str:
    """The note in brackets; after a unit （次） would read as part of it."""
    if not target.note:
        return ""
    opening, closing = "〔〕" if len(target.note) == 1 else "（）"
    return f"{opening}{target.note}{closing}"


def _deadline(target: Deadline) -> str:
    if target.date is None:
        return _occasion(target.note or "", target.every)
    every = f"每{target.every}" if target.every else ""
    date = every + _date(target.date)
    match target.comparator:
        case None:
            text = date
        case Comparator.AT_MOST:
            text = f"{date}前"
        case Comparator.AT_LEAST:
            text = f"自{date}起"
        case comparator:
            text = f"{_SIGNS[comparator]}{date}"
    return text + _remark(target)


def _occasion(note: str, every: str | None) -> str:
    if every is None:
        return note
    return f"每{note}" if note.startswith(every) else f"每{every}{note}"


def _date(date: str) -> str:
    """An ISO date, whole or partial, as it is written: ``--12-31`` is 12月31日."""
    if date.startswith("---"):
        return f"{int(date[3:])}日"
    year, month, day = ([*date.lstrip("-").split("-"), "", ""])[:3]
    if date.startswith("--"):
        year, month, day = "", year, month
    words = (f"{year}年" if year else "", f"{int(month or 0)}月" if month else "")
    return "".join(words) + (f"{int(day)}日" if day else "")


def _compound(target: Compound) -> str:
    """The parts with ； between them; a part's own parts follow one another."""
    return "；".join(
        " ".join(map(target_text, part.parts))
        if isinstance(part, Compound)
        else target_text(part)
        for part in target.parts
    )
