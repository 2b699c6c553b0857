"""How many forms a rule has once its options and alternatives are written out."""

from __future__ import annotations

import re

import attrs

_TOKEN = re.compile(
    r"->\s*[A-Za-z0-9_]+|[A-Za-z0-9_.]+|~\s*(?P<low>[0-9]+)(?:\s*\.\.\s*(?P<high>[0-9]+))?|\S"
)
_MOST = 10**9
"""No more are counted."""

_LONG = 50
"""Lark writes a shorter repetition out, and makes rules for a longer one."""


@attrs.define
class _Group:
    """The forms of a group, up to the place that has been read."""

    finished: int = 0
    before: int = 1
    last: int = 1

    def total(self) -> int:
        return min(self.finished + self.before * self.last, _MOST)


def forms_of(body: str) -> int:
    """The most forms that Lark makes of one rule of *body*.

    The texts and patterns in it are left out, as they are one part each.
    ``A? (B | C)`` stands for four: each part multiplies. What repeats becomes a rule of
    its own.
    """
    groups = [_Group()]
    most = 1
    for token in _TOKEN.finditer(body):
        group = groups[-1]
        match token[0][0]:
            case "(" | "[":
                groups.append(_Group())
            case ")" | "]" if len(groups) > 1:
                inner = groups.pop().total() + (token[0] == "]")
                _next(groups[-1], inner)
            case "|":
                groups[-1] = _Group(group.total())
            case "?":
                group.last += 1
            case "*" | "+":
                most = max(most, 2 * group.last)
                group.last = 1 + (token[0] == "*")
            case "~":
                group.last = _repeated(group.last, token)
            case "-":
                pass
            case _:
                _next(group, 1)
    return max(most, *(group.total() for group in groups))


def _next(group: _Group, forms: int) -> None:
    group.before, group.last = min(group.before * group.last, _MOST), forms


def _repeated(forms: int, times: re.Match[str]) -> int:
    """The forms of a part of so many *forms* that is repeated."""
    if not times["low"]:  # Lark will tell what is wrong
        return forms
    low = min(int(times["low"][:9]), _LONG)
    high = min(int((times["high"] or times["low"])[:9]), _LONG)
    counts: list[int] = [forms**count for count in range(low, high + 1)]
    return min(sum(counts), _MOST)
