"""Finds the next token: only the terminals are tried that can begin with its sign.

Lark makes one regular expression of all terminals that may come next, for each state
of the parser. With hundreds of words in them that takes seconds to compile. Here each
terminal is compiled once, when it is first tried, and shared by all states.
"""

from __future__ import annotations

import functools
import importlib
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from lark.lexer import PatternRE, PatternStr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from lark.lexer import TerminalDef
    from lark.utils import TextSlice

_MOST_SIGNS = 2_000
"""So many signs are remembered for a state, with the terminals that begin so."""

_IGNORES_CASE = re.compile(r"\(\?[a-z]*i")

_parser: Any = importlib.import_module("re._parser")
"""What CPython itself reads a pattern with; it has no public name."""

_Match: TypeAlias = "Callable[[str, int, int], re.Match[str] | None]"
_Matcher: TypeAlias = tuple[str, _Match, dict[str, str]]


class Scanner:
    """Matches the first of some *terminals*, in their order, at a place of a text."""

    def __init__(self, terminals: Collection[TerminalDef]) -> None:
        self.allowed_types = {terminal.name for terminal in terminals}
        words = _words_in_patterns(terminals)
        within = {name for found in words.values() for name in found.values()}
        self._terminals = [
            (one.name, one.pattern.to_regexp(), words.get(one.name, {}))
            for one in terminals
            if one.name not in within
        ]
        self._by_sign: dict[str, tuple[_Matcher, ...]] = {}

    def match(self, text: TextSlice[str], pos: int) -> tuple[str, str] | None:
        """What stands at *pos*, and the name of its terminal."""
        sign = text.text[pos]
        matchers = self._by_sign.get(sign)
        if matchers is None:
            matchers = self._beginning_with(sign)
        for name, match, words in matchers:
            found = match(text.text, pos, text.end)
            if found is not None:
                value = found.group()
                return value, words.get(value, name)
        return None

    def _beginning_with(self, sign: str) -> tuple[_Matcher, ...]:
        matchers = tuple(
            (name, compiled(pattern).match, words)
            for name, pattern, words in self._terminals
            if first_signs(pattern).match(sign)
        )
        if len(self._by_sign) < _MOST_SIGNS:
            self._by_sign[sign] = matchers
        return matchers


def _words_in_patterns(terminals: Collection[TerminalDef]) -> dict[str, dict[str, str]]:
    """The words that a pattern of the same priority matches too, by its name.

    Where both match, Lark means the word.
    """
    words = [one for one in terminals if isinstance(one.pattern, PatternStr)]
    found: dict[str, dict[str, str]] = {}
    for pattern in terminals:
        for word in words:
            text = word.pattern.value
            if pattern.priority == word.priority and _says(pattern, text):
                found.setdefault(pattern.name, {})[text] = word.name
    return found


def _says(terminal: TerminalDef, word: str) -> bool:
    if not isinstance(terminal.pattern, PatternRE):
        return False
    pattern = terminal.pattern.to_regexp()
    if not first_signs(pattern).match(word):
        return False
    found = compiled(pattern).match(word)
    return found is not None and found.group() == word


@functools.lru_cache(maxsize=1_000)
def compiled(pattern: str) -> re.Pattern[str]:
    """*pattern*, compiled once for all the states of all grammars."""
    return re.compile(pattern)


# ── What a pattern can begin with ───────────────────────────────────────────


@functools.lru_cache(maxsize=1_000)
def first_signs(pattern: str) -> re.Pattern[str]:
    """A pattern for one sign: any that a match of *pattern* can begin with.

    What looks ahead or behind counts for nothing, so that it may be a few more.

    >>> first_signs("(?:不?低于|≥)(?=[0-9])").pattern
    '[不低≥]'
    """
    tree = _parser.parse(pattern)
    ignores_case = _IGNORES_CASE.search(pattern) is not None
    signs, is_nullable = _first(tree)
    if is_nullable or signs is None:
        return re.compile(".", re.DOTALL)
    return re.compile(f"[{signs}]", re.IGNORECASE if ignores_case else 0)


def _first(nodes: Any) -> tuple[str | None, bool]:
    """The signs that *nodes* can begin with, ``None`` for any, and if with nothing."""
    signs = ""
    for operator, argument in nodes:
        found, is_nullable = _first_of(str(operator), argument)
        if found is None:
            return None, False
        signs += found
        if not is_nullable:
            return signs, False
    return signs, True


def _first_of(operator: str, argument: Any) -> tuple[str | None, bool]:
    match operator:
        case "LITERAL":
            found: tuple[str | None, bool] = re.escape(chr(argument)), False
        case "IN":
            found = _members(argument), False
        case "BRANCH":
            found = _any_of(map(_first, argument[1]))
        case "SUBPATTERN":
            found = _first(argument[3])
        case "ATOMIC_GROUP":
            found = _first(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            signs, is_nullable = _first(argument[2])
            found = signs, is_nullable or argument[0] == 0
        case "ASSERT" | "ASSERT_NOT" | "AT":
            found = "", True
        case _:
            found = None, False
    return found


def _any_of(found: Any) -> tuple[str | None, bool]:
    parts = list(found)
    if any(signs is None for signs, _ in parts):
        return None, False
    return "".join(signs for signs, _ in parts), any(empty for _, empty in parts)


def _members(members: Any) -> str | None:
    """The members of a class, without its brackets; ``None`` if it is a negated one."""
    written = []
    for operator, argument in members:
        match str(operator):
            case "LITERAL":
                written.append(re.escape(chr(argument)))
            case "RANGE":
                written.append("-".join(re.escape(chr(code)) for code in argument))
            case _:  # NEGATE or a category: nearly everything
                return None
    return "".join(written)
