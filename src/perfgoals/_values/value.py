"""Reads target values: text in, one target and the findings about it out."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._data import load_table
from perfgoals._grammar import Grammar, UnparsedError, load_grammar
from perfgoals._values.ambiguity import all_doubts, reasons, with_doubts
from perfgoals._values.dates import NoSuchDateError
from perfgoals._values.fold import fold
from perfgoals._values.numerals import DIGIT_LIMIT, NumberTooLongError
from perfgoals._values.reading import STOPS, assemble, lone_remark
from perfgoals._values.tree import TargetTree
from perfgoals.diagnostics import Diagnostic
from perfgoals.spans import Span
from perfgoals.targets import (
    Absent,
    Compound,
    Deadline,
    Qualitative,
    Quantity,
    Range,
    Target,
)
from perfgoals.units import Units

if TYPE_CHECKING:
    from collections.abc import Sequence

VALUE_LIMIT = 2_000
"""The most characters that are read as a target; a longer value is prose."""

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]|[（(]([^()（）]+)[)）]|【([^【】]+)】")
_CLAUSES = re.compile(r"[;；，。]|,(?![0-9]{3})")
_NUMERAL = r"(?:[零一二两三四五六七八九十百千万亿]{1,20}|半)"
_YEAR_NAME = r"(?:19|20)[0-9]{2}年(?![底末终内前度])[\u4e00-\u9fff]"
_GLYPHS = re.compile(r"[≥≤><=]+\s*")


@functools.cache
def target_grammar(units: Units) -> Grammar:
    """``grammars/targets.lark`` with the words of the data tables."""
    words = load_table("words")
    absent = "|".join(_patterns(words["absent"]))
    return load_grammar(
        ("targets", "dates"),
        starts=("target",),
        words={
            "UNIT_WORD": _patterns(units.names),
            "CLASSIFIER": _patterns(units.classifiers),
            "COUNTER": _patterns(units.counters),
            "OCCASION_WORD": _patterns(words["occasions"]),
            "ABSENT": (rf"(?i:{absent})(?=[ \r\n。.;]*$|\([^()]*\)$)",),
        },
        lookaheads={"CORE_NEXT": _core_next(units)},
        exclusions={"NOT_REMARK": _patterns(words["remarks"])},
    )


def _core_next(units: Units) -> tuple[str, ...]:
    """What begins a core behind a comparator: a number, a counted unit or a date."""
    counted = "|".join(_patterns(units.names - units.ranks))
    return (
        rf"\s*(?!{_YEAR_NAME})[-+±负]?\.?[0-9]",
        rf"\s*{_NUMERAL}[余多]?(?:{counted})",
        r"\s*(?:[百千万]分之|百分百|[一二三四五六七八九]成|[一二三四五六七八九十]{1,4}分之)",
        r"\s*每[^;,；，。0-9]{1,8}[0-9一二两三四五六七八九十]",
        r"\s*(?:[上下]半年|第?[一二三四1-4]季|[本当]?年[底末终])",
        r"\s*[一二][零○〇一二三四五六七八九]{3}年|\s*[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日|底)",
    )


def _patterns(words: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Patterns for *words*, a longer one before any that it begins with."""
    return tuple(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def read_value(
    text: str, *, grammar: Grammar, units: Units, of_rate: bool = False
) -> tuple[Target, tuple[Diagnostic, ...]]:
    """The target that *text* states, and what is doubtful about it.

    *of_rate* tells that it is the value of a rate, where a bare 0.95 is doubtful.
    Total: any ``str`` gives a target. Spans of the findings count in *text*.
    """
    body = text.strip(STOPS)
    if not body:
        return Absent(raw=text), ()
    start = text.index(body)
    target, findings = _read(body, Span(start, start + len(body)), grammar, units)
    target = with_doubts(attrs.evolve(target, raw=text), of_rate=of_rate)
    return target, findings + _doubtful(target, Span(start, start + len(body)), body)


def _read(
    body: str, span: Span, grammar: Grammar, units: Units
) -> tuple[Target, tuple[Diagnostic, ...]]:
    words = Qualitative(text=body)
    if len(body) > VALUE_LIMIT:
        return words, _too_long_a_number(body, span)
    try:
        return _whole_or_clauses(body, grammar, units), ()
    except NumberTooLongError:
        return words, _too_long_a_number(body, span)
    except NoSuchDateError:
        return words, (Diagnostic.of("PG204", span, text=body),)


def _whole_or_clauses(body: str, grammar: Grammar, units: Units) -> Target:
    try:
        return _parsed(body, grammar, units)
    except UnparsedError:
        return _clause_by_clause(body, grammar, units)


def _clause_by_clause(body: str, grammar: Grammar, units: Units) -> Target:
    """What each clause says, for a value that has no reading as a whole."""
    parts: list[Target] = []
    for clause in filter(None, (part.strip(STOPS) for part in _CLAUSES.split(body))):
        try:
            target = _parsed(clause, grammar, units)
        except UnparsedError:
            target = Qualitative(text=clause)
        parts.append(attrs.evolve(target, raw=clause))
    if all(isinstance(part, Qualitative) for part in parts):
        return Qualitative(text=body)
    return parts[0] if len(parts) == 1 else Compound(parts=tuple(parts))


def _parsed(body: str, grammar: Grammar, units: Units) -> Target:
    quoted = _QUOTED.fullmatch(body)
    if quoted:
        inner = _parsed(quoted[quoted.lastindex or 1], grammar, units)
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


def _doubtful(target: Target, span: Span, body: str) -> tuple[Diagnostic, ...]:
    found = [_doubt(reason, span, body) for reason in all_doubts(target)]
    if isinstance(target, Qualitative) and _promises_a_number(body):
        found.append(Diagnostic.of("PG202", span, text=body))
    return tuple(found)


def _doubt(reason: str, span: Span, body: str) -> Diagnostic:
    if reason == "number-in-sentence":
        return Diagnostic.of("PG205", span)
    texts = reasons()[reason]
    return Diagnostic.of(
        "PG201", span, text=body, reason_en=texts["en"], reason_zh=texts["zh"]
    )


def _promises_a_number(text: str) -> bool:
    """Whether a comparator stands there with nothing, or only a unit, behind it."""
    glyphs = _GLYPHS.match(fold(text[:VALUE_LIMIT]))
    if glyphs is None:
        return False
    rest = text[glyphs.end() :]
    words = re.sub(r"[^\u4e00-\u9fff]", "", rest)
    has_words = len(words) > 1 and words not in Units.packaged().names
    return not has_words and not any(map(str.isdigit, rest))
