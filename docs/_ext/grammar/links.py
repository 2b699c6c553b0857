"""Which definition a name means, and which definitions use one."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from _ext.grammar.source import packaged_grammars
from perfgoals._cells.words import indicator_grammar
from perfgoals._values.words import target_grammar
from perfgoals.labels import Labels
from perfgoals.taxonomy import Taxonomy
from perfgoals.units import Units

if TYPE_CHECKING:
    from _ext.grammar.source import Definition

_FROM_DATA = re.compile(r"^%(?:extend|override) (\w+):", re.MULTILINE)


def find(name: str, grammar: str) -> Definition | None:
    """What *name* means in the file *grammar*: its own definition, or another's."""
    files = sorted(packaged_grammars().values(), key=lambda file: file.name != grammar)
    everything = (one for file in files for one in file.definitions)
    return next((one for one in everything if one.name == name), None)


@functools.cache
def uses() -> dict[tuple[str, str], tuple[Definition, ...]]:
    """The definitions that a definition is used by, by its grammar and name."""
    found: dict[tuple[str, str], list[Definition]] = {}
    for file in packaged_grammars().values():
        for user in file.definitions:
            for name in dict.fromkeys(name for _, name in user.names):
                if used := find(name, user.grammar):
                    found.setdefault((used.grammar, used.name), []).append(user)
    return {key: tuple(users) for key, users in found.items()}


@functools.cache
def from_data() -> frozenset[str]:
    """The terminals that get their words from ``data/`` when a grammar is loaded."""
    grammars = (
        indicator_grammar(Labels.packaged(), Taxonomy.packaged()),
        target_grammar(Units.packaged()),
    )
    return frozenset(name for one in grammars for name in _FROM_DATA.findall(one.text))
