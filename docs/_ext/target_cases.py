"""Target values and how they are read: the cases that the tests run."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from _ext.markdown import code, plain, table
from perfgoals._data import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[2] / "tests" / "cases" / "targets"


def ambiguities() -> Iterator[str]:
    """What each entry of ``Target.ambiguities`` says, in both languages."""
    yield from table(
        ("Ambiguity", "English", "中文"),
        (
            (code(name), plain(texts["en"]), plain(texts["zh"]))
            for name, texts in load_table("ambiguities").items()
        ),
    )


def markdown() -> Iterator[str]:
    """A section for each file of cases, a table for each form in it."""
    for path in sorted(CASES.glob("*.tsv")):
        yield f"## {path.stem.replace('_', ' ').replace('-', ' ').capitalize()}"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for form, members in groupby(rows, key=lambda row: row.get("form") or ""):
            if form:
                yield f"### {form}"
            yield from table(
                ("Value", "Reading"),
                ((code(row["value"]), code(row["reading"])) for row in members),
            )
