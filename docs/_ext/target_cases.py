"""Target values and how they are read: the cases that the tests run."""

from __future__ import annotations

import csv
import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from _ext.markdown import code, heading, plain, table
from _ext.words import LANGUAGES, languages, say, to_say
from perfgoals._data import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = {
    "absent": to_say("Absent"),
    "comparators": to_say("Comparators"),
    "compounds": to_say("Compounds"),
    "date_ranges": to_say("Date ranges"),
    "deadlines": to_say("Deadlines"),
    "denominators": to_say("Denominators"),
    "numbers": to_say("Numbers"),
    "qualitative": to_say("Qualitative"),
    "ranges": to_say("Ranges"),
    "remarks": to_say("Remarks"),
    "units": to_say("Units"),
}
CASES = Path(__file__).parents[2] / "tests" / "cases" / "targets"


def ambiguities() -> Iterator[str]:
    """What each entry of ``Target.ambiguities`` says, in both languages."""
    yield from table(
        (say("Ambiguity"), *(LANGUAGES[one] for one in languages())),
        (
            (code(name), *(plain(texts[one]) for one in languages()))
            for name, texts in load_table("ambiguities").items()
        ),
    )


def markdown() -> Iterator[str]:
    """A section for each file of cases, a table for each form in it."""
    for path in sorted(CASES.glob("*.tsv")):
        yield heading(2, say(TITLES[path.stem]) if path.stem in TITLES else path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for form, members in groupby(rows, key=lambda row: row.get("form") or ""):
            if form:
                yield f"### {form}"
            yield from table(
                (say("Value"), say("Reading")),
                ((code(row["value"]), _reading(row)) for row in members),
            )


def _reading(row: dict[str, str]) -> str:
    """The reading of a case, with blanks at which a line can end."""
    return code(json.dumps(json.loads(row["reading"]), ensure_ascii=False))
