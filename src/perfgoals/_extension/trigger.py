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
    for name, symbols in rules.entrances():
        required = rules.required(symbols, frozenset({name}))
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

    def entrances(self) -> list[tuple[str, _Symbols]]:
        """The new forms of rules that there were already."""
        known = {
            (name, _canonical(symbols, self._known))
            for name, forms in self._known.items()
            for symbols in forms
        }
        return [
            (name, symbols)
            for name, forms in self._rules.items()
            if name in self._known and not name.startswith(_HELPER)
            for symbols in forms
            if (name, _canonical(symbols, self._rules)) not in known
        ]

    def required(self, symbols: _Symbols, above: frozenset[str]) -> frozenset[str]:
        """The patterns of new terminals that any text of *symbols* holds."""
        found: set[str] = set()
        for symbol in symbols:
            if symbol in self._new:
                found.add(self._new[symbol])
            elif symbol in self._rules and symbol not in above | self._known.keys():
                forms = [
                    self.required(form, above | {symbol})
                    for form in self._rules[symbol]
                ]
                found |= frozenset.intersection(*forms)
        return frozenset(found)


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
