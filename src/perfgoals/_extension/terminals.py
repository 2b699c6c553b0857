"""Checks of the terminals of an extension: that each can match, and quickly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._extension.forms import forms_of
from perfgoals._extension.statements import LITERALS
from perfgoals._grammar import UnparsedError
from perfgoals._grammar_texts import examples_of
from perfgoals._patterns import exponential, matches_nothing, samples
from perfgoals._scanner import compiled
from perfgoals._terminals import LANDMARK
from perfgoals.excerpt import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfgoals._extension.statements import Source, Statement
    from perfgoals._grammar import Grammar

_MOST_FORMS = 1_000
"""The most forms of a rule without optional parts and alternatives inside: Lark makes
one for each way to choose among them."""

_SAMPLES = 8
_USUAL = 20
"""The priority that is proposed: above that of any packaged terminal but a few."""

_NOTHING = ("", "")
_SHOWN = 20
_RANGE = re.compile(r'"(.)"\s*\.\.\s*"(.)"')
_STRAY = re.compile("[\"'/]")
_REGEX = re.compile(r"/(.*)/([imslux]*)", re.DOTALL)


def assert_patterns(source: Source, statement: Statement) -> None:
    """Every pattern of *statement* is a regular expression, its forms not too many."""
    stray = _STRAY.search(statement.without_literals)
    if stray and statement.directive != "import":
        msg = f'{stray[0]} is not closed; write "…" for a text, /…/ for a pattern'
        raise source.mistake(msg, statement)
    for literal in LITERALS.findall(statement.body):
        regex = _REGEX.fullmatch(literal)
        if regex:
            try:
                compiled(f"(?{regex[2]}:{regex[1]})")
            except (re.error, OverflowError, RecursionError, Warning) as error:
                why = error.msg if isinstance(error, re.error) else error
                msg = f"/{printable(regex[1], 40)}/ is no regular expression: {why}"
                raise source.mistake(msg, statement) from None
    for first, last in _RANGE.findall(statement.body):
        if first > last:
            msg = (
                f'"{printable(first)}".."{printable(last)}" is no range: turn it round'
            )
            raise source.mistake(msg, statement)
    if not statement.is_terminal and forms_of(statement.without_literals) > _MOST_FORMS:
        msg = (
            f"{statement.name} has more than {_MOST_FORMS} forms: optional parts and "
            "alternatives in one line multiply; split it into rules"
        )
        raise source.mistake(msg, statement)


def assert_sound(
    source: Source, base: Grammar, grammar: Grammar, patterns: Mapping[Statement, str]
) -> None:
    """No terminal matches nothing, takes exponential time, or shadows another.

    *patterns* are what the statements of the extension add to *base*, *grammar* is the
    whole.
    """
    _assert_something(source, base, grammar, patterns)
    for statement, pattern in patterns.items():
        name = statement.name
        pump = exponential(pattern)
        if pump is not None:
            msg = (
                f"{name} takes exponential time on texts that repeat "
                f"“{printable(pump, _SHOWN)}”; make the parts that repeat begin "
                "differently, or write an atomic group (?>…)"
            )
            raise source.mistake(msg, statement)
    _assert_unshadowed(source, grammar, patterns)


def assert_base_unchanged(
    source: Source, base: Grammar, extended: Grammar, share: Sequence[Statement]
) -> None:
    """The texts in the comments of the packaged grammar are read as they were.

    Raises ``ExtensionError`` for a terminal that takes what another one read.
    """
    for example in examples_of(base.name):
        before = _types(base, example)
        after = _types(attrs.evolve(extended, base=None), example)
        if before == after:
            continue
        pairs = zip(before, [*after, _NOTHING], strict=False)
        old, new = next((b, a) for b, a in pairs if b != a)
        at = next((one for one in share if one.name == new[0]), share[0])
        msg = (
            f"{at.name} shadows {old[0]}: it changes how “{example}” is "
            "read; make its pattern narrower or its priority lower"
        )
        raise source.mistake(msg, at)


def _assert_something(
    source: Source, base: Grammar, grammar: Grammar, patterns: Mapping[Statement, str]
) -> None:
    """No token can be empty that the extension made, or changed in some part."""
    empty = {one.name: one for one, added in patterns.items() if matches_nothing(added)}
    if not empty:
        return
    before = base.terminals
    for name, pattern in grammar.terminals.items():
        is_changed = name != LANDMARK and pattern != before.get(name)
        if is_changed and matches_nothing(pattern):
            at = empty.get(name) or next(iter(empty.values()))
            msg = f"{at.name} can match nothing, so that reading would never get on"
            raise source.mistake(msg, at)


def _types(grammar: Grammar, text: str) -> list[tuple[str, str]]:
    try:
        tokens = grammar.tokens(text, grammar.starts[0])
    except UnparsedError:
        return []
    return [(token.type, token.value) for token in tokens]


def _assert_unshadowed(
    source: Source, grammar: Grammar, patterns: Mapping[Statement, str]
) -> None:
    """Each new terminal is matched somewhere, and not always one that comes first."""
    own = {one.name: pattern for one, pattern in patterns.items() if one.is_new}
    tokens = {name: compiled(text) for name, text in grammar.terminals.items()}
    for statement in patterns:
        name = statement.name
        if name not in own or name not in tokens:
            continue
        places = [contest for contest in grammar.contests if name in contest]
        texts = [text for text in samples(own[name], _SAMPLES) if text]
        before = [_before(name, place, grammar) for place in places]
        winners = [_winner(others, texts, tokens) for others in before]
        if winners and winners[0] and all(winners):
            higher = max(_USUAL, 1 + grammar.ranks[winners[0]][0])
            msg = (
                f"{name} is never matched: {winners[0]}, which comes first, shadows it "
                f"and takes “{printable(texts[0], _SHOWN)}”; give {name} a higher "
                f"priority ({name}.{higher}: …)"
            )
            raise source.mistake(msg, statement)


def _before(name: str, place: Sequence[str], grammar: Grammar) -> list[str]:
    """The terminals of *place* that are meant where they match and *name* does, too."""
    ranks = grammar.ranks
    priority, is_text = ranks[name]
    patterns_alike = {(priority, False)} if is_text else set()
    others = place[: place.index(name)]
    return [other for other in others if ranks[other] not in patterns_alike]


def _winner(
    others: Sequence[str], texts: Sequence[str], tokens: Mapping[str, re.Pattern[str]]
) -> str | None:
    """The first of *others* that matches all of *texts*."""
    for other in others:
        if texts and all(tokens[other].match(text) for text in texts):
            return other
    return None
