"""Reads cells both ways: fast where that goes, and by the grammar alone.

``python -m tests.both_ways`` makes up cells until it finds one that does not give equal
results, or for as many seconds as it is told.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING

import attrs
from benchmarks.corpus import (
    ASPECTS,
    COMMON_VALUES,
    DAMAGES,
    FRAGMENTS,
    SUBJECTS,
    Corpus,
)

from perfgoals._data import load_table
from perfgoals.syntax import Syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals.model import IndicatorList
    from perfgoals.taxonomy import Concept

BOTH = Syntax.default()
PLAIN = attrs.evolve(BOTH, is_fast=False)
"""The grammar alone."""

_SIGNS = (
    *"。；;：:，,、1235-—标★▲()（）①年值·…率“”",
    *(
        "12",
        "5-",
        "3.",
        "1、",
        "2、",
        "4)",
        "(2)",
        "。3",
        "；3、",
        "1-",
        "11-",
        "-产出",
    ),
    *("目标", "指标", "达标", "招标", "2024年", "指标值", "指标1：", "满意度", "成本"),
    *(
        " ",
        "  ",
        "\u3000",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u200b",
        "**",
        "xx",
        "..",
        "0.95",
    ),
)
_WHOLE = ("；", ":", "", "实施周期指标值", "年度指标值")


def read_both_ways(cell: str) -> tuple[IndicatorList, IndicatorList]:
    """What *cell* says by the grammar, and what it says with the fast way."""
    return PLAIN.read_indicators(cell), BOTH.read_indicators(cell)


class Made:
    """Cells that are made up, more or less as they should be."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  (it is for testing)
        self._corpus = Corpus(new=0.3, seed=seed)
        labels = load_table("labels")
        self._labels = [
            [label.replace("{year}", "2024") for label in labels[kind]]
            for kind in ("period", "annual")
        ]
        taxonomy = BOTH.taxonomy
        self._names = _names(taxonomy.levels), _names(taxonomy.categories)

    def cell(self) -> str:
        """A cell of some indicators, some of them damaged."""
        style = self._style()
        share = self._random.choice((0, 0, 0.2, 0.5))
        number = 1 if self._random.random() < 0.9 else self._random.randint(2, 12)
        parts: list[str] = []
        for _ in range(self._random.randint(1, 6)):
            text = self._indicator(number, style)
            damaged = self._random.random() < share
            parts.append(self._damaged(text) if damaged else text)
            number += 1
            if self._random.random() < 0.05:
                number += self._random.choice((-1, 1, 8))
                style = self._style()
        return self._cut("".join(parts))

    def _cut(self, cell: str) -> str:
        if self._random.random() < 0.1:
            return cell[: self._random.randrange(len(cell) + 1)]
        return cell

    def _style(self) -> Sequence[str]:
        """A separator, a colon, what stands behind the 。, and both labels."""
        if self._random.random() < 0.6:
            return _WHOLE
        ends = ("", "\n", "\r\n", " ", "\u3000", " \n")
        return tuple(map(self._random.choice, ("；;", ":：", ends, *self._labels)))

    def _indicator(self, number: int, style: Sequence[str]) -> str:
        separator, colon, end, period, annual = style
        chance = self._random.random
        level = self._random.choice(("1-产出指标", "2-效益指标"))
        if chance() < 0.3:
            level = self._random.choice(("4-成本指标", "1-" + self._known_name()))
        category = self._random.choice(
            ("11-数量指标", "14-成本指标", "21-经济效益", "12-" + self._known_name())
        )
        mark = self._random.choice("★▲") if chance() < 0.1 else ""
        fields = (
            level,
            category,
            mark + self._name(),
            f"{period}{colon}{self._value()}",
            f"{annual}{colon}{self._value()}",
        )
        return f"{number}、{separator.join(fields)}。{end}"

    def _name(self) -> str:
        subject = self._random.choice(SUBJECTS)
        aspect = self._random.choice(ASPECTS)
        chance = self._random.random()
        if chance < 0.5:
            return subject + aspect
        return subject + self._pieces(2) + aspect if chance < 0.75 else self._pieces(4)

    def _value(self) -> str:
        chance = self._random.random()
        if chance < 0.6:
            return self._corpus.value()
        if chance < 0.8:
            return self._corpus.value() + self._pieces(2) + self._corpus.value()
        return self._pieces(5)

    def _pieces(self, most: int) -> str:
        return "".join(self._piece() for _ in range(self._random.randint(1, most)))

    def _piece(self) -> str:
        chance = self._random.random()
        if chance < 0.2:
            return self._known_name()
        if chance < 0.25:
            labels = self._random.choice(self._labels)
            ends = ("", ":", "：")
            return f"{self._random.choice(labels)}{self._random.choice(ends)}"
        words = FRAGMENTS if chance < 0.35 else COMMON_VALUES
        return str(self._random.choice(words if chance < 0.4 else _SIGNS))

    def _known_name(self) -> str:
        name = self._random.choice(self._random.choice(self._names))
        return name + self._random.choice(("", "指标"))

    def _damaged(self, text: str) -> str:
        at = self._random.randrange(len(text) + 1)
        end = min(len(text), at + self._random.randint(1, 4))
        chance = self._random.random()
        if chance < 0.4:
            return DAMAGES[self._random.choice(sorted(DAMAGES))](text, self._random)
        if chance < 0.7:
            return text[:at] + self._piece() + text[at:]
        return text[:at] + (self._piece() if chance < 0.8 else "") + text[end:]


def _names(concepts: Sequence[Concept]) -> list[str]:
    return [name for concept in concepts for name in concept.names]


def shortened(cell: str) -> str:
    """The shortest part of *cell* that still differs, as far as halving finds it."""
    step = len(cell)
    while step:
        for at in range(len(cell) - step, -1, -step):
            rest = cell[:at] + cell[at + step :]
            plain, fast = read_both_ways(rest)
            if plain != fast:
                cell = rest
        step //= 2
    return cell


def main() -> int:
    """The number of the cells found that do not give equal results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    made, end, read = Made(arguments.seed), time.monotonic() + arguments.seconds, 0
    while time.monotonic() < end:
        cell = made.cell()
        plain, fast = read_both_ways(cell)
        read += 1
        if plain != fast:
            sys.stdout.write(f"{shortened(cell)!a}\n")
            return 1
    sys.stdout.write(f"{read} cells gave equal results both ways\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
