"""A syntax: the grammars and words in force, and the two things read with them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from perfgoals._cells.cell import read_indicators
from perfgoals._cells.language import CellLanguage
from perfgoals._extension.build import extend_grammars
from perfgoals._extension.statements import Source, read_statements
from perfgoals._methods import Methods
from perfgoals._once import Once
from perfgoals._values.ambiguity import is_rate
from perfgoals._values.language import ValueLanguage
from perfgoals._values.value import read_value
from perfgoals.errors import ExtensionError
from perfgoals.labels import Labels
from perfgoals.spans import Location
from perfgoals.taxonomy import Taxonomy
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfgoals.diagnostics import Diagnostic
    from perfgoals.explain import Explanation
    from perfgoals.model import IndicatorList
    from perfgoals.targets import Target

_MEMO_SIZE = 4096
_MEMO_LENGTH = 64
"""Most values of a table stand in it again and again; so many short ones are kept."""

_CELLS, _VALUES = "cells", "values"
_SUFFIX = ".lark"


class _ValueReader(Protocol):
    def __call__(
        self, text: str, /, *, of_rate: bool
    ) -> tuple[Target, tuple[Diagnostic, ...]]: ...


@attrs.frozen(kw_only=True, eq=False)
class Extension:
    """Grammar text that a user has brought, and the methods of its rules."""

    source: Source
    methods: Methods


@attrs.frozen(kw_only=True, eq=False)
class Syntax:
    """What cells and values are read with: grammars, labels, a taxonomy, unit names.

    Immutable, and safe to share between threads. ``Syntax.default()`` is the packaged
    one; ``extend`` makes others of it.
    """

    labels: Labels
    taxonomy: Taxonomy
    units: Units
    _extensions: tuple[Extension, ...] = attrs.field(default=(), repr=False)
    _cells: Once[CellLanguage] = attrs.field(repr=False)
    _values: Once[ValueLanguage] = attrs.field(repr=False)
    _memo: _ValueReader = attrs.field(init=False, repr=False)

    @_memo.default
    def _new_memo(self) -> _ValueReader:
        return functools.lru_cache(_MEMO_SIZE)(self._read_value)

    @staticmethod
    def default() -> Syntax:
        """The packaged syntax, always the same object."""
        return _DEFAULT()

    def extend(
        self,
        *,
        grammar: str | Path | None = None,
        tree: object = None,
        labels: Mapping[str, Iterable[str]] | None = None,
        taxonomy: Mapping[str, Any] | None = None,
        units: Mapping[str, Iterable[str]] | Iterable[str] | None = None,
    ) -> Syntax:
        """A new syntax that reads more than this one, which stays as it is.

        - *labels* map a field to labels of it: ``{"annual": ["本期要求"]}``. A field
          other than ``period`` and ``annual`` is a new one; its values are in
          ``Indicator.extras``.
        - *taxonomy* has the tables ``level``, ``category`` and ``edition``, with rows
          like those of the packaged taxonomy.
        - *units* are names that count things, or names by their kind.
        - *grammar* is Lark text, or the path of a ``.lark`` file, that adds to the
          packaged grammars with ``%extend`` or takes the place of something with
          ``%override``.
        - *tree* maps the name of each new rule to a function of its parts, or is an
          object with such methods. For a rule of values it returns a target, for one
          of indicators a mapping of fields to parts, or a target.

        Where a text holds nothing that the grammar adds, it is read as before.

        Raises ``ExtensionError``, with the line, for a grammar that cannot work and for
        rows that are none. A method that fails raises it when text is read.

        >>> syntax = Syntax.default().extend(labels={"weight": ["权重"]})
        >>> cell = "产出指标；数量指标；次数；年度指标值:4次；权重:10。"
        >>> [indicator] = syntax.read_indicators(cell)
        >>> indicator.extra("weight").number
        Decimal('10')
        """
        extensions = self._extensions
        if grammar is not None or tree is not None:
            extensions = (*extensions, _extension(grammar, tree))
        return _built(
            self.labels if labels is None else self.labels.extended(labels),
            self.taxonomy if taxonomy is None else self.taxonomy.extended(taxonomy),
            self.units if units is None else self.units.extended(units),
            extensions,
        )

    def read_target(
        self, text: str, *, name: str | None = None
    ) -> tuple[Target, tuple[Diagnostic, ...]]:
        """The target that *text* states, and the findings about it.

        *name* is the name of its indicator: a bare 0.95 is doubtful under a rate.
        Any ``str`` gives a target; spans of the findings count in *text*.
        """
        if len(text) > _MEMO_LENGTH:
            return self._read_value(text, of_rate=is_rate(name))
        return self._memo(text, of_rate=is_rate(name))

    def read_indicators(self, text: str) -> IndicatorList:
        """The indicators of the cell *text*, with every finding.

        Any ``str`` gives a list; only a method of an extension that fails raises.
        """
        return read_indicators(
            text,
            language=self._cells(),
            read_target=lambda value, name: self.read_target(value, name=name),
        )

    def explain(self, text: str) -> Explanation:
        """How *text* is read, a cell or else a value: tree, tokens, rules, result.

        >>> explanation = Syntax.default().explain("≥10次")
        >>> [(token.name, token.text) for token in explanation.tokens]
        [('AT_LEAST', '≥'), ('NUMBER', '10'), ('UNIT', '次')]
        """
        from perfgoals.explain import Explainer, Explanation

        sources = [extension.source for extension in self._extensions]
        indicators = self.read_indicators(text)
        if indicators.items:
            explainer = Explainer(grammar=self._cells().grammar, sources=sources)
            nodes, tokens, note = explainer.cell(text)
            result: IndicatorList | Target = indicators
            diagnostics = indicators.diagnostics
        else:
            explainer = Explainer(grammar=self._values().grammar, sources=sources)
            nodes, tokens, note = explainer.value(text)
            result, diagnostics = self.read_target(text)
        return Explanation(
            text=text,
            nodes=tuple(nodes),
            tokens=tuple(tokens),
            note=note,
            result=result,
            diagnostics=diagnostics,
        )

    def grammar_text(self) -> str:
        """The grammars in force, as Lark text: packaged, words from data, extensions.

        The grammar of indicators comes first, that of values second; each can be
        compiled by itself.
        """
        grammars = (self._cells().grammar, self._values().grammar)
        return "\n".join(f"// ══ {one.name} ══\n\n{one.text}" for one in grammars)

    def _read_value(
        self, text: str, *, of_rate: bool
    ) -> tuple[Target, tuple[Diagnostic, ...]]:
        return read_value(text, language=self._values(), of_rate=of_rate)


def _built(
    labels: Labels, taxonomy: Taxonomy, units: Units, extensions: tuple[Extension, ...]
) -> Syntax:
    """The syntax of these words; with *extensions*, its grammars are made at once."""
    cells = Once(lambda: CellLanguage.of(labels, taxonomy))
    values = Once(lambda: ValueLanguage.of(units))
    for extension in extensions:
        cells, values = _extended(cells(), values(), extension)
    return Syntax(
        labels=labels,
        taxonomy=taxonomy,
        units=units,
        extensions=extensions,
        cells=cells,
        values=values,
    )


def _extended(
    cells: CellLanguage, values: ValueLanguage, extension: Extension
) -> tuple[Once[CellLanguage], Once[ValueLanguage]]:
    methods = extension.methods
    grammars = {_CELLS: cells.grammar, _VALUES: values.grammar}
    grammars = extend_grammars(extension.source, grammars, methods.rules)
    new_cells = attrs.evolve(
        cells, grammar=grammars[_CELLS], methods=cells.methods.joined(methods)
    )
    new_values = attrs.evolve(
        values, grammar=grammars[_VALUES], methods=values.methods.joined(methods)
    )
    return Once(lambda: new_cells), Once(lambda: new_values)


def _extension(grammar: str | Path | None, tree: object) -> Extension:
    source = _source(grammar)
    names = {
        name
        for statement in read_statements(source)
        for name in (statement.name, *statement.aliases)
    }
    return Extension(source=source, methods=Methods.of(tree, frozenset(names)))


def _source(grammar: str | Path | None) -> Source:
    """The text of *grammar*; a ``str`` that ends in .lark is a path too."""
    if grammar is None:
        return Source(text="")
    is_path = isinstance(grammar, Path) or (
        grammar.endswith(_SUFFIX) and "\n" not in grammar
    )
    if not is_path:
        return Source(text=str(grammar))
    try:
        text = Path(grammar).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"the grammar cannot be read: {error}"
        raise ExtensionError(msg, location=Location(file=str(grammar))) from error
    return Source(text=text, file=str(grammar))


_DEFAULT = Once(
    lambda: _built(Labels.packaged(), Taxonomy.packaged(), Units.packaged(), ())
)
