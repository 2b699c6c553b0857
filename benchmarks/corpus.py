"""Cells to measure with: intact, damaged and adversarial, the same for each seed."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# ── Intact cells ────────────────────────────────────────────────────────────

CATEGORIES = (
    ("1-产出指标", "11-数量指标"),
    ("1-产出指标", "12-质量指标"),
    ("1-产出指标", "13-时效指标"),
    ("1-产出指标", "14-成本指标"),
    ("2-效益指标", "21-经济效益"),
    ("2-效益指标", "22-社会效益"),
    ("2-效益指标", "23-生态效益"),
    ("2-效益指标", "24-可持续影响"),
    ("3-满意度指标", "31-服务对象满意度"),
)
SUBJECTS = (
    "全年支付", "政策宣讲、产销对接等活动", "办公用房清洁卫生", "招商项目库入库项目",
    "走访及接待企业", "工程验收", "经费发放", "信息系统用户", "社区矫正对象",
    "闲置物业摸查", "完成《年鉴》编纂", "非公企业（含分支）", "农村公路养护",
    "中小学食堂抽检", "防汛物资储备",
)  # fmt: skip
PLACES = tuple(
    map(
        "".join,
        itertools.product(
            "东南西北上下新长大小", "林山河湖塘桥岭溪田坝", "村镇街乡区县"
        ),
    )
)
"""What tells indicators from others that are called alike."""

ASPECTS = ("次数", "覆盖率", "合格率", "及时率", "满意率", "数量", "完成情况", "成本")
COMMON_VALUES = (
    "100%", "≥95%", "≥90%", "4次", "4次/年", "≥10次", "至少5个", "不少于200家", "0起",
    "1项", "≥12", "≤5个工作日", "2024年12月31日前", "年底前100%完成", "100%完工",
    "工程及时完工", "有效提升", "未超今年概算", "工业90%以上，商贸服务业80%以上", "优",
    "支持重点项目建设，提高园区形象。保障企业正常经营", "两次", "不适用",
    "30分钟内响应",
)  # fmt: skip
"""What nearly every table says somewhere."""

NEW_VALUES: tuple[str, ...] = (
    "≥{percent}%", "{whole}次", "{whole}次/年", "不少于{whole}家", "至少{whole}个",
    "≤{tenths}万元", "{whole}人次", "{tenths}公里", "{whole}-{more}个工作日",
    "{year}年{month}月{day}日前", "{whole}平方米完工", "发放{whole}份，受益{more}人",
    "每季度不低于{whole}次", "推进第{whole}号地块的{subject}工作",
    "{subject}{percent}%以上",
)  # fmt: skip


class Corpus:
    """An endless supply of indicators, a share of *new* values among them.

    A new value was not in the corpus before; all others are ``COMMON_VALUES``. No name
    stands there twice.
    """

    def __init__(self, *, new: float = 0.1, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311  (it is for measuring)
        self._new = new
        self._seen: set[str] = set()
        self._names: set[str] = set()

    def indicators(self, count: int) -> list[str]:
        """The next *count* indicators, numbered from 1, each a text of its own."""
        return [self._indicator(ordinal) for ordinal in range(1, count + 1)]

    def cell(self, count: int) -> str:
        """The next *count* indicators as a cell."""
        return "".join(self.indicators(count))

    def damaged(self, count: int, *, share: float = 0.5) -> str:
        """A cell of *count* indicators, a *share* of them damaged, each in one way."""
        return "".join(
            self._damage(text) if self._random.random() < share else text
            for text in self.indicators(count)
        )

    def _damage(self, text: str) -> str:
        damage = self._random.choice(sorted(DAMAGES))
        return DAMAGES[damage](text, self._random)

    def _indicator(self, ordinal: int) -> str:
        level, category = self._random.choice(CATEGORIES)
        return (
            f"{ordinal}、{level}；{category}；{self._name()}；"
            f"实施周期指标值:{self.value()}；年度指标值:{self.value()}。"
        )

    def _name(self) -> str:
        """A name, with a place where it was there before, or with several."""
        name = self._random.choice(SUBJECTS) + self._random.choice(ASPECTS)
        while name in self._names:
            name = self._random.choice(PLACES) + name
        self._names.add(name)
        return name

    def value(self) -> str:
        """A value that is new in ``new`` of all cases."""
        if self._random.random() >= self._new:
            return self._random.choice(COMMON_VALUES)
        while (value := self._made_up()) in self._seen:
            pass
        self._seen.add(value)
        return value

    def _made_up(self) -> str:
        whole = self._random.randrange(10_000_000)
        return self._random.choice(NEW_VALUES).format(
            whole=whole,
            more=whole + self._random.randrange(1, 1000),
            tenths=f"{whole // 10}.{whole % 10}",
            percent=f"{whole // 100_000}.{whole % 100_000:05}",
            year=self._random.randrange(1990, 2100),
            month=self._random.randrange(1, 13),
            day=self._random.randrange(1, 29),
            subject=self._random.choice(SUBJECTS),
        )


# ── Damaged ones ────────────────────────────────────────────────────────────


def _without(part: str) -> Callable[[str, random.Random], str]:
    return lambda text, _: text.replace(part, "", 1)


def _instead(part: str, other: str) -> Callable[[str, random.Random], str]:
    return lambda text, _: text.replace(part, other)


def _cut_off(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(1, len(text))]


def _one_sign_lost(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _two_signs_swapped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _one_sign_put_in(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("；。、:1(《★\n\0\u3000x") + text[at:]


DAMAGES: dict[str, Callable[[str, random.Random], str]] = {
    "cut off": _cut_off,
    "half-width": _instead("；", ";"),
    "label misspelt": _instead("年度指标值", "年度指标直"),
    "no label": _without("；年度指标值:"),
    "no ordinal": lambda text, _: text.partition("、")[2],
    "no separators": _instead("；", ""),
    "no stop": _without("。"),
    "one sign lost": _one_sign_lost,
    "one sign put in": _one_sign_put_in,
    "said twice": lambda text, _: text + text,
    "two signs swapped": _two_signs_swapped,
    "spaced out": lambda text, _: " ".join(text),
}
"""What happens to one indicator, by its name."""


# ── Adversarial ones ────────────────────────────────────────────────────────

MAIN_FRAGMENTS = (
    "。", "；", "，", "1、", "1、1-", "1", "年度指标值:", "指标值:", "产出指标",
    "11-数量指标", "(", "《", " ", "\n",
)  # fmt: skip
"""Each pair of these is a fragment too."""

FRAGMENTS = (
    *MAIN_FRAGMENTS,
    # delimiters and marks
    ";", ",", "、", ":", "：", ".", "．", "-", "—", "★", "▲", ")", "（", "）", "》",
    "“", "【",
    # ordinals
    "1.", "1．", "1)", "(1)", "（1）", "①", "①、", "12、", "１、", "指标1：", "★1、",
    "2、", "1、\n",
    # levels and categories
    "1-", "11-", "1-产出指标；", "11-数量指标；", "1-产出指标；11-数量指标；", "产出",
    "数量", "1-自拟指标；", "19-自拟(20分)；", "1-(", "产 出 ", "标", "指标",
    # labels, whole and in part
    "实施周期指标值", "实施周期指标值:", "实施周期指标", "；实施周期指标值:",
    "年度指标值", "；年度指标值:", "年度指标直:", "；年度指标直:", "年度指标",
    "；计划值", "；完成值:", "2024年指标值:", "2024年", "实", "年", "年 ", "，指标值:",
    "；年度指标值:4次。", "；实施周期指标值:4次；年度指标值:4次。",
    # blanks and what nobody sees
    "\0", "\u3000", "\u200b", "\ud800", "\u202e", "\r\n", "\t", "1 ", "；\n", "。\n",
    "。 ",
    # numbers and values
    "0", "１", "9.", "9,999,", "20%", "≥", "≥1", "不低于", "每", "1/", "百分之", "一",
    "十", "万", "(a)", "((a)", "〔2024〕", "2024-12-31", "12月", "至", "1-12", "、1",
    "且", "个", "1个", "a1", "个/", "年·", "优良",
)  # fmt: skip
"""What an attacker would say again and again, and what merely happens to be long."""

_HEAD = "1、1-产出指标；11-数量指标；名称"
CONTEXTS = {
    "bare": ("", ""),
    "in a name": (_HEAD, "；实施周期指标值:4次；年度指标值:4次。"),
    "in a value": (f"{_HEAD}；实施周期指标值:", "；年度指标值:4次。"),
}
"""What stands in front of a fragment that is repeated, and behind it."""

VALUE_CONTEXTS = {
    "alone": ("", ""),
    "behind a number": ("5", "x"),
    "in a denominator": ("5个/(", "x"),
    "behind a comparator": ("不低于", "x"),
    "behind 每": ("每", "5"),
    "behind a year": ("2024", "年x"),
}
"""The same for a value."""


@attrs.frozen
class Attack:
    """A *fragment* said again and again, in one of the contexts above."""

    fragment: str
    context: str = "bare"

    @property
    def name(self) -> str:
        """The fragment as ASCII would print it where nobody could see it."""
        shown = self.fragment if self.fragment.isprintable() else ascii(self.fragment)
        return f"{shown} {self.context}"

    def text(self, length: int) -> str:
        """A cell with *length* characters of the fragment."""
        before, behind = (CONTEXTS | VALUE_CONTEXTS)[self.context]
        times = length // len(self.fragment) + 1
        return before + (self.fragment * times)[:length] + behind


def attacks() -> Iterator[Attack]:
    """Every fragment in every context, and every pair of the main ones, bare."""
    for context, fragment in itertools.product(CONTEXTS, FRAGMENTS):
        yield Attack(fragment, context)
    for pair in _pairs(MAIN_FRAGMENTS):
        yield Attack(pair)


def _pairs(fragments: Sequence[str]) -> list[str]:
    pairs = map("".join, itertools.permutations(fragments, 2))
    return [pair for pair in pairs if pair not in FRAGMENTS]
