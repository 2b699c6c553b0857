"""A syntax: the grammars in force, and the two things that are read with them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

import attrs

from perfgoals._grammar import Grammar
from perfgoals._indicators import read_indicators
from perfgoals._values import read_value, target_grammar
from perfgoals._words import indicator_grammar
from perfgoals.taxonomy import Taxonomy
from perfgoals.units import Units

if TYPE_CHECKING:
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.model import IndicatorList
    from perfgoals.targets import Target


@attrs.frozen(kw_only=True, eq=False)
class Syntax:
    """What cells and values are read with: two grammars, a taxonomy, unit names.

    Immutable, and safe to share between threads.
    """

    taxonomy: Taxonomy
    units: Units
    _indicators: Grammar = attrs.field(repr=False)
    _targets: Grammar = attrs.field(repr=False)

    _default: ClassVar[Syntax | None] = None
    _lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def default(cls) -> Syntax:
        """The packaged syntax, built when it is first asked for."""
        with cls._lock:
            if cls._default is None:
                cls._default = cls._packaged()
            return cls._default

    @classmethod
    def _packaged(cls) -> Syntax:
        taxonomy, units = Taxonomy.packaged(), Units.packaged()
        return cls(
            taxonomy=taxonomy,
            units=units,
            indicators=indicator_grammar(taxonomy),
            targets=target_grammar(units),
        )

    def read_target(
        self, text: str, *, name: str | None = None
    ) -> tuple[Target, tuple[Diagnostic, ...]]:
        """The target that *text* states, and the findings about it.

        *name* is the name of its indicator: a bare 0.95 is doubtful under a rate.
        Any ``str`` gives a target; spans of the findings count in *text*.
        """
        return read_value(text, grammar=self._targets, units=self.units, name=name)

    def read_indicators(self, text: str) -> IndicatorList:
        """The indicators of the cell *text*, with every finding; never raises."""
        return read_indicators(
            text,
            grammar=self._indicators,
            taxonomy=self.taxonomy,
            read_target=lambda value, name: self.read_target(value, name=name),
        )
