"""The model as dictionaries and as JSON, and back: exact, strict and versioned.

What ``from_dict`` makes of ``to_dict(obj)`` equals *obj*, and what ``from_dict`` takes,
``to_dict`` writes again; the same holds for JSON.

- A target names its ``kind`` wherever it stands. The document of a ``GoalTable`` names
  the version of the format as its ``schema``; nothing else does.
- A decimal is text with every digit that was printed: ``"100.00"``.
- A field that has its default (``None``, ``False``, nothing in it) is left out.
- Nothing is converted: ``true`` is no number and ``5`` is no text. A key that is
  unknown, or stands twice, is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args, overload

from cattrs import BaseValidationError

from perfgoals._custom_targets import is_registered
from perfgoals.diagnostics import Diagnostic
from perfgoals.errors import LoadError
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
from perfgoals.serialize._converter import SCHEMA, make_converter
from perfgoals.serialize._json import read_json, write_json
from perfgoals.serialize._load_errors import load_error
from perfgoals.serialize._schema import schema_of
from perfgoals.serialize._strict import TOO_DEEP, Mismatch, is_too_deep
from perfgoals.spans import Location, Span
from perfgoals.targets import CustomTarget, Target

if TYPE_CHECKING:
    from types import UnionType

__all__ = [
    "SCHEMA",
    "Model",
    "from_dict",
    "from_json",
    "json_schema",
    "to_dict",
    "to_json",
]

Model: TypeAlias = (
    GoalTable
    | Project
    | Total
    | Funding
    | IndicatorList
    | Indicator
    | Extra
    | Level
    | Category
    | Target
    | CustomTarget
    | Diagnostic
    | Span
    | Location
)
"""Everything that can be written and loaded; a custom target once registered."""

M = TypeVar("M", bound=Model)

_LOADABLE = (*(cls for cls in get_args(Model) if cls is not CustomTarget), Target)
_CONVERTER = make_converter()


def to_dict(obj: Model) -> dict[str, Any]:
    """*obj* as dictionaries, lists, texts, whole numbers and truth values.

    >>> from decimal import Decimal
    >>> from perfgoals.targets import Quantity
    >>> to_dict(Quantity(number=Decimal("100.00"), unit="%", raw="100.00%"))
    {'kind': 'quantity', 'number': '100.00', 'unit': '%', 'raw': '100.00%'}

    Raises ``ValueError`` for what could not be loaded again: a number that takes more
    than 64 digits to write, or compounds nested too deep.
    """
    if type(obj) not in _LOADABLE and not is_registered(type(obj)):
        msg = f"expected an object of the model, found a {type(obj).__name__}"
        raise TypeError(msg)
    try:
        data: dict[str, Any] = _CONVERTER.unstructure(obj)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    if is_too_deep(data):
        raise ValueError(TOO_DEEP)
    return data


@overload
def from_dict(data: dict[str, Any], cls: type[M]) -> M: ...
@overload
def from_dict(data: dict[str, Any], cls: UnionType) -> Target: ...
def from_dict(data: dict[str, Any], cls: Any) -> Any:
    """The *cls* that *data* describes, as ``to_dict`` writes it.

    *cls* is a class of the model, or ``Target`` for a target of any kind.

    >>> from_dict({"kind": "qualitative", "text": "有效提升"}, Target)
    Qualitative(raw='', note=None, ambiguities=(), text='有效提升', comparator=None)

    Raises ``LoadError`` with the path of what is wrong first, and of up to 99 more in
    its notes.

    >>> from_dict({"kind": "quantity", "number": 5}, Target)
    Traceback (most recent call last):
    perfgoals.errors.LoadError: $.number: expected a number as text, ...
    """
    if is_too_deep(data):
        msg = f"$: {TOO_DEEP}"
        raise LoadError(msg)
    return _loaded(data, cls)


def to_json(obj: Model, *, indent: int | None = None) -> str:
    """*obj* as JSON text, on one line unless there is an *indent*.

    >>> to_json(Span(0, 3))
    '{"start":0,"end":3}'

    Chinese stays readable, and the text can be written as UTF-8: half a surrogate
    pair is escaped. Raises ``ValueError`` as ``to_dict`` does.
    """
    return write_json(to_dict(obj), indent)


@overload
def from_json(text: str | bytes, cls: type[M]) -> M: ...
@overload
def from_json(text: str | bytes, cls: UnionType) -> Target: ...
def from_json(text: str | bytes, cls: Any) -> Any:
    """The *cls* that the JSON *text* describes, as ``to_json`` writes it.

    Bytes are UTF-8, with or without a byte order mark. Raises ``LoadError`` as
    ``from_dict`` does, and for what is not JSON, with the line and a caret.

    >>> from_json(b'{"start":0,"end":3}', Span)
    Span(start=0, end=3)
    """
    return _loaded(read_json(text), cls)


def json_schema(cls: type[Model] | UnionType) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what ``from_json`` loads as *cls*.

    *cls* is a class of the model, or ``Target`` for a target of any kind. What
    ``to_json`` writes is valid; what is not valid, ``from_json`` refuses. It refuses
    more, which no schema can say: a key that stands twice, ``1.0`` for a whole
    number, a span that ends before it starts, lists and objects nested too deep.

    >>> schema = json_schema(Span)
    >>> schema["$id"], schema["$ref"], schema["$defs"]["Span"]["required"]
    ('urn:perfgoals:1:Span', '#/$defs/Span', ['start', 'end'])
    """
    _refuse_foreign(cls)
    return schema_of(cls, _CONVERTER)


def _loaded(data: object, cls: Any) -> Any:
    _refuse_foreign(cls)
    try:
        return _CONVERTER.structure(data, cls)
    except (BaseValidationError, Mismatch) as error:
        refusal = load_error(error)
    # Raised here, it does not carry the group of cattrs, which can be huge, cannot be
    # pickled, and says nothing that ours does not.
    raise refusal


def _refuse_foreign(cls: Any) -> None:
    if cls not in _LOADABLE and not is_registered(cls):
        msg = f"expected a class of the model or Target, found {cls!r}"
        raise TypeError(msg)
