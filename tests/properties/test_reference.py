"""Two parsers that share nothing read canonical cells alike, intact or changed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.reference import TREE, NotCanonicalError, Row, read
from tests.test_parse import CELLS

from perfgoals.parse import parse

if TYPE_CHECKING:
    from perfgoals.model import Category, IndicatorList, Level

BATCHES = 4
BATCH = 400
SIGNS = "支付次数完成率年度效益0123456789%≥-、；。:★ 产出"
WORDS = st.text("支付次数完成项目合格率AB", min_size=1, max_size=5)
VALUES = st.sampled_from(
    ("4次", "≥95%", "100%", "有效提升", "2024年12月底前", "无", "5至10个", "不少于3家")
)


def rows(indicators: IndicatorList) -> list[Row]:
    """What was read, as the other parser says it."""
    return [
        Row(
            indicator.ordinal or 0,
            printed(indicator.level),
            printed(indicator.category),
            indicator.name,
            indicator.core,
            indicator.period.raw,
            indicator.annual.raw,
        )
        for indicator in indicators
    ]


def printed(coded: Level | Category | None) -> str:
    return "" if coded is None else f"{coded.code}-{coded.name}"


def canonical(number: int, row: Row) -> str:
    mark = "★" if row.core else ""
    fields = (
        row.level,
        row.category,
        f"{mark}{row.name}",
        f"实施周期指标值:{row.period}",
        f"年度指标值:{row.annual}",
    )
    return f"{number}、{'；'.join(fields)}。"


@st.composite
def cells(draw: st.DrawFn) -> list[Row]:
    """Indicators of any branch of the tree, four at most, numbered."""
    made: list[Row] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        level = draw(st.sampled_from(list(TREE)))
        category = draw(st.sampled_from(TREE[level]))
        fields = (draw(WORDS), draw(st.booleans()), draw(VALUES), draw(VALUES))
        made.append(Row(number, level, category, *fields))
    return made


@given(cells())
def test_both_read_what_was_written(expected: list[Row]) -> None:
    text = "".join(canonical(row.ordinal, row) for row in expected)
    assert read(text) == expected
    assert rows(parse(text)) == expected


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_read_a_changed_cell_alike(batch: int) -> None:
    """Wherever the other parser is still sure, which is about a tenth of them."""
    random = Random(batch)  # noqa: S311  (no secret depends on it)
    sure = 0
    for _ in range(BATCH):
        text = changed(random.choice(PLAIN), random)
        try:
            expected = read(text)
        except NotCanonicalError:
            continue
        sure += 1
        assert rows(parse(text)) == expected, text
    assert sure > BATCH // 20


def is_plain(cell: str) -> bool:
    try:
        return read(cell) != []
    except NotCanonicalError:
        return False


PLAIN = list(filter(is_plain, CELLS))


def test_the_other_parser_reads_real_cells() -> None:
    assert len(PLAIN) > len(CELLS) // 2
    for cell in PLAIN:
        assert rows(parse(cell)) == read(cell)


def changed(cell: str, random: Random) -> str:
    """*cell* with up to three characters lost, put in, or replaced."""
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(cell))
        sign = random.choice(("", *SIGNS))
        cell = cell[:place] + sign + cell[place + random.randint(0, 1) :]
    return cell
