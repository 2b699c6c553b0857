"""Grammars: packaged Lark text plus words from data, compiled once and shared."""

from __future__ import annotations

import threading
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

import attrs
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from lark.lexer import BasicLexer, ContextualLexer, Scanner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from lark.common import LexerConf


class UnparsedError(Exception):
    """The grammar does not accept a text."""


class _LexerBuiltOnce(BasicLexer):
    """A lexer whose scanner one thread builds while the others wait for it."""

    _building: ClassVar[threading.Lock] = threading.Lock()

    @property
    def scanner(self) -> Scanner:
        if self._scanner is None:
            with self._building:
                return super().scanner
        return super().scanner


class _PlainLexer(ContextualLexer):
    """Lark's lexer without the comparison of all terminals with each other.

    Lark makes that comparison where the interegular package happens to be
    installed; for patterns that look ahead it takes minutes.
    """

    BasicLexer = _LexerBuiltOnce

    def __init__(
        self,
        conf: LexerConf,
        states: dict[int, Collection[str]],
        always_accept: Collection[str] = (),
    ) -> None:
        conf.skip_validation = True
        super().__init__(conf, states, always_accept)


@attrs.frozen(kw_only=True)
class Grammar:
    """A compiled grammar: its *name*, its whole *text* and the parser made from it.

    Safe to share between threads: a scanner is built when it is first needed, by one
    thread while the others wait.
    """

    name: str
    text: str
    _lark: Lark = attrs.field(eq=False, repr=False)

    def parse(self, text: str, start: str) -> Tree[Token]:
        """The tree of *text* by the rule *start*; raises ``UnparsedError``."""
        try:
            return self._lark.parse(text, start=start)
        except UnexpectedInput:
            raise UnparsedError from None

    def pattern(self, terminal: str) -> str:
        """The regular expression that the lexer uses for *terminal*."""
        return self._lark.get_terminal(terminal).pattern.to_regexp()


def load_grammar(
    names: Iterable[str],
    starts: Iterable[str],
    words: Mapping[str, Iterable[str]],
    lookaheads: Mapping[str, Iterable[str]] = MappingProxyType({}),
    exclusions: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> Grammar:
    """The packaged grammars *names* as one, the terminals of *words* extended.

    All three tables map the name of a terminal to regular expressions, longest
    first. A terminal of *lookaheads* matches nothing but must stand before one of
    its patterns, one of *exclusions* before none.
    """
    names = tuple(names)
    extensions = [
        f"%extend {terminal}: /{_alternatives(patterns)}/"
        for terminal, patterns in words.items()
    ]
    for sign, terminals in (("=", lookaheads), ("!", exclusions)):
        extensions += [
            f"%override {terminal}: /(?{sign}{_alternatives(patterns)})/"
            for terminal, patterns in terminals.items()
        ]
    text = "\n".join([*map(_packaged, names), *extensions, ""])
    starts = list(starts)
    lark = Lark(
        text,
        parser="lalr",
        start=starts,
        maybe_placeholders=False,
        _plugins={"ContextualLexer": _PlainLexer},
    )
    return Grammar(name=names[0], text=text, lark=lark)


def _packaged(name: str) -> str:
    path = resources.files("perfgoals") / "grammars" / f"{name}.lark"
    return path.read_text(encoding="utf-8")


def _alternatives(patterns: Iterable[str]) -> str:
    return "|".join(pattern.replace("/", r"\/") for pattern in patterns)
