"""The labels in front of the two target values of an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _ext.markdown import code, heading
from _ext.words import say, to_say
from perfgoals._data import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = {
    "period": to_say("The whole implementation period"),
    "annual": to_say("The year"),
}


def markdown() -> Iterator[str]:
    """Each list of ``data/labels.toml`` under its title."""
    for field, names in load_table("labels").items():
        yield heading(2, say(TITLES[field]))
        yield ""
        yield " ".join(map(code, names))
        yield ""
