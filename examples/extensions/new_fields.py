"""Fields beyond the two target values, behind labels of their own."""

from __future__ import annotations

import perfgoals as pg

SYNTAX = pg.Syntax.default().extend(
    labels={"weight": ["权重", "分值"], "actual": ["实际完成值"]},
)

CELL = (
    "1、1-产出指标；11-数量指标；支付次数；实施周期指标值:4次/年；年度指标值:4次；"
    "实际完成值:4次；权重:10。"
    "2、1-产出指标；12-质量指标；验收合格率；实施周期指标值:100%；年度指标值:100%；"
    "权重:20。"
)

if __name__ == "__main__":
    for indicator in pg.parse(CELL, syntax=SYNTAX):
        print(indicator.name, indicator.extra("weight"), indicator.extra("actual"))
