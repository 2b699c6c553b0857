"""The fast reader: what it knows, what it is taught, and that it knows no more."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from benchmarks.corpus import COMMON_VALUES, NEW_VALUES, SUBJECTS
from tests import usual_shapes
from tests.fast_values import by_grammar, fast_reading, new_reader
from tests.test_targets import READINGS

import perfgoals
from perfgoals._values.fast import known, usual
from perfgoals._values.fast.reader import FastReader
from perfgoals._values.fast.slots import LEADS
from perfgoals._values.fast.templates import template_of
from perfgoals._values.language import ValueLanguage
from perfgoals.targets import CustomTarget
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals._values.kinds import Reading

CASES = [str(case.values[0]) for case in READINGS]
NEW = [
    form.format(
        whole=7041 + turn,
        more=7105 + turn,
        tenths=f"{turn}04.1",
        percent=f"{turn}0.40123",
        year=2031 + turn,
        month=6 + turn,
        day=8 + turn,
        subject=subject,
    )
    for form in NEW_VALUES
    for subject in SUBJECTS
    for turn in (1, 2, 3)
]


def test_most_cases_are_known_before_any_is_read() -> None:
    taken = [text for text in CASES if fast_reading(text)]

    assert len(taken) > 0.45 * len(CASES)


@pytest.mark.parametrize("text", COMMON_VALUES)
def test_what_most_tables_say_is_known(text: str) -> None:
    assert fast_reading(text) == by_grammar(text)


def test_new_values_are_known_after_two_of_their_words() -> None:
    reader = new_reader()
    unknown = [text for text in NEW if not reader.certain(text, of_rate=False)]
    for text in NEW:
        assert reader.read(text, of_rate=False) == by_grammar(text)

    assert len(unknown) < 0.2 * len(NEW)
    assert [text for text in NEW if not reader.certain(text, of_rate=False)] == []


@pytest.mark.parametrize("of_rate", [False, True])
@pytest.mark.parametrize("text", CASES)
def test_cases_are_read_alike(text: str, *, of_rate: bool) -> None:
    assert fast_reading(text, of_rate=of_rate) in (
        None,
        by_grammar(text, of_rate=of_rate),
    )


# ── Shapes ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "shape", "variant"),
    [
        ("完成不少于200家", "{w0}不少于{n0}{u0}", "0"),
        ("1,234.5元/人", "{n0}{u0}/{u1}", ","),
        ("70.5%以上", "{n0}%以上", "."),
        ("5-10个", "{n0}-{n1}{u0}", "00<01"),
        ("10-5个", "{n0}-{n1}{u0}", "00<10"),
        ("发放3份，受益3人", None, None),
        ("发放2份，受益3份", "{w0}{n0}{u0}，{w1}{n1}{u0}", "00<01"),
        ("2024年12月31日前", "{y0}年{m0}月{d0}日前", "000"),
        ("2024年2月30日前", None, None),
        ("6月底前完成80%", "6月底前完成{n0}%", "0<10"),
        ("两次", "两{u0}", ""),
        ("二级", "二级", ""),
        ("24小时值守", "24小时值守", ""),
        ("推进第1234号地块整理", "{w0}第{n0}{w1}", "0"),
        ("第5期", "第5期", ""),
        ("3人次和5人", "{n0}人次和{n1}{u0}", "00<01"),
        ("5台设备", "{n0}台设备", "0"),
        (
            "每人每月200元，共计不超过2400元",
            "每人每月{n0}{u0}，{w0}计不超过{n1}{u0}",
            "00<01",
        ),
    ],
)
def test_shapes(text: str, shape: str | None, variant: str | None) -> None:
    framed = new_reader().framed(text)

    assert (framed and framed.key) == (shape and (shape, variant))


def test_the_packaged_templates_are_those_of_the_grammar() -> None:
    assert usual_shapes.PATH.read_text("utf-8") == "".join(usual_shapes.rows())


COMPARATORS = (
    *("AT_LEAST", "MORE_THAN", "AT_MOST", "LESS_THAN", "EQUAL", "ABOUT", "REACH"),
    "KEEP_WITHIN",
)


@pytest.mark.parametrize("terminal", COMPARATORS)
def test_all_signs_of_a_comparator_are_known(terminal: str) -> None:
    """None is taken for a part of the words in front of it."""
    pattern = ValueLanguage.of(Units.packaged()).grammar.pattern(terminal)
    words = re.sub(r"\(\?[=!](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "", pattern)

    assert set(re.findall("[\u4e00-\u9fff≥≤><=≈]", words)) <= set(LEADS)


# ── Teaching ────────────────────────────────────────────────────────────────


def read_in_turn(form: str, numbers: Sequence[tuple[object, ...]]) -> list[bool]:
    """Whether each value of *form* was known; all are read as by the grammar."""
    reader, known = new_reader(), []
    for each in numbers:
        text = form.format(*each)
        known.append(reader.certain(text, of_rate=False) is not None)
        assert reader.read(text, of_rate=False) == by_grammar(text)
    return known


@pytest.mark.parametrize(
    "form",
    [
        "90分以上（{}人）",
        "PM2.5≤{}",
        "≥{}人·天且≤9人·天",
        "【{}人次】",
        "按{}亩计入A{}区",
        "①{}个②完成",
        "提高“\"'\\”服务{}项、",
    ],
)
def test_the_third_value_of_a_shape_is_known(form: str) -> None:
    numbers = [(number, number + 5) for number in (1234, 5678, 8012)]

    assert read_in_turn(form, numbers) == [False, False, True]


@pytest.mark.parametrize(
    "form",
    [
        *(
            "98±{}毫米",
            "每{}年一次",
            "〔{}〕5号文件",
            "{}月底",
            "2024年{}月底",
        ),
        *("≥百分之九十小于{}%", "{}亿2000万元"),
    ],
)
def test_what_changes_more_than_its_numbers_is_not_learned(form: str) -> None:
    for numbers in ((1234, 5678, 8012), (4, 6, 2), (11, 12, 2)):
        read_in_turn(form, [(number,) for number in (*numbers, *numbers)])

    reader = new_reader()
    for number in (1234, 5678, 8012):
        reader.read(form.format(number), of_rate=False)
    assert reader.certain(form.format(7777), of_rate=False) is None


def test_which_number_is_greater_matters() -> None:
    """≥5且≤9 is a range; ≥9且≤5 is two bounds that contradict each other."""
    pairs = [(100, 200), (300, 400), (800, 700), (900, 600), (999, 555), (555, 999)]

    read_in_turn("≥{}人·天且≤{}人·天", pairs)


@pytest.mark.parametrize(
    "form",
    [
        "≥半天且≤{}天",
        "≥２０%且≤{}%",
        "不少于贰天且不超过{}天",
        "≥1，000m²且≤{}000m²",
        "≥ 1,000m²且≤{}000m²",
        "≥.6%且≤{}%",
        "≥.6%且≤{}％",
    ],
)
def test_a_number_in_another_writing_is_not_taken_for_a_smaller_one(form: str) -> None:
    numbers = [(number,) for number in (*(95.5, 96.5, 97.5), *(0.2, 0.4, 15.5, 1.5))]

    read_in_turn(form, numbers)


def test_more_slots_than_can_be_made_up_are_not_learned() -> None:
    form = "，".join(f"{sign}{{}}吨公里" for sign in "甲乙丙丁戊己庚")
    numbers = [tuple(range(start, start + 7)) for start in (200, 300, 400)]

    assert read_in_turn(form, numbers) == [False, False, False]


@attrs.frozen(kw_only=True)
class Grade(CustomTarget):
    kind = "grade_of_a_test"


def test_a_target_of_an_extension_is_not_learned() -> None:
    grade: Any = Grade()

    assert template_of(grade, {}) is None


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_SIZE", 2)
    reader = new_reader()
    for sign in "甲乙丙丁":
        for number in (1234, 5678):
            reader.read(f"90{sign}（{number}人）", of_rate=False)
            assert len(reader._known._met) <= 2
            assert len(reader._known._templates) <= 2


def test_a_value_that_is_long_is_left_to_the_grammar() -> None:
    for text in ("有效提升" * 50, "有效提升4次" * 50):
        assert fast_reading(text) is None
        assert new_reader().read(text, of_rate=False) == by_grammar(text)


def test_no_frame_is_made_of_a_long_value() -> None:
    reader = new_reader()
    assert reader.certain("、".join(map(str, range(60))), of_rate=False) is None
    assert reader._frame.cache_info().currsize == 0


def test_a_long_value_is_left_to_it_though_a_short_one_of_its_frame_is_known() -> None:
    asked: list[str] = []

    def read(text: str, /, *, of_rate: bool, **_: object) -> Reading:
        asked.append(text)
        return by_grammar(text, of_rate=of_rate)

    reader = FastReader(Units.packaged(), read)
    short, long = (f"{'宣' * 113}不少于{number}家" for number in (5, 123456789))
    assert reader.read(short, of_rate=False) == by_grammar(short)
    assert reader.read(long, of_rate=False) == by_grammar(long)
    assert asked == [long]


# ── Values that differ in numbers alone ─────────────────────────────────────


@pytest.mark.parametrize(
    ("form", "same", "others"),
    [
        ("≥{}次", [(3,), (12345,), (0,)], [(2024,), ("3.5",), ("1,234",), ("007",)]),
        ("≥{}%", [(95,), (100,), (7,)], [(101,), (250,), ("100.5",)]),
        ("占{}.5%以上", [(95,), (9,)], [(100,)]),
        ("推进第{}号地块整理", [(123,), (9876,)], [(12,), (20240131,)]),
        ("{}-{}个", [(3, 5), (0, 7)], [(5, 3), (5, 5), (2023, 2024)]),
        ("发放{}份，受益{}人", [(3, 5), (10, 70)], [(70, 10), (123456789, 987654321)]),
        ("宣" * 60 + "不少于{}家", [(3,), (987654321,)], []),
    ],
)
def test_values_that_differ_in_numbers_alone_are_usual(
    form: str, same: list[tuple[object, ...]], others: list[tuple[object, ...]]
) -> None:
    reader = new_reader()
    first = form.format(*same[0])
    assert reader.usual.read(first) is None
    assert reader.read(first, of_rate=False) == by_grammar(first)

    for numbers in same:
        text = form.format(*numbers)
        assert reader.usual.read(text) == by_grammar(text)
    for numbers in others:
        text = form.format(*numbers)
        assert reader.usual.read(text) is None
        assert reader.read(text, of_rate=False) == by_grammar(text)


@pytest.mark.parametrize(
    "text",
    [
        "5",
        "20人/次",
        "≥90%以内",
        "5%/10%",
        "第12期",
        "宣" * 66 + "不少于5家",
        "6月底前完成80%",
    ],
)
def test_values_that_differ_in_more_are_not(text: str) -> None:
    reader = new_reader()
    for _ in range(2):
        assert reader.read(text, of_rate=False) == by_grammar(text)
        assert reader.usual.read(text) is None


@pytest.mark.parametrize(
    ("text", "is_asked"), [("5个", False), ("5-6个", True), ("发放3份，受益5人", True)]
)
def test_a_sign_that_parts_fields_is_asked_about(text: str, *, is_asked: bool) -> None:
    asked: list[str] = []
    reader = new_reader()
    reading = reader.read(text, of_rate=False)

    assert reader.usual.read(text, asked.append) == (None if is_asked else reading)
    assert asked == [text] * is_asked
    assert reader.usual.read(text, bool) == reading


def test_usual_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "_SIZE", 2)
    reader = new_reader()
    for sign in "甲乙丙丁":
        assert reader.read(f"{sign}5次", of_rate=False) == by_grammar(f"{sign}5次")
        assert reader.usual.read(f"{sign}6次") == by_grammar(f"{sign}6次")
        assert len(reader.usual._known) <= 2


# ── Look-alikes ─────────────────────────────────────────────────────────────

LOOK_ALIKES = (
    "5  1",
    "5 1",
    "5 , 1",
    "每月\u300012日至",
    "≤  2 %  以上",
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
    "一批",
    "负4%",
    "906.30热线按期办结",
    "第36530亿串缴纳",
    "第1479.45馆",
    "发放88羽次召开",
    "每词年89万30人/场",
    "27台套录入",
    "不大于90块钱发生",
    "早于6十五月星期日",
    "8万台班编制",
    "优抚对象150万尾尽发",
    "一年54个",
    "2024年2月底前",
    "≥26米是",
    "第一9",
    "2056年政策宣讲、产销对接等活动",
    "每人88万个/毫秒",
    "≥百分之九十小于5%",
    "0\u200b次",
    "1'\"\\2台",
    "5次{w0}6次",
    "5次#6次",
)
"""Texts that say something else than those that they look like."""

FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
OTHERS = ("1234", "5678", "3.5", "12", "7", "2024", "29", "1,234")


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_are_read_as_by_the_grammar(text: str) -> None:
    reader = new_reader()
    assert reader.read(text, of_rate=False) == by_grammar(text)
    for number in (*OTHERS, *OTHERS, *OTHERS):
        value = FIGURES.sub(number, text)
        assert reader.read(value, of_rate=False) == by_grammar(value)
    assert reader.read(text, of_rate=False) == by_grammar(text)


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

    assert "perfgoals._values.fast.known" in found
    assert not {name for name in found if name.partition(".")[0] == "lark"}
