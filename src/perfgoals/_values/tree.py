"""From the tree of a target value to its pieces: one method for each rule."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

import attrs
from lark.exceptions import VisitError

from perfgoals._grammar import UnparsedError
from perfgoals._values import numerals as _numerals
from perfgoals._values.amount_rules import AmountRules, counted
from perfgoals._values.date_rules import DateRules
from perfgoals._values.dates import NoSuchDateError
from perfgoals._values.denominators import denominator
from perfgoals._values.numerals import NumberTooLongError
from perfgoals._values.pieces import (
    Amount,
    Item,
    Made,
    Piece,
    flat_tokens,
    is_token,
    only,
    part_of,
    piece_of,
    stated_comparator,
)
from perfgoals.errors import ExtensionError
from perfgoals.targets import Absent, Comparator, Quantity, Range
from perfgoals.units import are_unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Token

    from perfgoals._values.language import ValueLanguage

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
_TWICE_EQUAL = {"≤=": "≤", "≥=": "≥"}
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
_OF_VALUES = (NoSuchDateError, NumberTooLongError, UnparsedError, ExtensionError)


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

    def __init__(self, printed: str, language: ValueLanguage) -> None:
        super().__init__(printed)
        self._units = language.units
        self._methods = language.methods

    def read(self, tree: Any) -> list[Item] | Absent:
        """The items of the value, in order; raises what its numbers raise."""
        # By plain names: the comparison of a Token is Python code, and what is raised
        # in it, a Ctrl-C say, would be taken for a missing method.
        for node in tree.iter_subtrees():
            node.data = str(node.data)
        # They come before the methods of this class: a rule may be called read, too.
        for rule in self._methods.rules:
            setattr(self, rule, functools.partial(self._made, rule))
        try:
            items: list[Item] | Absent | Made = super().transform(tree)
        except RecursionError:  # only a rule of an extension can be recursive
            raise UnparsedError from None
        except VisitError as error:
            if isinstance(error.orig_exc, RecursionError):
                raise UnparsedError from None
            if not self._methods or isinstance(error.orig_exc, _OF_VALUES):
                raise error.orig_exc from None
            cause = repr(error.orig_exc)
            msg = f"the rule {error.rule} cannot make sense of its parts: {cause}"
            raise ExtensionError(msg) from error
        return [items.piece()] if isinstance(items, Made) else items

    def absent(self, tokens: list[Token]) -> Absent:
        remark = self._print(tokens[-1])[1:-1] if len(tokens) > 1 else None
        return Absent(note=remark or None)

    def value(self, items: list[Item | Made]) -> list[Item]:
        return [item.piece() if isinstance(item, Made) else item for item in items]

    def _made(self, rule: str, children: list[Any]) -> Made:
        """What the method of *rule*, which an extension brings, makes of its parts."""
        value = self._methods.call(rule, tuple(map(part_of, children)))
        return Made(rule=rule, value=value, tokens=tuple(flat_tokens(children)))

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
        """Two bounds around a name; open ones, or those of unlike units, are apart."""
        first, second = (child for child in children if isinstance(child, Amount))
        found = _SIGN.findall(next(t for t in children if is_token(t, "BETWEEN")))
        signs = [_TWICE_EQUAL.get(sign, sign) for sign in found]
        is_unlike = are_unlike(first.unit, second.unit)
        if _OPEN_SIGNS.isdisjoint(signs) and not is_unlike:
            return self._range(first, second, children)
        unit = second.unit or first.unit
        own = first.unit if is_unlike else unit
        left = _SEEN_FROM_NAME["left", signs[0]]
        right = _SEEN_FROM_NAME["right", signs[1]]
        ends = (
            Quantity(comparator=left, number=first.number, unit=own),
            Quantity(comparator=right, number=second.number, unit=unit),
        )
        return piece_of(ends, children)

    def plus_minus(self, children: list[Any]) -> Piece:
        high = only(children, Amount)
        low = attrs.evolve(high, number=-high.number)
        return self._range(low, high, children)

    def tolerance(self, children: list[Any]) -> Piece:
        middle, reach = (child for child in children if isinstance(child, Amount))
        if are_unlike(middle.unit, reach.unit):  # 1000户±10% is no sum
            raise UnparsedError
        low = attrs.evolve(middle, number=middle.number - reach.number)
        high = attrs.evolve(reach, number=middle.number + reach.number)
        return self._range(low, high, children)

    def counted_range(self, children: list[Any]) -> Piece:
        token = next(child for child in children if is_token(child, "CHINESE_RANGE"))
        first, second = _two_numerals(token)
        number, _, unit, _ = counted(second)
        low = Amount(number=_numerals.chinese(first), unit=None)
        high = Amount(number=number, unit=unit)
        return self._range(low, high, children)

    def _range(self, low: Amount, high: Amount, children: list[Any]) -> Piece:
        per = self._per(children)
        unit = high.unit or low.unit
        if are_unlike(low.unit, high.unit):
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
        return name.lstrip("0123456789半") in self._units.times

    def __default__(self, data: Any, children: Any, meta: Any) -> Any:
        msg = f"the grammar has a rule {data} without a method"
        raise NotImplementedError(msg)
