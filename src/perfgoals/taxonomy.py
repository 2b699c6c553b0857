"""The indicator tree as data: which names and codes denote which concept."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import attrs

from perfgoals._data import load_table
from perfgoals._rows import known_key, table_of, word_of, words_of
from perfgoals.errors import ExtensionError

_WORD = "指标"
_BLANK = re.compile(r"[\s\u200b]+")
_WIDTH = str.maketrans("（）", "()")
_TABLES = ("level", "category", "edition")
_ROW = ("zh", "en", "names")
_EDITION = ("id", "title", "source", "tree", "codes")
_STOPS = "；;。，,:："
_CODE = re.compile("[0-9]{1,2}")


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

    def extended(self, rows: Mapping[str, Any]) -> Taxonomy:
        """A taxonomy with the tables *rows* too, like those of ``data/taxonomy.toml``.

        A row of ``level`` or ``category`` adds ``names`` to a concept, or is a new one
        with its ``zh``, ``en`` and ``names``; each row of ``edition`` comes before the
        known ones, so that its codes count first. Raises ``ExtensionError``.

        >>> rows = {"category": {"quantity": {"names": ["工程量"]}}}
        >>> Taxonomy.packaged().extended(rows).category(None, "工程量指标")
        'quantity'
        """
        for name in table_of(rows, "the taxonomy"):
            known_key(name, _TABLES, "the taxonomy")
        levels = _extended(self.levels, rows.get("level", {}), "level")
        categories = _extended(self.categories, rows.get("category", {}), "category")
        editions = rows.get("edition", ())
        if not isinstance(editions, list | tuple):
            msg = f"edition must be a list of rows, got a {type(editions).__name__}"
            raise ExtensionError(msg)
        new = tuple(_new_edition(row, levels, categories) for row in editions)
        return Taxonomy(
            levels=levels, categories=categories, editions=(*new, *self.editions)
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


# ── Rows that users bring ───────────────────────────────────────────────────


def _extended(
    concepts: tuple[Concept, ...], rows: Any, what: str
) -> tuple[Concept, ...]:
    """*concepts* with the names that *rows* add to them, and the new ones behind."""
    known = {concept.id: concept for concept in concepts}
    for key, row in table_of(rows, what).items():
        known[key] = _with_row(known.get(key), key, row, f"{what}.{key}")
    _assert_distinct(tuple(known.values()), what)
    return tuple(known.values())


def _with_row(known: Concept | None, key: str, row: Any, what: str) -> Concept:
    for field in table_of(row, what):
        known_key(field, _ROW, what)
    names = words_of(row.get("names", ()), f"{what}.names", _STOPS)
    bare = tuple(_bare(name) for name in names)
    if known:
        return attrs.evolve(known, names=tuple(dict.fromkeys((*known.names, *bare))))
    if missing := [field for field in _ROW if not row.get(field)]:
        msg = f"{what} is a new concept and needs {', '.join(missing)}"
        raise ExtensionError(msg)
    zh, en = (word_of(row[field], f"{what}.{field}") for field in ("zh", "en"))
    return Concept(id=key, zh=zh, en=en, names=bare)


def _assert_distinct(concepts: tuple[Concept, ...], what: str) -> None:
    seen: dict[str, str] = {}
    for concept in concepts:
        for name in concept.names:
            if seen.setdefault(name, concept.id) != concept.id:
                msg = f"the {what} name “{name}” is that of {seen[name]} already"
                raise ExtensionError(msg)


def _new_edition(
    row: Any, levels: tuple[Concept, ...], categories: tuple[Concept, ...]
) -> Edition:
    for field in table_of(row, "an edition"):
        known_key(field, _EDITION, "an edition")
    if missing := [field for field in ("id", "title", "source") if not row.get(field)]:
        msg = f"an edition needs {', '.join(missing)}"
        raise ExtensionError(msg)
    level_ids = [level.id for level in levels]
    category_ids = [category.id for category in categories]
    for level, members in table_of(row.get("tree", {}), "an edition's tree").items():
        known_key(level, level_ids, "the levels")
        for member in words_of(members, f"the categories under {level}"):
            known_key(member, category_ids, "the categories")
    for code, concept in table_of(row.get("codes", {}), "an edition's codes").items():
        if not _CODE.fullmatch(code):
            msg = f"an edition's code must be one or two digits, got “{code}”"
            raise ExtensionError(msg)
        known_key(concept, level_ids if len(code) == 1 else category_ids, "the codes")
    return _edition({"tree": {}, **row})
