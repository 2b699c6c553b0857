"""The command, run in an empty folder as from a shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

import attrs
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Perfgoals: TypeAlias = "Callable[..., Outcome]"
"""Runs the command with some arguments; *seen* names the streams that are a terminal."""

BOTH_STREAMS = "stdout stderr"


@attrs.frozen
class Outcome:
    """What a run of the command leaves behind."""

    code: object
    out: str
    err: str


def command_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Perfgoals:
    """Runs the command in *folder*, 80 columns wide, perhaps in a terminal."""
    from perfgoals.cli import main

    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "TERM", "PERFGOALS_LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, seen: str = "") -> Outcome:
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is not None:
                monkeypatch.setattr(stream, "isatty", lambda n=name: n in seen)
        with pytest.raises(SystemExit) as exit_info:
            main(arguments)
        return Outcome(exit_info.value.code or 0, *capsys.readouterr())

    return run
