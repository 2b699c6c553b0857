"""What is left of the words around a number: a remark, bare of signs and copulas."""

from __future__ import annotations

import re

from perfgoals.spans import Span

STOPS = " \t\r\n\u00a0\u3000。;；,，、"
"""What may stand around a value or a part of it without being said."""

_OPENING, _CLOSING = "(（〔", ")）〕"
_KINDS = {"(": ")）", "（": ")）", "〔": "〕"}
_AROUND = STOPS + ":："
EDGES = _AROUND + _OPENING + _CLOSING
"""What may stand around a remark as well."""

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

    Brackets around all of it go, and each that has lost its partner.

    >>> bare_remark("在规定时间结案率为"), bare_remark("（应付尽付）")
    ('在规定时间结案率', '应付尽付')
    >>> bare_remark("企业（含分支）"), bare_remark("优（")
    ('企业（含分支）', '优')
    """
    text = _out_of_brackets(text)
    return _COPULA.sub("", _PREPOSITION.sub("", text)).strip()


def _out_of_brackets(text: str) -> str:
    """*text* without the brackets around all of it, and those with no partner."""
    partners = _partners(text)
    lost = {
        at
        for at, sign in enumerate(text)
        if sign in _OPENING + _CLOSING and at not in partners
    }
    start, end = 0, len(text)
    while start < end:
        if text[start] in _AROUND or start in lost:
            start += 1
        elif text[end - 1] in _AROUND or end - 1 in lost:
            end -= 1
        elif partners.get(start) == end - 1:
            start, end = start + 1, end - 1
        else:
            break
    return "".join(text[at] for at in range(start, end) if at not in lost)


def _partners(text: str) -> dict[int, int]:
    """Where the other bracket stands, by the place of each that has one."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for at, sign in enumerate(text):
        if sign in _OPENING:
            waiting.append(at)
        elif waiting and sign in _KINDS[text[waiting[-1]]]:
            start = waiting.pop()
            partners |= {start: at, at: start}
    return partners
