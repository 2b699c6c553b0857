"""The unit names that are known by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _ext.markdown import code
from perfgoals._data import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = {
    "ratio": "Ratios",
    "nouns_follow": "Classifiers that take the counted noun with them",
    "count": "Counted things",
    "time": "Time",
    "money": "Money",
    "measure": "Measures",
}


def markdown() -> Iterator[str]:
    """Each list of ``data/units.toml`` under its title."""
    for kind, names in load_table("units").items():
        yield f"## {TITLES.get(kind, kind)}"
        yield ""
        yield " ".join(map(code, names))
        yield ""
