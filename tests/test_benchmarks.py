"""The benchmarks in small: that they measure the right thing, not how long it takes."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import pytest
from benchmarks import (
    __main__ as everything,
    engines,
    footprint,
    linearity,
    rivals,
    throughput,
)
from benchmarks.corpus import (
    COMMON_VALUES,
    CONTEXTS,
    DAMAGES,
    FRAGMENTS,
    Attack,
    Corpus,
    attacks,
)

from perfgoals import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def values(cell: str) -> list[str]:
    return [target.raw for item in parse(cell) for target in (item.period, item.annual)]


def test_a_seed_gives_the_same_corpus() -> None:
    assert Corpus(seed=3).cell(9) == Corpus(seed=3).cell(9)
    assert Corpus(seed=3).cell(9) != Corpus(seed=4).cell(9)
    assert Corpus(seed=3).damaged(9) == Corpus(seed=3).damaged(9)


def test_intact_cells_are_canonical() -> None:
    codes = {finding.code for finding in parse(Corpus(new=1).cell(60)).diagnostics}
    assert codes <= {"PG201"}  # a doubtful value


def test_damaged_cells_are_damaged() -> None:
    codes = {finding.code for finding in parse(Corpus().damaged(60)).diagnostics}
    assert {"PG102", "PG120"} <= codes


@pytest.mark.parametrize(("new", "expected"), [(0.0, 0), (1.0, 400)])
def test_share_of_new_values(new: float, expected: int) -> None:
    found = set(values(Corpus(new=new).cell(200))) - set(COMMON_VALUES)
    assert len(found) == expected


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_changes_an_indicator(damage: str) -> None:
    corpus = Corpus(seed=1)
    [text] = corpus.indicators(1)
    assert DAMAGES[damage](text, corpus._random) != text


def test_attacks_are_all_fragments_in_all_contexts_and_pairs() -> None:
    named = {attack.name for attack in attacks()}
    assert len(named) > len(FRAGMENTS) * len(CONTEXTS)
    assert {"; bare", "。 in a value", "1、年度指标值: bare"} <= named


def test_an_attack_is_as_long_as_asked() -> None:
    assert Attack("1、").text(5) == "1、1、1"


def test_linear_and_other_growth_are_told_apart() -> None:
    def row(*seconds: float) -> linearity.Row:
        return linearity.Row(name="", length=100, seconds=seconds)

    assert row(1, 2, 4, 8).growth == 8
    assert row(1, 4, 16, 64).growth > linearity.MOST_GROWTH
    assert row(1, 2).growth > linearity.MOST_GROWTH


def test_linearity_is_measured_and_written(tmp_path: Path) -> None:
    row = linearity.measured("damaged", lambda _: Corpus().damaged(3), least=0)
    [value] = linearity.measured_values(("1",))[:1]
    big = linearity.measured_big("intact", linearity.intact, size=20_000)
    linearity.write_json(tmp_path / "rows.json", [row], [value], [big])
    report = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert [len(row["seconds"]) for row in report["cells"] + report["values"]] == [4, 4]
    assert report["big"][0]["size"] > 10_000


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such timer")
def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(TimeoutError), linearity.undisturbed(0.01):
        time.sleep(5)


@pytest.mark.parametrize("new", [0.1, 1.0])
def test_all_contestants_read_the_same(new: float) -> None:
    cell = Corpus(new=new).cell(100)
    expected = throughput.bare_regex(cell)
    assert throughput.as_strings(throughput.ours(cell)) == expected
    assert [item.name for item in throughput.by_hand(cell)] == [
        strings[5] for strings in expected
    ]


@pytest.mark.parametrize("name", rivals.CELL_READERS)
def test_rivals_read_what_is_read_by_hand(name: str) -> None:
    readers, missing = rivals.ready({name: rivals.CELL_READERS[name]})
    if name in missing:
        pytest.skip(missing[name])
    cell = Corpus(new=0.5).cell(60)
    assert readers[name](cell) == throughput.by_hand(cell)


def test_a_rival_that_is_not_there_says_why() -> None:
    def unmade() -> Callable[[str], object]:
        msg = "no such module"
        raise ImportError(msg)

    assert rivals.ready({"rival": unmade}) == ({}, {"rival": "no such module"})


def test_contest_has_a_ratio_for_each_text() -> None:
    texts = [Corpus(seed=seed).cell(5) for seed in range(2)]
    results = throughput.contest("small", throughput.CONTESTANTS, texts)
    assert [result.name for result in results] == list(throughput.CONTESTANTS)
    assert results[0].ratios == (1.0, 1.0)


def test_what_is_retained_grows_with_the_result() -> None:
    few, many = (
        footprint.retained(throughput.bare_regex, Corpus().cell(count))
        for count in (10, 100)
    )
    assert 0 < few < many


def test_everything_is_measured_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--indicators", "40", "--rounds", "1", "--into", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
    monkeypatch.setattr(rivals, "VALUE_READERS", {})
    monkeypatch.setattr(footprint, "PROGRAMS", {"attrs and lark": "import lark"})
    everything.main()
    report = json.loads((tmp_path / "benchmarks.json").read_text("utf-8"))
    assert {result["name"] for result in report["results"]} >= {
        *throughput.CONTESTANTS,
        "lark, large terminals",
    }
    picture = (tmp_path / "benchmarks.svg").read_text("utf-8")
    assert picture.count("<rect") >= len(throughput.CONTESTANTS) + 1


@pytest.mark.parametrize("name", list(engines.ENGINES)[:2])
def test_engines_are_measured_and_written(name: str, tmp_path: Path) -> None:
    """Those that start no process; tests/engines and test_dask run the others."""
    cells = engines.corpus(9, 2)
    result = engines.measured(name, cells, 18, rounds=2)
    assert len(result.seconds) == 2
    columns = engines.converted(cells, rounds=1)
    engines.write_json(tmp_path / "engines.json", [result], columns, 18)
    report = json.loads((tmp_path / "engines.json").read_text("utf-8"))
    assert [row["name"] for row in report["results"]] == [name]
    assert set(report["microseconds to columns"]) == {"nested", "flat"}


def test_an_engine_must_find_all_indicators() -> None:
    with pytest.raises(SystemExit, match="expected 19 indicators, found 18"):
        engines.measured(engines.PLAIN, engines.corpus(9, 2), 19, rounds=1)
