"""The indicator tree: concepts with their names, and the editions that arrange them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _ext.markdown import code, heading, plain, table
from _ext.words import say
from perfgoals.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfgoals.taxonomy import Concept, Edition


def markdown() -> Iterator[str]:
    """Levels, categories and editions of the packaged taxonomy."""
    tree = Taxonomy.packaged()
    yield heading(2, say("Levels (一级指标)"))
    yield from _concepts(tree.levels)
    yield heading(2, say("Categories (二级指标)"))
    yield from _concepts(tree.categories)
    yield heading(2, say("Editions"))
    for edition in tree.editions:
        yield from _edition(tree, edition)


def _concepts(concepts: tuple[Concept, ...]) -> Iterator[str]:
    yield from table(
        (say("Concept"), "English", "中文", say("Names in use")),
        (
            (code(one.id), plain(one.en), plain(one.zh), plain("、".join(one.names)))
            for one in concepts
        ),
    )


def _edition(tree: Taxonomy, edition: Edition) -> Iterator[str]:
    codes = {concept: number for number, concept in edition.codes.items()}
    yield f"### {edition.id}: {plain(edition.title)}"
    yield ""
    yield say("Source: {}").format(plain(edition.source))
    rows = []
    for level in tree.levels:
        below = [one for one in tree.categories if (level.id, one.id) in edition.tree]
        if below:
            names = "、".join(_named(one, codes) for one in below)
            rows.append((plain(_named(level, codes)), plain(names)))
    yield from table((say("Level"), say("Categories")), rows)


def _named(concept: Concept, codes: dict[str, str]) -> str:
    number = codes.get(concept.id)
    return f"{number}-{concept.zh}" if number else concept.zh
