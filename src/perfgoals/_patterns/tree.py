"""Regular expressions of Python as trees of five kinds of nodes.

``re._parser`` and ``re._compiler``, with which CPython 3.11 to 3.14 reads and compiles
a pattern, have no public names: they are used in this module and nowhere else.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")

_COMMON = "a0 中A_!\n\u3000é٣\x00\ue000"
"""Signs of every category; the last one is a stranger to nearly all patterns."""


@attrs.frozen(eq=False)
class Sign:
    """One sign out of several: bit *n* of *mask* is the *n*-th sign of the tree."""

    mask: int


@attrs.frozen(eq=False)
class Sequence:
    """One part after the other; none at all matches the empty text."""

    parts: tuple[Node, ...]


@attrs.frozen(eq=False)
class Choice:
    """The first branch that fits."""

    branches: tuple[Node, ...]


@attrs.frozen(eq=False, kw_only=True)
class Repeat:
    """A body again and again; *most* is none if there is no end to it."""

    body: Node
    least: int
    most: int | None
    lazy: bool


@attrs.frozen(eq=False, kw_only=True)
class Solid:
    """What is tried once at a place and never gone back into: ``regex`` tells.

    Either it is *wide*, an atomic group or a possessive repetition, or it takes
    nothing, such as ``$`` or a look ahead or behind.
    """

    regex: re.Pattern[str]
    body: Node
    wide: bool


Node: TypeAlias = Sign | Sequence | Choice | Repeat | Solid


@attrs.frozen(eq=False, kw_only=True)
class Tree:
    """A pattern by its *root*, with the *signs* that tell its classes apart."""

    root: Node
    signs: str
    least_width: int
    _among: dict[int, str] = attrs.field(factory=dict, init=False)

    def text(self, masks: Iterable[int], variant: int = 0) -> str:
        """One sign of each of *masks*; another *variant* takes others if it can."""
        choices = (self.among(mask) for mask in masks)
        return "".join(signs[variant % len(signs)] for signs in choices)

    def among(self, mask: int) -> str:
        """The signs of *mask*."""
        if mask not in self._among:
            signs = (sign for n, sign in enumerate(self.signs) if mask >> n & 1)
            self._among[mask] = "".join(signs)
        return self._among[mask]


def parse(pattern: str, flags: int = 0) -> Tree:
    """The tree of *pattern*; raises ``re.error`` as ``re.compile`` does.

    A reference to a group counts as the empty text, a condition as a choice.
    """
    parsed = _parser.parse(pattern, flags)
    signs = "".join(dict.fromkeys([*_COMMON, *_signs(parsed)]))
    root = _Reader(parsed.state, signs).sequence(parsed)
    return Tree(
        root=root,
        signs=signs,
        least_width=parsed.getwidth()[0],
    )


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below *node*."""
    match node:
        case Sequence(parts=below) | Choice(branches=below):
            return below
        case Repeat(body=body) | Solid(body=body):
            return (body,)
        case _:
            return ()


def nodes(node: Node) -> Iterator[Node]:
    """*node* and all below it."""
    yield node
    for child in children(node):
        yield from nodes(child)


def nullable(node: Node) -> bool:
    """Whether *node* can match the empty text."""
    match node:
        case Sign():
            return False
        case Sequence(parts=parts):
            return all(map(nullable, parts))
        case Choice(branches=branches):
            return any(map(nullable, branches))
        case Repeat(least=least, body=body):
            return least == 0 or nullable(body)
        case Solid(wide=wide, body=body):
            return not wide or nullable(body)


def _signs(parsed: Any) -> Iterator[str]:
    """Signs at which classes of *parsed* begin, and those right behind them."""
    if not isinstance(parsed, tuple) or len(parsed) != 2:
        for child in parsed if isinstance(parsed, _PARSED) else ():
            yield from _signs(child)
        return
    operator, argument = parsed
    match str(operator):
        case "LITERAL":
            yield from _cases(argument)
        case "NOT_LITERAL":
            yield from map(chr, (argument, min(argument + 1, 0x10FFFF)))
        case "RANGE":
            first, last = argument
            yield from map(chr, (first, last, min(last + 1, 0x10FFFF)))
        case "IN":
            yield from _signs(argument)
            literals = (code for kind, code in argument if str(kind) == "LITERAL")
            yield from (chr(min(code + 1, 0x10FFFF)) for code in literals)
        case _:
            yield from _signs(argument)


_PARSED = (list, tuple, _parser.SubPattern)


def _cases(code: int) -> str:
    sign = chr(code)
    return "".join(s for s in (sign, sign.lower(), sign.upper()) if len(s) == 1)


class _Reader:
    """Makes nodes of what the parser of CPython gives.

    *local* are the flags that groups set and take back around a node.
    """

    def __init__(self, state: Any, signs: str) -> None:
        self._state = state
        self._signs = signs
        self._bits = {sign: 1 << n for n, sign in enumerate(signs)}
        self._masks: dict[str, int] = {}

    def sequence(self, parsed: Any, local: tuple[int, int] = (0, 0)) -> Sequence:
        return Sequence(tuple(self._node(node, local) for node in parsed))

    def _node(  # noqa: PLR0911  (a case for each operator)
        self, node: Any, local: tuple[int, int]
    ) -> Node:
        operator, argument = node
        match str(operator):
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY":
                return Sign(self._mask(node, local))
            case "SUBPATTERN":
                _, added, removed, inner = argument
                set_, unset = local
                local = (set_ & ~removed | added, unset & ~added | removed)
                return self.sequence(inner, local)
            case "BRANCH":
                return Choice(tuple(self.sequence(b, local) for b in argument[1]))
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(str(operator), argument, local)
            case "GROUPREF":
                return Sequence(())
            case "GROUPREF_EXISTS":
                _, yes, no = argument
                branches = (yes, no or ())
                return Choice(tuple(self.sequence(b, local) for b in branches))
            case name:
                return self._solid(name, node, local)

    def _repeat(self, name: str, argument: Any, local: tuple[int, int]) -> Repeat:
        least, most, inner = argument
        return Repeat(
            body=self.sequence(inner, local),
            least=least,
            most=None if most == _parser.MAXREPEAT else most,
            lazy=name == "MIN_REPEAT",
        )

    def _solid(self, name: str, node: Any, local: tuple[int, int]) -> Solid:
        argument = node[1]
        body: Node = Sequence(())
        if name == "POSSESSIVE_REPEAT":
            least, most, inner = argument
            # No iteration is gone back into.
            once = self._list((_parser.ATOMIC_GROUP, inner))
            body = self._repeat(name, (least, most, once), local)
        elif name == "ATOMIC_GROUP":
            body = self.sequence(argument, local)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            body = self.sequence(argument[1], local)
        wide = name in {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}
        return Solid(regex=self._compiled(node, local), body=body, wide=wide)

    def _mask(self, node: Any, local: tuple[int, int]) -> int:
        key = f"{node}{local}"
        if key not in self._masks:
            fitting = self._compiled(node, local).finditer(self._signs)
            self._masks[key] = sum(self._bits[found[0]] for found in fitting)
        return self._masks[key]

    def _compiled(self, node: Any, local: tuple[int, int]) -> re.Pattern[str]:
        """*node* alone as CPython runs it, its flags and groups as they were."""
        group = (_parser.SUBPATTERN, (None, *local, self._list(node)))
        return cast("re.Pattern[str]", _compiler.compile(self._list(group)))

    def _list(self, node: Any) -> Any:
        return _parser.SubPattern(self._state, [node])
