"""A province that calls the two target values by other names: labels are data."""

from __future__ import annotations

import perfgoals as pg

SYNTAX = pg.Syntax.default().extend(
    labels={"period": ["全程要求"], "annual": ["{year}年度要求", "本期要求"]},
)

CELL = (
    "1、1-产出指标；11-数量指标；改造道路长度；全程要求：≥30公里；2024年度要求：≥12公里。"
    "2、1-产出指标；12-质量指标；验收合格率；全程要求：100%；本期要求：100%。"
)

if __name__ == "__main__":
    for indicator in pg.parse(CELL, syntax=SYNTAX):
        print(indicator.name, indicator.period.raw, indicator.annual.raw)
