"""The usual shapes of values, and what the grammar makes of each.

``python -m tests.usual_shapes`` writes them into the package, which has them to read a
value before the grammar is there. The values below are made up of parts: none is known
by its words, as the shapes have slots for words, units and numbers.
"""

from __future__ import annotations

import functools
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fast_values import new_reader

import perfgoals
from perfgoals._data import load_table
from perfgoals._values.fast.known import taught
from perfgoals._values.language import ValueLanguage
from perfgoals._values.value import sure_target
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PATH = Path(perfgoals.__file__).parent / "data" / "shapes.tsv"

_WORDS = ("", "甲乙")
_LEADS = (
    *("≥", "≤", ">", "<", "=", ">=", "<=", "不少于", "不低于", "不小于", "不高于"),
    *("不超过", "不大于", "不多于", "至少", "最多", "大于等于", "小于等于", "大于"),
    *("小于", "高于", "低于", "等于", "超过", "达到", "达", "约", "不足"),
    *("控制在", "为"),
)
_MAIN_LEADS = ("", "≥", "≤", "不少于", "不低于", "不超过", "达到", "控制在")
_SUFFIXES = ("以上", "及以上", "以下", "及以下", "以内", "内", "左右")
_TIMES = ("年", "天", "小时", "分钟", "个月", "工作日", "个工作日")
_UNITS = ("", "%", "吨", "万", "分", *_TIMES)
_PER = ("/年", "/月", "/天", "/次", "/季度", "/桶")
_EACH = (
    *("每年", "每月", "每季度", "每周", "每天", "每人", "每次", "每人每年", "每人每月"),
)
_NUMBERS = ("1234", "123.4", "1,234", "7")
_DASHES = ("-", "~", "—", "至")
_DATES = ("2023年", "2023年5月", "2023年5月6日", "5月", "5月6日", "2023年11月", "11月")
_ENDS = ("", "前", "之前", "前完成", "完成", "底前", "底前完成", "底", "内")
_YEAR_ENDS = ("年底", "年底前", "年内", "本年底前", "当年年底前")


def _texts() -> Iterator[Iterable[tuple[str, ...]]]:
    """Values as their parts, form by form."""
    for number in _NUMBERS:
        yield product(_WORDS, ("", *_LEADS), [number], _UNITS)
        yield product(_WORDS, _MAIN_LEADS[:5], [number], ("吨", "个"), _PER)
        yield product(_WORDS, _MAIN_LEADS, [number], ("%", "吨", "天"), _SUFFIXES)
        yield product(_WORDS, _MAIN_LEADS, [number], ("%", "吨"), ["甲乙"])
        yield product(["7"], _TIMES, ["内", "以内"], ("", "甲乙"))
        yield product(_EACH, _MAIN_LEADS[:5], [number], ("吨", "%", "小时"))
        yield product(_MAIN_LEADS[:5], [number], ["吨"], _EACH)
        yield product(_YEAR_ENDS, ("", "完成"), [number], ("%", "吨"), ("", "甲乙"))
        yield product(("", "≥", "约"), [number], "余多", ["吨"])
    for number, dash in product(_NUMBERS, _DASHES):
        yield product(
            _WORDS, [number], [dash], ("1239", "6", "9.5"), ("吨", "%", *_TIMES)
        )
    yield product(("9%-95%", "9%~95%", "1-2吨/月", "1-2吨/年"))
    yield product(_WORDS, ["第1234"], ["", "甲乙"])
    yield product(("", "于", "截至", "不晚于"), _DATES, _ENDS)
    yield product(("", "2023年", "每年"), map(str, range(1, 13)), ["月底前", "月底"])
    yield product(("每月", "每年5月"), ["6日"], ("", "前"))
    yield product(("", "2023年"), ("1-12月", "5月-6月", "5月至6月", "5月6日-7月8日"))
    yield product(_YEAR_ENDS, ("", "完成"))
    yield product((*"一两二三四五六七八九十", "十二", "二十", "三十", "五十"), ["吨"])
    absent = load_table("words")["absent"]
    yield product((*absent, *map(str.upper, absent), *"/-—*×…~", "--", ""), ("", "。"))
    yield _compounds()


def _compounds() -> Iterator[tuple[str, ...]]:
    """Two clauses of one form, in either order of their numbers."""
    amounts = [
        *map("".join, product(("", "≥", "不少于"), "#", ("%", "吨"))),
        *("#%以上", "#吨以上"),
    ]
    some = (*_WORDS, "甲乙甲乙甲乙甲")
    for words, first, second, sign in product(some, amounts, amounts, "，；"):
        other = words.replace("甲乙", "丙丁") + second
        for low, high in (("1234", "1239"), ("1239", "1234")):
            before = words + first.replace("#", low)
            for unit in ("吨", "桶"):
                yield before, sign, other.replace("吨", unit).replace("#", high)


def rows() -> list[str]:
    """The packaged table: on each line a shape, its variants, and their template."""
    units = Units.packaged()
    reader = new_reader()
    sure = functools.partial(sure_target, language=ValueLanguage.of(units))
    found: dict[tuple[str, str], list[str]] = {}
    for form in _texts():
        for text in map("".join, form):
            framed, target = reader.framed(text), sure(text)
            template = framed and target and taught(framed, target, sure)
            if framed and template:
                variants = found.setdefault((framed.frame.shape, template), [])
                if framed.variant not in variants:
                    variants.append(framed.variant)
    return [
        f"{shape}\t{' '.join(sorted(variants))}\t{template}\n"
        for (shape, template), variants in sorted(found.items())
    ]


def main() -> None:
    """Write the table."""
    PATH.write_text("".join(rows()), encoding="utf-8")


if __name__ == "__main__":
    main()
