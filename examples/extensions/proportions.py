"""A kind of value of your own: proportions, ``1:1:1``."""

from __future__ import annotations

from decimal import Decimal

import attrs

import perfgoals as pg


@pg.register_target
@attrs.frozen(kw_only=True)
class Proportion(pg.CustomTarget):
    """Numbers in proportion to one another: the shares of three payers, say."""

    kind = "proportion"
    terms: tuple[Decimal, ...]


def proportion(parts: tuple[pg.Part, ...]) -> Proportion:
    """From the token of the rule ``proportion`` to a target."""
    [printed] = parts
    return Proportion(terms=tuple(map(Decimal, printed.text.split(":"))))


SYNTAX = pg.Syntax.default().extend(
    grammar="""
        %extend _core: proportion  // 1:1:1
        proportion: PROPORTION
        PROPORTION.20: /[0-9]{1,6}(?::[0-9]{1,6}){1,9}(?![0-9:])/
    """,
    tree={"proportion": proportion},
)

VALUES = ("1:1:1", "配套资金比例1:2", "2:1，到位率100%")

if __name__ == "__main__":
    for value in VALUES:
        print(pg.to_json(pg.parse_target(value, syntax=SYNTAX)))
