"""What target values are read with."""

from __future__ import annotations

import attrs

from perfgoals._grammar import Grammar
from perfgoals._methods import Methods
from perfgoals._values.words import target_grammar
from perfgoals.units import Units


@attrs.frozen(kw_only=True)
class ValueLanguage:
    """The grammar of values with the units that it was made from.

    ``methods`` are those of the rules that an extension adds to it.
    """

    grammar: Grammar
    units: Units
    methods: Methods = attrs.field(factory=Methods, eq=False)

    @classmethod
    def of(cls, units: Units) -> ValueLanguage:
        """The packaged grammar with *units*."""
        return cls(grammar=target_grammar(units), units=units)
