"""The brackets of Huangshan: ``【产出指标-数量指标】 指标1:购置设备(≥77台)``."""

from __future__ import annotations

import perfgoals as pg


def bracketed(parts: tuple[pg.Part, ...]) -> dict[str, pg.Part | None]:
    """From the tokens of the rule ``bracketed`` to the fields of an indicator."""
    found = {part.name: part for part in parts}
    return {
        "level": found["IN_LEVEL"],
        "category": found["IN_CATEGORY"],
        "ordinal": found.get("IN_ORDINAL"),
        "name": found["IN_NAME"],
        "annual": found["IN_VALUE"],
    }


GRAMMAR = """
// Where an indicator begins: no other text in these brackets has a dash.
%extend OPENING: /【[^-】]{1,20}-[^】]{1,20}】/

// 【产出指标-数量指标】 指标1:购置设备(≥77台)
%extend indicator: bracketed SEPARATOR* END?
bracketed: "【" IN_LEVEL "-" IN_CATEGORY "】" IN_ORDINAL? IN_NAME _OPEN IN_VALUE _SHUT
IN_LEVEL: /[^-】]+(?=-)/
IN_CATEGORY: /[^】]+/
IN_ORDINAL.9: /指标[0-9]{1,3}[:：]/
// Up to the last brackets, as a name may have some too.
IN_NAME: /.{1,200}(?=[(（](?:[^()（）]|[(（][^()（）]*[)）])*[)）][；;。 ]*$)/s
IN_VALUE: /(?:[^()（）]|[(（][^()（）]*[)）])+/
_OPEN: /[(（]/
_SHUT: /[)）]/
"""

SYNTAX = pg.Syntax.default().extend(grammar=GRAMMAR, tree={"bracketed": bracketed})

CELL = (
    "【产出指标-数量指标】 指标1:购置设备(≥77台)；"
    "【产出指标-质量指标】 指标2:设备验收合格率（A类）(≥95%)。"
)

if __name__ == "__main__":
    for indicator in pg.parse(CELL, syntax=SYNTAX):
        print(indicator.level, indicator.category, indicator.name, indicator.annual)
