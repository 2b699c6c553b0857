from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from perfgoals.vocabulary import LONGEST, Column, Vocabulary, bare, without_remark

WORDS = Vocabulary.packaged()


@pytest.mark.parametrize("column", WORDS.columns, ids=lambda column: column.id)
def test_every_name_denotes_its_column(column: Column) -> None:
    """No name stands for two columns, and each is written as it is compared."""
    assert {WORDS.column(name) for name in column.names} == {column}
    assert [bare(name) for name in column.names] == list(column.names)
    assert column.zh in column.names


@pytest.mark.parametrize("key", [*WORDS.labels, *WORDS.words])
def test_words_are_written_as_they_are_compared(key: str) -> None:
    words = {**WORDS.labels, **WORDS.words}[key]
    assert [bare(word) for word in words] == list(words)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("column", WORDS.columns, ids=lambda column: column.id)
@given(blanks=st.text(" \u3000\n\r\t\u00a0\u200b", max_size=3))
def test_blanks_do_not_matter(column: Column, blanks: str) -> None:
    name = blanks.join(["", *column.names[0], ""])
    assert WORDS.column(name) == column


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("项目名称（资金使用单位）", "name"),
        ("总计（万元）", "total"),
        ("其中：财政拨款", "fiscal"),
        ("其中财政拨款（含结转）", "fiscal"),
        ("绩效指标：", "indicators"),
        ("单位（项目）名称", "name"),
        ("上年结转", "carry_over"),
    ],
)
def test_column(header: str, column: str) -> None:
    found = WORDS.column(header)
    assert found is not None
    assert found.id == column


@pytest.mark.parametrize(
    "header", ["", "（万元）", "其中：", "培训费", "绩效指标" * 30]
)
def test_no_column(header: str) -> None:
    assert WORDS.column(header) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万 元", "万元"),
        ("人民币万元", "人民币万元"),
        ("美元", "美元"),
        ("万元（人民币）", "万元(人民币)"),
    ],
)
def test_currency_unit(text: str, unit: str) -> None:
    assert WORDS.currency_unit(text) == unit


@pytest.mark.parametrize("text", ["", "甲局", "广州市第一中学状元", "%"])
def test_no_currency_unit(text: str) -> None:
    assert WORDS.currency_unit(text) is None


@pytest.mark.parametrize("header", ["总计（万元）", "总计（单位：万元）", "金额[万元]"])
def test_currency_in_brackets(header: str) -> None:
    assert WORDS.currency_in_brackets(header) == "万元"


def test_no_currency_in_brackets() -> None:
    assert WORDS.currency_in_brackets("项目名称（资金使用单位）") is None


@pytest.mark.parametrize(
    "name", ["合计", " 合　计：", "总计（A+B）", "小计", "市局小计", "本页合计"]
)
def test_total(name: str) -> None:
    assert WORDS.is_total(name)


@pytest.mark.parametrize("name", ["", "统计", "会计", "合计费用", "设计"])
def test_no_total(name: str) -> None:
    assert not WORDS.is_total(name)


def test_grand_total_is_the_word_alone() -> None:
    assert [WORDS.is_grand_total(name) for name in ("合计", "市局合计", "小计")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "name", ["甲局", "甲局（部门）", "甲 局(本级)", "甲局（部门）（本级）", "甲局："]
)
def test_remarks_are_left_aside(name: str) -> None:
    assert without_remark(name) == "甲局"


def test_long_text_is_no_word() -> None:
    assert bare("甲" * LONGEST) == "甲" * LONGEST
    assert bare("甲" * (LONGEST + 1)) == ""
