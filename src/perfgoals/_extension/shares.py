"""Which statement of an extension belongs to which of the packaged grammars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals._extension.statements import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfgoals._extension.statements import Source, Statement


def shares_of(
    source: Source,
    statements: Sequence[Statement],
    names: Mapping[str, frozenset[str]],
) -> dict[str, tuple[Statement, ...]]:
    """The statements for each grammar; *names* are what each grammar defines.

    What extends or overrides a name goes where that is defined, and takes along
    whatever it refers to. Raises ``ExtensionError`` for names that nobody defines,
    that are defined already, or that nothing refers to.
    """
    everything = frozenset().union(*names.values())
    own = _own_names(source, statements, everything)
    _assert_defined(source, statements, everything | own.keys())
    shares = {
        grammar: _with_references(
            [s for s in statements if not s.is_new and s.name in defined], own
        )
        for grammar, defined in names.items()
    }
    for statement in own.values():
        if not any(statement in share for share in shares.values()):
            msg = (
                f"nothing refers to {statement.name}; say where it may stand with "
                f"“%extend rule: {statement.name}”"
            )
            raise source.mistake(msg, statement)
    for grammar, share in shares.items():
        _assert_at_home(source, share, names[grammar] | own.keys(), grammar)
    return shares


def text_of(source: Source, share: Sequence[Statement]) -> str:
    """The text of *source* with nothing but *share* in it, each line in its place."""
    kept = {
        line
        for statement in share
        for line in range(statement.line, statement.line + statement.lines)
    }
    lines = source.text.split("\n")
    return "\n".join(
        line if number in kept else "" for number, line in enumerate(lines, start=1)
    )


def _own_names(
    source: Source, statements: Sequence[Statement], known: frozenset[str]
) -> dict[str, Statement]:
    """The statements that define a name, by that name."""
    own: dict[str, Statement] = {}
    for statement in statements:
        if not statement.is_new:
            if statement.name not in known:
                names = did_you_mean(statement.name, known)
                msg = f"there is no {statement.name} to {statement.directive}{names}"
                raise source.mistake(msg, statement)
            continue
        if statement.name in known or statement.name in own:
            msg = (
                f"{statement.name} is defined already; write “%extend "
                f"{statement.name}: …” to add to it, or take another name"
            )
            raise source.mistake(msg, statement)
        own[statement.name] = statement
    return own


def _assert_defined(
    source: Source, statements: Sequence[Statement], known: frozenset[str]
) -> None:
    for statement in statements:
        for name in sorted(statement.references - known):
            msg = f"{name} is not defined{did_you_mean(name, known)}"
            raise source.mistake(msg, statement)


def _with_references(
    first: Sequence[Statement], own: Mapping[str, Statement]
) -> tuple[Statement, ...]:
    """The statements *first* and all that they refer to, in the order of the text."""
    found = {statement.line: statement for statement in first}
    waiting = list(first)
    while waiting:
        for name in waiting.pop().references & own.keys():
            if own[name].line not in found:
                found[own[name].line] = own[name]
                waiting.append(own[name])
    return tuple(found[line] for line in sorted(found))


def _assert_at_home(
    source: Source, share: Sequence[Statement], known: frozenset[str], grammar: str
) -> None:
    """No statement refers to what only the other grammar defines."""
    for statement in share:
        for name in sorted(statement.references - known):
            msg = (
                f"{statement.name} belongs to the grammar of {grammar}, which has no "
                f"{name}"
            )
            raise source.mistake(msg, statement)
