"""Values for the fast reader: of parts of the grammar and the tables, and mutated."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from tests.fuzz.laws import text_of
from tests.fuzz.mutation import mutated
from tests.fuzz.words import corpus_of, words_of

from perfgoals._data import load_table
from perfgoals._values.fast.reader import FastReader
from perfgoals._values.language import ValueLanguage
from perfgoals._values.value import read_value
from perfgoals.units import Units

if TYPE_CHECKING:
    from random import Random

    from hypothesis.strategies import SearchStrategy

    from perfgoals._values.fast.known import Learn
    from perfgoals._values.kinds import Reading

SUBJECTS = (
    *("全年支付次数", "政策宣讲、产销对接等活动", "工程", "合格率", "满意度", "发放"),
    *("完成", "较上年", "城市", "统一采购", "一年", "第", "本年", "年底", "及", "且"),
    *(
        "人均",
        "完成《年鉴》编纂",
        "非公企业（含分支）",
        "每人",
        "每月",
        "每季度",
        "每户",
    ),
)
LEADS = (
    *("≥", "≤", ">", "<", "=", "≈", ">=", "＜", "不少于", "不低于", "不超过", "不高于"),
    *("至少", "最多", "不得低于", "应不少于", "大于", "小于", "大于等于", "大于或等于"),
    *("高于", "低于", "超过", "约", "达到", "达", "控制在", "不足", "须≥", "严禁超过"),
    *("未低于", "起码", "逾", "近", "不大于", "上限为", "至少达到", "负", "正负"),
)
SUFFIXES = (
    *("以上", "以下", "以内", "内", "之内", "及以上", "左右", "上下", "(含)以上"),
    *("以上(含)", "以上(不含)", "(不含)以下"),
)
SEPARATORS = ("，", "；", "、", ";", ",", "。", "且", " ", "")
DASHES = ("-", "~", "～", "至", "到", "—", "--")
UNITS = tuple(sorted(Units.packaged().names))
REMARKS = (*load_table("words")["remarks"], *SUBJECTS[:6])
BRACKETS = ("（含税）", "（次）", "（含）", "(不含税)", "（万元）", "〔元〕")
MORE_UNITS = ("标准间", "旗", "内箱", "mile", "件套", "及亩", "於")
"""Units that nobody has, some of which begin or end as other words do."""


@functools.cache
def extended_units() -> Units:
    """The packaged units and ``MORE_UNITS``, 旗 and 於 as classifiers."""
    own = Units.packaged()
    return Units(
        names=own.names | set(MORE_UNITS),
        classifiers=own.classifiers | {"旗", "於"},
        counters=own.counters | {"旗"},
        times=own.times,
        ranks=own.ranks,
    )


def by_grammar(
    text: str,
    *,
    units: Units | None = None,
    of_rate: bool = False,
    learn: Learn | None = None,
) -> Reading:
    """The reading of *text* by the grammar alone."""
    language = ValueLanguage.of(units or Units.packaged())
    return read_value(text, language=language, of_rate=of_rate, learn=learn)


def new_reader(units: Units | None = None) -> FastReader:
    """A fast reader that was not taught anything yet."""
    units = units or Units.packaged()
    return FastReader(units, functools.partial(by_grammar, units=units))


def fast_reading(text: str, *, of_rate: bool = False) -> Reading | None:
    """The reading of *text* by a fast reader that was not taught anything."""
    return _untaught().certain(text, of_rate=of_rate)


_untaught = functools.cache(new_reader)


def numbers() -> SearchStrategy[str]:
    """Numbers as they are printed, many of which are years or other dates as well."""
    odd = ("0", "007", "24", "36530", "20241231", "2024.12", "2024.12.31", "202412")
    return st.one_of(
        st.integers(0, 10**7).map(str),
        st.decimals(0, 10**5, places=2).map("{:f}".format),
        st.integers(0, 10**9).map("{:,}".format),
        st.integers(1985, 2060).map(str),
        st.sampled_from(odd),
    )


def maybe(words: tuple[str, ...]) -> SearchStrategy[str]:
    return st.just("") | st.sampled_from(words)


def amounts() -> SearchStrategy[str]:
    denominator = st.tuples(st.sampled_from("/·、每"), st.sampled_from(UNITS))
    per = st.just("") | st.lists(denominator, min_size=1, max_size=2).map(
        lambda names: "/" + "".join(map("".join, names))[1:]
    )
    return _joined(
        maybe(SUBJECTS),
        maybe(LEADS),
        maybe((" ",)),
        numbers(),
        maybe(tuple("十百千万亿余多")),
        maybe((*UNITS, *MORE_UNITS)),
        per,
        maybe(SUFFIXES),
        maybe(REMARKS),
        maybe(BRACKETS),
    )


def ranges() -> SearchStrategy[str]:
    return _joined(
        maybe(SUBJECTS),
        maybe(LEADS),
        numbers(),
        maybe(UNITS),
        st.sampled_from(DASHES),
        numbers(),
        maybe(UNITS),
        maybe(SUFFIXES),
        maybe(REMARKS),
    )


def moments() -> SearchStrategy[str]:
    year, month, day = st.integers(1985, 2105), st.integers(0, 13), st.integers(0, 32)
    forms = ("{y}年", "{y}年{m}月", "{y}年{m}月{d}日", "{m}月", "{m}月{d}日", "{d}日")
    more = (
        "{y}.{m}.{d}",
        "{y}.{m}",
        "{y}-{m}-{d}",
        "{y}/{m}/{d}",
        "年",
        "本年",
        "每年",
    )
    date = st.builds(
        lambda form, y, m, d: form.format(y=y, m=m, d=d),
        st.sampled_from((*forms, *more)),
        year,
        month,
        day,
    )
    return _joined(
        maybe((*SUBJECTS, *LEADS, "截至", "不晚于", "于", "最迟", "到")),
        date,
        maybe(("底", "末", "年底", "年终", "上旬", "初", "度", "份")),
        maybe(("前", "之前", "以前", "内", "以内", "起", "后", "内部", "至")),
        maybe(REMARKS),
    )


def words() -> SearchStrategy[str]:
    some = (*REMARKS, *load_table("words")["absent"], *load_table("words")["occasions"])
    numerals = ("一", "十", "三次", "两个", "二十人", "半", "零", "百分之", "第一")
    return st.lists(st.sampled_from((*some, *numerals)), min_size=1, max_size=3).map(
        "".join
    )


def clauses() -> SearchStrategy[str]:
    return amounts() | ranges() | moments() | words()


def values() -> SearchStrategy[str]:
    """Values of one to three clauses."""
    more = st.lists(st.tuples(st.sampled_from(SEPARATORS), clauses()), max_size=2)
    return st.builds(
        lambda first, rest: first + "".join(map("".join, rest)), clauses(), more
    )


def mutated_value(random: Random) -> str:
    """A value of the cases with changes in it."""
    corpus = corpus_of("parse_target")
    return text_of(
        mutated(random.choice(corpus), words_of("parse_target"), corpus, random)
    )


def _joined(*parts: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.tuples(*parts).map("".join)
