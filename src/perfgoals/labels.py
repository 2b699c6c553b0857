"""The labels in front of target values: which field of an indicator each names."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

import attrs

from perfgoals._data import load_table
from perfgoals._rows import table_of, words_of
from perfgoals.errors import ExtensionError
from perfgoals.excerpt import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

YEAR = "{year}"
"""What stands for any four digits in a label."""

_STOPS = ":：；;。"
_FIELD = re.compile("[a-z][a-z0-9_]{0,39}")


@attrs.frozen(kw_only=True)
class Labels:
    """The labels of the two values of an indicator, and of fields of your own.

    ``period`` and ``annual`` are the labels of 实施周期指标值 and 年度指标值, without
    the colon; ``{year}`` stands for four digits. ``extras`` holds pairs of a field and
    its labels: what such a label introduces is read as a target, into
    ``Indicator.extras``.

    >>> rows = {"annual": ["本期要求"], "weight": ["权重"]}
    >>> labels = Labels.packaged().extended(rows)
    >>> labels.annual[-1], labels.extras
    ('本期要求', (('weight', ('权重',)),))
    """

    period: tuple[str, ...]
    annual: tuple[str, ...]
    extras: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @staticmethod
    @functools.cache
    def packaged() -> Labels:
        """The labels in ``data/labels.toml``."""
        table = load_table("labels")
        return Labels(period=tuple(table["period"]), annual=tuple(table["annual"]))

    def extended(self, rows: Mapping[str, Any]) -> Labels:
        """These labels and those of *rows*, which map a field to its labels.

        Any field but ``period`` and ``annual`` is a new one. Raises
        ``ExtensionError`` where a label already stands for another field.
        """
        table = {**self.table()}
        for field, words in table_of(rows, "labels").items():
            if not _FIELD.fullmatch(field):
                msg = (
                    f"a field cannot be called “{printable(field, 40)}”; expected "
                    "lower-case letters, digits and _"
                )
                raise ExtensionError(msg)
            new = words_of(words, f'labels["{field}"]', _STOPS)
            table[field] = tuple(dict.fromkeys((*table.get(field, ()), *new)))
        _assert_distinct(table)
        period, annual = table.pop("period"), table.pop("annual")
        return Labels(period=period, annual=annual, extras=tuple(table.items()))

    def table(self) -> dict[str, tuple[str, ...]]:
        """The labels of each field, the two packaged ones first."""
        return {"period": self.period, "annual": self.annual, **dict(self.extras)}


def _assert_distinct(table: Mapping[str, tuple[str, ...]]) -> None:
    seen: dict[str, str] = {}
    for field, words in table.items():
        for word in words:
            if seen.setdefault(word, field) != field:
                msg = f"the label “{word}” stands for {seen[word]} and for {field}"
                raise ExtensionError(msg)
