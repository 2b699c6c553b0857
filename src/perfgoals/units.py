"""Unit names: which words are units, and what their magnitudes stand for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from perfgoals._data import load_table
from perfgoals._rows import known_key, table_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEW_KINDS = ("nouns_follow", "count", "time", "money", "measure")
_KINDS = ("ratio", *_NEW_KINDS)
_SIGNS = "0123456789０１２３４５６７８９/／;；,，。、:：()（）≥≤<>="
"""What the name of a unit does not hold: it would be read as something else."""

MAGNITUDES: Mapping[str, Decimal] = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
}
"""The magnitude words that may stand in front of a unit (``万人次``)."""

RATIOS: Mapping[str, Decimal] = {
    "%": Decimal("0.01"),
    "‰": Decimal("0.001"),
    "‱": Decimal("0.0001"),
}
"""The units that are fractions of one."""


@attrs.frozen(kw_only=True)
class Units:
    """The unit names that are recognised wherever they stand.

    ``classifiers`` are those that take the counted noun into the unit (``个村``),
    ``counters`` those that may follow another in brackets (``台（套）``), and
    ``times`` those that a denominator names last (``人·年``).
    """

    names: frozenset[str]
    classifiers: frozenset[str]
    counters: frozenset[str]
    times: frozenset[str]
    ranks: frozenset[str]

    @staticmethod
    @functools.cache
    def packaged() -> Units:
        """The units in ``data/units.toml``."""
        table = load_table("units")
        return _units(table, ranks=table["ranks"])

    def extended(self, rows: Mapping[str, Iterable[str]] | Iterable[str]) -> Units:
        """These units and those of *rows*: names by their kind, or names that count.

        The kinds are those of ``data/units.toml``: ``count``, ``nouns_follow``,
        ``time``, ``money`` and ``measure``. Raises ``ExtensionError``.

        >>> "亩垄" in Units.packaged().extended(["亩垄"]).names
        True
        """
        table = rows if isinstance(rows, Mapping) else {"count": rows}
        new = _units(
            {
                known_key(kind, _NEW_KINDS, "units"): words_of(
                    names, f'units["{kind}"]', _SIGNS
                )
                for kind, names in table_of(table, "units").items()
            }
        )
        return Units(
            names=self.names | new.names,
            classifiers=self.classifiers | new.classifiers,
            counters=self.counters | new.counters,
            times=self.times | new.times,
            ranks=self.ranks - new.names,
        )


def _units(table: Mapping[str, Iterable[str]], ranks: Iterable[str] = ()) -> Units:
    """The units of a *table* like ``data/units.toml``, kinds left out or not."""
    names = {kind: tuple(table.get(kind, ())) for kind in _KINDS}
    counting = names["nouns_follow"] + names["count"]
    return Units(
        names=frozenset(name for kind in _KINDS for name in names[kind]),
        classifiers=frozenset(names["nouns_follow"]),
        counters=frozenset(name for name in counting if len(name) == 1),
        times=frozenset(names["time"]),
        ranks=frozenset(ranks),
    )


def split_magnitude(unit: str) -> tuple[Decimal, str]:
    """A unit in two: the factor of its magnitude word, and the base unit.

    >>> split_magnitude("万人次"), split_magnitude("人")
    ((Decimal('10000'), '人次'), (Decimal('1'), '人'))
    """
    for length in (2, 1):
        if unit[:length] in MAGNITUDES:
            return MAGNITUDES[unit[:length]], unit[length:]
    return Decimal(1), unit


def are_unlike(first: str | None, last: str | None) -> bool:
    """Whether the ends of a range are printed with units that are not the same.

    The *first* one may leave out its unit, a 个, or what follows its magnitude word.

    >>> are_unlike("万", "万元"), are_unlike("元", "万元")
    (False, True)
    """
    if first is None or last is None:
        return False
    magnitude = last.removesuffix(split_magnitude(last)[1])
    return first not in {last, last.removeprefix("个"), magnitude}


def scale_of(unit: str | None, *, fractions: bool) -> tuple[Decimal, str | None]:
    """The factor from *unit* to its base unit, and the base unit.

    With *fractions*, %, ‰ and ‱ are fractions of one, which has no unit.

    >>> scale_of("万元", fractions=False), scale_of("%", fractions=True)
    ((Decimal('10000'), '元'), (Decimal('0.01'), None))
    """
    if unit is None:
        return Decimal(1), None
    if fractions and unit in RATIOS:
        return RATIOS[unit], None
    factor, base = split_magnitude(unit)
    return factor, base or None
