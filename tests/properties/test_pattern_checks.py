"""Searches count what CPython does, and verdicts are those of trying all words."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings, strategies as st
from tests.patterns import parsed

from perfgoals._patterns import exponential
from perfgoals._patterns.steps import Search
from perfgoals._patterns.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

REPETITIONS = ["*", "+", "?", "{0,2}", "{1,3}", "{2,}", "*?", "+?", "??", "{1,2}?"]
SOLID = ["(?>{})", "(?={})", "(?!{})", "(?:{})*+", "(?:{}){{2,}}+"]
WORDS = ["".join(word) for n in (1, 2, 3) for word in itertools.product("ab", repeat=n)]
LIMIT = 30_000


def regexes(
    leaves: int, wrappers: list[str], signs: tuple[str, ...] = ("a", "b", "[ab]")
) -> SearchStrategy[str]:
    """Regular expressions over a and b."""
    return st.recursive(
        st.sampled_from(signs),
        lambda inner: st.one_of(
            st.builds("(?:{}){}".format, inner, st.sampled_from(REPETITIONS)),
            st.builds("{}{}".format, inner, inner),
            st.builds("(?:{}|{})".format, inner, inner),
            *(inner.map(wrapper.format) for wrapper in wrappers),
        ),
        max_leaves=leaves,
    )


@given(
    regexes(6, SOLID, ("a", "b", "[ab]", "^", "$", "(?<=a)")),
    st.text("abc", max_size=6),
)
@example("a", "b")
def test_a_search_ends_where_cpython_does(pattern: str, text: str) -> None:
    """A search only knows the signs of its tree, in which each class has one."""
    tree = parse(pattern)
    text = "".join(sign if sign in tree.signs else tree.signs[-1] for sign in text)
    found = re.match(pattern, text)
    end = Search(tree.root, tree.signs).run(text, 10**6)
    assert end == (None if found is None else found.end())


# ── A search of its own, over the tree of CPython ───────────────────────────


class TooLongError(Exception):
    """A search is given up."""


def ends(nodes: Any, text: str, place: int, steps: Counter[str]) -> Iterator[int]:
    """Where *nodes* can end, each place as often as the search comes to it."""
    if not nodes:
        yield place
        return
    (operator, argument), rest = nodes[0], nodes[1:]
    for between in ends_of(str(operator), argument, text, place, steps):
        yield from ends(rest, text, between, steps)


def ends_of(
    operator: str, argument: Any, text: str, place: int, steps: Counter[str]
) -> Iterator[int]:
    steps["all"] += 1
    if steps["all"] > LIMIT:
        raise TooLongError
    match operator:
        case "LITERAL":
            yield from [place + 1] if text[place : place + 1] == chr(argument) else []
        case "IN":
            signs = {chr(code) for _, code in argument}
            yield from [place + 1] if text[place : place + 1] in signs else []
        case "BRANCH":
            for branch in argument[1]:
                yield from ends(list(branch), text, place, steps)
        case _:
            least, most, inner = argument
            repetition = (least, most, list(inner), operator == "MIN_REPEAT")
            yield from repeated(repetition, text, place, steps, None)


def repeated(
    repetition: tuple[int, int, Any, bool],
    text: str,
    place: int,
    steps: Counter[str],
    last: int | None,
) -> Iterator[int]:
    """An iteration that took nothing is the last one, unless more are needed."""
    least, most, inner, lazy = repetition
    if lazy and least <= 0:
        yield place
    if least > 0 or (most > 0 and place != last):
        fewer = (least - 1, most - 1, inner, lazy)
        for between in ends(inner, text, place, steps):
            began = last if least > 0 else place
            yield from repeated(fewer, text, between, steps, began)
    if not lazy and least <= 0:
        yield place


def grows(pattern: str, lead: str, pump: str) -> bool:
    """Whether the search takes more and more steps, each time more than threefold."""
    nodes = list(parsed(re.compile(pattern)))
    counts = [0, 0, 0]
    for times in (2, 4, 6, 8, 10):
        steps: Counter[str] = Counter()
        with contextlib.suppress(TooLongError):
            list(ends(nodes, lead + pump * times, 0, steps))
        if steps["all"] > LIMIT and counts[-1]:
            break  # how many there are is not known
        counts.append(steps["all"])
    first, second, third = counts[-3:]
    return third - second > 3 * (second - first)


@settings(max_examples=40)
@given(regexes(4, []))
@example("(?:(?:b){1,3})*")
def test_verdicts_are_those_of_trying_all_words(regex: str) -> None:
    """The sign at the end, which no text has, lets every way be tried."""
    pattern = f"{regex}!"
    pump = exponential(pattern)
    pumps = WORDS if pump is None else [pump]
    leads = ["", "a", "b", "ab", "ba", "aab", "bba"]
    slow = [
        (lead, word) for lead in leads for word in pumps if grows(pattern, lead, word)
    ]
    assert bool(slow) == (pump is not None)
