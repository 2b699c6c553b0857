"""The definitions of a grammar file, read by Lark's own grammar of grammars."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING

import attrs
from lark import Lark, Token, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_COMMENT = re.compile(r"^//(?: (.*))?$")
_BEHIND = re.compile(r"\s(?<!:)// (\S.*)$")
_SECTION = re.compile(r"^── (.+?) ─*$")


@attrs.frozen(kw_only=True)
class Definition:
    """A rule or a terminal: its *lines* as written, and the *tree* of what it means.

    *names* are the names in it, with the place of each in the joined lines;
    *section* is the heading that stands above it in the file.
    """

    name: str
    grammar: str
    section: str
    comment: str
    accepted: tuple[str, ...]
    lines: tuple[str, ...]
    tree: Tree[Token]
    names: tuple[tuple[int, str], ...]

    @property
    def kind(self) -> str:
        """Rules are written in small letters, terminals in capitals."""
        return "rule" if self.name.lstrip("_?!").islower() else "terminal"

    @property
    def anchor(self) -> str:
        """What a link to this definition ends in."""
        return f"{self.kind}-{self.name.strip('_').replace('_', '-').lower()}"


@attrs.frozen(kw_only=True)
class GrammarFile:
    """What stands in ``grammars/<name>.lark``: what it opens with, then definitions."""

    name: str
    introduction: str
    definitions: tuple[Definition, ...]


@functools.cache
def packaged_grammars() -> dict[str, GrammarFile]:
    """Every grammar file of the package by its name."""
    folder = resources.files("perfgoals") / "grammars"
    paths = (path for path in folder.iterdir() if path.name.endswith(".lark"))
    files = map(_read, sorted(paths, key=lambda path: path.name))
    return {file.name: file for file in files}


@functools.cache
def _grammar_of_grammars() -> Lark:
    return Lark.open_from_package(
        "lark",
        "lark.lark",
        ("grammars",),
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=False,
    )


def _read(path: Traversable) -> GrammarFile:
    text = path.read_text(encoding="utf-8")
    name = path.name.removesuffix(".lark")
    lines = text.splitlines()
    tree = _grammar_of_grammars().parse(text)
    return GrammarFile(
        name=name,
        introduction=_introduction(lines),
        definitions=tuple(_definitions(name, lines, tree)),
    )


def _introduction(lines: list[str]) -> str:
    return _prose(lines[: next(i for i, line in enumerate(lines) if not line)])


def _definitions(
    grammar: str, lines: list[str], tree: Tree[Token]
) -> Iterator[Definition]:
    for node in tree.children:
        if not isinstance(node, Tree) or node.data not in {"rule", "token"}:
            continue  # %ignore and the like
        first, last = node.meta.line - 1, node.meta.end_line
        own = tuple(line.rstrip() for line in lines[first:last])
        comment, accepted = _told(lines[:first], own, is_rule=node.data == "rule")
        yield Definition(
            name=_bare(node),
            grammar=grammar,
            section=_section(lines[:first]),
            comment=comment,
            accepted=accepted,
            lines=own,
            tree=node,
            names=tuple(_names(node)),
        )


def _bare(node: Tree[Token]) -> str:
    return str(node.children[0]).lstrip("?!")


def _names(node: Tree[Token]) -> Iterator[tuple[int, str]]:
    for found in node.find_data("name"):
        [token] = found.children
        if isinstance(token, Token) and token.start_pos is not None:
            yield token.start_pos - node.meta.start_pos, str(token)


def _told(
    above: list[str], own: tuple[str, ...], *, is_rule: bool
) -> tuple[str, tuple[str, ...]]:
    """The comment of a definition, and the texts that it is said to accept.

    Such a text stands behind each form of a rule; or else one stands above it.
    """
    accepted = tuple(match[1] for line in own if (match := _BEHIND.search(line)))
    start = len(above)
    while start and _COMMENT.match(above[start - 1]):
        start -= 1
    comment = above[start:]
    if is_rule and comment and not accepted:
        return _prose(comment[:-1]), (_uncommented(comment[-1]),)
    return _prose(comment), accepted


def _section(above: list[str]) -> str:
    titles = (_SECTION.match(_uncommented(line)) for line in reversed(above))
    return next((match[1] for match in titles if match), "")


def _prose(comment: list[str]) -> str:
    return "\n".join(map(_uncommented, comment))


def _uncommented(line: str) -> str:
    match = _COMMENT.match(line)
    return (match[1] or "") if match else ""
