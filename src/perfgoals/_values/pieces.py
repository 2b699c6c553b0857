"""What a target value is made of, between its tree and its target."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs
from lark import Token

from perfgoals._methods import Part, misused
from perfgoals._values.comparators import is_comparator, stated_by
from perfgoals._values.dates import Date
from perfgoals.errors import ExtensionError
from perfgoals.spans import Span
from perfgoals.targets import (
    Comparator,
    DateRange,
    Deadline,
    Quantity,
    Range,
    is_target,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CoreTarget: TypeAlias = Quantity | Range | Deadline | DateRange
"""What a core may be; one of an extension may be any other target too."""

_WORDS = frozenset({"LETTER", "GAP", "PHRASE", "REMARK"})


@attrs.frozen(kw_only=True)
class Amount:
    """A number with its unit, and the tokens that it was read from."""

    number: Decimal
    unit: str | None
    tokens: tuple[Token, ...] = ()
    doubts: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Moment:
    """A date, and whether it closes a period that was named (上半年)."""

    date: Date
    tokens: tuple[Token, ...]
    closes: bool = False
    doubts: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Made:
    """What the method of a *rule* of an extension made of its tokens."""

    rule: str
    value: Any
    tokens: tuple[Token, ...]

    def piece(self) -> Piece:
        """The core that it is; raises ``ExtensionError`` if it is no target."""
        if not is_target(self.value):
            raise misused(self.rule, self.value, "a target")
        if not self.tokens:
            msg = f"the rule {self.rule} has no tokens; name one of its terminals"
            raise ExtensionError(msg)
        return piece_of(cast("CoreTarget", self.value), self.tokens)


@attrs.frozen(kw_only=True)
class Piece:
    """A core of a value: its target, where it stands, and what of that it used.

    ``taken`` are the stretches that say the target itself; the rest between
    ``span.start`` and ``span.end`` is a remark.
    """

    target: CoreTarget | tuple[Quantity, Quantity]
    span: Span
    taken: tuple[Span, ...]
    printed_comparator: bool = False


Item: TypeAlias = Token | Piece


def is_token(child: Any, kind: str) -> bool:
    return isinstance(child, Token) and child.type == kind


def only(children: Iterable[Any], kind: type[Any]) -> Any:
    return next(child for child in children if isinstance(child, kind))


def flat_tokens(children: Iterable[Any]) -> list[Token]:
    """The tokens of *children*, those of amounts and moments among them."""
    tokens: list[Token] = []
    for child in children:
        has_tokens = isinstance(child, Amount | Moment | Made)
        tokens.extend(child.tokens if has_tokens else (child,))
    return tokens


def part_of(child: Any) -> Part:
    """What a method of an extension sees of a *child* of its rule.

    An amount is seen as a quantity, a date as a deadline.
    """
    if isinstance(child, Token):
        span = Span(child.start_pos or 0, child.end_pos or 0)
        return Part(name=child.type, text=child.value, span=span)
    if not isinstance(child, Amount | Moment | Made):
        msg = f"a rule of an extension cannot hold a {type(child).__name__}"
        raise ExtensionError(msg)
    tokens = flat_tokens([child])
    span = Span(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)
    text = "".join(token.value for token in tokens)
    match child:
        case Amount():
            value: Any = Quantity(number=child.number, unit=child.unit)
            return Part(name="amount", text=text, span=span, value=value)
        case Moment():
            value = Deadline(date=str(child.date))
            return Part(name="date", text=text, span=span, value=value)
        case _:
            return Part(name=child.rule, text=text, span=span, value=child.value)


def piece_of(
    target: CoreTarget | tuple[Quantity, Quantity],
    children: Sequence[Any],
    keep: Iterable[str] = (),
) -> Piece:
    """*target* with the places of its tokens; words and *keep* stay remarks."""
    tokens = [token for token in flat_tokens(children) if token.start_pos is not None]
    remarks = _WORDS | set(keep)
    used = [token for token in tokens if token.type not in remarks]
    return Piece(
        target=target,
        span=Span(tokens[0].start_pos or 0, tokens[-1].end_pos or 0),
        taken=tuple(Span(token.start_pos or 0, token.end_pos or 0) for token in used),
        printed_comparator=any(is_comparator(token.type) for token in tokens),
    )


def stated_comparator(
    tokens: Sequence[Token],
) -> tuple[Comparator | None, tuple[str, ...]]:
    """What the comparators among *tokens* state together, and the doubts left."""
    return stated_by([token.type for token in tokens])
