"""The unit names that are known by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _ext.markdown import code, heading
from _ext.words import say, to_say
from perfgoals._data import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = {
    "ratio": to_say("Ratios"),
    "nouns_follow": to_say("Classifiers that take the counted noun with them"),
    "count": to_say("Counted things"),
    "time": to_say("Time"),
    "money": to_say("Money"),
    "measure": to_say("Measures"),
}


def markdown() -> Iterator[str]:
    """Each list of ``data/units.toml`` under its title."""
    for kind, names in load_table("units").items():
        yield heading(2, say(TITLES[kind]) if kind in TITLES else kind)
        yield ""
        yield " ".join(map(code, names))
        yield ""
