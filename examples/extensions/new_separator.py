"""Fields that a vertical bar parts: one more separator, beside ；and ;."""

from __future__ import annotations

import perfgoals as pg

SYNTAX = pg.Syntax.default().extend(grammar='%extend SEPARATOR: "|"')

CELL = (
    "1、1-产出指标|11-数量指标|支付次数|实施周期指标值:4次/年|年度指标值:4次。"
    "2、1-产出指标|12-质量指标|验收合格率|实施周期指标值:100%|年度指标值:100%。"
)

if __name__ == "__main__":
    for indicator in pg.parse(CELL, syntax=SYNTAX):
        print(indicator.level, indicator.name, indicator.annual.raw)
