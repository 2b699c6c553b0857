"""The JSON Schema of tables, definition by definition, as ``json_schema`` gives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import perfgoals
from _ext.markdown import code, heading, table
from _ext.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PREFIX = "#/$defs/"


def markdown() -> Iterator[str]:
    """A section for each definition of the schema of ``GoalTable``, that one first."""
    schema = perfgoals.json_schema(perfgoals.GoalTable)
    yield say("Identifier: {}").format(code(schema["$id"]))
    definitions: dict[str, Any] = schema["$defs"]
    first = schema["$ref"].removeprefix(_PREFIX)
    for name in sorted(definitions, key=lambda one: (one != first, one)):
        yield from _definition(name, definitions[name])
    yield heading(2, say("The whole schema"))
    yield ""
    yield "```json"
    yield json.dumps(schema, ensure_ascii=False, indent=2)
    yield "```"


def _definition(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield f"({_anchor(name)})="
    yield heading(2, name)
    yield ""
    yield schema.get("description", "")
    yield ""
    if "properties" not in schema:
        yield _value(schema)
        return
    required = schema.get("required", ())
    yield from table(
        (say("Field"), say("Content"), say("If it is left out")),
        (
            (code(field), _value(of), _default(of, is_required=field in required))
            for field, of in schema["properties"].items()
        ),
    )


def _default(schema: dict[str, Any], *, is_required: bool) -> str:
    return say("required") if is_required else code(_as_json(schema.get("default")))


def _value(schema: dict[str, Any]) -> str:
    """What a value must be by *schema*; what it leaves open is not said."""
    told = _kind(schema)
    if "pattern" in schema:
        told += say(", of the form {}").format(code(schema["pattern"]))
    return told


def _kind(schema: dict[str, Any]) -> str:
    match schema:
        case {"$ref": str(ref)}:
            name = ref.removeprefix(_PREFIX)
            return f"[{name}](#{_anchor(name)})"
        case {"const": value}:
            return code(_as_json(value))
        case {"enum": values}:
            return _any(code(_as_json(value)) for value in values)
        case {"anyOf": forms} | {"oneOf": forms}:
            return _any(map(_value, forms))
        case {"type": "array", "items": items}:
            return say("array of {}").format(_value(items))
        case _:
            names = schema["type"]
            return _any([names] if isinstance(names, str) else names)


def _any(forms: Iterable[str]) -> str:
    return say(" or ").join(forms)


def _anchor(name: str) -> str:
    return f"schema-{name.lower()}"


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
