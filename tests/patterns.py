"""Every regular expression of perfgoals, and each as JavaScript for its checkers.

``python -m tests.patterns`` prints them all as JSON, the grammars with few words.
"""

from __future__ import annotations

import functools
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

import perfgoals
from perfgoals._cells.intact import intact_patterns
from perfgoals._cells.landmarks import Landmarks
from perfgoals._cells.words import indicator_grammar, indicator_words
from perfgoals._grammar import load_grammar
from perfgoals._values.words import target_grammar
from perfgoals.labels import Labels
from perfgoals.taxonomy import Taxonomy
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from perfgoals._grammar import Grammar

_parser: Any = importlib.import_module("re._parser")
"""What CPython itself reads a pattern with; it has no public name."""

# ── The registry ────────────────────────────────────────────────────────────


def registry(*, few_words: bool = False) -> dict[str, re.Pattern[str]]:
    """All patterns by name: of both grammars, and of the modules.

    ``indicators:OPENING`` is a terminal, ``heading._ANY_LABEL`` belongs to a module.
    With *few_words* the grammars know only a few of each kind: they are built alike,
    and short enough for a checker to get through them.
    """
    grammars = _small_grammars() if few_words else _grammars()
    patterns = {
        f"{grammar.name}:{name}": re.compile(grammar.pattern(name))
        for grammar in grammars
        for name in terminals(grammar)
    }
    for field, pattern in attrs.asdict(Landmarks.of(grammars[0])).items():
        patterns[f"_landmarks.{field}"] = pattern
    for field, pattern in _intact(few_words=few_words).items():
        patterns[f"_intact.{field}"] = re.compile(pattern)
    for module in modules():
        for name, value in vars(module).items():
            patterns |= _patterns_in(f"{_short(module)}.{name}", value)
    return patterns


def _intact(*, few_words: bool) -> dict[str, Any]:
    """The patterns for intact indicators; the one for variants is still a text."""
    taxonomy, labels = Taxonomy.packaged(), Labels.packaged()
    if few_words:
        labels = Labels(period=labels.period[:1], annual=labels.annual[:1])
        taxonomy = attrs.evolve(
            taxonomy, levels=taxonomy.levels[:1], categories=taxonomy.categories[:1]
        )
    patterns = intact_patterns(labels, taxonomy)
    return attrs.asdict(patterns) if patterns else {}


def _grammars() -> tuple[Grammar, Grammar]:
    taxonomy, units = Taxonomy.packaged(), Units.packaged()
    return indicator_grammar(Labels.packaged(), taxonomy), target_grammar(units)


def _small_grammars() -> tuple[Grammar, Grammar]:
    taxonomy, units = Taxonomy.packaged(), Units.packaged()
    taxonomy = attrs.evolve(
        taxonomy, levels=taxonomy.levels[:1], categories=taxonomy.categories[:1]
    )
    labels = Labels(period=("周期指标值",), annual=("年度指标值", "指标值"))
    units = attrs.evolve(
        units,
        names=frozenset({"次", "个", "年", "万元"}),
        classifiers=frozenset({"个"}),
        counters=frozenset({"次"}),
        ranks=frozenset(),
    )
    cells = load_grammar(
        ("indicators",),
        starts=("indicator", "cell", "landmark"),
        words=indicator_words(labels, taxonomy),
    )
    return cells, target_grammar(units)


def terminals(grammar: Grammar) -> list[str]:
    """The names of the terminals of *grammar*."""
    return sorted(terminal.name for terminal in grammar._lark.terminals)


def modules() -> list[ModuleType]:
    """Every module of perfgoals, imported."""
    walked = pkgutil.walk_packages(perfgoals.__path__, "perfgoals.")
    return [importlib.import_module(module.name) for module in walked]


def _patterns_in(name: str, value: object) -> dict[str, re.Pattern[str]]:
    """The pattern that *value* is, holds, or is a cached function for."""
    if isinstance(value, re.Pattern):
        return {name: value}
    if isinstance(value, functools._lru_cache_wrapper):
        notes = value.__wrapped__.__annotations__
        return {f"{name}()": value()} if notes == {"return": "re.Pattern[str]"} else {}
    if not isinstance(value, Mapping):
        return {}
    return {
        f"{name}[{key!r}]": item
        for key, item in value.items()
        if isinstance(item, re.Pattern)
    }


def _short(module: ModuleType) -> str:
    return module.__name__.removeprefix("perfgoals.")


# ── The same in JavaScript ──────────────────────────────────────────────────

_CLASSES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_PLACES = {
    "AT_BEGINNING": "^",
    "AT_BEGINNING_STRING": "^",
    "AT_END": "$",
    "AT_END_STRING": "$",
    "AT_BOUNDARY": r"\b",
    "AT_NON_BOUNDARY": r"\B",
}


def parsed(pattern: re.Pattern[str]) -> Any:
    """*pattern* as the tree that CPython compiles."""
    return _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)


def as_javascript(pattern: re.Pattern[str]) -> str:
    r"""The source of *pattern* in JavaScript, for the flag ``s``.

    >>> as_javascript(re.compile(r"(?P<year>[0-9]{4})[^][]*?(?=\Z|x)"))
    '([0-9]{4})[^\\]\\[]*?(?=$|x)'
    """
    return "".join(map(_node, parsed(pattern)))


def _node(node: Any) -> str:
    operator, argument = node
    writer = _WRITERS.get(str(operator))
    if writer is None:
        message = f"no JavaScript for {operator}"
        raise NotImplementedError(message)
    return str(writer(argument))


def _sequence(nodes: Any) -> str:
    return "".join(map(_node, nodes))


def _sign(code: int) -> str:
    sign = chr(code)
    if sign.isascii() and sign.isalnum():
        return sign
    if 0x20 < code < 0x7F:
        return "\\" + sign
    return sign if sign.isprintable() and code <= 0xFFFF else f"\\u{code:04x}"


def _branch(argument: Any) -> str:
    _, branches = argument
    return f"(?:{'|'.join(map(_sequence, branches))})"


def _class(members: Any) -> str:
    return "[" + "".join(_member(*member) for member in members) + "]"


def _member(operator: Any, argument: Any) -> str:
    match str(operator):
        case "NEGATE":
            return "^"
        case "RANGE":
            return "-".join(_sign(min(code, 0xFFFF)) for code in argument)
        case "CATEGORY":
            return _CLASSES[str(argument)]
        case _:
            return _sign(argument)


def _group(argument: Any) -> str:
    number, _, _, inner = argument
    return f"({_sequence(inner)})" if number else f"(?:{_sequence(inner)})"


def _look(sign: str, argument: Any) -> str:
    direction, inner = argument
    return f"(?{'<' if direction < 0 else ''}{sign}{_sequence(inner)})"


def _repeat(lazy: str, argument: Any) -> str:
    least, most, inner = argument
    body = _sequence(inner)
    if len(inner) != 1 or str(inner[0][0]) not in {"LITERAL", "IN", "SUBPATTERN"}:
        body = f"(?:{body})"
    return f"{body}{_times(least, most)}{lazy}"


def _times(least: int, most: int) -> str:
    if most == _parser.MAXREPEAT:
        return {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    if least == most:
        return f"{{{least}}}"
    return "?" if (least, most) == (0, 1) else f"{{{least},{most}}}"


_WRITERS: dict[str, Any] = {
    "LITERAL": _sign,
    "NOT_LITERAL": lambda code: f"[^{_sign(code)}]",
    "ANY": lambda _: ".",
    "IN": _class,
    "BRANCH": _branch,
    "SUBPATTERN": _group,
    "ASSERT": lambda argument: _look("=", argument),
    "ASSERT_NOT": lambda argument: _look("!", argument),
    "MAX_REPEAT": lambda argument: _repeat("", argument),
    "MIN_REPEAT": lambda argument: _repeat("?", argument),
    # JavaScript has neither of these two: what never goes back there, may here.
    "POSSESSIVE_REPEAT": lambda argument: _repeat("", argument),
    "ATOMIC_GROUP": lambda inner: f"(?:{_sequence(inner)})",
    "AT": lambda place: _PLACES[str(place)],
}


def _lines() -> Iterator[dict[str, str]]:
    for name, pattern in registry(few_words=True).items():
        yield {"name": name, "source": as_javascript(pattern)}


if __name__ == "__main__":
    json.dump(list(_lines()), sys.stdout)
