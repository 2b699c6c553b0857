"""Without its extra the command says what to install."""

from __future__ import annotations

import importlib.util

import pytest

from perfgoals import __main__


@pytest.mark.parametrize(
    ("installed", "missing"),
    [(set(), "click and rich"), ({"rich"}, "click"), ({"click"}, "rich")],
)
def test_missing_extra_names_the_command(
    installed: set[str],
    missing: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = importlib.util.find_spec("perfgoals")
    monkeypatch.setattr(
        __main__, "find_spec", lambda name: found if name in installed else None
    )
    with pytest.raises(SystemExit) as exit_info:
        __main__.main()
    assert exit_info.value.code == 2
    assert capsys.readouterr().err == (
        f"perfgoals: the command needs {missing};"
        " install with: pip install 'perfgoals[cli]'\n"
    )
