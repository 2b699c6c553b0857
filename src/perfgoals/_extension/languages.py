"""The languages of a syntax: its words and grammars, extended by what users bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from perfgoals._once import Once

if TYPE_CHECKING:
    # They bring lark, or what only extensions need.
    from perfgoals._cells.language import CellLanguage  # noqa: TC004
    from perfgoals._extension.extension import Extension  # noqa: TC004
    from perfgoals._values.language import ValueLanguage  # noqa: TC004
    from perfgoals.labels import Labels
    from perfgoals.taxonomy import Taxonomy
    from perfgoals.units import Units

_CELLS, _VALUES = "cells", "values"


@attrs.frozen(kw_only=True, eq=False)
class Languages:
    """What cells and what values are read with, each made when it is first needed.

    With *extensions* both are there already, as only so mistakes in them are found.
    """

    cells: Once[CellLanguage]
    values: Once[ValueLanguage]
    extensions: tuple[Extension, ...]

    def read_cells_anew(self, text: str) -> bool:
        """Whether an extension may have something to say about the cell *text*."""
        return bool(self.extensions) and self.cells().grammar.reads_anew(text)

    def read_values_anew(self, text: str) -> bool:
        """Whether an extension may have something to say about the value *text*."""
        if not self.extensions:
            return False
        from perfgoals._values.fold import fold

        return self.values().grammar.reads_anew(fold(text))


def languages_of(
    labels: Labels, taxonomy: Taxonomy, units: Units, extensions: tuple[Extension, ...]
) -> Languages:
    """The languages of these words, extended; raises ``ExtensionError``."""

    def cells() -> CellLanguage:
        from perfgoals._cells.language import CellLanguage

        return CellLanguage.of(labels, taxonomy)

    def values() -> ValueLanguage:
        from perfgoals._values.language import ValueLanguage

        return ValueLanguage.of(units)

    languages = Languages(cells=Once(cells), values=Once(values), extensions=extensions)
    for extension in extensions:
        languages = _extended(languages, extension)
    return languages


def _extended(languages: Languages, extension: Extension) -> Languages:
    from perfgoals._extension.build import extend_grammars

    cells, values, methods = languages.cells(), languages.values(), extension.methods
    grammars = extend_grammars(
        extension.source,
        {_CELLS: cells.grammar, _VALUES: values.grammar},
        methods.rules,
    )
    new_cells = attrs.evolve(
        cells, grammar=grammars[_CELLS], methods=cells.methods.joined(methods)
    )
    new_values = attrs.evolve(
        values, grammar=grammars[_VALUES], methods=values.methods.joined(methods)
    )
    return attrs.evolve(
        languages, cells=Once(lambda: new_cells), values=Once(lambda: new_values)
    )
