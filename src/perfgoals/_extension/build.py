"""Compiles an extension: each grammar with its share, every mistake explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from perfgoals._cells.landmarks import NEEDED
from perfgoals._extension.conflicts import Conflicts
from perfgoals._extension.shares import shares_of, text_of
from perfgoals._extension.statements import did_you_mean, read_statements
from perfgoals._extension.terminals import (
    assert_base_unchanged,
    assert_patterns,
    assert_sound,
)
from perfgoals._extension.trigger import trigger_of
from perfgoals._extension.wording import ambiguous_at, explained
from perfgoals._grammar import (
    ANYWHERE,
    Grammar,
    UncompiledError,
    extended_grammar,
)
from perfgoals._grammar_texts import defined_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from perfgoals._extension.statements import Source, Statement


def extend_grammars(
    source: Source, grammars: Mapping[str, Grammar], methods: Collection[str]
) -> dict[str, Grammar]:
    """Each of the *grammars*, by its name, with its share of *source*.

    *methods* are the rules that there are methods for. Raises ``ExtensionError``.
    """
    statements = read_statements(source)
    for statement in statements:
        assert_patterns(source, statement)
    names = {name: defined_in(grammar.text) for name, grammar in grammars.items()}
    shares = shares_of(source, statements, names)
    extended = {
        name: _extended(source, grammar, shares[name]) if shares[name] else grammar
        for name, grammar in grammars.items()
    }
    for name, grammar in extended.items():
        _assert_methods(source, shares[name], grammars[name], grammar, methods)
    _assert_rules(source, extended.values(), methods)
    return {
        name: _triggered(grammar, grammars[name], methods)
        for name, grammar in extended.items()
    }


def _triggered(extended: Grammar, base: Grammar, methods: Collection[str]) -> Grammar:
    """*extended*, for any text if one of the *methods* is for a rule of the *base*."""
    if any(form.node in methods for form in base.forms):
        return attrs.evolve(extended, trigger=ANYWHERE)
    return extended


def _extended(source: Source, base: Grammar, share: Sequence[Statement]) -> Grammar:
    own = [one for one in share if one.is_terminal and one.directive != "import"]
    text, bodies = text_of(source, share), [statement.body for statement in own]
    mistake = None
    try:
        with Conflicts() as conflicts:
            grammar, patterns = extended_grammar(base, text, bodies)
    except UncompiledError as error:
        mistake = explained(source, base, share, str(error))
    if mistake:  # raised here, it does not carry the error of Lark, which cannot travel
        raise mistake
    ambiguous = ambiguous_at(source, base, share, conflicts.found)
    if ambiguous:
        raise ambiguous
    by_statement = dict(zip(own, patterns, strict=True))
    assert_sound(source, base, grammar, by_statement)
    overrides = [one for one in share if one.directive == "override"]
    if overrides:
        _assert_needed(source, base, grammar, overrides)
        return attrs.evolve(grammar, base=None)
    assert_base_unchanged(source, base, grammar, share)
    added = [
        pattern for statement, pattern in by_statement.items() if not statement.is_new
    ]
    return attrs.evolve(grammar, trigger=trigger_of(base, grammar, added) or ANYWHERE)


def _assert_needed(
    source: Source, base: Grammar, grammar: Grammar, overrides: Sequence[Statement]
) -> None:
    """What cells are searched for is still a part of some rule."""
    lost = (NEEDED & base.terminals.keys()) - grammar.terminals.keys()
    for name in sorted(lost):
        msg = (
            f"no rule refers to {name} any longer, by which cells are divided; keep it"
        )
        raise source.mistake(msg, overrides[0])


def _assert_methods(
    source: Source,
    share: Sequence[Statement],
    base: Grammar,
    extended: Grammar,
    methods: Collection[str],
) -> None:
    """Each new rule has a method, unless its children stand in its place."""
    known = {form.node for form in base.forms}
    for form in extended.forms:
        if form.node is None or form.node in known or form.node in methods:
            continue
        at = next((one for one in share if form.node in {one.name, *one.aliases}), None)
        msg = (
            f'the rule {form.node} has no method; give tree={{"{form.node}": …}}, '
            "a function of its parts"
        )
        raise source.mistake(msg, at)


def _assert_rules(
    source: Source, grammars: Collection[Grammar], methods: Collection[str]
) -> None:
    """Each method is that of a rule."""
    nodes = {form.node for grammar in grammars for form in grammar.forms if form.node}
    for method in methods:
        if method not in nodes:
            msg = f"tree has a method {method}, but there is no rule of that name"
            raise source.mistake(msg + did_you_mean(method, nodes))
