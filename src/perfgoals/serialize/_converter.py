"""The one converter: each class of the model to plain values and back, by cattrs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from operator import attrgetter
from types import GenericAlias
from typing import Any, TypeAlias, cast, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from perfgoals._custom_targets import (
    FromData,
    ToData,
    custom_targets,
    is_registered,
    target_types,
)
from perfgoals._methods import misused
from perfgoals.diagnostics import Severity
from perfgoals.model import GoalTable
from perfgoals.serialize._strict import (
    NOTHING,
    Foreign,
    Mismatch,
    decimal_text,
    describe,
    exactly,
    take_choice,
    take_decimal,
    take_list,
    take_object,
    take_whole,
    whole_out,
)
from perfgoals.targets import Comparator, CustomTarget, Target

_PRINTED = tuple(field.name for field in attrs.fields(CustomTarget))
"""The fields that every target has, and that no function of a user has to write."""

_FAMILY = "perfgoals/"
SCHEMA = f"{_FAMILY}1"
"""The version of the format, which every document of a ``GoalTable`` names.

Within a version fields may be added; none changes its type or its meaning.
"""

In: TypeAlias = Callable[[object, Any], Any]
"""Makes a value of a type from a plain one, or raises."""

Out: TypeAlias = Callable[[Any], Any]
"""Makes a plain value."""


def make_converter() -> Converter:
    """A converter for the model, strict on the way in and brief on the way out.

    Left to itself, cattrs turns ``null`` into ``"None"`` and ``1.9`` into ``1``. So
    each type that the model uses has a hook that takes a value as it is.
    """
    converter = Converter()
    converter.register_structure_hook(str, exactly(str, "text"))
    converter.register_structure_hook(bool, exactly(bool, "true or false"))
    converter.register_unstructure_hook(bool, bool)
    converter.register_structure_hook(int, take_whole)
    converter.register_unstructure_hook(int, whole_out)
    converter.register_structure_hook(Decimal, take_decimal)
    converter.register_unstructure_hook(Decimal, decimal_text)
    for words in (Comparator, Severity):
        converter.register_structure_hook(words, _take_word)
        converter.register_unstructure_hook(words, attrgetter("value"))
    for predicate, structure in (
        (is_tuple, _tuple_in),
        (is_target_union, _target_in),
        (attrs.has, _object_in),
        (_is_custom, _custom_in),
    ):
        converter.register_structure_hook_factory(
            predicate, partial(structure, converter)
        )
    for predicate, unstructure in (
        (is_tuple, _tuple_out),
        (attrs.has, _object_out),
        (_is_custom, _custom_out),
    ):
        converter.register_unstructure_hook_factory(
            predicate, partial(unstructure, converter)
        )
    return converter


def _take_word(value: object, words: type[Comparator | Severity]) -> Any:
    return words(take_choice([word.value for word in words], value))


def is_tuple(cls: Any) -> bool:
    """Whether *cls* is a type of tuples, such as ``tuple[str, ...]``."""
    return get_origin(cls) is tuple


def _tuple_in(converter: Converter, cls: Any) -> In:
    """A list: of any length for ``tuple[X, ...]``, of two for ``tuple[X, X]``.

    Its parts are left to the hook of cattrs for lists, which keeps track of paths.
    """
    part, *others = get_args(cls)
    length = None if others == [Ellipsis] else 1 + len(others)
    as_list: Any = GenericAlias(list, part)
    expected = f"a list of {length}"

    def structure(value: object, _: Any) -> tuple[Any, ...]:
        parts = take_list(value, list)
        if length not in {None, len(parts)}:
            raise Mismatch(expected, Foreign(f"a list of {len(parts)}"))
        return tuple(converter.structure(parts, as_list))

    return structure


def _tuple_out(converter: Converter, _: Any) -> Out:
    return lambda parts: [converter.unstructure(part) for part in parts]


def is_target_union(cls: Any) -> bool:
    """Whether *cls* is ``Target``."""
    return bool(cls == Target)


def _target_in(converter: Converter, _: Any) -> In:
    """An object that ``kind`` tells the class of."""

    def structure(value: object, _: Any) -> Any:
        known = {cls.kind: cls for cls in target_types()}
        kind = take_object(value, dict).get("kind", NOTHING)
        return converter.structure(value, known[take_choice(known, kind, key="kind")])

    return structure


def _object_in(converter: Converter, cls: Any) -> In:
    """An object with the mark of *cls*, if any, its fields, and nothing else."""
    fields = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
    mark = mark_of(cls)

    def structure(value: object, _: Any) -> Any:
        found = take_object(value, dict)
        for key, word in mark.items():
            _take_mark(found.get(key, NOTHING), key, word)
        return fields({key: found[key] for key in found if key not in mark}, cls)

    return structure


def _object_out(converter: Converter, cls: Any) -> Out:
    """The mark of *cls*, if any, its own fields, then those that it inherits.

    What equals its default is left out.
    """
    fields = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
    mark = mark_of(cls)
    order = [field.name for field in fields_of(cls)]

    def unstructure(value: Any) -> dict[str, Any]:
        found = fields(value)
        return mark | {name: found[name] for name in order if name in found}

    return unstructure


def _is_custom(cls: Any) -> bool:
    """Whether *cls* is a registered class that brings functions of its own."""
    return is_registered(cls) and custom_targets()[cls.kind].functions is not None


def _custom_in(converter: Converter, cls: Any) -> In:
    """What *from_data* makes of its data, and what was printed, as we wrote it."""
    mark = mark_of(cls)
    _, from_data = _functions_of(cls)

    def structure(value: object, _: Any) -> Any:
        found = take_object(value, dict)
        fields = {key: found[key] for key in found if key not in {*mark, *_PRINTED}}
        printed = {key: found[key] for key in found if key in _PRINTED}
        try:
            made: Any = from_data(fields)
        except (ValueError, TypeError, KeyError) as error:
            expected = f"a {cls.kind}"
            raise Mismatch(expected, Foreign(f"{error}")) from error
        if type(made) is not cls:
            function = "from_data"
            raise misused(function, made, f"a {cls.__name__}")
        base = converter.structure(printed, CustomTarget)
        return attrs.evolve(made, **{name: getattr(base, name) for name in _PRINTED})

    return structure


def _custom_out(converter: Converter, cls: Any) -> Out:
    """What *to_data* makes of an object, and what was printed."""
    mark = mark_of(cls)
    to_data, _ = _functions_of(cls)

    def unstructure(value: Any) -> Any:
        printed = converter.unstructure(value, unstructure_as=CustomTarget)
        return mark | dict(to_data(value)) | printed

    return unstructure


def _functions_of(cls: Any) -> tuple[ToData, FromData]:
    return cast("tuple[ToData, FromData]", custom_targets()[cls.kind].functions)


def fields_of(cls: Any) -> list[attrs.Attribute[Any]]:
    """The own fields of *cls*, then those that it inherits: the order they stand in."""
    return sorted(attrs.fields(cls), key=lambda field: field.inherited)


def mark_of(cls: Any) -> dict[str, str]:
    """What an object of *cls* says about itself, by key: its kind, or its format."""
    if cls is GoalTable:
        return {"schema": SCHEMA}
    return {"kind": cls.kind} if cls in target_types() else {}


def _take_mark(found: object, key: str, word: str) -> None:
    is_ours = isinstance(found, str) and found.startswith(_FAMILY)
    if key == "schema" and is_ours and found != word:
        found = Foreign(f"{describe(found)}, which another version of perfgoals writes")
    take_choice((word,), found, key=key)
