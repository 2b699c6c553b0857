"""Targets with slots: what the grammar makes of all values of one shape.

A template is the document of the target, with slots in its texts and without what is
empty: ``{"kind": "quantity", "comparator": ">=", "number": "{n0}", "unit": "{u0}"}``.
"""

from __future__ import annotations

import functools
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from perfgoals._build import binder, maker
from perfgoals._values.numerals import arabic
from perfgoals.targets import TARGET_TYPES, Comparator, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfgoals._values.fast.frames import Fill

Template: TypeAlias = "dict[str, Any]"

_CLASSES: Mapping[str, type[Target]] = {cls.kind: cls for cls in TARGET_TYPES}
_FIELDS = {
    kind: tuple(field.name for field in attrs.fields(cls))
    for kind, cls in _CLASSES.items()
}
_MAKERS = {kind: maker(cls) for kind, cls in _CLASSES.items()}
_NUMBERS = frozenset({"number", "lower", "upper"})
_DATES = frozenset({"date", "start", "end"})

_KEPT = 1024
"""So many compiled templates are kept."""


# ── From a target ───────────────────────────────────────────────────────────


def template_of(target: Target, held: Mapping[str, str]) -> str | None:
    """*target* with slots in place of what they *held*, as JSON.

    ``None`` for a kind of target that an extension brings.
    """
    if _CLASSES.get(target.kind) is not type(target):
        return None
    template = _template(target, held)
    del template["raw"]
    return json.dumps(template, ensure_ascii=False, separators=(",", ":"))


def _template(target: Target, held: Mapping[str, str]) -> Template:
    template: Template = {"kind": target.kind}
    for name in _FIELDS[target.kind]:
        value = getattr(target, name)
        if name == "parts":
            template[name] = [_template(part, held) for part in value]
        elif value and isinstance(value, tuple):
            template[name] = list(value)
        elif name in _NUMBERS:
            template[name] = _with_number(value, held)
        elif value and name in _DATES:
            template[name] = _with_date(value, held)
        elif value is not None and value != ():
            template[name] = _with_slots(str(value), held)
    return template


def _with_slots(text: str, held: Mapping[str, str]) -> str:
    slots = {text: f"{{{name}}}" for name, text in held.items()}
    pattern = "|".join(map(re.escape, slots)) or "(?!)"
    return re.sub(pattern, lambda match: slots[match[0]], text)


def _with_number(number: Decimal, held: Mapping[str, str]) -> str:
    for name, text in held.items():
        if name[0] == "n" and arabic(text) == number:
            return f"{{{name}}}"
    return str(number)


def _with_date(date: str, held: Mapping[str, str]) -> str:
    """The parts of an ISO date, each with its slot; ``--`` is no year, and so on."""
    marks = date[: len(date) - len(date.lstrip("-"))]
    kinds = "ymd"[len(marks) and len(marks) - 1 :]
    parts = zip(kinds, date.lstrip("-").split("-"), strict=False)
    return marks + "-".join(_with_part(kind, part, held) for kind, part in parts)


def _with_part(kind: str, part: str, held: Mapping[str, str]) -> str:
    for name, text in held.items():
        if name[0] == kind and text.zfill(2) == part:
            return f"{{{name}}}" if kind == "y" else f"{{{name}:0>2}}"
    return part


# ── To a function ───────────────────────────────────────────────────────────

_SLOT = re.compile(r"(\{[a-z]+[0-9]*(?::0>2)?\})")


@functools.lru_cache(_KEPT)
def binder_of(
    template: str, words: tuple[str, ...], numbers: tuple[str, ...], *, grouped: bool
) -> Callable[..., Fill]:
    """From what the slots of *words* hold to what fills *template*, a document in JSON.

    *numbers* are the other slots; such as are *grouped* may have commas. It is made
    once for all syntaxes.
    """
    code = _Code(arabic if grouped else Decimal)
    document = {"raw": "{raw}", **json.loads(template)}
    cls, fields = _CLASSES[document["kind"]], code.fields(document)
    return binder(cls, words, ("raw", *numbers), fields, code.scope)


class _Code:
    """Expressions for what a target holds; texts are names in their ``scope``."""

    def __init__(self, number: Callable[[str], Decimal]) -> None:
        makers = {f"make_{kind}": make for kind, make in _MAKERS.items()}
        self.scope: dict[str, Any] = {"number": number, **makers}

    def fields(self, template: Template) -> dict[str, str]:
        """What is to stand in each field."""
        names = _FIELDS[template["kind"]]
        return {name: self._field(name, template.get(name)) for name in names}

    def _call(self, template: Template) -> str:
        return f"make_{template['kind']}({', '.join(self.fields(template).values())})"

    def _field(self, name: str, value: Any) -> str:
        match name:
            case "parts":
                return "".join(f"{self._call(part)}, " for part in value).join("()")
            case "ambiguities":
                return self._constant(tuple(value or ()))
            case "comparator":
                return self._constant(value and Comparator(value))
            case _ if name in _NUMBERS:
                return f"number({self._text(value)})"
            case _:
                return self._text(value)

    def _text(self, value: str | None) -> str:
        pieces = [piece for piece in _SLOT.split(value or "") if piece]
        if value is None or not any(map(_is_slot, pieces)):
            return self._constant(value)
        if len(pieces) == 1 and ":" not in pieces[0]:
            return pieces[0][1:-1]
        return "".join(map(self._piece, pieces)).join(('f"', '"'))

    def _piece(self, piece: str) -> str:
        return piece if _is_slot(piece) else f"{{{self._constant(piece)}}}"

    def _constant(self, value: object) -> str:
        name = f"constant_{len(self.scope)}"
        self.scope[name] = value
        return name


def _is_slot(piece: str) -> bool:
    return piece.startswith("{")
