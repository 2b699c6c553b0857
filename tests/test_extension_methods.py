"""What the methods of an extension get, may return, and may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

import perfgoals as pg
from perfgoals import _scanner
from perfgoals._grammar import Grammar, _LexerOfState
from perfgoals._values.tree import TargetTree

if TYPE_CHECKING:
    from types import TracebackType

BASE = pg.Syntax.default()


def with_core(rules: str, **methods: Any) -> pg.Syntax:
    return BASE.extend(grammar=f"%extend _core: own\n{rules}", tree=methods)


def test_a_rule_of_unnamed_texts_has_nothing_to_show() -> None:
    syntax = with_core('own: "§§"', own=lambda _: pg.Absent())
    with pytest.raises(pg.ExtensionError, match="the rule own has no tokens"):
        syntax.read_target("§§")


def test_a_date_is_seen_as_a_deadline() -> None:
    seen: list[pg.Part] = []

    def own(parts: tuple[pg.Part, ...]) -> pg.Target:
        seen.extend(parts)
        return pg.Qualitative(text=parts[-1].text)

    syntax = with_core("own: OWN date\nOWN.20: /◇/", own=own)
    assert syntax.read_target("◇2024年12月31日")[0].raw == "◇2024年12月31日"
    assert seen[-1].name == "date"
    assert seen[-1].value == pg.Deadline(date="2024-12-31")


def test_a_core_cannot_be_part_of_another() -> None:
    syntax = with_core("own: OWN quantity\nOWN.20: /◇/", own=lambda _: pg.Absent())
    with pytest.raises(pg.ExtensionError, match="cannot hold a Piece"):
        syntax.read_target("◇5次")


def test_a_packaged_rule_may_not_know_what_a_method_made() -> None:
    syntax = BASE.extend(
        grammar="%extend amount: OWN -> own\nOWN.20: /◇/", tree={"own": lambda _: "4"}
    )
    with pytest.raises(pg.ExtensionError, match="sense of its parts: StopIteration"):
        syntax.read_target("◇")


def test_what_is_wrong_with_a_value_is_said_of_an_extended_one_too() -> None:
    syntax = with_core("own: OWN\nOWN.20: /◇/", own=lambda _: pg.Absent())
    _, findings = syntax.read_target("◇，2月30日前")
    assert [finding.code for finding in findings] == ["PG204"]
    target, _ = syntax.read_target("◇，1000户±10%")
    assert isinstance(target, pg.Compound)
    assert target.parts[1] == pg.Qualitative(raw="1000户±10%", text="1000户±10%")


def test_too_deep_a_value_is_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def number(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(TargetTree, "number", number)
    target, _ = attrs.evolve(BASE, is_fast=False).read_target("5次宣讲活动")
    assert target == pg.Qualitative(raw="5次宣讲活动", text="5次宣讲活动")


def test_a_rule_of_indicators_may_return_a_target_once() -> None:
    """A second one of the same field is told, as for any label that stands twice."""
    syntax = BASE.extend(
        grammar="""
            %extend OPENING: /◇(?=10分)/
            %extend indicator: score score
            score: OPEN_SCORE points
            points: POINTS
            OPEN_SCORE.30: /◇/
            POINTS: /[0-9]+分/
        """,
        tree={
            "points": lambda parts: parts[0].text.removesuffix("分"),
            "score": lambda parts: pg.Qualitative(text=parts[1].value),
        },
    )
    [indicator] = found = pg.parse("◇10分◇20分", syntax=syntax)
    assert [(one.field, one.value) for one in indicator.extras] == [
        ("score", pg.Qualitative(text="10"))
    ]
    assert "PG111" in {finding.code for finding in found.diagnostics}


def test_labels_that_may_be_anything_have_no_fast_way() -> None:
    syntax = BASE.extend(labels={"annual": ["值"]})
    cell = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；值:4次。"
    assert "labels or names may be taken for something else" in syntax.explain(cell).way
    assert [one.annual.raw for one in syntax.read_indicators(cell)] == ["4次"]


def test_a_new_opening_may_stand_in_what_is_intact() -> None:
    """So the fast way, which does not know it, is not taken."""
    syntax = BASE.extend(grammar='%extend OPENING: "※"')
    cell = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次※甲。"
    assert [one.annual.raw for one in syntax.read_indicators(cell)] == ["4次", ""]
    assert [one.annual.raw for one in BASE.read_indicators(cell)] == ["4次※甲"]


def test_what_an_extension_says_nothing_about_needs_no_grammar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = with_core("own: OWN\nOWN.20: /◇/", own=lambda _: pg.Absent())
    cell = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"
    expected = BASE.read_indicators(cell), BASE.read_target("5次")

    def parse(*_: object) -> None:
        msg = "the grammar was called for"
        raise AssertionError(msg)

    monkeypatch.setattr(Grammar, "parse", parse)
    for syntax in (attrs.evolve(BASE), own):
        assert (syntax.read_indicators(cell), syntax.read_target("5次")) == expected


def test_a_value_of_an_extension_may_be_doubtful_under_a_rate() -> None:
    syntax = with_core("own: OWN\nOWN.20: /◇/", own=lambda _: pg.Absent())
    _, of_rate = syntax.read_target("◇，0.95", name="合格率")
    _, of_other = syntax.read_target("◇，0.95", name="次数")
    assert [finding.code for finding in of_rate] == ["PG201"]
    assert of_other == ()


def test_a_scanner_remembers_no_more_than_so_many_signs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_scanner, "_MOST_SIGNS", 0)
    syntax = with_core("own: OWN\nOWN.20: /◇/", own=lambda _: pg.Absent())
    assert syntax.read_target("5次")[0].raw == "5次"
    assert syntax.read_target("◇")[0] == pg.Absent(raw="◇")


def test_a_scanner_is_made_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one was quicker while this one waited for the lock."""
    lexer = object.__new__(_LexerOfState)
    lexer._scanner = None
    made: Any = object()

    class Waiting:
        def __enter__(self) -> None:
            lexer._scanner = made

        def __exit__(
            self,
            kind: type[BaseException] | None,
            error: BaseException | None,
            trace: TracebackType | None,
        ) -> None:
            """Nothing is held."""

    monkeypatch.setattr(_LexerOfState, "_building", Waiting())
    assert lexer.scanner is made


def test_a_slash_in_a_pattern_is_escaped() -> None:
    for pattern in (r"/\//", '"/"', r"/[\/|]/"):  # it stands in values, 4次/年
        with pytest.raises(pg.ExtensionError, match="SEPARATOR shadows TEXT"):
            BASE.extend(grammar=f"%extend SEPARATOR: {pattern}")
    syntax = BASE.extend(grammar=r"%extend OPENING: /〖[^\/〗]{1,20}\/[^〗]{1,20}〗/")
    assert pg.parse("〖产出/数量〗", syntax=syntax)[0].span == pg.Span(0, 7)
