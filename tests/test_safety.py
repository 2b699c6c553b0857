"""What the package never does: run what it reads, normalise text, cache on disk."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import perfgoals

MODULES = sorted(Path(perfgoals.__file__).parent.rglob("*.py"))

CALLS = {"eval", "exec", "compile", "__import__", "unicodedata.normalize"}
LIBRARIES = {"pickle", "marshal", "shelve", "dbm", "socket", "http", "urllib.request"}


def called(tree: ast.AST) -> set[str]:
    """The names of all functions that are called."""
    return {
        ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)
    }


def imported(tree: ast.AST) -> set[str]:
    """The modules and what is imported from them, with all that they belong to."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    parts = (name.split(".") for name in names)
    return {".".join(own[:end]) for own in parts for end in range(1, len(own) + 1)}


def keywords_of(tree: ast.AST, function: str) -> set[str | None]:
    """The names of the arguments that *function* is called with."""
    return {
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == function
        for keyword in node.keywords
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_harmless(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = {"exec"} if path.stem == "_build" else set()  # of names of fields only
    assert called(tree) & CALLS <= allowed
    assert imported(tree) & LIBRARIES == set()
    assert keywords_of(tree, "Lark") & {"cache", None} == set()


def greedy_groups(tree: ast.AST) -> list[str]:
    """The texts with a group that is possessive, such as ``(?:ab?c)*+``."""
    texts = [
        str(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in texts if re.search(r"\)\s?(?:[*+?]|\{[0-9,]+\})\+", text)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_patterns_are_right_in_all_versions_of_python(path: Path) -> None:
    """Before CPython 3.11.5, a possessive group may take the start of what fails.

    In that of ``_json`` nothing can fail behind its start but the end of the text; a
    group that is not possessive would take 40 bytes of memory for each character.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert path.stem == "_json" or greedy_groups(tree) == []


def test_harm_would_be_noticed() -> None:
    tree = ast.parse(
        "import pickle; from urllib import parse, request; Lark(text, cache=True);"
        "unicodedata.normalize('NFC', text); number.normalize(); eval(text)"
    )
    assert called(tree) & CALLS == {"unicodedata.normalize", "eval"}
    assert imported(tree) & LIBRARIES == {"pickle", "urllib.request"}
    assert keywords_of(tree, "Lark") == {"cache"}
    pattern = ast.parse('f"{x}(?:ab?c){{2,}}+", "(a)*+", "a*+(b)+"')
    assert sorted(greedy_groups(pattern)) == ["(?:ab?c){2,}+", "(a)*+"]


def test_lark_is_called_where_it_is_looked_for() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in MODULES]
    assert any("parser" in keywords_of(tree, "Lark") for tree in trees)
