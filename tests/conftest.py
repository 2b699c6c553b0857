"""How hard hypothesis tries, a Ctrl-C that is heard, coverage that survives recursion.

``HYPOTHESIS_PROFILE`` names one of the profiles.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.command import command_in

from perfgoals import _custom_targets

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tests.command import Perfgoals

# A slow machine is no defect, so no example has a deadline: a whole test has one.
settings.register_profile("default", deadline=None, max_examples=100, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=20_000)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# A shell starts what it sends to the background deaf to Ctrl-C, and its children too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_kinds_of_targets(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What examples of extensions have registered is only known to their tests."""
    if not any(word in str(request.path) for word in ("extension", "syntax", "cli")):
        monkeypatch.setattr(_custom_targets, "_registered", {})


@pytest.fixture
def perfgoals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Perfgoals:
    """The command, to be run in an empty folder."""
    return command_in(tmp_path, monkeypatch, capsys)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """A RecursionError inside coverage's tracer uninstalls it: put it back."""
    tracer = sys.gettrace()
    try:
        return (yield)
    finally:
        if sys.gettrace() is not tracer:
            sys.settrace(tracer)
