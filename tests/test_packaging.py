"""What a plain install brings, and what the package is made of."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import perfgoals

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", requirement)[0] for requirement in requirements}


def test_plain_install_brings_three_libraries() -> None:
    assert names(PROJECT["dependencies"]) == {"attrs", "cattrs", "lark"}


def test_every_requirement_has_a_lower_bound() -> None:
    requirements = PROJECT["dependencies"] + [
        requirement
        for extra in PROJECT["optional-dependencies"].values()
        for requirement in extra
        if not requirement.startswith("perfgoals[")
    ]
    assert [text for text in requirements if ">=" not in text] == []


def test_package_carries_its_data() -> None:
    package = resources.files("perfgoals")
    assert (package / "py.typed").is_file()
    assert (package / "grammars" / "indicators.lark").is_file()
    assert (package / "grammars" / "targets.lark").is_file()
    assert (package / "data" / "diagnostics.toml").is_file()


def test_changelog_knows_the_version() -> None:
    """A release is a heading of the changelog; before it there is ``[Unreleased]``."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", text, flags=re.MULTILINE)
    assert headings[0] in {"Unreleased", perfgoals.__version__}
