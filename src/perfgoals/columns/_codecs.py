"""Columns of values and back, one codec for each kind of value.

A codec writes a whole column at once, and an object that stands in it many times only
once: levels, categories and equal targets are shared.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Any, Protocol

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from perfgoals._values.numerals import DIGIT_LIMIT
from perfgoals.columns._texts import text_array, texts_of
from perfgoals.errors import LoadError
from perfgoals.serialize._strict import Mismatch, decimal_text, take_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = r"^-?[0-9]+(\.[0-9]+)?$"


class Codec(Protocol):
    """How a column of one Python type is written and read; ``None`` is a null."""

    @property
    def type(self) -> pa.DataType:
        """The type of the column."""

    def write(self, values: list[Any]) -> pa.Array:
        """The column that holds *values*."""

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """The values in *array*; *path* is where it stands, for messages."""


@attrs.frozen
class Texts:
    """Texts, and words of a fixed choice, which are a *kind* of text."""

    kind: Callable[[str], Any] | None = None

    @property
    def type(self) -> pa.DataType:
        """Text."""
        return pa.string()

    def write(self, values: list[Any]) -> pa.Array:
        """The texts, escaped."""
        return text_array(values)

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """The texts, each made into its *kind*."""
        texts = texts_of(array)
        return texts if self.kind is None else converted(texts, self.kind, path)


@attrs.frozen
class Numbers:
    """Exact decimals, as text with every digit that they have."""

    @property
    def type(self) -> pa.DataType:
        """Text."""
        return pa.string()

    def write(self, values: list[Any]) -> pa.Array:
        """The digits of the numbers; raises ``ValueError`` as ``to_dict`` does."""
        texts = [None if number is None else str(number) for number in values]
        array = pa.array(texts, self.type)
        if _are_plain(array):
            return array
        texts = [None if number is None else decimal_text(number) for number in values]
        return pa.array(texts, self.type)

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """The numbers that the digits say."""
        return converted(array.to_pylist(), take_decimal, path)


def _are_plain(array: pa.Array) -> bool:
    """Whether all numbers are said as by ``decimal_text``, which takes longer."""
    plain = pc.all(pc.match_substring_regex(array, _PLAIN)).as_py()
    longest = pc.max(pc.utf8_length(array)).as_py() or 0
    return plain is not False and longest <= DIGIT_LIMIT


@attrs.frozen
class Scalars:
    """Whole numbers or truth values."""

    type: pa.DataType

    def write(self, values: list[Any]) -> pa.Array:
        """The values as they are; raises ``ValueError`` for one of too many digits."""
        try:
            return pa.array(values, self.type)
        except OverflowError:
            msg = (
                "expected whole numbers of at most 64 bits to write, found a longer one"
            )
            raise ValueError(msg) from None

    def read(self, array: pa.Array, path: str) -> list[Any]:  # noqa: ARG002
        """The values as they are."""
        return list(array.to_pylist())


@attrs.frozen
class Lists:
    """Tuples of any length."""

    part: Codec

    @functools.cached_property
    def type(self) -> pa.DataType:
        """A list of what the part is."""
        return pa.list_(self.part.type)

    def write(self, values: list[Any]) -> pa.Array:
        """All parts of all *values*, in order, with where each value ends."""
        ends = pa.array(accumulate(map(len, values), initial=0), pa.int32())
        parts = self.part.write(list(chain.from_iterable(values)))
        return pa.ListArray.from_arrays(ends, parts)

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """The parts, told apart again."""
        flat = array.flatten()
        refuse_nulls(flat, f"{path}[]")
        parts = iter(self.part.read(flat, f"{path}[]"))
        lengths = pc.list_value_length(array).to_pylist()
        return [None if n is None else tuple(islice(parts, n)) for n in lengths]


@attrs.frozen(kw_only=True)
class Field:
    """One field of a class; one that is not *optional* is never null."""

    name: str
    codec: Codec
    optional: bool


@attrs.frozen
class Objects:
    """Objects of one class, ``make``; a pair is an object that is made of two."""

    fields: tuple[Field, ...]
    make: Callable[..., Any]
    get: tuple[Callable[[Any], Any], ...]

    @functools.cached_property
    def type(self) -> pa.DataType:
        """A struct of the fields."""
        return struct_of(self.fields)

    def write(self, values: list[Any]) -> pa.Array:
        """A struct for each value."""
        distinct, places = unshared(values)
        columns = [
            field.codec.write(list(map(get, distinct)))
            for field, get in zip(self.fields, self.get, strict=True)
        ]
        array = pa.StructArray.from_arrays(columns, fields=list(self.type))
        return array if places is None else array.take(places)

    def read(self, array: pa.Array, path: str) -> list[Any]:
        """An object for each struct that is not null."""
        present = array.drop_null() if array.null_count else array
        columns = [
            read_field(field, column, path)
            for field, column in zip(self.fields, present.flatten(), strict=True)
        ]
        found = made(self.make, columns, path)
        return found if array.null_count == 0 else spread(found, array)


# ── What codecs are made of ─────────────────────────────────────────────────


def struct_of(fields: Iterable[Field]) -> pa.DataType:
    """The type of a struct of *fields*."""
    return pa.struct([(field.name, field.codec.type) for field in fields])


def unshared(values: list[Any]) -> tuple[list[Any], pa.Array | None]:
    """Each object in *values* once, and where in them each value stands.

    The places are ``None`` where they say nothing: no object is there twice or null.
    """
    distinct = {id(value): value for value in values}
    distinct.pop(id(None), None)
    if len(distinct) == len(values):
        return values, None
    return list(distinct.values()), places_of(values, distinct)


def places_of(values: list[Any], order: Iterable[int]) -> pa.Array:
    """The place of each value in *order*, which holds their ids; null for ``None``."""
    places = {key: place for place, key in enumerate(order)}
    return pa.array(list(map(places.get, map(id, values))), pa.int64())


def spread(values: Iterable[Any], array: pa.Array) -> list[Any]:
    """*values* where *array* has one, in order, and ``None`` where it is null."""
    rest = iter(values)
    return [
        next(rest) if is_there else None for is_there in array.is_valid().to_pylist()
    ]


def read_field(field: Field, array: pa.Array, path: str) -> list[Any]:
    """The values of *field*; raises ``LoadError`` for a null where none may be."""
    path = f"{path}.{field.name}"
    if not field.optional:
        refuse_nulls(array, path)
    return field.codec.read(array, path)


def refuse_nulls(array: pa.Array, path: str) -> None:
    """Raise ``LoadError`` if there is a null in *array*."""
    if array.null_count:
        msg = f"{path}: expected a value, found null"
        raise LoadError(msg, expected=("a value",))


def made(make: Callable[..., Any], columns: list[list[Any]], path: str) -> list[Any]:
    """What *make* makes of each row of *columns*."""
    try:
        return list(map(make, *columns))
    except (TypeError, ValueError) as error:
        msg = f"{path}: {error}"
        raise LoadError(msg) from None


def converted(
    texts: list[str | None], convert: Callable[[str], Any], path: str
) -> list[Any]:
    """What *convert* makes of each of *texts*, which it may refuse."""
    try:
        return [None if text is None else convert(text) for text in texts]
    except Mismatch as error:
        msg = f"{path}: expected {error.expected}, found {error.found}"
        raise LoadError(msg, expected=(error.expected,)) from None
    except ValueError as error:
        msg = f"{path}: {error}"
        raise LoadError(msg) from None
