"""The words that the command itself says, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from perfgoals._data import load_table

Counts: TypeAlias = Mapping[str, int]


@attrs.frozen(kw_only=True)
class Words:
    """The words of ``data/display.toml`` in one language.

    >>> words = Words.of("en")
    >>> words["annual"], words.counted({"error": 1, "warning": 0, "info": 2})
    ('Year', '1 error, 2 infos')
    """

    language: str
    _texts: Mapping[str, str]
    _nouns: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, language: str) -> Words:
        """The words in *language*, ``en`` or ``zh``."""
        texts = dict(load_table("display")[language])
        return cls(language=language, nouns=texts.pop("count"), texts=texts)

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def counted(self, counts: Counts) -> str:
        """How many there are of each, without those that there are none of."""
        parts = (
            f"{number} {self._nouns[noun][number != 1]}"
            for noun, number in counts.items()
            if number
        )
        return self["comma"].join(parts)
