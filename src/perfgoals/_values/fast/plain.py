"""Words that are nothing but words: no keyword can stand anywhere in them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from perfgoals._values.numerals import CHINESE

if TYPE_CHECKING:
    from collections.abc import Callable

NUMERALS = CHINESE.replace("半", "")
"""Without 半, which is a word in 半年."""

_RESERVED = frozenset(
    "前每半零年于超至最正壹弌贰貳叁參肆伍陆柒捌玖拾佰仟萬億兩" + NUMERALS
)
"""Chinese characters of which each keyword has one at least."""

_BEHIND_NUMERALS = (
    r"余多分成点半季月年日号前底末至到\s0-9A-Za-z°℃Ω㎡㎥㎞㎏㎜㎝μ%‰~\-" + NUMERALS
)
"""What makes a number or a date of a numeral, beside the beginning of a unit."""

_SAFE = (
    r"年(?!度?[底末终内])",
    r"(?<![低少小高大多等优下亚差晚早迟])于",
    r"超(?!过)",
    r"[至最](?![少多])",
    r"正(?!负)",
)
"""Characters of keywords, where they are not part of one."""

_QUOTED = ("《[^》]*》", "“[^”]*”")
"""Titles and words in quotation marks, which are words whatever they say."""

_SIGNS = "，,；;。、：:（）()/—…！"


@functools.lru_cache(4)
def plain_words(units: frozenset[str]) -> Callable[[str], re.Match[str] | None]:
    """Matches a whole text of words.

    Behind a numeral, a word that begins as one of *units* does may be a count.
    """
    beginnings = "".join(sorted({name[0] for name in units}))
    numeral = rf"[{NUMERALS}](?<!零)(?![{_BEHIND_NUMERALS}{re.escape(beginnings)}])"
    free = f"[{_ranges()}{re.escape(_SIGNS)}A-Za-z]++"
    pattern = rf"(?:{'|'.join((free, numeral, *_SAFE, *_QUOTED))})*"
    return re.compile(pattern).fullmatch


def _ranges() -> str:
    """All Chinese characters but the reserved ones, as ranges of a class."""
    ends = sorted(map(ord, _RESERVED))
    firsts = [0x4E00, *(end + 1 for end in ends if end >= 0x4E00)]
    lasts = [*(end - 1 for end in ends if end >= 0x4E00), 0x9FFF]
    pairs = zip(firsts, lasts, strict=True)
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in pairs if a <= b)
