"""A second parser of indicators, by hand: slow, strict, and sure of what it accepts.

It shares nothing with the package. It knows one spelling, the canonical one, and
gives up on any text that might be read in another way.
"""

from __future__ import annotations

import itertools

import attrs

TREE = {
    "1-产出指标": ("11-数量指标", "12-质量指标", "13-时效指标", "14-成本指标"),
    "2-效益指标": ("21-经济效益", "22-社会效益", "23-生态效益", "24-可持续影响"),
    "3-满意度指标": ("31-服务对象满意度",),
}
PERIOD = "；实施周期指标值:"
ANNUAL = "；年度指标值:"
DOUBTFUL = frozenset("；;:：★☆▲△()（）[]\"'“”\r\n\t \u3000\u00a0①②③④⑤⑥⑦⑧⑨⑩")
"""Signs that may separate, mark or number something."""

MORE = ("。", ",", "，", "指标", "目标", "值")


@attrs.frozen
class Row:
    """One indicator, all of it as printed."""

    ordinal: int
    level: str
    category: str
    name: str
    core: bool
    period: str
    annual: str


class NotCanonicalError(ValueError):
    """The text is not what this parser is sure of."""


def read(text: str) -> list[Row]:
    """The indicators of *text*.

    Raises ``NotCanonicalError`` for anything but a row of canonical indicators.
    """
    rows: list[Row] = []
    while text:
        row, text = _first(text, len(rows) + 1)
        rows.append(row)
    return rows


def _first(text: str, ordinal: int) -> tuple[Row, str]:
    """The indicator that *text* begins with, and the rest of it."""
    rest = _after(text, f"{ordinal}、")
    level, rest = _up_to("；", rest)
    category, rest = _up_to("；", rest)
    core = rest.startswith("★")
    name, rest = _up_to(PERIOD, rest.removeprefix("★"))
    period, rest = _up_to(ANNUAL, rest)
    annual, rest = _up_to("。", rest)
    is_known = category in TREE.get(level, ())
    if not is_known or not all(map(_plain, (name, period, annual))):
        raise NotCanonicalError
    return Row(ordinal, level, category, name, core, period, annual), rest


def _after(text: str, start: str) -> str:
    if not text.startswith(start):
        raise NotCanonicalError
    return text[len(start) :]


def _up_to(end: str, text: str) -> tuple[str, str]:
    found, separator, rest = text.partition(end)
    if not separator:
        raise NotCanonicalError
    return found, rest


def _plain(text: str) -> bool:
    """Whether *text* is words or a value, and nothing in it looks like more.

    A number in front of a 、 might be an ordinal, and one in front of a - a code; 、
    may separate fields as ； does; 。 and words of labels might end a field.
    """
    if (
        not text
        or text.startswith("、")
        or not text.isprintable()
        or not DOUBTFUL.isdisjoint(text)
    ):
        return False
    numbered = any(
        sign.isdigit() and behind in "、-－—–.．"
        for sign, behind in itertools.pairwise(text)
    )
    return not numbered and not any(word in text for word in MORE)
