"""What must stand in a text before an extension can have anything to say about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfgoals._grammar import Grammar

_Symbols: TypeAlias = tuple[str, ...]
_HELPER = "__"
"""What the names of rules begin with that Lark makes for ``*`` and the like."""


@attrs.frozen
class Trigger:
    """Ways in which a text can be new: each a set of patterns that all occur in it."""

    ways: tuple[tuple[re.Pattern[str], ...], ...]

    def occurs(self, text: str) -> bool:
        """Whether *text* may be read in a new way."""
        return any(all(one.search(text) for one in way) for way in self.ways)


def trigger_of(
    base: Grammar, extended: Grammar, added: Iterable[str]
) -> Trigger | None:
    """The trigger of an extension that overrides nothing.

    *added* are the patterns of what it adds to terminals that there were already.
    ``None`` if some new form is made of old terminals alone, so that any text may be
    read by it.
    """
    rules = _Rules(base, extended)
    ways = [frozenset({pattern}) for pattern in added]
    for symbols in rules.entrances():
        required = rules.required(symbols)
        if not required:
            return None
        ways.append(required)
    return Trigger(
        tuple(tuple(map(re.compile, sorted(way))) for way in dict.fromkeys(ways))
    )


class _Rules:
    """The rules of two grammars, the second one with the rules of the first."""

    def __init__(self, base: Grammar, extended: Grammar) -> None:
        self._known = _by_name(base)
        self._rules = _by_name(extended)
        known = set(base.terminals.values())
        self._new = {
            name: pattern
            for name, pattern in extended.terminals.items()
            if pattern not in known and name not in base.terminals
        }
        self._required = self._required_of_rules()

    def entrances(self) -> list[_Symbols]:
        """The new forms of rules that there were already."""
        known = {
            (name, _canonical(symbols, self._known))
            for name, forms in self._known.items()
            for symbols in forms
        }
        return [
            symbols
            for name, forms in self._rules.items()
            if name in self._known and not name.startswith(_HELPER)
            for symbols in forms
            if (name, _canonical(symbols, self._rules)) not in known
        ]

    def required(self, symbols: _Symbols) -> frozenset[str]:
        """The patterns of new terminals that any text of *symbols* holds."""
        own = frozenset(self._new[symbol] for symbol in symbols if symbol in self._new)
        return own.union(*(self._required.get(symbol, ()) for symbol in symbols))

    def _required_of_rules(self) -> dict[str, frozenset[str]]:
        """The patterns that any text of a new rule holds, by the name of the rule.

        Rules may refer to each other in a circle, so it is looked again for more until
        there is none.
        """
        self._required = {
            name: frozenset() for name in self._rules.keys() - self._known.keys()
        }
        while True:
            found = {
                name: frozenset.intersection(*map(self.required, self._rules[name]))
                for name in self._required
            }
            if found == self._required:
                return found
            self._required = found


def _by_name(grammar: Grammar) -> Mapping[str, list[_Symbols]]:
    rules: dict[str, list[_Symbols]] = {}
    for form in grammar.forms:
        rules.setdefault(form.rule, []).append(form.symbols)
    return rules


def _canonical(
    symbols: _Symbols, rules: Mapping[str, list[_Symbols]], within: _Symbols = ()
) -> object:
    """*symbols*, those that Lark has numbered replaced by what they are made of."""
    return tuple(
        symbol
        if not symbol.startswith(_HELPER) or symbol not in rules
        else "…"
        if symbol in within
        else frozenset(
            _canonical(form, rules, (*within, symbol)) for form in rules[symbol]
        )
        for symbol in symbols
    )
