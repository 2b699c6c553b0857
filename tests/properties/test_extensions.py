"""What an extension cannot do: change what holds nothing of it, lose text, or raise."""

from __future__ import annotations

import functools
import re
import threading
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.fuzz.laws import text_of, unaccounted
from tests.fuzz.words import corpus_of
from tests.properties.test_indicators import FRAGMENTS, cells, intact_lists
from tests.properties.test_targets import printed_quantities
from tests.strategies import targets
from tests.test_extensions import by_name

import perfgoals as pg

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

BASE = pg.Syntax.default()

NEW = {
    "grades": "A级",
    "proportions": "[0-9０-９][:：∶﹕][0-9０-９]",
    "huangshan": "【[^】]*-[^】]*】",
    "guangxi": "设[0-9０-９]{1,2}条",
    "new_separator": r"[|｜]",
    "new_unit": "[垄畦时]",
    "new_fields": "权|重|分值|实际|完成值",
    "province_labels": "全程|程要|要求|本期",
    "taxonomy_of_a_year": "工程量|数字效益|25",
}
"""What a text must hold before an extension has anything to say about it.

More than its words: a label that is nearly one of the new ones is pointed out, too.
"""

OWN = {
    "grades": ("AAA级", "A级以上", "及以上", "A", "级"),
    "proportions": ("1:1", "1：2：3", ":", "比例"),
    "huangshan": (
        "【产出指标-数量指标】",
        "【",
        "】",
        "-",
        "指标1:",
        "(≥77台)",
        "（",
        ")",
    ),
    "guangxi": ("设1条数量指标:", "设", "1条", "指标：", "≥1个月"),
    "new_separator": ("|", "｜", "；"),
    "new_unit": ("3畦", "亩垄", "5农时", "亩"),
    "new_fields": ("；权重:10", "分值：", "权重", "；实际完成值:4次"),
    "province_labels": ("；全程要求:", "2024年度要求：", "本期要求", "要求:"),
    "taxonomy_of_a_year": ("工程量指标；", "25-数字效益指标；", "25-", "数字效益"),
}
"""Words of each extension, to be put into texts."""

CELLS = tuple(map(text_of, corpus_of("parse")))
VALUES = tuple(map(text_of, corpus_of("parse_target")))


def syntax_of(name: str) -> pg.Syntax:
    syntax: pg.Syntax = by_name(name).SYNTAX
    return syntax


def is_new(name: str, text: str) -> bool:
    return re.search(NEW[name], text) is not None


@st.composite
def changed(draw: st.DrawFn, texts: SearchStrategy[str], words: tuple[str, ...]) -> str:
    """One of *texts* with a stretch of it replaced by one of *words*."""
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    end = start + draw(st.integers(0, 6))
    return text[:start] + draw(st.sampled_from(words)) + text[end:]


def values() -> SearchStrategy[str]:
    """Values of the cases, whole and damaged, and such as were made of parts."""
    whole = st.sampled_from(VALUES)
    made = printed_quantities().map(lambda case: case[0]) | targets().map(pg.to_text)
    return whole | made | changed(whole, FRAGMENTS)


def all_cells() -> SearchStrategy[str]:
    """Cells of the cases, whole and damaged, and such as were made of pieces."""
    whole = st.sampled_from(CELLS)
    intact = intact_lists().map(lambda items: pg.to_text(pg.IndicatorList(items=items)))
    return whole | intact | cells() | changed(whole, FRAGMENTS)


def read_everything(syntax: pg.Syntax, text: str) -> tuple[Any, ...]:
    return syntax.read_target(text), syntax.read_indicators(text)


# --- nothing changes for the rest ----------------------------------------------------


def test_each_example_is_looked_at() -> None:
    assert NEW.keys() == OWN.keys()
    for name in NEW:
        module = by_name(name)
        texts = getattr(module, "VALUES", ()) or [
            getattr(module, kind) for kind in ("CELL", "VALUE") if hasattr(module, kind)
        ]
        assert texts
        assert all(is_new(name, text) for text in texts)
        assert not all(
            read_everything(module.SYNTAX, text) == read_everything(BASE, text)
            for text in texts
        )


@pytest.mark.parametrize("name", NEW)
@given(text=values())
def test_a_value_with_nothing_new_is_read_as_before(name: str, text: str) -> None:
    if not is_new(name, text):
        assert syntax_of(name).read_target(text) == BASE.read_target(text)


@pytest.mark.parametrize("name", NEW)
@given(text=all_cells())
def test_a_cell_with_nothing_new_is_read_as_before(name: str, text: str) -> None:
    if not is_new(name, text):
        assert syntax_of(name).read_indicators(text) == BASE.read_indicators(text)


CHANCES = {
    "huangshan": ("【", "】", "【重点】", "(A类)", "（≥95%）", "-", "指标1："),
    "guangxi": ("设", "设施", "3条", "指标：", "≥1个月"),
    "grades": ("A", "级", "以上", "三级", "A类"),
    "proportions": ("1", ":", "比例"),
}
"""Words that stand in an extension and elsewhere, too."""


@pytest.mark.parametrize("name", CHANCES)
@given(data=st.data())
def test_single_words_of_an_extension_change_nothing(
    name: str, data: st.DataObject
) -> None:
    """The names and the values of intact cells may hold some by chance."""
    words = CHANCES[name]
    items = [
        attrs.evolve(indicator, name=data.draw(changed(st.just(indicator.name), words)))
        for indicator in data.draw(intact_lists())
    ]
    text = pg.to_text(pg.IndicatorList(items=tuple(items)))
    if not is_new(name, text):
        assert syntax_of(name).read_indicators(text) == BASE.read_indicators(text)


@functools.cache
def greedy() -> pg.Syntax:
    """An extension whose terminal takes what base rules read, a weight."""
    return BASE.extend(
        grammar="""
            %extend _core: weighed
            weighed: WEIGHED STAR
            WEIGHED.20: /[0-9]+斤/
            STAR.20: "◆"
        """,
        tree={"weighed": lambda parts: pg.Qualitative(text=parts[0].text)},
    )


@given(data=st.data())
def test_a_terminal_takes_nothing_where_its_rule_does_not_go_on(
    data: st.DataObject,
) -> None:
    """Without ◆ a weight is a quantity as ever, and with one elsewhere, too."""
    text = data.draw(changed(values(), ("5斤", "30斤以上", "≥2斤", "斤")))
    if "◆" not in text:
        assert greedy().read_target(text) == BASE.read_target(text)
    apart = f"◆，{text}"
    if len(apart) < 200 and not re.search("斤.*◆", apart):
        target, _ = greedy().read_target(apart)
        assert target == BASE.read_target(apart)[0]


# --- total ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
@given(data=st.data())
def test_no_character_is_lost(name: str, data: st.DataObject) -> None:
    """Any text is read, one made of the extension's own words included."""
    words = OWN[name]
    whole = st.just(getattr(by_name(name), "CELL", "")) | all_cells()
    pieces = st.lists(st.sampled_from(words + FRAGMENTS), max_size=12).map("".join)
    text = data.draw(changed(whole, words) | pieces)
    indicators = syntax_of(name).read_indicators(text)
    assert indicators.source == text
    assert unaccounted(indicators) == ""


@pytest.mark.parametrize("name", OWN)
@given(data=st.data())
def test_any_value_keeps_its_text(name: str, data: st.DataObject) -> None:
    words = OWN[name]
    pieces = st.lists(st.sampled_from(words + FRAGMENTS), max_size=12).map("".join)
    text = data.draw(changed(values(), words) | pieces | st.text())
    target, findings = syntax_of(name).read_target(text)
    assert target.raw == text
    assert all(finding.span.end <= len(text) for finding in findings)


@pytest.mark.parametrize("name", OWN)
@given(data=st.data())
def test_any_text_is_explained(name: str, data: st.DataObject) -> None:
    """Its tokens are slices of it, in their order."""
    text = data.draw(changed(all_cells(), OWN[name]) | changed(values(), OWN[name]))
    explanation = syntax_of(name).explain(text)
    spans = [token.span for token in explanation.tokens]
    assert spans == sorted(spans)
    assert [span.of(text) for span in spans] == [
        token.text for token in explanation.tokens
    ]
    assert "\n\nResult\n" in explanation.render()


@pytest.mark.parametrize("name", ["grades", "proportions"])
@given(data=st.data())
def test_what_is_read_can_be_loaded_again(name: str, data: st.DataObject) -> None:
    text = data.draw(changed(values(), OWN[name]))
    target = pg.parse_target(text, syntax=syntax_of(name))
    assert pg.from_json(pg.to_json(target), pg.Target) == target


# --- threads -------------------------------------------------------------------------


def together(work: Callable[[], Any], count: int = 4) -> list[Any]:
    """What *work* gives in so many threads that begin at once."""
    results: list[Any] = []
    barrier = threading.Barrier(count)

    def run() -> None:
        barrier.wait()
        results.append(work())

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_threads_share_a_syntax() -> None:
    """One that was just made is compiled while all of them read."""
    texts = [by_name("huangshan").CELL, *CELLS[:20], *VALUES[:20]]
    grammar, tree = (
        by_name("huangshan").GRAMMAR,
        {"bracketed": by_name("huangshan").bracketed},
    )
    syntax = BASE.extend(grammar=grammar, tree=tree, units=["亩垄"])
    expected = [read_everything(syntax_of("huangshan"), text) for text in texts]
    for found in together(lambda: [read_everything(syntax, text) for text in texts]):
        assert found == expected
