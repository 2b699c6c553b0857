"""Units that are known by name, so that a noun may follow them."""

from __future__ import annotations

import perfgoals as pg

SYNTAX = pg.Syntax.default().extend(
    units={"count": ["亩垄"], "nouns_follow": ["畦"], "time": ["农时"]},
)

VALUE = "≥12亩垄道路"

if __name__ == "__main__":
    for syntax in (pg.Syntax.default(), SYNTAX):
        print(pg.parse_target(VALUE, syntax=syntax))
