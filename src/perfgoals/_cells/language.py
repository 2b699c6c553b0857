"""What the indicators of a cell are read with."""

from __future__ import annotations

import functools
import re

import attrs

from perfgoals._cells.words import extra_field, indicator_grammar
from perfgoals._grammar import Grammar
from perfgoals._methods import Methods
from perfgoals._terminals import SEPARATOR
from perfgoals.labels import Labels
from perfgoals.taxonomy import Taxonomy


@attrs.frozen(kw_only=True)
class CellLanguage:
    """The grammar of cells with the words that it was made from.

    ``methods`` are those of the rules that an extension adds to it.
    """

    grammar: Grammar
    labels: Labels
    taxonomy: Taxonomy
    methods: Methods = attrs.field(factory=Methods, eq=False)

    @classmethod
    def of(cls, labels: Labels, taxonomy: Taxonomy) -> CellLanguage:
        """The packaged grammar with *labels* and the names of *taxonomy*."""
        grammar = indicator_grammar(labels, taxonomy)
        return cls(grammar=grammar, labels=labels, taxonomy=taxonomy)

    @property
    def separators(self) -> str:
        """The characters that part two fields."""
        return _signs_of(self.grammar.pattern(SEPARATOR))

    def field_of(self, label: str) -> str:
        """The field of an extension that *label* names, as printed."""
        return extra_field(self.labels, label)


@functools.lru_cache(maxsize=8)
def _signs_of(pattern: str) -> str:
    """The single characters that *pattern* spells out and matches."""
    is_separator = re.compile(pattern).fullmatch
    return "".join(dict.fromkeys(filter(is_separator, pattern)))
