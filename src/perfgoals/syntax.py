"""A syntax: the grammars and words in force, and the two things read with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from perfgoals._cells.cell import INDICATOR_LIMIT, read_indicators
from perfgoals._cells.fast import FastReader
from perfgoals._cells.intact import intact_patterns
from perfgoals._cells.ledger import Ledger
from perfgoals._extension.languages import Languages, languages_of
from perfgoals._once import Once
from perfgoals._values.fast.reader import FastReader as FastValueReader
from perfgoals._values.fast.usual import Usual
from perfgoals._values.memo import ValueMemo, ValueReader
from perfgoals.labels import Labels
from perfgoals.taxonomy import Taxonomy
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from perfgoals._extension.extension import Extension
    from perfgoals._values.fast.known import Learn
    from perfgoals._values.fast.reader import ByGrammar
    from perfgoals._values.kinds import Reading
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.explain import Explanation
    from perfgoals.model import IndicatorList
    from perfgoals.targets import Target


_FAST = "the fast way, with the same result as the grammar"
_EXTENDED = "by the grammar: an extension may have something to say about this text"
_UNUSUAL = "by the grammar: its form is none of the usual ones"
_ODD_WORDS = "by the grammar: labels or names may be taken for something else"


@attrs.frozen(kw_only=True, eq=False)
class Syntax:
    """What cells and values are read with: grammars, labels, a taxonomy, unit names.

    Immutable, and safe to share between threads. ``Syntax.default()`` is the packaged
    one; ``extend`` makes others of it.
    """

    labels: Labels
    taxonomy: Taxonomy
    units: Units
    _languages: Languages = attrs.field(repr=False)
    _is_fast: bool = attrs.field(default=True, repr=False)
    _fast_values: FastValueReader | None = attrs.field(init=False, repr=False)
    _memo: ValueMemo = attrs.field(init=False, repr=False)
    _fast_cells: FastReader | None = attrs.field(init=False, repr=False)

    @_fast_values.default
    def _new_fast_values(self) -> FastValueReader | None:
        if not self._is_fast:
            return None
        return FastValueReader(self.units, _by_grammar(self._languages))

    @_memo.default
    def _new_memo(self) -> ValueMemo:
        return ValueMemo(self._value_reader())

    @_fast_cells.default
    def _new_fast_cells(self) -> FastReader | None:
        patterns = intact_patterns(self.labels, self.taxonomy)
        if patterns is None or not self._is_fast:
            return None
        fast = None if self._languages.extensions else self._fast_values
        usual = fast.usual if fast else Usual()
        return FastReader(patterns, self.taxonomy, self._value_reader(), usual)

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
        extensions = self._languages.extensions
        if grammar is not None or tree is not None:
            from perfgoals._extension.extension import Extension

            extensions = (*extensions, Extension.of(grammar, tree))
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
        return self._memo.read(text, name)

    def read_indicators(self, text: str) -> IndicatorList:
        """The indicators of the cell *text*, with every finding.

        Any ``str`` gives a list; only a method of an extension that fails raises.
        """
        is_plain = self._languages.read_cells_anew(text)
        return read_indicators(
            text,
            language=self._languages.cells,
            read_target=self._memo.read,
            fast=None if is_plain else self._fast_cells,
        )

    def explain(self, text: str) -> Explanation:
        """How *text* is read, a cell or else a value: tree, tokens, rules, result.

        It also says whether the fast way reads it, and why not where it does not.

        >>> explanation = Syntax.default().explain("≥10次")
        >>> [(token.name, token.text) for token in explanation.tokens]
        [('AT_LEAST', '≥'), ('NUMBER', '10'), ('UNIT', '次')]
        """
        from perfgoals.explain import Explainer, Explanation

        languages = self._languages
        sources = [extension.source for extension in languages.extensions]
        indicators = self.read_indicators(text)
        if indicators.items:
            explainer = Explainer(grammar=languages.cells().grammar, sources=sources)
            nodes, tokens, note = explainer.cell(text)
            result: IndicatorList | Target = indicators
            diagnostics = indicators.diagnostics
            way = self._way_of_cell(text)
        else:
            explainer = Explainer(grammar=languages.values().grammar, sources=sources)
            nodes, tokens, note = explainer.value(text)
            result, diagnostics = self.read_target(text)
            way = self._way_of_value(text)
        return Explanation(
            text=text,
            nodes=tuple(nodes),
            tokens=tuple(tokens),
            note=note,
            way=way,
            result=result,
            diagnostics=diagnostics,
        )

    def _way_of_cell(self, text: str) -> str:
        if self._languages.read_cells_anew(text):
            return _EXTENDED
        if self._fast_cells is None:
            return _ODD_WORDS
        run = self._fast_cells.run(text, 0, 1, INDICATOR_LIMIT, Ledger())
        if run.end == len(text):
            return _FAST
        return f"by the grammar from character {run.end + 1} on, where it is not intact"

    def _way_of_value(self, text: str) -> str:
        if self._languages.read_values_anew(text):
            return _EXTENDED
        fast = self._fast_values
        is_fast = fast is not None and fast.certain(text, of_rate=False) is not None
        return _FAST if is_fast else _UNUSUAL

    def grammar_text(self) -> str:
        """The grammars in force, as Lark text: packaged, words from data, extensions.

        The grammar of indicators comes first, that of values second; each can be
        compiled by itself.
        """
        languages = self._languages
        grammars = (languages.cells().grammar, languages.values().grammar)
        return "\n".join(f"// ══ {one.name} ══\n\n{one.text}" for one in grammars)

    def _value_reader(self) -> ValueReader:
        """Reads a value the fast way where it is certain, else by the grammar."""
        languages, fast = self._languages, self._fast_values
        by_grammar = _by_grammar(languages)
        if fast is None:
            return by_grammar
        if not languages.extensions:
            return fast.read

        def read(text: str, /, *, of_rate: bool) -> Reading:
            anew = languages.read_values_anew(text)
            return (by_grammar if anew else fast.read)(text, of_rate=of_rate)

        return read


def _by_grammar(languages: Languages) -> ByGrammar:
    """Reads a value by the grammar of *languages*, which is imported when needed."""

    def read(text: str, /, *, of_rate: bool, learn: Learn | None = None) -> Reading:
        from perfgoals._values.value import read_value

        language = languages.values()
        return read_value(text, language=language, of_rate=of_rate, learn=learn)

    return read


def _built(
    labels: Labels, taxonomy: Taxonomy, units: Units, extensions: tuple[Extension, ...]
) -> Syntax:
    return Syntax(
        labels=labels,
        taxonomy=taxonomy,
        units=units,
        languages=languages_of(labels, taxonomy, units, extensions),
    )


_DEFAULT = Once(
    lambda: _built(Labels.packaged(), Taxonomy.packaged(), Units.packaged(), ())
)
