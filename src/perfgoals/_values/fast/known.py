"""The templates that are known: of usual shapes from the start, of others when taught.

What the grammar makes of two made-up values of a shape is its template, if both give
the same and it also fits a value that was read. The packaged templates were made in
the same way; a test makes all of them again.
"""

from __future__ import annotations

import functools
import pkgutil
import re
from typing import TYPE_CHECKING, TypeAlias

from perfgoals._values.fast.templates import binder_of, template_of
from perfgoals._values.numerals import arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from perfgoals._values.fast.frames import Fill, Framed
    from perfgoals.targets import Target

Sure: TypeAlias = "Callable[[str], Target | None]"
"""From a value to its target by the grammar, without doubts; if nothing is found."""

Learn: TypeAlias = "Callable[[str, Target, Sure], None]"
"""Is told a value, its target without doubts, and where to ask for others."""

_SIZE = 4096
"""So much is kept of each kind; then it is forgotten."""


class Known:
    """Templates, by shape and variant; bounded, and safe to share between threads."""

    def __init__(self) -> None:
        # None where the grammar was asked, and tells such values apart
        self._templates: dict[tuple[str, str], str | None] = {}
        self._met: set[tuple[str, str]] = set()

    def fill(self, framed: Framed) -> Fill | None:
        """Fills the frame of a value, if a template for it is known."""
        template = self._templates.get(framed.key) or _usual(*framed.key)
        return _fill(template, framed) if template else None

    def learn(self, framed: Framed, target: Target, sure: Sure) -> None:
        """Take note that the grammar made *target* of a value.

        Most values are the only one of their shape: so only the second is learned from.
        """
        key = framed.key
        if key in self._templates:
            return
        if key in self._met:
            if len(self._templates) >= _SIZE:
                self._templates.clear()
            self._templates[key] = taught(framed, target, sure)
        if len(self._met) >= _SIZE:
            self._met.clear()
        self._met.add(key)


def _fill(template: str, framed: Framed) -> Fill:
    words, numbers = framed.frame.words, framed.frame.names
    bind = binder_of(template, tuple(words), numbers, grouped="," in framed.variant)
    return bind(*words.values())


# ── The packaged ones ───────────────────────────────────────────────────────


def _usual(shape: str, variant: str) -> str | None:
    for variants, template in _table().get(shape, ()):
        if variant in variants.split(" "):
            return template
    return None


@functools.cache
def _table() -> dict[str, list[tuple[str, str]]]:
    """The variants of each shape that have one template, and that template."""
    data = pkgutil.get_data("perfgoals", "data/shapes.tsv") or b""
    table: dict[str, list[tuple[str, str]]] = {}
    for line in data.decode().splitlines():
        shape, variants, template = line.split("\t")
        table.setdefault(shape, []).append((variants, template))
    return table


# ── Teaching ────────────────────────────────────────────────────────────────

_DIGITS = ("456789", "345678")
_MADE_UP: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "y": (("2048", "2068", "1984"), ("2037", "1957", "2075")),
    "m": (("5", "7"), ("6", "4")),
    "M": (("10", "12"), ("11", "09")),
    "d": (("4", "6", "8", "9"), ("5", "7", "3", "1")),
    "D": (("14", "16", "18", "23"), ("25", "27", "13", "22")),
    "w": ("甲乙丙丁戊己", "壬癸庚辛茄葵"),
    "u": (("吨", "桶", "瓶", "册"), ("袋", "封", "升", "份")),
}
"""What two values are made up of, by the kind of slot; a month or a day of two digits
by the capital letter.

Where a text is part of another one in one turn, it is not so in the other: if both
templates are the same, their slots are right. The months of the first value have 31
days, those of the second 30, and only the years of the first are leap years: so what
hangs on the length of a month differs.
"""

_MOST = {"n": 6, "y": 3, "m": 2, "d": 4, "w": 6, "u": 4}
"""So many slots of a kind can be filled."""


def taught(framed: Framed, target: Target, sure: Sure) -> str | None:
    """The template for values like one; ``None`` where the grammar tells them apart.

    *target* is what the grammar made of it.
    """
    names = (*framed.frame.words, *framed.frame.names)
    if any(int(name[1:]) >= _MOST[name[0]] for name in names):
        return None
    templates: list[str | None] = []
    for held in _made_up(framed):
        made = sure(framed.frame.shape.format(**held))
        templates.append(None if made is None else template_of(made, held))
    first, second = templates
    if first is None or first != second:
        return None
    is_same = _fill(first, framed)(framed.text, *framed.numbers) == target
    return first if is_same else None


def _made_up(framed: Framed) -> Iterator[dict[str, str]]:
    """What the slots hold in two values of one shape and variant."""
    numbers = dict(zip(framed.frame.names, framed.numbers, strict=True))
    ordinary = [name for name in numbers if name[0] == "n"]
    ordinary.sort(key=lambda name: arabic(numbers[name]))
    others = {name: text for name, text in numbers.items() if name not in ordinary}
    others |= framed.frame.words
    for turn, digits in enumerate(_DIGITS):
        held = {name: _instead(name, text, turn) for name, text in others.items()}
        for name, digit in zip(ordinary, digits, strict=False):
            held[name] = re.sub("[0-9]", digit, numbers[name])
        yield held


def _instead(name: str, text: str, turn: int) -> str:
    """What stands in the slot *name* in place of *text*; words are as long."""
    kind, place = name[0], int(name[1:])
    is_wide = kind in "md" and len(text) > 1
    made = _MADE_UP[kind.upper() if is_wide else kind][turn][place]
    return made * len(text) if kind == "w" else made
