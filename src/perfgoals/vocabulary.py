"""The words by which tables are recognised: headers, labels, names of totals."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import attrs

from perfgoals._blanks import BLANK
from perfgoals._data import load_table

LONGEST = 80
"""A longer text is never a header, a label or the name of a total."""

_BLANK = re.compile(f"{BLANK}+")
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_LAST_BRACKETS = re.compile(r"(?:\([^()]*\))+$")
_INTRODUCTION = "其中"
_LONGEST_UNIT = 6


@attrs.frozen(kw_only=True)
class Column:
    """A column that tables have: its *id*, its usual name, all its names.

    ``kept`` says whether the model has a place for it, ``money`` whether it holds
    amounts.
    """

    id: str
    zh: str
    names: tuple[str, ...]
    kept: bool
    money: bool


@attrs.frozen(kw_only=True)
class Vocabulary:
    """All words of ``data/headers.toml``.

    >>> words = Vocabulary.packaged()
    >>> words.column("项 目 名 称（资金使用单位）").id
    'name'
    >>> words.is_grand_total("合　计"), words.is_total("市教育局小计")
    (True, True)
    """

    columns: tuple[Column, ...]
    labels: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    _columns_by_name: Mapping[str, Column]

    @staticmethod
    @functools.cache
    def packaged() -> Vocabulary:
        """The vocabulary in ``data/headers.toml``."""
        return Vocabulary.from_data(load_table("headers"))

    @classmethod
    def from_data(cls, data: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
        """A vocabulary from tables shaped like those of ``data/headers.toml``."""
        columns = (
            *_columns(data["column"], kept=True),
            *_columns(data["unkept"], kept=False),
        )
        return cls(
            columns=columns,
            labels={key: tuple(names) for key, names in data["label"].items()},
            words={key: tuple(words) for key, words in data["word"].items()},
            columns_by_name={
                name: column for column in columns for name in column.names
            },
        )

    def column(self, header: str) -> Column | None:
        """The column that *header* names, remarks in brackets left aside."""
        for name in _readings(header):
            if name in self._columns_by_name:
                return self._columns_by_name[name]
        return None

    def named(self, column: str) -> Column:
        """The column with the id *column*."""
        return next(known for known in self.columns if known.id == column)

    def is_group(self, header: str) -> bool:
        """Whether *header* stands above columns without naming one of them."""
        return any(name in self.words["groups"] for name in _readings(header))

    def currency_unit(self, text: str) -> str | None:
        """*text* without its blanks if it is a unit of money, such as ``万元``."""
        unit = bare(text)
        is_unit = unit.endswith("元") and len(unit) <= _LONGEST_UNIT
        return unit if is_unit or unit in self.words["currency_units"] else None

    def currency_in_brackets(self, header: str) -> str | None:
        """The unit of money in the brackets of a header: ``总计（万元）``."""
        texts = (match.group()[1:-1] for match in _BRACKETS.finditer(bare(header)))
        units = (text.removeprefix("单位:") for text in texts)
        return next(filter(self.currency_unit, units), None)

    def is_grand_total(self, name: str) -> bool:
        """Whether *name* is that of a row which sums up the whole table."""
        return without_remark(name) in self.words["grand_totals"]

    def is_total(self, name: str) -> bool:
        """Whether *name* is, or ends with, the name of a row which sums others up."""
        totals = (*self.words["grand_totals"], *self.words["subtotals"])
        return without_remark(name).endswith(totals)


def bare(text: str) -> str:
    r"""*text* without blanks and line breaks, its full-width forms made half-width.

    For recognition only; texts longer than ``LONGEST`` come back empty.

    >>> bare("项　目\n名称（资金）")
    '项目名称(资金)'
    """
    if len(text) > LONGEST:
        return ""
    return _BLANK.sub("", text).translate(_HALF_WIDTH)


def without_remark(name: str) -> str:
    """*name*, bare and without the brackets and the colon at its end.

    >>> without_remark("广州市教育局（本级）")
    '广州市教育局'
    """
    return _LAST_BRACKETS.sub("", bare(name).removesuffix(":"))


def _readings(header: str) -> tuple[str, ...]:
    """The names that *header* may stand for, the most literal first."""
    literal = bare(header).removesuffix(":")
    plain = _BRACKETS.sub("", literal).removesuffix(":")
    part = plain.removeprefix(_INTRODUCTION).lstrip(":,、")
    return tuple(name for name in (literal, plain, part) if name)


def _columns(
    data: Mapping[str, Mapping[str, Any]], *, kept: bool
) -> tuple[Column, ...]:
    return tuple(
        Column(
            id=key,
            zh=row["zh"],
            names=tuple(row["names"]),
            kept=kept,
            money=row.get("money", False),
        )
        for key, row in data.items()
    )
