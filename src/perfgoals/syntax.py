"""A syntax: the grammars in force, and the two things that are read with them."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, ClassVar, Protocol

import attrs

from perfgoals._cells.cell import read_indicators
from perfgoals._cells.words import indicator_grammar
from perfgoals._grammar import Grammar
from perfgoals._values.ambiguity import is_rate
from perfgoals._values.value import read_value, target_grammar
from perfgoals.taxonomy import Taxonomy
from perfgoals.units import Units

if TYPE_CHECKING:
    from perfgoals.diagnostics import Diagnostic
    from perfgoals.model import IndicatorList
    from perfgoals.targets import Target

_MEMO_SIZE = 4096
_MEMO_LENGTH = 64
"""Most values of a table stand in it again and again; so many short ones are kept."""


class _ValueReader(Protocol):
    def __call__(
        self, text: str, /, *, of_rate: bool
    ) -> tuple[Target, tuple[Diagnostic, ...]]: ...


@attrs.frozen(kw_only=True, eq=False)
class Syntax:
    """What cells and values are read with: two grammars, a taxonomy, unit names.

    Immutable, and safe to share between threads.
    """

    taxonomy: Taxonomy
    units: Units
    _indicators: Grammar = attrs.field(repr=False)
    _read_value: _ValueReader = attrs.field(repr=False)
    _memo: _ValueReader = attrs.field(init=False, repr=False)

    @_memo.default
    def _new_memo(self) -> _ValueReader:
        return functools.lru_cache(_MEMO_SIZE)(self._read_value)

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
            read_value=functools.partial(
                read_value, grammar=target_grammar(units), units=units
            ),
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
        """The indicators of the cell *text*, with every finding; never raises."""
        return read_indicators(
            text,
            grammar=self._indicators,
            taxonomy=self.taxonomy,
            read_target=lambda value, name: self.read_target(value, name=name),
        )
