"""Imports go downwards only, and importing perfgoals is light and leaves no trace."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import perfgoals

PACKAGE = Path(perfgoals.__file__).parent

LAYERS = """
    spans units errors excerpt amounts _blanks _build _data _iso_dates _once _patterns _terminals
    _rows _signs
    --
    targets taxonomy labels vocabulary diagnostics grid model comparison
    _custom_targets _methods
    --
    _grammar _grammar_texts _scanner _values _cells _extension syntax explain _syntaxes
    --
    layout readers serialize rules formatter _format_checks
    --
    parse tables check
    --
    batch _workers columns
    --
    __init__
    --
    cli
    --
    __main__
"""
"""The parts of the package, lowest layer first; a part is a module or a folder."""

CONFINED = {
    "lark": "_grammar _scanner _values _cells _extension explain",
    "cattrs": "serialize",
    "click": "cli",
    "rich": "cli",
    "pyarrow": "columns",
}
"""Libraries that only these parts may import."""

MODULES = sorted(PACKAGE.rglob("*.py"))
HEIGHTS = {
    part: height
    for height, layer in enumerate(LAYERS.split("--"))
    for part in layer.split()
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The dotted names that the module at *path* imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} uses a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def parts_imported(path: Path) -> set[str]:
    """The parts of perfgoals that the module at *path* imports."""
    names = (name.split(".") for name in imported(path))
    own = (name[1:] for name in names if name[0] == "perfgoals")
    return {rest[0] if rest and rest[0] in HEIGHTS else "__init__" for rest in own}


def test_every_part_has_its_layer() -> None:
    assert set(map(part_of, MODULES)) == set(HEIGHTS)


@pytest.mark.parametrize("path", MODULES, ids=part_of)
def test_imports_go_downwards(path: Path) -> None:
    """A part imports parts of its own layer and of the layers below."""
    own = HEIGHTS[part_of(path)]
    upward = {part for part in parts_imported(path) if HEIGHTS[part] > own}
    assert upward == set()


def test_parts_do_not_import_each_other_in_circles() -> None:
    below: dict[str, set[str]] = {}
    for path in MODULES:
        others = parts_imported(path) - {part_of(path)}
        below.setdefault(part_of(path), set()).update(others)
    while free := {part for part, others in below.items() if not others}:
        below = {
            part: others - free for part, others in below.items() if part not in free
        }
    assert below == {}


@pytest.mark.parametrize("path", MODULES, ids=part_of)
def test_libraries_stay_where_they_belong(path: Path) -> None:
    roots = {name.partition(".")[0] for name in imported(path)}
    astray = {
        library
        for library, parts in CONFINED.items()
        if library in roots and part_of(path) not in parts.split()
    }
    assert astray == set()


def run(code: str, folder: Path) -> str:
    """What *code* prints, run by a fresh interpreter in *folder*."""
    result = subprocess.run(  # noqa: S603  (the code is below)
        [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = {sys.path}\n{code}"],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return result.stdout


CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"


@pytest.mark.parametrize(
    "library", ["lark", "tomllib", "cattrs", "click", "rich", "openpyxl", "pyarrow"]
)
def test_import_does_not_need(library: str, tmp_path: Path) -> None:
    """Import is light: only attrs comes with it."""
    code = f"import perfgoals; print({library!r} in sys.modules)"
    assert run(code, tmp_path) == "False\n"


@pytest.mark.parametrize(("cell", "expected"), [(CELL, "False\n"), ("乱码", "True\n")])
def test_lark_is_imported_for_what_is_damaged(
    cell: str, expected: str, tmp_path: Path
) -> None:
    code = f"import perfgoals; perfgoals.parse({cell!r}); print('lark' in sys.modules)"
    assert run(code, tmp_path) == expected


WRITE_NOTHING = """
import os

def forbid(event, arguments):
    if event.startswith("socket."):
        raise AssertionError(event)
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise AssertionError(arguments)

sys.dont_write_bytecode = True
sys.addaudithook(forbid)
"""


def test_import_and_parse_write_no_file(tmp_path: Path) -> None:
    """Not one file is opened for writing, wherever it is, nor the network used."""
    code = f"{WRITE_NOTHING}\nimport perfgoals; print(len(perfgoals.parse({CELL!r})))"
    assert run(code, tmp_path) == "1\n"


@pytest.mark.parametrize(
    "trace", ["open('file', 'w')", "import socket; socket.socket()"]
)
def test_a_trace_would_be_noticed(trace: str, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run(f"{WRITE_NOTHING}\n{trace}", tmp_path)
