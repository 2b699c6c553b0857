"""Reads target values: text in, one target and the findings about it out."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._grammar import UnparsedError
from perfgoals._values.ambiguity import with_doubts
from perfgoals._values.dates import NoSuchDateError
from perfgoals._values.doubts import VALUE_LIMIT, doubtful
from perfgoals._values.fold import fold
from perfgoals._values.kinds import reading
from perfgoals._values.numerals import DIGIT_LIMIT, NumberTooLongError
from perfgoals._values.reading import assemble, lone_remark
from perfgoals._values.remarks import STOPS, said_in
from perfgoals._values.tree import TargetTree
from perfgoals.diagnostics import Diagnostic
from perfgoals.targets import (
    Absent,
    Compound,
    Deadline,
    Qualitative,
    Quantity,
    Range,
    Target,
)

if TYPE_CHECKING:
    from perfgoals._values.fast.known import Learn
    from perfgoals._values.kinds import Reading
    from perfgoals._values.language import ValueLanguage
    from perfgoals.spans import Span

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]|[（(]([^()（）]+)[)）]|【([^【】]+)】")
_CLAUSES = re.compile(r"[;；，。]|,(?![0-9]{3})")


def read_value(
    text: str,
    *,
    language: ValueLanguage,
    of_rate: bool = False,
    learn: Learn | None = None,
) -> Reading:
    """The reading of *text* by the grammar.

    *of_rate* tells that it is the value of a rate, where a bare 0.95 is doubtful.
    *learn* is told of a target that is sure, and may ask for others.
    Total: any ``str`` gives a target. Spans of the findings count in *text*.
    """
    target, findings, span = _stated(text, language)
    if learn and not findings:
        learn(text, target, functools.partial(sure_target, language=language))
    target = with_doubts(target, of_rate=of_rate)
    body = span.of(text)
    return reading(target, findings + doubtful(target, span, body, language.units))


def sure_target(text: str, *, language: ValueLanguage) -> Target | None:
    """The target of *text* without its doubts, unless something is wrong with it."""
    target, findings, _ = _stated(text, language)
    return None if findings else target


def _stated(
    text: str, language: ValueLanguage
) -> tuple[Target, tuple[Diagnostic, ...], Span]:
    """The target of *text*, what is wrong with it, and where it stands."""
    span = said_in(text)
    if not span:
        return Absent(raw=text), (), span
    target, findings = _read(span.of(text), span, language)
    return attrs.evolve(target, raw=text), findings, span


def _read(
    body: str, span: Span, language: ValueLanguage
) -> tuple[Target, tuple[Diagnostic, ...]]:
    words = Qualitative(text=body)
    if len(body) > VALUE_LIMIT:
        return words, _too_long_a_number(body, span)
    try:
        return _whole_or_clauses(body, language), ()
    except NumberTooLongError:
        return words, _too_long_a_number(body, span)
    except NoSuchDateError:
        return words, (Diagnostic.of("PG204", span, text=body),)


def _whole_or_clauses(body: str, language: ValueLanguage) -> Target:
    try:
        return _parsed(body, language)
    except UnparsedError:
        return _clause_by_clause(body, language)


def _clause_by_clause(body: str, language: ValueLanguage) -> Target:
    """What each clause says, for a value that has no reading as a whole."""
    parts: list[Target] = []
    for clause in filter(None, (part.strip(STOPS) for part in _CLAUSES.split(body))):
        try:
            target = _parsed(clause, language)
        except UnparsedError:
            target = Qualitative(text=clause)
        parts.append(attrs.evolve(target, raw=clause))
    if all(isinstance(part, Qualitative) for part in parts):
        return Qualitative(text=body)
    return parts[0] if len(parts) == 1 else Compound(parts=tuple(parts))


def _parsed(body: str, language: ValueLanguage) -> Target:
    quoted = _QUOTED.fullmatch(body)
    if quoted:
        inner = _parsed(quoted[quoted.lastindex or 1], language)
        return Qualitative(text=body) if isinstance(inner, Qualitative) else inner
    tree = language.grammar.parse(fold(body), start="target")
    items = TargetTree(body, language).read(tree)
    if isinstance(items, Absent):
        return items
    remark = lone_remark(items)
    if remark is not None:
        inner = _parsed(remark.of(body), language)
        if _is_plain_bound(inner):
            outer = body[: remark.start - 1] + body[remark.end + 1 :]
            return attrs.evolve(inner, note=outer.strip(STOPS))
    return assemble(body, items)


def _is_plain_bound(target: Target) -> bool:
    """Whether *target* is one bound and nothing else: 优（90分以上）."""
    match target:
        case Range(note=None):
            return True
        case Quantity(note=None, comparator=comparator, unit=unit):
            return comparator is not None or unit is not None
        case Deadline(note=None, comparator=comparator, date=date):
            return comparator is not None or date is not None
        case _:
            return False


def _too_long_a_number(body: str, span: Span) -> tuple[Diagnostic, ...]:
    length = max((len(run) for run in re.findall("[0-9]+", body)), default=0)
    if length <= DIGIT_LIMIT:
        return ()
    limit = str(DIGIT_LIMIT)
    return (Diagnostic.of("PG203", span, length=str(length), limit=limit),)
