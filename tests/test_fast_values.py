"""The fast reader: how much it reads, that its words are the grammar's, and learning."""

from __future__ import annotations

import ast
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from benchmarks.corpus import COMMON_VALUES, NEW_VALUES, SUBJECTS
from tests.fast_values import by_grammar, fast_first, fast_reading
from tests.test_targets import READINGS

import perfgoals
from perfgoals._values.comparators import stated_by
from perfgoals._values.fast import moments, tails, unit_words
from perfgoals._values.fast.leads import WORDS
from perfgoals._values.fast.reader import FastReader
from perfgoals._values.fast.samples import Samples
from perfgoals._values.fast.tails import SUFFIXES
from perfgoals.targets import Absent, Deadline, Quantity, Target
from perfgoals.units import Units

if TYPE_CHECKING:
    import re

CASES = [str(case.values[0]) for case in READINGS]
NEW = [
    form.format(
        whole=7041,
        more=7105,
        tenths="704.1",
        percent="70.40123",
        year=2031,
        month=6,
        day=8,
        subject=subject,
    )
    for form in NEW_VALUES
    for subject in SUBJECTS
]


def test_most_cases_are_read_fast() -> None:
    taken = [text for text in CASES if fast_reading(text)]

    assert len(taken) > 0.7 * len(CASES)


@pytest.mark.parametrize("text", [*COMMON_VALUES, *dict.fromkeys(NEW)])
def test_what_the_benchmarks_read_is_read_fast(text: str) -> None:
    assert fast_reading(text) == by_grammar(text)


@pytest.mark.parametrize("of_rate", [False, True])
@pytest.mark.parametrize("text", CASES)
def test_cases_are_read_alike(text: str, *, of_rate: bool) -> None:
    assert fast_reading(text, of_rate=of_rate) in (
        None,
        by_grammar(text, of_rate=of_rate),
    )


UNCERTAIN = (
    "13月至14月",
    "2024年第5期前",
    "2024-13-45",
    "2024.2.30前",
    "2024年123月前",
    "2024年12月123日前",
    "3124年前完成",
    "每人12月前",
    "每年15日前",
    "2024年5日前",
    "73096 须<=3191市",
    "440748幕/周岁每‰",
    "词截止2024年10月31日",
    "截至最迟2022年底",
    "2023年水平",
    "每、年1健全",
    "10千（台）",
    "统一起码927534千升",
    "72百分百",
    "甲月5日",
    "5次(A)",
    "5仍应≥6个",
    "2024-12-31个",
    "5个-6次",
    "2024.2.30",
    "5个（甲）乙（丙）",
    "5个（含甲）",
    "5万元内涝",
    "5元/两处",
    "5台（半）",
    "5(含)个",
    "5元/天、完成",
    "5元每人完成",
    "5人/成",
    "控制2055年之前",
    "比例为落实、1992年5月25日补贴",
    "5个，年底无前",
    "9月前0",
    "年底前5",
    "年底前94,177天",
    "12月底前5强",
    "24小时预报准确率5%",
    "培训5期第3人次",
    "培训3起码5",
    "每隔5天",
    "控制每月5次",
    "295多年底",
    "3余千元",
    "210不可大于-1",
    "≥80%，≤100%",
    "甲、乙，丙5个，丁，戊",
    "第5个、6个",
    "第5.5个",
    "5/次、完成",
    "5\u200b个",
    "成5成",
    "三两",
    "无（当年新增）",
    "年底前，无",
    "每个项目至少开展，无",
)
"""Texts that look like what the fast way reads, and are not."""


@pytest.mark.parametrize("text", UNCERTAIN)
def test_what_is_not_certain_is_left_to_the_grammar(text: str) -> None:
    assert fast_reading(text) is None


CERTAIN = (
    "264177千个月（次）",
    "≤55dB(\x1a)",
    "5dB(A)",
    "5,000",
    "5仍需≥6个",
    "10 城市2261.18泊位",
    "5月1日前6日终",
    "5、",
    "5个至",
    "3根根到5",
    "2024-12-31前完成",
    "2024/6/30",
    "2024.6",
    "2024.12.31前",
    "2023年2月底前",
    "2024年2月28日前",
    "2024年1月1日至12月31日",
    "2023年2月-2024年6月",
    "2024年1-12月",
    "每月10日前报送",
    "每年12月底前",
    "截至2024年6月",
    "≤2024年12月31日",
    "2024年12月完成",
    "2024年底前完成5个，年底前验收",
    "5个，年底前完成",
    "提高质量，5个",
    "30元/平方米·年以上",
    "≥200元每人每月",
    "5（万元）",
    "10台（套）",
    "12,345.5元",
    "8～5天",
    "200余人",
    "2024",
    "第5期",
    "三个",
    "待定。",
    "—",
    "",
    "。",
)


@pytest.mark.parametrize("text", CERTAIN)
def test_what_is_certain_is_read_as_by_the_grammar(text: str) -> None:
    assert fast_reading(text) == by_grammar(text)


# ── Words ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", WORDS)
def test_comparators_are_those_of_the_grammar(kind: str) -> None:
    """Each word, alone and behind a noun, is the comparator of its terminal."""
    comparator, _ = stated_by([kind])
    for word in WORDS[kind]:
        target, _ = by_grammar(f"数量{word}5次")
        assert isinstance(target, Quantity)
        assert (word, target.comparator) == (word, comparator)
        assert target.note == "数量"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_suffixes_are_those_of_the_grammar(suffix: str) -> None:
    comparator, _ = stated_by([SUFFIXES[suffix]])
    target, _ = by_grammar(f"5次{suffix}")

    assert isinstance(target, Quantity)
    assert (target.comparator, target.note) == (comparator, None)


@pytest.mark.parametrize("word", moments.BY)
def test_words_before_dates_are_those_of_the_grammar(word: str) -> None:
    target, _ = by_grammar(f"{word}2024年12月31日")

    assert isinstance(target, Deadline)
    assert (target.comparator, target.note) == (moments.BY[word], None)


@pytest.mark.parametrize(
    "pattern",
    [unit_words.BOUNDARY, unit_words.NO_NOUN, unit_words.LETTERS, tails.MORE],
)
def test_patterns_are_those_of_the_grammar(pattern: re.Pattern[str]) -> None:
    grammar = resources.files("perfgoals") / "grammars" / "targets.lark"
    plain = (
        pattern.pattern.replace("(?:$|", "").replace("([十", "[十").replace("]*)", "]*")
    )

    assert plain in grammar.read_text("utf-8").replace("(?:$|", "")


# ── Likeness ────────────────────────────────────────────────────────────────


def read(text: str, reader: FastReader) -> Target:
    """The target of *text*, which *reader* is asked for first."""
    return fast_first(text, reader)[0]


@pytest.mark.parametrize(
    "form",
    [
        "90分以上（{}人）",
        "PM2.5≤{}",
        "≥{}人·天且≤9人·天",
        "【{}人次】",
        "按{}亩计入A{}区",
        "①{}个②完成",
    ],
)
def test_the_third_value_of_its_words_is_read_as_the_first_two(form: str) -> None:
    reader = FastReader(Units.packaged())
    texts = [form.format(number, number + 5) for number in (1234, 5678, 9012)]
    for text in texts[:2]:
        assert reader.read(text, of_rate=False) is None
        read(text, reader)

    assert reader.read(texts[2], of_rate=False) == by_grammar(texts[2])


@pytest.mark.parametrize("form", ["98±{}毫米", "每{}年一次", "〔{}〕5号文件"])
def test_numbers_that_change_more_are_never_learned(form: str) -> None:
    reader = FastReader(Units.packaged())
    for number in (1234, 5678, 9012):
        text = form.format(number)
        assert reader.read(text, of_rate=False) is None
        assert read(text, reader) == by_grammar(text)[0]


def test_which_number_is_greater_matters() -> None:
    """≥5且≤9 is a range; ≥9且≤5 is two bounds that contradict each other."""
    reader = FastReader(Units.packaged())
    pairs = [(100, 200), (300, 400), (800, 700), (900, 600), (999, 555), (555, 999)]
    for low, high in pairs:
        text = f"≥{low}人·天且≤{high}人·天"
        assert read(text, reader) == by_grammar(text)[0]


@pytest.mark.parametrize(
    "other",
    [Absent(), Quantity(number=Decimal(456), note="甲"), Quantity(number=Decimal(7))],
)
def test_what_differs_more_than_in_numbers_is_forgotten(other: Target) -> None:
    samples = Samples()
    samples.learn("甲123", Quantity(number=Decimal(123)))
    samples.learn("甲456", other)
    samples.learn("甲789", Quantity(number=Decimal(789)))

    assert samples.read("甲789") is None


def test_a_number_in_a_unit_is_not_learned() -> None:
    samples = Samples()
    samples.learn("甲123", Quantity(number=Decimal(123), unit="123号"))

    assert samples.read("甲123") is None


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfgoals._values.fast.samples._SIZE", 2)
    samples = Samples()
    for sign in "甲乙丙":
        samples.learn(f"{sign}123", by_grammar(f"{sign}123")[0])

    assert len(samples) == 1


def test_a_value_that_is_long_is_left_to_the_grammar() -> None:
    text = "有效提升" * 50

    assert fast_reading(text) is None
    assert read(text, FastReader(Units.packaged())) == by_grammar(text)[0]


# ── Imports ─────────────────────────────────────────────────────────────────

PACKAGE = Path(perfgoals.__file__).parent


def imported(module: str) -> set[str]:
    path = PACKAGE.parent / f"{module.replace('.', '/')}.py"
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.parse("")
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_fast_way_needs_no_lark() -> None:
    found, new = set(), {"perfgoals._values.fast.reader"}
    while new:
        found |= new
        new = {name for module in new for name in imported(module)} - found

    assert "perfgoals._values.fast.frames" in found
    assert not {name for name in found if name.partition(".")[0] == "lark"}
