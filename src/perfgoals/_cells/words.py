"""The words of the grammar of indicators: labels and names from data, as patterns."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from perfgoals.labels import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from perfgoals._grammar import Grammar
    from perfgoals.labels import Labels
    from perfgoals.taxonomy import Concept, Taxonomy

STARTS = ("indicator", "landmark")
"""The rules of the grammar that something is parsed or searched by.

``cell`` would be another: but then most lexers would have to know an opening, too.
"""

_SHORT_LABEL = 3
_NAME_ENDING = "指标"
_STOP = "[；;。，,]"
_SKIPPED = r"[\s\x00-\x1f\u200b-\u200f]"
"""What may stand between two characters of a word; longer classes compile slowly."""

_GAP = f"{_SKIPPED}*"
_BEHIND_STOP = f"(?:(?<={_STOP})|(?<={_STOP}{_SKIPPED}))"

_SIGN = re.compile(rf"{re.escape(YEAR)}|.", re.DOTALL)
_SIGN_PATTERNS = {YEAR: "[0-9０-９]{4}", "(": "[(（]", ")": "[)）]"}


@functools.lru_cache(maxsize=4)
def indicator_grammar(labels: Labels, taxonomy: Taxonomy) -> Grammar:
    """``grammars/indicators.lark`` with *labels* and the names of *taxonomy*."""
    from perfgoals._grammar import load_grammar

    words = indicator_words(labels, taxonomy)
    return load_grammar(("indicators",), starts=STARTS, words=words)


def indicator_words(
    labels: Labels, taxonomy: Taxonomy
) -> Mapping[str, tuple[str, ...]]:
    """The patterns by which the terminals of the grammar are extended."""
    extras = tuple(word for _, words in labels.extras for word in words)
    known = (*labels.period, *labels.annual, *extras)
    ahead = rf"(?=(?:[，,]{_GAP})?(?:{_label_pattern(known)}){_GAP}[:：])"
    return {
        "LEVEL_NAME": (_name_pattern(taxonomy.levels),),
        "CATEGORY_NAME": (_name_pattern(taxonomy.categories),),
        "PERIOD_WORD": (_label_pattern(labels.period),),
        "ANNUAL_WORD": (_label_pattern(labels.annual),),
        "EXTRA_WORD": (_label_pattern(extras),) if extras else (),
        "LABEL_NEXT": (ahead,),
        "LANDMARK": (f"[{_first_signs(known, taxonomy.levels)}]",),
        "MISSPELT": (_misspelt(known),),
    }


def extra_field(labels: Labels, label: str) -> str:
    """The field of ``labels.extras`` that *label*, as printed, names."""
    return next(
        field for field, words in labels.extras if _label_of(words).fullmatch(label)
    )


@functools.lru_cache(maxsize=64)
def _label_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_any_of(words))


def _first_signs(labels: Iterable[str], levels: Iterable[Concept]) -> str:
    words = {*labels, *(name for level in levels for name in level.names)}
    return "".join(sorted({re.escape(word[0]) for word in words}))


def _name_pattern(concepts: Iterable[Concept]) -> str:
    """A pattern for the names of *concepts*, with and without 指标 behind them."""
    names = {name for concept in concepts for name in concept.names}
    return _any_of(names | {name + _NAME_ENDING for name in names})


def _label_pattern(labels: Sequence[str]) -> str:
    """A pattern for *labels*, a short one only behind a separator.

    指标值 alone may also be the end of a label that is misspelt or not known.
    """
    long = [label for label in labels if len(label) > _SHORT_LABEL]
    short = [label for label in labels if len(label) <= _SHORT_LABEL]
    patterns = (_any_of(long), _BEHIND_STOP + _any_of(short) if short else "")
    return "|".join(filter(None, patterns))


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of *words*, blanks between the characters allowed."""
    return _branches([_signs(word) for word in sorted(words)], _GAP)


def _misspelt(labels: Iterable[str]) -> str:
    """A pattern for *labels* with one character wrong, missing or too many."""
    wrong = [
        [*signs[:index], _wrong(signs[index + 1 :]), *signs[index + 1 :]]
        for signs in map(_signs, labels)
        if len(signs) > _SHORT_LABEL
        for index in range(len(signs))
    ]
    return _branches(sorted(wrong), "")


def _wrong(following: Sequence[str]) -> str:
    """A pattern for what may stand in place of one character."""
    return ".{0,2}" if following else ".?"


def _branches(words: Sequence[Sequence[str]], gap: str, lead: str = "") -> str:
    """A pattern for any of *words*; those that begin alike share that part.

    So no search tries it twice. A *word* is a pattern for each of its characters,
    *gap* what may stand between two of them.
    """
    by_first: dict[str, list[Sequence[str]]] = {}
    for word in filter(None, words):
        by_first.setdefault(word[0], []).append(word[1:])
    if not by_first:
        return ""
    branches = "|".join(
        lead + first + _branches(rests, gap, gap) for first, rests in by_first.items()
    )
    return f"(?:{branches})" + ("" if all(words) else "?")


def _signs(word: str) -> list[str]:
    """A pattern for each character of *word*."""
    return [_SIGN_PATTERNS.get(sign) or re.escape(sign) for sign in _SIGN.findall(word)]
