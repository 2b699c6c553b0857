"""From the tree of a target value to its pieces: one method for each rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from lark.exceptions import VisitError

from perfgoals._values import numerals as _numerals
from perfgoals._values.amount_rules import AmountRules, counted
from perfgoals._values.date_rules import DateRules
from perfgoals._values.denominators import denominator
from perfgoals._values.pieces import (
    Amount,
    Item,
    Piece,
    flat_tokens,
    is_token,
    only,
    piece_of,
    stated_comparator,
)
from perfgoals.targets import Absent, Comparator, Quantity, Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Token

    from perfgoals.units import Units

_REFERENCES = (
    (Comparator.AT_LEAST, ("≥", ">=", "不低于", "不少于", "不小于", "大于等于")),
    (Comparator.AT_MOST, ("≤", "<=", "不高于", "不超过", "不大于", "小于等于")),
    (Comparator.MORE_THAN, (">", "大于", "高于", "超过", "优于")),
    (Comparator.LESS_THAN, ("<", "小于", "低于")),
    (Comparator.EQUAL, ("=", "等于")),
)
_DASH = re.compile("[至到~-]")
_SIGN = re.compile(r"[≤<≥>]=?")
_OPEN_SIGNS = frozenset("<>")
_SEEN_FROM_NAME = {
    ("left", "≤"): Comparator.AT_LEAST,
    ("left", "<="): Comparator.AT_LEAST,
    ("left", "<"): Comparator.MORE_THAN,
    ("left", "≥"): Comparator.AT_MOST,
    ("left", ">="): Comparator.AT_MOST,
    ("left", ">"): Comparator.LESS_THAN,
    ("right", "≤"): Comparator.AT_MOST,
    ("right", "<="): Comparator.AT_MOST,
    ("right", "<"): Comparator.LESS_THAN,
    ("right", "≥"): Comparator.AT_LEAST,
    ("right", ">="): Comparator.AT_LEAST,
    ("right", ">"): Comparator.MORE_THAN,
}
_ONE_SIDED = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
_SLASHES = re.compile(r"[/·.*、每隔()]+")
_EACH_OF_NUMBER = frozenset({"批次"})


def reference_comparator(word: str) -> Comparator:
    """What a comparator states that stands before words: ``不低于`` (上年)."""
    return next(sense for sense, words in _REFERENCES if word in words)


def _two_numerals(text: str) -> tuple[str, str]:
    """三至五年 in two, and 三五年, which says the same."""
    dash = _DASH.search(text)
    if dash is None:
        return text[0], text[1:]
    return text[: dash.start()], text[dash.end() :]


class TargetTree(AmountRules, DateRules):
    """Makes pieces of a tree, or finds that the value is absent."""

    def __init__(self, printed: str, units: Units) -> None:
        super().__init__(printed)
        self._units = units

    def read(self, tree: Any) -> list[Item] | Absent:
        """The items of the value, in order; raises what its numbers raise."""
        try:
            items: list[Item] | Absent = self.transform(tree)
        except VisitError as error:
            raise error.orig_exc from None
        return items

    def absent(self, tokens: list[Token]) -> Absent:
        remark = self._print(tokens[-1])[1:-1] if len(tokens) > 1 else None
        return Absent(note=remark or None)

    def value(self, items: list[Item]) -> list[Item]:
        return items

    # Quantities and ranges

    def quantity(self, children: list[Any]) -> Piece:
        amount = only(children, Amount)
        comparator, doubts = stated_comparator(flat_tokens(children))
        target = Quantity(
            comparator=comparator,
            number=amount.number,
            unit=amount.unit,
            per=self._per(children),
            ambiguities=(*amount.doubts, *doubts),
        )
        return piece_of(target, children)

    def counted(self, children: list[Any]) -> Piece:
        counts = [
            self.counted_amount([child])
            if is_token(child, "CHINESE_COUNT_THEN")
            else child
            for child in children
        ]
        return self.quantity(counts)

    def range(self, children: list[Any]) -> Piece:
        low, high = (child for child in children if isinstance(child, Amount))
        return self._range(low, high, children)

    def bounds(self, children: list[Any]) -> Piece:
        """Two bounds around a name; an open one is told from a closed one."""
        first, second = (child for child in children if isinstance(child, Amount))
        signs = _SIGN.findall(next(t for t in children if is_token(t, "BETWEEN")))
        if _OPEN_SIGNS.isdisjoint(signs):
            return self._range(first, second, children)
        unit = second.unit or first.unit
        left = _SEEN_FROM_NAME["left", signs[0]]
        right = _SEEN_FROM_NAME["right", signs[1]]
        ends = (
            Quantity(comparator=left, number=first.number, unit=unit),
            Quantity(comparator=right, number=second.number, unit=unit),
        )
        return piece_of(ends, children)

    def plus_minus(self, children: list[Any]) -> Piece:
        high = only(children, Amount)
        low = attrs.evolve(high, number=-high.number, tokens=())
        return self._range(low, high, children)

    def tolerance(self, children: list[Any]) -> Piece:
        middle, reach = (child for child in children if isinstance(child, Amount))
        low = attrs.evolve(middle, number=middle.number - reach.number)
        high = attrs.evolve(reach, number=middle.number + reach.number)
        return self._range(low, high, children)

    def counted_range(self, children: list[Any]) -> Piece:
        token = next(child for child in children if is_token(child, "CHINESE_RANGE"))
        first, second = _two_numerals(token)
        number, _, unit, _ = counted(second)
        low = Amount(number=_numerals.chinese(first), unit=None, tokens=())
        high = Amount(number=number, unit=unit, tokens=(token,))
        return self._range(low, high, children)

    def _range(self, low: Amount, high: Amount, children: list[Any]) -> Piece:
        per = self._per(children)
        unit = high.unit or low.unit
        if low.unit and high.unit and not high.unit.endswith(low.unit.lstrip("万亿")):
            ends = (
                Quantity(number=low.number, unit=low.unit),
                Quantity(number=high.number, unit=unit, per=per),
            )
            return piece_of(ends, children)
        lower, upper = sorted((low.number, high.number))
        stated, _ = stated_comparator(flat_tokens(children))
        doubts = ("comparator-on-range",) if stated in _ONE_SIDED else ()
        target = Range(lower=lower, upper=upper, unit=unit, per=per, ambiguities=doubts)
        return piece_of(target, children)

    def _per(self, children: Sequence[Any]) -> str | None:
        tokens = flat_tokens(children)
        behind = [
            part
            for token in tokens
            if token.type in {"PER", "SUFFIX_EACH"}
            for part in _SLASHES.split(token)
        ]
        before = [
            part
            for token in tokens
            if token.type == "PREFIX_EACH"
            for part in _SLASHES.split(token)
        ]
        names = [*map(denominator, behind), *map(denominator, before)]
        if behind and before:
            names.sort(key=self._is_time)
        return "·".join(filter(None, names)) or None

    def _is_time(self, name: str) -> bool:
        return name.lstrip("0123456789半") in self._units.times - {"批次"}

    def __default__(self, data: Any, children: Any, meta: Any) -> Any:
        msg = f"the grammar has a rule {data} without a method"
        raise NotImplementedError(msg)
