"""Patterns for the fields of an indicator that nothing is wrong with.

What they match has no opening and no label but its own, whatever stands around it. An
opening needs one of three things, which no field that is matched here has:

- a digit and a dash in front of something that is no digit (``1-产出``);
- a known name that ends in 标, in front of a separator (``产出指标；``);
- a known category behind a separator and in front of another (``产出；数量；``).

A label needs a colon, and characters of a label in front of it.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from perfgoals._blanks import BLANK, INVISIBLE
from perfgoals._signs import APART, COLONS, COMMAS, DASHES, MARKS, STOPS
from perfgoals.labels import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfgoals.labels import Labels
    from perfgoals.taxonomy import Concept, Taxonomy

VALUE_LIMIT = 200
"""The most characters of a value that is read the fast way."""

_BLANKS = BLANK[1:-1]
_HIDDEN = INVISIBLE.pattern[1:-1]
_DIGITS = "0-9０-９"
_BREAKS = f"；;{COLONS}{COMMAS}"

_SPACES = r" \u3000"
_SPACE = (
    f"[{_SPACES}](?=[{_DIGITS}≥≤><=])"
    f"|(?<=[{_DIGITS}%])[{_SPACES}](?=[a-zA-Z\u4e00-\u9fff])"
)
_DASH = f"(?<![{_DIGITS}{_SPACES}])[{DASHES}]|[{DASHES}](?=[{_DIGITS}])"
_NO_HINT = "[*×xX_](?![*×xX_])|[.·](?![….·⋯])"
_HINTS = "*×xX_….·⋯"

PERIOD = "实施周期指标值"
ANNUAL = "年度指标值"
"""The labels of the canonical text."""

_NUMBER = "[1-9][0-9]{0,5}"
_ANY_LEVEL = f"[0-9]-[^；;。{COMMAS}:：()（）\r\n{_DIGITS}①-⑳{MARKS}]{{1,30}}"
_GAP = r"(?:[ \t\u3000]*+[\r\n]++|[ \u3000]?+)"
_CLAUSES = f"[^{STOPS}]++(?:[{STOPS}][^{STOPS}]*+){{0,9}}?"
"""As few clauses as do; that no landmark stands in them is for another pattern."""

_SIGNS = 100
"""So many signs of those in ``APART`` a name has at most, and so many words."""

_ODD = re.compile(f"^.?$|[{STOPS}:：{MARKS}{DASHES}{_BLANKS}{_HIDDEN}]|[{_DIGITS}]")
_SHORT_LABEL = 3


@attrs.frozen(kw_only=True)
class IntactPatterns:
    """What the intact indicators of a syntax look like.

    ``head`` is an ordinal, a level and a category. That level and category are in the
    taxonomy is known if ``branch`` matches them, that no landmark stands in a field if
    ``name`` matches it, or ``plain_value`` or ``value``. Behind the head, ``variant``
    matches the rest of an indicator, canonical or not, and the head of the next one.
    Its groups are the mark, the name, both values, nothing where the indicator ends,
    and the ordinal and the level and category of the next. ``variant`` and ``value``
    are not compiled yet, as few texts need them.
    """

    head: re.Pattern[str]
    branch: re.Pattern[str]
    name: re.Pattern[str]
    plain_value: re.Pattern[str]
    value: str
    variant: str


@functools.lru_cache(maxsize=8)
def intact_patterns(labels: Labels, taxonomy: Taxonomy) -> IntactPatterns | None:
    """The patterns for the *labels* and the names of a syntax.

    No intact indicator has one of the extra labels. There are no patterns for words
    that may be taken for something else.
    """
    period, annual = labels.period, labels.annual
    others = tuple(word for _, words in labels.extras for word in words)
    words = {name for concept in _concepts(taxonomy) for name in concept.names}
    labels_said = {label.replace(YEAR, "") for label in (*period, *annual, *others)}
    odd = any(map(_ODD.search, {*words, *labels_said}))
    if odd or PERIOD not in period or ANNUAL not in annual:
        return None
    no_category = (
        f"(?![{_SPACES}{_DIGITS}{DASHES}]*+{_any_of(taxonomy.categories)}"
        f"[{_SPACES}]*+(?:[{_BREAKS}]|\\Z))"
    )
    field = f"{_last_sign(taxonomy)}|{_DASH}|{_SPACE}"
    comma = f"[{COMMAS}]{no_category}"
    name = (
        f"(?![{COMMAS}{_SPACES}])"
        f"(?:[^{APART}{_HINTS}]++|{field}|{comma}|{_NO_HINT}){{1,{_SIGNS}}}"
    )
    return IntactPatterns(
        head=re.compile(f"({_NUMBER})、({_pair('[；;]')})"),
        branch=re.compile(_branch(taxonomy)),
        name=re.compile(f"{name}\\Z"),
        plain_value=re.compile(f"[^{APART}]++\\Z"),
        value=_value(field, no_category, (*period, *annual, *others)),
        variant=_variant(name, _labels(period), _labels(set(annual) - set(period))),
    )


def _variant(name: str, period: str, annual: str) -> str:
    """Other separators, colons and labels; blanks behind the 。; any head behind it."""
    head = f"(?=({_NUMBER})、{_ANY_LEVEL}[；;])(?:{_NUMBER}、({_pair('[；;]')}))?"
    return (
        f"([{MARKS}]?)({name})[；;]{period}[:：]"
        f"({_CLAUSES})[；;]{annual}[:：]({_CLAUSES})。{_GAP}()(?:{head}|\\Z)"
    )


def _branch(taxonomy: Taxonomy) -> str:
    level, category = map(_any_of, (taxonomy.levels, taxonomy.categories))
    return f"([0-9])-({level})[；;]([0-9]{{2}})-({category})[；;]"


def _any_of(concepts: Iterable[Concept]) -> str:
    """A pattern for the names of *concepts*, with and without 指标 behind them."""
    names = sorted({name for concept in concepts for name in concept.names})
    pattern = "|".join(map(re.escape, names))
    pattern = pattern.replace("\\(", "[(（]").replace("\\)", "[)）]")
    return f"(?:{pattern})(?:指标)?"


def _labels(labels: Iterable[str]) -> str:
    """A pattern for *labels* without blanks; a short one needs more to be sure of."""
    words = sorted(re.escape(label) for label in labels if len(label) > _SHORT_LABEL)
    return f"(?:{'|'.join(words)})".replace(re.escape("{year}"), "[0-9]{4}")


def _pair(separator: str) -> str:
    """A level and a category as they may be printed: known names are all among them."""
    return f"{_ANY_LEVEL}{separator}[0-9]{{2}}-[^；;]{{1,40}}{separator}"


def _value(field: str, no_category: str, labels: Iterable[str]) -> str:
    signs = "".join(map(re.escape, sorted({*"".join(labels), "值"})))
    label = f"[\\s\\S]*?[{signs}][^；;。，,:：]*+[:：]"
    opening = f"[{_SPACES}{_DIGITS}①-⑳(（{DASHES}、.．)）{STOPS}]"
    between = f"[{COMMAS}:：]|[；;](?![{_SPACES}{STOPS}]|\\Z)"
    return (
        f"(?![{STOPS}{_SPACES}])(?:(?=[^:：]*+\\Z)|(?!{label}))"
        f"(?:[^{APART}]++|{field}|(?:{between}){no_category}"
        f"|。(?!{opening}))+\\Z"
    )


def _last_sign(taxonomy: Taxonomy) -> str:
    """A 标, but not one that may end a known name that a separator follows."""
    names = {name for one in _concepts(taxonomy) for name in one.names} | {"指标"}
    before = "".join(sorted({name[-2:-1] for name in names if name.endswith("标")}))
    return (
        f"(?<![{re.escape(before)}{_SPACES}])标"
        f"|标(?![{_SPACES}]*+(?:[{_BREAKS}{_DIGITS}]|\\Z))"
    )


def _concepts(taxonomy: Taxonomy) -> tuple[Concept, ...]:
    return (*taxonomy.levels, *taxonomy.categories)
