"""What is left of the words around a number: a remark, bare of signs and copulas."""

from __future__ import annotations

import re

from perfgoals.spans import Span

STOPS = " \t\r\n\u00a0\u3000。;；,，、"
"""What may stand around a value or a part of it without being said."""

EDGES = STOPS + ":：()（）〔〕"
"""What may stand around a remark as well."""

_NO_BRACKETS = dict.fromkeys(map(ord, "()（）"))
_COPULA = re.compile(r"[为是]$")
_PREPOSITION = re.compile(r"[于在]$")


def said_in(text: str) -> Span:
    """Where what a value says stands in its *text*.

    >>> said_in(" 4次。")
    Span(start=1, end=3)
    """
    body = text.strip(STOPS)
    start = text.index(body)
    return Span(start, start + len(body))


def bare_remark(text: str) -> str:
    """What *text* says beside a number.

    >>> bare_remark("在规定时间结案率为"), bare_remark("（应付尽付）")
    ('在规定时间结案率', '应付尽付')
    """
    text = text.strip(EDGES)
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in ("()", "（）")):
        text = text.translate(_NO_BRACKETS)
    return _COPULA.sub("", _PREPOSITION.sub("", text)).strip()
