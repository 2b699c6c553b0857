"""The fast way through cells: what it reads, where it ends, whose words it knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
import pytest
from benchmarks.corpus import Corpus
from tests.both_ways import BOTH, PLAIN, Made, read_both_ways, shortened
from tests.test_indicators import CASES, LANGUAGE, Refusing, load
from tests.test_parse import CELLS, INTACT

from perfgoals._cells import fast
from perfgoals._cells.cell import read_indicators
from perfgoals._cells.fast import FastReader
from perfgoals._cells.intact import intact_patterns
from perfgoals._cells.language import CellLanguage
from perfgoals._cells.ledger import Ledger
from perfgoals._cells.words import indicator_words
from perfgoals._values.fast.usual import Usual
from perfgoals.labels import Labels
from perfgoals.targets import Absent
from perfgoals.taxonomy import Taxonomy

if TYPE_CHECKING:
    from pathlib import Path

    from perfgoals.model import IndicatorList

TAXONOMY = Taxonomy.packaged()
LABELS = Labels.packaged()


def refused() -> CellLanguage:
    msg = "the grammar was called for"
    raise AssertionError(msg)


def reader() -> FastReader:
    patterns = intact_patterns(LABELS, TAXONOMY)
    assert patterns
    return FastReader(patterns, TAXONOMY, BOTH._value_reader(), Usual())


def read_fast(cell: str) -> IndicatorList:
    """What *cell* says where nothing but the fast way is open."""
    return read_indicators(
        cell,
        language=refused,
        read_target=lambda value, _: (Absent(raw=value), ()),
        fast=reader(),
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_give_equal_results_both_ways(path: Path) -> None:
    plain, both = read_both_ways(load(path).cell)
    assert both == plain


@pytest.mark.parametrize("cell", CELLS)
def test_real_cells_are_read_without_the_grammar(cell: str) -> None:
    assert read_fast(cell) == PLAIN.read_indicators(cell)


def test_an_intact_corpus_is_read_without_the_grammar() -> None:
    cell = Corpus().cell(50)
    assert read_fast(cell) == PLAIN.read_indicators(cell)


@pytest.mark.parametrize(
    "cell",
    [
        INTACT.replace("；", ";"),
        INTACT.replace(":", "："),
        INTACT.replace("次数", "★次数"),
        INTACT.replace("次数", "▲次数"),
        INTACT.replace("实施周期指标值", "总体目标值").replace(
            "年度指标", "2024年指标"
        ),
        INTACT + "\n" + INTACT.replace("1、", "2、", 1) + "\r\n",
        INTACT.replace("11-数量指标", "22-社会效益指标"),
        INTACT.replace("4次", "支持重点项目建设，提高园区形象。保障企业经营；等等"),
    ],
)
def test_variants_are_read_without_the_grammar(cell: str) -> None:
    assert read_fast(cell) == PLAIN.read_indicators(cell)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (INTACT, len(INTACT)),
        (INTACT + INTACT.replace("1、", "2、", 1), 2 * len(INTACT)),
        (INTACT + "2、1-产出指标；11-数量指标；次数。", len(INTACT)),
        (INTACT + "3、1-产出指标；11-数量指标；次数。", 0),  # one may be lost
        (INTACT + "乱码", 0),
        (INTACT.replace("数量", "自拟"), 0),
        (INTACT.replace("次数", "指标"), 0),
        (INTACT.replace("次数", "指标1"), 0),
        (INTACT.replace("次数", "xX"), 0),
        (INTACT.replace("次数", "★xx"), 0),
        (INTACT.replace("4次。", "4次。3。"), 0),
        (INTACT.replace("4次", "4\0次"), 0),
        (INTACT.replace("4次", "2、1-产出；"), 0),
    ],
)
def test_the_fast_way_ends_where_something_is_wrong(text: str, end: int) -> None:
    assert reader().run(text, 0, 1, 99, Ledger()).end == end


def test_one_separator_more_is_not_overlooked() -> None:
    """Nor where the same branch was read before in a variant."""
    cell = INTACT.replace(":", "：") + "".join(
        INTACT.replace("1、", f"{number}、", 1).replace("次数", name)
        for number, name in ((2, "人数"), (3, "；人次"))
    )
    plain, both = read_both_ways(cell)
    assert both == plain


def test_the_fast_way_goes_on_behind_what_is_damaged() -> None:
    """The grammar, which refuses all of it, is not asked about the intact ones."""
    refusing = Refusing(name="none", text="", lark=LANGUAGE.grammar._lark)
    second, third = (INTACT.replace("1、", f"{number}、", 1) for number in (2, 3))
    damaged = INTACT.replace("数量", "自拟")
    for cell, names in (
        (f"乱码{INTACT}", ["次数"]),
        (f"{damaged}{second}{third}", ["次数", "次数"]),
    ):
        indicators = read_indicators(
            cell,
            language=lambda: attrs.evolve(LANGUAGE, grammar=refusing),
            read_target=lambda value, _: (Absent(raw=value), ()),
            fast=reader(),
        )
        assert [indicator.name for indicator in indicators] == names


def test_ordinals_go_on_from_the_one_before() -> None:
    assert reader().run(INTACT, 0, 2, 99, Ledger()).end == 0


def test_ordinals_that_were_there_before_are_found_out() -> None:
    first, second, third = (
        INTACT.replace("1、", f"{number}、", 1) for number in (1, 2, 3)
    )
    damaged = first.replace("；年度指标值", "")
    for cell in (
        first + second + third + damaged + second + third,
        first + third + second + third + damaged + second,
    ):
        plain, both = read_both_ways(cell)
        assert both == plain
        assert {"PG104", "PG105"} & {finding.code for finding in both.diagnostics}


def test_ordinals_of_seven_digits_are_left_to_the_grammar() -> None:
    three = [INTACT.replace("1、", f"{1_000_000 - at}、", 1) for at in (2, 1, 0)]

    run = reader().run("".join(three), 0, 999_998, 99, Ledger())
    assert run.end == len(three[0])


def test_where_the_text_is_cut_makes_no_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cell = Corpus(seed=3).cell(6)
    by_grammar = PLAIN.read_indicators(cell)
    for width in range(1, 300):
        monkeypatch.setattr(fast, "_WINDOW", width)
        monkeypatch.setattr(fast, "_WIDEST", 3 * width)
        assert read_fast(cell) == by_grammar


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4])
def test_limits_are_the_same_both_ways(limit: int) -> None:
    cell = Corpus(seed=1).cell(3)
    by_grammar, both = (
        read_indicators(
            cell,
            language=lambda: CellLanguage.of(LABELS, TAXONOMY),
            read_target=lambda value, name: BOTH.read_target(value, name=name),
            fast=way,
            indicator_limit=limit,
        )
        for way in (None, reader())
    )
    assert both == by_grammar


# --- words -------------------------------------------------------------------------


def test_names_are_those_of_the_grammar() -> None:
    patterns = intact_patterns(LABELS, TAXONOMY)
    assert patterns
    words = indicator_words(LABELS, TAXONOMY)
    [level], [category] = words["LEVEL_NAME"], words["CATEGORY_NAME"]
    grammar = re.compile(f"[0-9]-{level}；[0-9]{{2}}-{category}；")
    names = [
        name + ending
        for concept in (*TAXONOMY.levels, *TAXONOMY.categories)
        for name in concept.names
        for ending in ("", "指标")
    ]
    heads = [f"1-{first}；11-{second}；" for first in names for second in names]
    found = [head for head in heads if patterns.branch.fullmatch(head)]
    assert found == [head for head in heads if grammar.fullmatch(head)]
    assert len(found) > 1000


@pytest.mark.parametrize("label", [label for label in LABELS.annual if len(label) > 3])
def test_labels_are_those_of_the_grammar(label: str) -> None:
    cell = INTACT.replace("年度指标值", label.replace("{year}", "2024"))
    assert len(read_fast(cell)) == 1


@pytest.mark.parametrize("odd", ["值", "第1期目标值", "目标：值", "目标 值", "目-标值"])
def test_words_that_may_be_something_else_have_no_fast_way(odd: str) -> None:
    labels = Labels(period=(*LABELS.period, odd), annual=LABELS.annual)
    assert intact_patterns(labels, TAXONOMY) is None


# --- the search for counterexamples ------------------------------------------------


def test_made_up_cells_are_the_same_for_a_seed() -> None:
    assert Made(3).cell() == Made(3).cell()


def test_a_counterexample_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    def differ_by_a_star(cell: str) -> tuple[str, str]:
        return cell, cell.replace("★", "")

    monkeypatch.setattr("tests.both_ways.read_both_ways", differ_by_a_star)
    assert shortened("1、1-产出；★次数。") == "★"


# --- memory ------------------------------------------------------------------------


def test_no_more_than_so_many_values_are_remembered() -> None:
    own, most = reader(), 0
    for number in range(5_000):
        own.value(f"提升{chr(0x4E00 + number)}")
        most = max(most, len(own.values))
    assert 1_000 < most <= 4_096


def test_a_long_value_is_not_remembered() -> None:
    own = reader()
    assert own.value("有效提升" * 30)
    assert own.values == {}
