"""The texts of the packaged grammars, and the examples that their comments give."""

from __future__ import annotations

import functools
import pkgutil
import re

import attrs

_DEFINED = re.compile(
    r"^[ \t]*(?:%[a-z]+[ \t]+)?[?!]*(_?[A-Za-z][A-Za-z0-9_]*)(?:\.-?[0-9]+)?[ \t]*:",
    re.MULTILINE,
)
_ABOVE = re.compile(r"^// (?P<text>.+)\n(?P<rule>_?[a-z_]+):", re.MULTILINE)
_HEAD = re.compile(r"(?P<rule>_?[a-z_]+):")
_BEHIND = re.compile(r"(?:-> (?P<node>[a-z0-9_]+))?\s*(?<!:)// (?P<text>\S.*)$")

PARTS = {"indicators": ("indicators",), "targets": ("targets", "dates")}
"""The files of each grammar."""


@attrs.frozen(kw_only=True)
class Example:
    """A *text* that a *rule* accepts, in the form that makes the *node* of the tree."""

    rule: str
    node: str
    text: str


@functools.cache
def packaged_text(name: str) -> str:
    """The text of the file ``grammars/<name>.lark``."""
    data = pkgutil.get_data("perfgoals", f"grammars/{name}.lark") or b""
    return data.decode()


@functools.cache
def examples_in(name: str) -> tuple[Example, ...]:
    """The examples that stand above the rules of a file, or behind their forms."""
    text = packaged_text(name)
    above = [
        Example(rule=match["rule"], node=match["rule"], text=match["text"])
        for match in _ABOVE.finditer(text)
    ]
    return (*above, *_behind_forms(text))


def examples_of(grammar: str) -> tuple[str, ...]:
    """The texts of all examples of a *grammar*, whichever of its files they are in."""
    return tuple(
        example.text for part in PARTS[grammar] for example in examples_in(part)
    )


def defined_in(text: str) -> frozenset[str]:
    """The names of the rules and terminals that the grammar *text* defines."""
    return frozenset(_DEFINED.findall(text))


def line_of(name: str, text: str) -> int | None:
    """The line of a grammar *text* that defines *name*, or a form called so."""
    found = next((head for head in _DEFINED.finditer(text) if head[1] == name), None)
    if found is None:
        found = re.search(rf"->[ \t]*{re.escape(name)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _behind_forms(text: str) -> list[Example]:
    found: list[Example] = []
    rule = ""
    for line in text.splitlines():
        head = _HEAD.match(line)
        rule = head["rule"] if head else rule
        match = _BEHIND.search(line)
        if match and not line.startswith("//"):
            node = match["node"] or rule
            found.append(Example(rule=rule, node=node, text=match["text"]))
    return found
