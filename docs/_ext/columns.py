"""The columns of ``perfgoals.columns``: types from the codecs, words from a table."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from _ext.markdown import code, table
from perfgoals.columns._documents import NAMES
from perfgoals.columns._flat import NAMES as FLAT_NAMES, rows
from perfgoals.columns._model import codec_of, fields_of
from perfgoals.columns._reading import NAME as PARSED_NAME
from perfgoals.diagnostics import Diagnostic
from perfgoals.model import (
    Category,
    Extra,
    Funding,
    GoalTable,
    Indicator,
    IndicatorList,
    Level,
    Project,
    Total,
)
from perfgoals.spans import Location, Span
from perfgoals.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from perfgoals.columns._flat import Column

CLASSES = (
    GoalTable,
    Project,
    Funding,
    Total,
    IndicatorList,
    Indicator,
    Extra,
    Level,
    Category,
    Diagnostic,
    Span,
    Location,
)


def words() -> dict[str, dict[str, dict[str, str]]]:
    """What each field of each class holds, and what null means there."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def fields() -> dict[str, dict[str, pa.DataType]]:
    """The type of each field of each class, in the order of the columns."""
    found = {
        cls.__name__: {field.name: field.codec.type for field in fields_of(cls)}
        for cls in CLASSES
    }
    target = codec_of(Target).type
    part = target.field("parts").type.value_type
    argument = codec_of(Diagnostic).type.field("arguments").type.value_type
    return {
        **found,
        "Target": {field.name: field.type for field in target},
        "Part": {"depth": part.field("depth").type},
        "Argument": {field.name: field.type for field in argument},
    }


def nested() -> Iterator[str]:
    """A section for each class: its fields, in order."""
    meanings = words()
    found = {name: set(types) for name, types in fields().items()}
    told = {name: set(texts) for name, texts in meanings.items() if name != "Count"}
    if told != found:
        msg = f"columns.toml does not tell of the fields that there are: {found}"
        raise ValueError(msg)
    for name, types in fields().items():
        yield f"### {name}"
        yield from table(
            ("Field", "Type", "Holds", "Null where"),
            (
                (code(field), _shown(type_), *_meaning(meanings[name][field]))
                for field, type_ in types.items()
            ),
        )


def names() -> Iterator[str]:
    """What the schema of each kind of table is called."""
    yield from table(
        ("A row is", "Nested", "Flat"),
        (
            (code(cls.__name__), code(name), code(FLAT_NAMES[cls]))
            for cls, name in NAMES.items()
        ),
    )
    yield f"What `parse_batch` gives is called `{PARSED_NAME}`."


def flat() -> Iterator[str]:
    """The columns of the flat table of tables, with the field that each shows."""
    yield from table(
        ("Column", "Type", "Shows"),
        (
            (code(column.name), _shown(column.array.type), _origin(column))
            for column in rows(GoalTable, [])
        ),
    )


def _meaning(meaning: dict[str, str]) -> tuple[str, str]:
    return meaning["text"], meaning.get("null", "never")


def _origin(column: Column) -> str:
    """The path of the field, or what the column counts."""
    return code(column.path) if column.path else words()["Count"][column.name]["text"]


def _shown(type_: pa.DataType) -> str:
    """The name of *type_*, without what is in a struct."""
    if type_.num_fields and hasattr(type_, "value_type"):
        return f"list of {_shown(type_.value_type)}"
    return "struct" if type_.num_fields else code(str(type_))
