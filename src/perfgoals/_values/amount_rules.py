"""The rules of numbers with their units: from their part of the tree to amounts."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from typing import Any

from lark import Token, Transformer

from perfgoals._values import numerals as _numerals
from perfgoals._values.pieces import Amount

_PARTS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_EXACT = decimal.Context(traps=[decimal.Inexact])
_BLANK = re.compile(r"\s+")
_MIXED = re.compile(r"([0-9.]+)([百千万亿]?)")
_MINUS = frozenset({"-", "负"})
_DOUBTS = {"spaced-number": _BLANK, "wide-comma": re.compile("，")}
_COUNT = re.compile(r"([零一二两三四五六七八九十百千万亿点]+|半)([余多]?)(.*?)(半?)")


class AmountRules(Transformer[Token, Any]):
    """One method for each rule of amounts in ``targets.lark``.

    *printed* is the text that the folded one was made from: a unit in brackets is
    kept as printed.
    """

    def __init__(self, printed: str) -> None:
        super().__init__(visit_tokens=False)
        self._printed = printed

    def number(self, tokens: list[Token]) -> Amount:
        by_type = {token.type: token for token in tokens}
        printed = by_type["NUMBER"]
        number = _numerals.arabic(printed)
        if by_type.get("SIGN") in _MINUS:
            number = -number
        unit = self._unit(by_type)
        if unit == "成":
            number, unit = number * 10, "%"
        if "HALF_MORE" in by_type:
            number += Decimal("0.5")
        number, unit = _with_half(number, unit)
        doubts = tuple(doubt for doubt, sign in _DOUBTS.items() if sign.search(printed))
        return Amount(number=number, unit=unit, tokens=tuple(tokens), doubts=doubts)

    def mixed(self, tokens: list[Token]) -> Amount:
        by_type = {token.type: token for token in tokens}
        number = sum(
            (
                _numerals.arabic(digits) * _numerals.PLACES[place]
                for digits, place in _MIXED.findall(tokens[0])
            ),
            Decimal(0),
        )
        return Amount(number=number, unit=self._unit(by_type), tokens=tuple(tokens))

    def counted_amount(self, tokens: list[Token]) -> Amount:
        printed, more, counted_unit, half = counted(tokens[0])
        extra = (Token("MORE", more),) if more else ()
        half_more = Decimal("0.5") if half else Decimal(0)
        number, unit = _with_half(printed + half_more, counted_unit)
        return Amount(number=number, unit=unit, tokens=(*tokens, *extra))

    def parts(self, tokens: list[Token]) -> Amount:
        text = tokens[0]
        if text == "百分百":
            return Amount(number=Decimal(100), unit="%", tokens=(text,))
        whole, _, part = text.partition("分之")
        unit = _PARTS.get(f"{whole}分之")
        if unit:
            return Amount(number=_numerals.either(part), unit=unit, tokens=(text,))
        return _fraction(_numerals.chinese(part), _numerals.chinese(whole), text)

    def tenths(self, tokens: list[Token]) -> Amount:
        tens, _, ones = tokens[0].partition("成")
        number = _numerals.chinese(tens) * 10 + (_numerals.chinese(ones) * _tenth(ones))
        return Amount(number=_plain(number), unit="%", tokens=(tokens[0],))

    def fraction(self, tokens: list[Token]) -> Amount:
        part, _, whole = tokens[0].partition("/")
        return _fraction(Decimal(part), Decimal(whole), tokens[0])

    def zero(self, tokens: list[Token]) -> Amount:
        return Amount(number=Decimal(0), unit=None, tokens=(tokens[0],))

    def _unit(self, by_type: dict[str, Token]) -> str | None:
        magnitude = by_type["MORE"][:-1] if "MORE" in by_type else ""
        for kind in ("UNIT", "COUNTED_NOUN", "OPEN_UNIT"):
            if kind in by_type:
                token = by_type[kind]
                brackets = "(" in token
                text = self._print(token) if brackets else token.value
                if token.startswith("("):
                    text = token.value.strip("()")
                unit = magnitude + _BLANK.sub("", text)
                return "%" if unit == "百分比" else unit
        return magnitude or None

    def _print(self, token: Token) -> str:
        return self._printed[token.start_pos : token.end_pos]


def counted(text: str) -> tuple[Decimal, str, str, str]:
    """A Chinese count in four: number, 余 or 多, unit, and a 半 behind it."""
    match = _COUNT.fullmatch(_BLANK.sub("", text))
    assert match is not None  # noqa: S101  (the terminal has this very shape)
    numeral, more, unit, half = match.groups()
    numeral, magnitude = _numerals.magnitude_apart(numeral)
    return _numerals.chinese(numeral), more, magnitude + unit, half


def _with_half(number: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """两个半月 is 2.5 个月: the half stands between 个 and the unit."""
    if unit is not None and unit.startswith("个半"):
        return number + Decimal("0.5"), f"个{unit[2:]}"
    return number, unit


def _fraction(part: Decimal, whole: Decimal, token: Token) -> Amount:
    """A fraction as a percentage where that is exact, else so many nths."""
    try:
        percent = _EXACT.divide(part * 100, whole)
    except decimal.Inexact:
        return Amount(number=part, unit=f"1/{whole}", tokens=(token,))
    return Amount(number=_plain(percent), unit="%", tokens=(token,))


def _tenth(ones: str) -> Decimal:
    return Decimal(10) if ones == "半" else Decimal(1)


def _plain(number: Decimal) -> Decimal:
    return Decimal(format(number.normalize(), "f"))
