"""The indicator tree of a year: names, a branch and codes are rows of a table."""

from __future__ import annotations

import perfgoals as pg

SYNTAX = pg.Syntax.default().extend(
    taxonomy={
        "category": {
            "quantity": {"names": ["工程量"]},
            "digital_benefit": {
                "zh": "数字效益指标",
                "en": "digital benefit",
                "names": ["数字效益"],
            },
        },
        "edition": [
            {
                "id": "example-2026",
                "title": "A tree that some province might issue in 2026",
                "source": "an example",
                "tree": {"benefit": ["digital_benefit"]},
                "codes": {"25": "digital_benefit"},
            }
        ],
    },
)

CELL = (
    "1、1-产出指标；11-工程量指标；改造道路长度；实施周期指标值:30公里；年度指标值:12公里。"
    "2、2-效益指标；25-数字效益指标；线上办理率；实施周期指标值:≥90%；年度指标值:≥80%。"
)

if __name__ == "__main__":
    for indicator in pg.parse(CELL, syntax=SYNTAX):
        print(indicator.category)
