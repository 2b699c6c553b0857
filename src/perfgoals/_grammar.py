"""Grammars: packaged Lark text plus words from data, compiled once and shared."""

from __future__ import annotations

import re
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Protocol

import attrs
from lark import Lark, Token, Tree
from lark.exceptions import LarkError, UnexpectedInput
from lark.lexer import BasicLexer, ContextualLexer, PatternStr

from perfgoals._grammar_texts import defined_in, packaged_text
from perfgoals._scanner import Scanner
from perfgoals._terminals import LANDMARK, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from lark.common import LexerConf
    from lark.grammar import Rule

_DERIVED = {
    SEPARATOR: "%override SEPARATOR_NEXT",
    "OPENING": f"%extend {LANDMARK}",
}
"""What looks ahead to a terminal, and so is made again where that is extended."""

_SIGN = re.compile(r"\\.|.", re.DOTALL)
"""A sign of a pattern, with the backslash that is in front of it."""

_PROBE = "EXTENSION_PROBE"


class UnparsedError(Exception):
    """The grammar does not accept a text."""


class UncompiledError(Exception):
    """A grammar is none: the text says why, in the words of Lark."""


class _LexerOfState(BasicLexer):
    """The lexer of one state of the parser, with a scanner that costs little to make.

    One thread makes it while the others wait.
    """

    _building: ClassVar[threading.Lock] = threading.Lock()
    _scanner: Scanner | None  # type: ignore[assignment]  # ours does what it must

    @property
    def scanner(self) -> Scanner:  # type: ignore[override]
        if self._scanner is None:
            with self._building:
                if self._scanner is None:
                    self.callback = {}
                    self._scanner = Scanner(self.terminals)
        return self._scanner


class _PlainLexer(ContextualLexer):
    """Lark's lexer without the comparison of all terminals with each other.

    Lark makes that comparison where the interegular package happens to be
    installed; for patterns that look ahead it takes minutes.
    """

    BasicLexer = _LexerOfState

    def __init__(
        self,
        conf: LexerConf,
        states: dict[int, Collection[str]],
        always_accept: Collection[str] = (),
    ) -> None:
        conf.skip_validation = True
        super().__init__(conf, states, always_accept)


class Occurs(Protocol):
    """Tells whether a text may hold something of a kind."""

    def occurs(self, text: str) -> bool: ...


class Anywhere:
    """Tells that any text may hold it."""

    def occurs(self, _: str) -> bool:
        return True


ANYWHERE = Anywhere()


@attrs.frozen(kw_only=True)
class Grammar:
    """A compiled grammar: its *name*, its whole *text* and the parser made from it.

    An extended one has a *trigger*, and a *base*, the grammar without the extension: it
    reads as that does wherever the extension has nothing to say, that is where the
    trigger does not occur, and where it does not accept a text itself. One that
    overrides something has no base.

    Safe to share between threads: a scanner is built when it is first needed, by one
    thread while the others wait.
    """

    name: str
    text: str
    starts: tuple[str, ...] = ()
    base: Grammar | None = None
    trigger: Occurs | None = None
    _lark: Lark = attrs.field(eq=False, repr=False)

    def parse(self, text: str, start: str) -> Tree[Token]:
        """The tree of *text* by the rule *start*; raises ``UnparsedError``."""
        if self.base and not self._occurs(text):
            return self.base.parse(text, start)
        try:
            return self._lark.parse(text, start=start)
        except UnexpectedInput:
            if self.base:
                return self.base.parse(text, start)
            raise UnparsedError from None

    def tokens(self, text: str, start: str) -> list[Token]:
        """The tokens that ``parse`` makes of *text*; raises ``UnparsedError``."""
        if self.base and not self._occurs(text):
            return self.base.tokens(text, start)
        try:
            parser = self._lark.parse_interactive(text, start=start)
            found = list(parser.iter_parse())
            parser.feed_eof()  # type: ignore[no-untyped-call]  # as Lark has it
        except UnexpectedInput:
            if self.base:
                return self.base.tokens(text, start)
            raise UnparsedError from None
        return found

    def reads_anew(self, text: str) -> bool:
        """Whether an extension, this or an earlier one, has something to say of *text*.

        Where it has not, the packaged grammar reads it.
        """
        return self._occurs(text) or (
            self.base is not None and self.base.reads_anew(text)
        )

    def _occurs(self, text: str) -> bool:
        return self.trigger is not None and self.trigger.occurs(text)

    def pattern(self, terminal: str) -> str:
        """The regular expression that the lexer uses for *terminal*."""
        return self._lark.get_terminal(terminal).pattern.to_regexp()

    @property
    def terminals(self) -> dict[str, str]:
        """The regular expression of each terminal that a rule uses, by its name."""
        return {
            terminal.name: terminal.pattern.to_regexp()
            for terminal in self._lark.terminals
        }

    @property
    def ranks(self) -> dict[str, tuple[int, bool]]:
        """The priority of each terminal, and whether it is a text and no pattern.

        Of two with the same priority, the text is meant where both match.
        """
        return {
            terminal.name: (terminal.priority, isinstance(terminal.pattern, PatternStr))
            for terminal in self._lark.terminals
        }

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form of every rule, as compiled."""
        return tuple(
            Form(
                rule=str(rule.origin.name),
                symbols=tuple(str(symbol.name) for symbol in rule.expansion),
                node=_node_of(rule),
            )
            for rule in self._lark.rules
        )

    @property
    def contests(self) -> tuple[tuple[str, ...], ...]:
        """The terminals that can stand in the same place, the one tried first first."""
        lexers = self._lark.parser.lexer.lexers.values()
        return tuple(
            dict.fromkeys(
                tuple(terminal.name for terminal in lexer.terminals) for lexer in lexers
            )
        )


@attrs.frozen
class Form:
    """One form of a *rule*: what it is made of, and the node of the tree it makes.

    ``node`` is ``None`` where its children stand in its place.
    """

    rule: str
    symbols: tuple[str, ...]
    node: str | None


def _node_of(rule: Rule) -> str | None:
    if rule.alias:
        return str(rule.alias)
    name = str(rule.origin.name)
    is_inlined = name.startswith("_") or rule.options.expand1
    return None if is_inlined else name


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
        f"%extend {terminal}: /{alternatives}/"
        for terminal, patterns in words.items()
        if (alternatives := _alternatives(patterns))
    ]
    for sign, terminals in (("=", lookaheads), ("!", exclusions)):
        extensions += [
            f"%override {terminal}: /(?{sign}{_alternatives(patterns)})/"
            for terminal, patterns in terminals.items()
        ]
    text = "\n".join([*map(packaged_text, names), *extensions, ""])
    starts = tuple(starts)
    return Grammar(
        name=names[0], text=text, starts=starts, lark=_compiled(text, starts)
    )


def extended_grammar(
    base: Grammar, extension: str, bodies: Sequence[str] = ()
) -> tuple[Grammar, tuple[str, ...]]:
    """*base* with the Lark text *extension* behind its own, and a few patterns.

    These are the regular expressions of *bodies*, what terminals of the extension are
    made of. Raises ``UncompiledError``.
    """
    text = f"{base.text}{extension}\n"
    defined = defined_in(base.text)
    derived = [name for name in _DERIVED if name in defined]
    patterns = _patterns(text, [*bodies, *derived])
    for name, pattern in zip(derived, patterns[len(bodies) :], strict=True):
        if pattern != base.pattern(name):
            text += f"{_DERIVED[name]}: /(?={_alternatives([pattern])})/\n"
    grammar = Grammar(
        name=base.name,
        text=text,
        starts=base.starts,
        base=base,
        trigger=ANYWHERE,
        lark=_compiled(text, base.starts),
    )
    return grammar, patterns[: len(bodies)]


def _patterns(text: str, bodies: Sequence[str]) -> tuple[str, ...]:
    """The regular expressions of the terminal *bodies* in the grammar *text*.

    Each is compiled behind a letter: Lark refuses what matches nothing by itself.
    """
    if not bodies:
        return ()
    names = [f"{_PROBE}_{number}" for number in range(len(bodies))]
    probes = [f'{name}: "x" ({body})' for name, body in zip(names, bodies, strict=True)]
    rule = f"{_PROBE.lower()}: {' | '.join(names)}"
    lark = _compiled("\n".join([text, *probes, rule, ""]), [_PROBE.lower()])
    patterns = (lark.get_terminal(name).pattern.to_regexp()[1:] for name in names)
    return tuple(patterns)


def _compiled(text: str, starts: Iterable[str]) -> Lark:
    try:
        return Lark(
            text,
            parser="lalr",
            start=list(starts),
            maybe_placeholders=False,
            _plugins={"ContextualLexer": _PlainLexer},
        )
    except (LarkError, ValueError, re.error) as error:
        raise UncompiledError(str(error)) from error


def _alternatives(patterns: Iterable[str]) -> str:
    """*patterns* as one, with what the text of a grammar cannot hold escaped."""
    return _SIGN.sub(_escaped, "|".join(patterns))


def _escaped(sign: re.Match[str]) -> str:
    if sign[0] == "/":
        return r"\/"
    is_writable = sign[0].isprintable() or sign[0].startswith("\\")
    return sign[0] if is_writable else f"\\U{ord(sign[0]):08x}"
