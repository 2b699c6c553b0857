"""What the pages say that is not itself an example to run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import perfgoals

ROOT = Path(__file__).parent.parent
PACKAGE = Path(perfgoals.__file__).parent
READMES = ("README.md", "README.zh-CN.md")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_both_readmes_begin_with_the_same_two_commands() -> None:
    """CI runs those of the English one."""
    pattern = re.compile(r"^```shell\n(.*?)^```", re.MULTILINE | re.DOTALL)
    commands = pattern.findall(page("README.md"))
    assert len(commands) == 2
    assert pattern.findall(page("README.zh-CN.md")) == commands


@pytest.mark.parametrize("readme", READMES)
def test_values_of_the_readme_are_of_the_kind_it_says(readme: str) -> None:
    rows = re.findall(r"^\| (`.+`) \| `(\w+)` \|", page(readme), re.MULTILINE)
    values = {
        value: kind for cell, kind in rows for value in re.findall("`(.+?)`", cell)
    }
    kinds = {value: perfgoals.parse_target(value).kind for value in values}
    assert kinds == values
    assert set(kinds.values()) == {one.kind for one in perfgoals.targets.TARGET_TYPES}


def test_every_public_name_has_its_entry_in_the_reference() -> None:
    entries = re.findall(
        r"^\.\. (?:auto|py:)\w+:: ([\w.]+)", page("docs/reference/api.md"), re.MULTILINE
    )
    names = {*perfgoals.__all__} - {"__version__", "batch"}
    in_batch = {f"perfgoals.batch.{name}" for name in perfgoals.batch.__all__}
    assert sorted(entries) == sorted(names | in_batch)


def test_every_grammar_has_its_page() -> None:
    """The page is made of the grammar file; that there is one has to be said."""
    grammars = {path.stem for path in (PACKAGE / "grammars").glob("*.lark")}
    folder = ROOT / "docs" / "reference" / "grammar"
    pages = {path.stem for path in folder.glob("*.md")} - {"index"}
    assert pages == grammars
    for name in grammars:
        assert f"{{grammar-reference}} {name}\n" in page(
            f"docs/reference/grammar/{name}.md"
        )


def test_the_links_of_the_readmes_lead_to_files() -> None:
    """Sphinx checks the links of the docs, nothing else checks those of the READMEs."""
    for readme in READMES:
        links = re.findall(r"\]\((?!https?:)([^)#]+)", page(readme))
        assert [link for link in links if not (ROOT / link).exists()] == []
        assert links
