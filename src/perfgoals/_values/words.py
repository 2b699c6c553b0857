"""The words of the grammar of values: units and others from data, as patterns."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from perfgoals._data import load_table
from perfgoals._grammar import Grammar, load_grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfgoals.units import Units

_NUMERAL = r"(?:[零一二两三四五六七八九十百千万亿]{1,20}|半)"
_YEAR_NAME = r"(?:19|20)[0-9]{2}年(?![底末终内前度])[\u4e00-\u9fff]"


@functools.lru_cache(maxsize=4)
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
