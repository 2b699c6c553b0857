"""The indicator tree as data: which names and codes denote which concept."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import attrs

from perfgoals._data import load_table

_WORD = "指标"
_BLANK = re.compile(r"[\s\u200b]+")
_WIDTH = str.maketrans("（）", "()")


@attrs.frozen(kw_only=True)
class Concept:
    """What a level or category denotes, whatever a table calls it.

    ``id`` is what ``Level.concept`` and ``Category.concept`` hold; ``names`` are the
    names in use, without the word 指标 that may follow them.
    """

    id: str
    zh: str
    en: str
    names: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Edition:
    """One version of the tree: a year or a place, its codes and its branches.

    ``tree`` holds pairs of a level and one of its categories, ``codes`` maps the
    digits that tables print to the concept they stand for.
    """

    id: str
    title: str
    source: str
    tree: frozenset[tuple[str, str]]
    codes: Mapping[str, str] = attrs.field(factory=dict, hash=False)


@attrs.frozen(kw_only=True)
class Taxonomy:
    """The levels, the categories and the editions that arrange them.

    >>> tree = Taxonomy.packaged()
    >>> tree.level("1", "产出指标"), tree.category(None, "时效")
    ('output', 'timeliness')
    >>> tree.allows("output", "social_benefit")
    False
    """

    levels: tuple[Concept, ...]
    categories: tuple[Concept, ...]
    editions: tuple[Edition, ...]

    @staticmethod
    @functools.cache
    def packaged() -> Taxonomy:
        """The taxonomy in ``data/taxonomy.toml``."""
        return Taxonomy.from_data(load_table("taxonomy"))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Taxonomy:
        """A taxonomy from tables shaped like those of ``data/taxonomy.toml``."""
        return cls(
            levels=_concepts(data["level"]),
            categories=_concepts(data["category"]),
            editions=tuple(_edition(row) for row in data["edition"]),
        )

    def level(self, code: str | None, name: str) -> str | None:
        """The concept of a level, by its name first and its *code* second."""
        return self._by_name(self.levels, name) or self._by_code(self.levels, code)

    def category(self, code: str | None, name: str) -> str | None:
        """The concept of a category, by its name first and its *code* second."""
        by_name = self._by_name(self.categories, name)
        return by_name or self._by_code(self.categories, code)

    def coded(self, code: str | None) -> Concept | None:
        """The concept that *code* stands for in the first edition that uses it."""
        if code is None:
            return None
        for edition in self.editions:
            if code in edition.codes:
                return self.concept(edition.codes[code], is_level=len(code) == 1)
        return None

    def concept(self, concept: str, *, is_level: bool) -> Concept | None:
        """The level or category called *concept*, if there is one."""
        concepts = self.levels if is_level else self.categories
        return next((entry for entry in concepts if entry.id == concept), None)

    def allows(self, level: str, category: str) -> bool:
        """Whether any edition has *category* under *level*."""
        return any((level, category) in edition.tree for edition in self.editions)

    def levels_of(self, category: str) -> tuple[Concept, ...]:
        """The levels under which some edition has *category*."""
        return tuple(level for level in self.levels if self.allows(level.id, category))

    def _by_name(self, concepts: tuple[Concept, ...], name: str) -> str | None:
        bare = _bare(name)
        for concept in concepts:
            if bare in concept.names:
                return concept.id
        return None

    def _by_code(self, concepts: tuple[Concept, ...], code: str | None) -> str | None:
        found = self.coded(code)
        return found.id if found in concepts else None


def _bare(name: str) -> str:
    return _BLANK.sub("", name).translate(_WIDTH).removesuffix(_WORD)


def _concepts(rows: Mapping[str, Mapping[str, Any]]) -> tuple[Concept, ...]:
    return tuple(
        Concept(id=name, zh=row["zh"], en=row["en"], names=tuple(row["names"]))
        for name, row in rows.items()
    )


def _edition(row: Mapping[str, Any]) -> Edition:
    return Edition(
        id=row["id"],
        title=row["title"],
        source=row["source"],
        tree=frozenset(
            (level, category)
            for level, categories in row["tree"].items()
            for category in categories
        ),
        codes=dict(row.get("codes", {})),
    )
