"""The prose of Guangxi: ``设1条数量指标:完成工期≥1个月；设1条质量指标:…``."""

from __future__ import annotations

import perfgoals as pg


def prose(parts: tuple[pg.Part, ...]) -> dict[str, pg.Part]:
    """From the tokens of the rule ``prose`` to the fields of an indicator."""
    _, category, name, value = parts
    return {"category": category, "name": name, "annual": value}


SYNTAX = pg.Syntax.default().extend(
    grammar="""
        %extend OPENING: /设[0-9]{1,2}条[^:：；;。]{2,12}指标[:：]/

        // 设1条数量指标:完成工期≥1个月
        %extend indicator: prose SEPARATOR* END?
        prose: SET_COUNT SET_CATEGORY _COLON_BEHIND SET_NAME SET_VALUE
        SET_COUNT.9: /设[0-9]{1,2}条(?=[^:：；;。]{2,12}指标[:：])/
        SET_CATEGORY: /[^:：]{2,14}(?=[:：])/
        _COLON_BEHIND: /[:：]/
        SET_NAME: /[^≥≤><=；;。]+/
        SET_VALUE: /[≥≤><=][^；;。]*/
    """,
    tree={"prose": prose},
)

CELL = "设1条数量指标:完成工期≥1个月；设1条质量指标:工程验收合格率≥95%。"

if __name__ == "__main__":
    for indicator in pg.parse(CELL, syntax=SYNTAX):
        print(indicator.category, indicator.name, indicator.annual)
