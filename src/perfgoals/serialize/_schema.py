"""The JSON Schema of what is loaded, generated from the classes it is loaded into."""

from __future__ import annotations

import enum
import re
from decimal import Decimal
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from cattrs import Converter

from perfgoals._custom_targets import custom_targets, is_registered, target_types
from perfgoals._values.numerals import DIGIT_LIMIT
from perfgoals.serialize._converter import (
    SCHEMA,
    fields_of,
    is_target_union,
    is_tuple,
    mark_of,
)
from perfgoals.serialize._strict import NUMBER, WHOLE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

Schema: TypeAlias = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MADE: Any = attrs.Factory
_GROUP = re.compile(r"\(\?(?:P<[a-z_]+>|:)")

_TEXT: Schema = {"type": "string"}
_PLAIN: dict[Any, Schema] = {
    str: _TEXT,
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


def schema_of(cls: Any, converter: Converter) -> Schema:
    """What *converter* loads as *cls*, as a schema of the draft 2020-12.

    Only what no schema can say is left to the converter: that no key stands twice,
    that ``1.0`` is no whole number, that a span does not end before it starts, and
    how deep a document may be.
    """
    definitions = _Definitions(converter)
    root = definitions.schema(cls)
    name = root["$ref"].rpartition("/")[2]
    return {
        "$schema": _DIALECT,
        "$id": f"urn:{SCHEMA.replace('/', ':')}:{name}",
        "title": name,
        **root,
        "$defs": dict(sorted(definitions.found.items())),
    }


@attrs.frozen
class _Definitions:
    """The definitions that a schema refers to, *found* while it is put together."""

    converter: Converter
    found: dict[str, Schema] = attrs.field(factory=dict, init=False)
    _names: dict[Any, str] = attrs.field(factory=dict, init=False)

    def schema(self, cls: Any) -> Schema:
        """The schema of a value of the type *cls*."""
        if cls in _PLAIN:
            return _PLAIN[cls]
        if is_tuple(cls):
            return self._list(*get_args(cls))
        if get_origin(cls) in {Union, UnionType} and not is_target_union(cls):
            return _any_of([self.schema(one) for one in get_args(cls)])
        return self._defined(cls)

    def _defined(self, cls: Any) -> Schema:
        """A reference to *cls*; of a type that is none of ours, any value will do."""
        if is_target_union(cls):
            return self._reference(cls, "Target", self._target)
        if attrs.has(cls):
            return self._reference(cls, cls.__name__, self._object)
        if cls in _NUMBERS:
            return self._reference(cls, *_NUMBERS[cls])
        if isinstance(cls, type) and issubclass(cls, enum.StrEnum):
            return self._reference(cls, cls.__name__, _words)
        return {}

    def _reference(
        self, cls: Any, name: str, define: Callable[[Any], Schema]
    ) -> Schema:
        """A reference to the definition of *cls*, which is made when first needed."""
        if cls not in self._names:
            if name in self.found:  # by a class of somebody else
                name = f"{cls.__module__}.{cls.__qualname__}"
            self._names[cls] = name
            self.found[name] = {}  # a compound holds targets again
            self.found[name] = define(cls)
        return {"$ref": f"#/$defs/{self._names[cls]}"}

    def _list(self, part: Any, *others: Any) -> Schema:
        schema: Schema = {"type": "array", "items": self.schema(part)}
        if others == (Ellipsis,):
            return schema
        length = 1 + len(others)
        return schema | {"minItems": length, "maxItems": length}

    def _target(self, _: Any) -> Schema:
        """One of the classes of targets, of which each has its own ``kind``."""
        return {
            "description": "Any target value; `kind` tells which.",
            "oneOf": [self.schema(cls) for cls in target_types()],
        }

    def _object(self, cls: Any) -> Schema:
        marks = {key: {"const": word} for key, word in mark_of(cls).items()}
        if is_registered(cls) and custom_targets()[cls.kind].functions:
            required = [*marks]  # what else there is, its own functions know
            return _described(cls) | {
                "type": "object",
                "properties": marks,
                "required": required,
            }
        types = get_type_hints(cls)
        fields = fields_of(cls)
        own = {field.name: self._field(field, types[field.name]) for field in fields}
        needed = (field.name for field in fields if field.default is attrs.NOTHING)
        return _described(cls) | {
            "type": "object",
            "properties": marks | own,
            "required": [*marks, *needed],
            "additionalProperties": False,
        }

    def _field(self, field: attrs.Attribute[Any], cls: Any) -> Schema:
        """What the type of *field* admits, and its own ``json_schema`` too."""
        schema = self.schema(cls)
        for key, value in field.metadata.get("json_schema", {}).items():
            narrower = _whole(value) if key == "pattern" else {key: value}
            schema = schema | narrower
        if field.default is attrs.NOTHING or isinstance(field.default, _MADE):
            return schema
        return schema | {"default": self.converter.unstructure(field.default)}


def _any_of(schemas: list[Schema]) -> Schema:
    """One of *schemas*, in short where each is nothing but a type."""
    if all(schema.keys() == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}


def _words(words: type[enum.StrEnum]) -> Schema:
    return _described(words) | {"enum": [word.value for word in words]}


def _decimal(_: Any) -> Schema:
    """The *not* holds a number that has a digit too many."""
    schema = {
        "description": f"An exact number of at most {DIGIT_LIMIT} digits, as text.",
        **_TEXT,
        **_whole(NUMBER),
    }
    too_long = rf"([0-9]\.?){{{DIGIT_LIMIT + 1}}}|{schema['not']['pattern']}"
    return schema | {"not": {"pattern": too_long}}


def _integer(_: Any) -> Schema:
    return {
        "description": f"A whole number of at most {DIGIT_LIMIT} digits.",
        "type": "integer",
        "exclusiveMinimum": -WHOLE_LIMIT,
        "exclusiveMaximum": WHOLE_LIMIT,
    }


_NUMBERS: dict[Any, tuple[str, Callable[[Any], Schema]]] = {
    Decimal: ("Decimal", _decimal),
    int: ("Integer", _integer),
}


def _described(cls: Any) -> Schema:
    """The first line of the docstring of *cls*, if it has one, without RST."""
    lines = (cls.__doc__ or "").strip().splitlines()
    return {"description": lines[0].replace("``", "`")} if lines else {}


def _whole(pattern: re.Pattern[str]) -> Schema:
    r"""A text that is a match of *pattern* from beginning to end.

    In the few signs that all engines read alike. For some of them, Python's among
    them, ``$`` stands before a last line break too, which is why there may be none.
    """
    portable = _GROUP.sub("(", pattern.pattern)
    return {"pattern": f"^({portable})$", "not": {"pattern": r"\n"}}
