"""Reads target values: text in, one target and the findings about it out."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._ambiguity import all_doubts, reasons, with_doubts
from perfgoals._data import load_table
from perfgoals._dates import NoSuchDateError
from perfgoals._fold import fold
from perfgoals._grammar import Grammar, Unparsed, load_grammar
from perfgoals._numerals import DIGIT_LIMIT, NumberTooLongError
from perfgoals._reading import STOPS, assemble, lone_remark
from perfgoals._target_tree import TargetTree
from perfgoals.diagnostics import Diagnostic
from perfgoals.spans import Span
from perfgoals.targets import Absent, Deadline, Qualitative, Quantity, Range, Target
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Sequence

VALUE_LIMIT = 2_000
"""The most characters that are read as a target; a longer value is prose."""

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_GLYPHS = re.compile(r"[≥≤><=]+\s*")


@functools.cache
def target_grammar(units: Units) -> Grammar:
    """``grammars/targets.lark`` with the words of the data tables."""
    words = load_table("words")
    absent = "|".join(_patterns(words["absent"]))
    return load_grammar(
        "targets",
        starts=("target",),
        words={
            "UNIT_WORD": _patterns(units.names),
            "CLASSIFIER": _patterns(units.classifiers),
            "COUNTER": _patterns(units.counters),
            "OCCASION_WORD": _patterns(words["occasions"]),
            "ABSENT": (rf"(?i:{absent})(?=[ \r\n。.;]*$|\([^()]*\)$)",),
        },
        exclusions={"NOT_REMARK": _patterns(words["remarks"])},
    )


def _patterns(words: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Patterns for *words*, a longer one before any that it begins with."""
    return tuple(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def read_value(
    text: str, *, grammar: Grammar, units: Units, name: str | None = None
) -> tuple[Target, tuple[Diagnostic, ...]]:
    """The target that *text* states, and what is doubtful about it.

    Total: any ``str`` gives a target. Spans of the findings count in *text*.
    """
    body = text.strip(STOPS)
    if not body:
        return Absent(raw=text), ()
    start = text.index(body)
    target, findings = _read(body, Span(start, start + len(body)), grammar, units)
    target = with_doubts(attrs.evolve(target, raw=text), name)
    return target, findings + _doubtful(target, Span(start, start + len(body)), body)


def _read(
    body: str, span: Span, grammar: Grammar, units: Units
) -> tuple[Target, tuple[Diagnostic, ...]]:
    words = Qualitative(text=body)
    if len(body) > VALUE_LIMIT:
        return words, _too_long_a_number(body, span)
    try:
        return _parsed(body, grammar, units), ()
    except Unparsed:
        return words, ()
    except NumberTooLongError:
        return words, _too_long_a_number(body, span)
    except NoSuchDateError:
        return words, (Diagnostic.of("PG204", span, text=body),)


def _parsed(body: str, grammar: Grammar, units: Units) -> Target:
    quoted = _QUOTED.fullmatch(body)
    if quoted:
        inner = _parsed(quoted[1], grammar, units)
        return Qualitative(text=body) if isinstance(inner, Qualitative) else inner
    items = TargetTree(body, units).read(grammar.parse(fold(body), start="target"))
    if isinstance(items, Absent):
        return items
    remark = lone_remark(items)
    if remark is not None:
        inner = _parsed(remark.of(body), grammar, units)
        if _is_plain_bound(inner):
            outer = body[: remark.start - 1] + body[remark.end + 1 :]
            return attrs.evolve(inner, note=outer.strip(STOPS))
    return assemble(body, items)


def _is_plain_bound(target: Target) -> bool:
    """Whether *target* is one bound and nothing else: 优（90分以上）."""
    match target:
        case Range(note=None):
            return True
        case (
            Quantity(note=None, comparator=comparator)
            | Deadline(note=None, comparator=comparator)
        ):
            return comparator is not None
        case _:
            return False


def _too_long_a_number(body: str, span: Span) -> tuple[Diagnostic, ...]:
    length = max((len(run) for run in re.findall("[0-9]+", body)), default=0)
    if length <= DIGIT_LIMIT:
        return ()
    limit = str(DIGIT_LIMIT)
    return (Diagnostic.of("PG203", span, length=str(length), limit=limit),)


def _doubtful(target: Target, span: Span, body: str) -> tuple[Diagnostic, ...]:
    found = [_doubt(reason, span, body) for reason in all_doubts(target)]
    glyphs = _GLYPHS.match(fold(body[:VALUE_LIMIT]))
    if (
        isinstance(target, Qualitative)
        and glyphs
        and not _has_words(body[glyphs.end() :])
    ):
        found.append(Diagnostic.of("PG202", span, text=body))
    return tuple(found)


def _doubt(reason: str, span: Span, body: str) -> Diagnostic:
    if reason == "number-in-sentence":
        return Diagnostic.of("PG205", span)
    texts = reasons()[reason]
    return Diagnostic.of(
        "PG201", span, text=body, reason_en=texts["en"], reason_zh=texts["zh"]
    )


def _has_words(text: str) -> bool:
    """Whether *text* says more than a unit: two Chinese characters or more."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return len(words) > 1 and words not in Units.packaged().names
