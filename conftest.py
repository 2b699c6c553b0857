"""Documentation pages and docstrings, collected as tests."""

from __future__ import annotations

import doctest
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sybil import Sybil
from sybil.parsers import myst, rest

if TYPE_CHECKING:
    from sybil import Example
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parent
OPTIONS = doctest.ELLIPSIS
CHECKER = doctest.OutputChecker()
PROMPT = "$ "


@pytest.fixture
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples name files as seen from the top of the project."""
    monkeypatch.chdir(ROOT)


def run_console(example: Example) -> str | None:
    """What is wrong with a ``console`` block: its output is not what is shown.

    Each ``$ perfgoals …`` is run by this Python; the lines that follow it, up to the
    next prompt, are its output, where ``...`` stands for anything. A last line
    ``[exit code N]`` tells a code other than 0.
    """
    for block in f"\n{example.parsed}".split(f"\n{PROMPT}")[1:]:
        command, _, expected = block.partition("\n")
        actual = _output(command)
        if not CHECKER.check_output(expected.rstrip(), actual, OPTIONS):
            return f"$ {command}\nexpected:\n{expected}\nactual:\n{actual}"
    return None


def _output(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program != "perfgoals":
        pytest.fail(f"cannot run {program}: only perfgoals is run")
    result = subprocess.run(  # noqa: S603  (the commands are those of our own pages)
        [sys.executable, "-m", program, *arguments],
        env={**os.environ, "COLUMNS": "88", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    if result.returncode:
        lines.append(f"[exit code {result.returncode}]")
    return "\n".join(lines).rstrip()


pages = Sybil(
    parsers=[
        myst.PythonCodeBlockParser(doctest_optionflags=OPTIONS),
        myst.CodeBlockParser(language="console", evaluator=run_console),
        myst.SkipParser(),
    ],
    patterns=["README*.md", "docs/*.md", "docs/**/*.md"],
    fixtures=["at_the_root"],
)
docstrings = Sybil(
    parsers=[rest.DocTestParser(optionflags=OPTIONS)],
    pattern="src/**/*.py",
    fixtures=["at_the_root"],
)

pytest_collect_file = (pages + docstrings).pytest()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadScopeScheduling | None:
    """Keeps the examples of a page in one process: each goes on from the last."""
    if config.getvalue("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByPage(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return nodeid if file.startswith("tests/") else file

    return ByPage(config, log)
