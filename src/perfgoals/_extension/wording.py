"""The mistakes that Lark and its log tell of, in words for who wrote the extension."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfgoals._extension.conflicts import Conflict
    from perfgoals._extension.statements import Source, Statement
    from perfgoals._grammar import Grammar
    from perfgoals.errors import ExtensionError

_PLACE = re.compile(r",? ?at line ([0-9]+),? column [0-9]+")
_COLLISION = re.compile(
    r"collision in Terminal\('([A-Za-z0-9_]+)'\).*?rules:", re.DOTALL
)
_RULE = re.compile(r"- <([A-Za-z0-9_]+) :")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_END = "$END"


def explained(
    source: Source, base: Grammar, share: Sequence[Statement], message: str
) -> ExtensionError:
    """The *message* of Lark about a grammar that cannot be compiled."""
    if "Reduce/Reduce" in message:
        return _ambiguous(source, base, share, message)
    first = message.strip().splitlines()[0]
    place = _PLACE.search(message)
    if place:
        line = int(place[1]) - base.text.count("\n")
        last = source.text.count("\n") + 1  # Lark only sees behind it what is missing
        return source.mistake(_PLACE.sub("", first).strip(), min(max(1, line), last))
    return source.mistake(first, _named_in(first, share))


def ambiguous_at(
    source: Source,
    base: Grammar,
    share: Sequence[Statement],
    conflicts: Iterable[Conflict],
) -> ExtensionError | None:
    """The first of the *conflicts* that the extension brought, if it brought any."""
    known = {(form.rule, form.symbols) for form in base.forms}
    names = {name for one in share for name in (one.name, *one.aliases)}
    for conflict in conflicts:
        is_new = (conflict.rule, conflict.symbols) not in known
        if is_new and not conflict.rule.startswith("_" * 2):
            msg = (
                f"{conflict.rule} is ambiguous: behind {_shown(conflict.symbols)}, "
                f"{_shown([conflict.terminal])} may belong to it or to what follows"
            )
            at = next((one for one in share if one.name == conflict.rule), None)
            return source.mistake(msg, at or share[0])
        if conflict.terminal in names:
            msg = (
                f"{conflict.terminal} is ambiguous: it may go on with "
                f"{conflict.rule} or begin what follows"
            )
            return source.mistake(msg, _named_in(conflict.terminal, share))
    return None


def _ambiguous(
    source: Source, base: Grammar, share: Sequence[Statement], message: str
) -> ExtensionError:
    known = {form.rule for form in base.forms}
    rules = list(dict.fromkeys(_RULE.findall(message)))
    collision = _COLLISION.search(message)
    before = f" before {_shown([collision[1]])}" if collision else ""
    msg = (
        f"ambiguous: the same text{before} can be read by {' and by '.join(rules)}; "
        "make them differ, or give one of them the higher priority (name.1: …)"
    )
    own = [rule for rule in rules if rule not in known]
    return source.mistake(msg, _named_in(" ".join(own or rules), share))


def _named_in(message: str, share: Sequence[Statement]) -> Statement:
    """The statement that *message* speaks of, the first one if none is named."""
    words = set(_NAME.findall(message))
    for one in share:
        if words & {one.name, *one.aliases}:
            return one
    return share[0]


def _shown(names: Iterable[str]) -> str:
    return " ".join("the end" if name in {_END, "END"} else name for name in names)
