"""What the methods of an extension get, may return, and may not."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.test_parse import INTACT

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


def test_a_method_of_a_packaged_rule() -> None:
    syntax = BASE.extend(tree={"absent": lambda _: pg.Qualitative(text="nothing")})
    target, _ = syntax.read_target("不适用")
    assert target == pg.Qualitative(raw="不适用", text="nothing")


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


BOXED = f"{INTACT}〖指标2：｜★场数｜12-质量；1-产出｜4场；｜≥5场｜10；〗"


class Boxes:
    """What stands between 〖 and 〗, read by whatever a test sets."""

    means: Any = None

    def boxed(self, parts: tuple[pg.Part, ...]) -> Any:
        return self.means(parts)


BOXES = Boxes()


@functools.cache
def with_boxes() -> pg.Syntax:
    return BASE.extend(
        grammar="""
            %extend OPENING: /〖/
            %extend indicator: boxed
            boxed: _OPEN ORDER _BAR NAMED _BAR category ABOVE _BAR WHOLE _BAR YEARLY _BAR WEIGHT _SHUT
            _OPEN.30: /〖/
            _BAR.30: /｜/
            _SHUT.30: /〗/
            ORDER.25: /(?<=〖)[^〖｜〗]+/
            NAMED.25: /(?<=｜)[^〖｜〗]+(?=｜[0-9]{2}-)/
            ABOVE.25: /(?<=；)[^〖｜〗]+(?=｜)/
            WHOLE.25: /(?<=｜)[^〖｜〗]+(?=｜[^〖｜〗]+｜)/
            YEARLY.25: /(?<=｜)[^〖｜〗]+(?=｜)/
            WEIGHT.25: /(?<=｜)[^〖｜〗]+(?=〗)/
        """,
        tree=BOXES,
    )


def read_boxed(means: Any) -> pg.IndicatorList:
    BOXES.means = means
    return with_boxes().read_indicators(BOXED)


def fields_of(parts: tuple[pg.Part, ...]) -> dict[str, object]:
    ordinal, name, category, level, period, annual, weight = parts
    return {
        "ordinal": ordinal,
        "level": level,
        "category": category,
        "name": name,
        "period": period,
        "annual": annual,
        "weight": weight,
    }


def test_a_rule_of_indicators_says_what_its_parts_are() -> None:
    """What surrounds a field is no part of it, and no separator is missing."""
    first, second = found = read_boxed(fields_of)
    assert first == BASE.read_indicators(INTACT)[0]
    weight = pg.Extra(
        field="weight",
        label="",
        value=pg.Quantity(raw="10", number=Decimal(10)),
        span=pg.Span(BOXED.index("10；〗"), BOXED.index("；〗")),
    )
    assert second == pg.Indicator(
        ordinal=2,
        level=pg.Level(code="1", name="产出", concept="output"),
        category=pg.Category(code="12", name="质量", concept="quality"),
        name="场数",
        period=BASE.read_target("4场")[0],
        annual=BASE.read_target("≥5场")[0],
        core=True,
        extras=(weight,),
        span=pg.Span(len(INTACT), len(BOXED)),
    )
    assert [finding.code for finding in found.diagnostics] == ["PG120"]


def test_a_method_sees_the_parts_of_its_rule() -> None:
    seen: list[pg.Part] = []

    def means(parts: tuple[pg.Part, ...]) -> dict[str, object]:
        seen.extend(parts)
        return fields_of(parts)

    read_boxed(means)
    assert [part.name for part in seen] == [
        "ORDER",
        "NAMED",
        "category",
        "ABOVE",
        "WHOLE",
        "YEARLY",
        "WEIGHT",
    ]
    assert [part.text for part in seen] == [
        *("指标2：", "★场数", "12-质量；", "1-产出", "4场；", "≥5场", "10；"),
    ]
    assert [part.span.of(BOXED) for part in seen] == [part.text for part in seen]
    assert {part.value for part in seen} == {None}


def test_a_rule_of_indicators_may_leave_fields_out() -> None:
    """Only a name is missed."""
    _, second = found = read_boxed(lambda _: {"core": True, "name": None})
    assert (second.core, second.name, second.extras) == (True, "", ())
    assert [
        (finding.code, finding.span.of(BOXED), dict(finding.arguments)["field"])
        for finding in found.diagnostics
        if finding.code != "PG120"
    ] == [("PG102", BOXED[len(INTACT) :], "指标名称")]


def test_a_mark_is_what_the_method_says_last() -> None:
    _, second = read_boxed(lambda parts: {"name": parts[1], "core": False})
    assert (second.core, second.name) == (False, "场数")


@pytest.mark.parametrize(
    ("means", "kind"),
    [
        (lambda _: "text", "str"),
        (lambda _: {"name": "text"}, "str"),
        (lambda _: {"core": 1}, "int"),
        (lambda parts: {4: parts[0]}, "Part"),
    ],
)
def test_a_rule_of_indicators_that_says_something_else(means: Any, kind: str) -> None:
    with pytest.raises(pg.ExtensionError) as caught:
        read_boxed(means)
    assert caught.value.message == (
        f"the method of boxed returned a {kind}; "
        "expected a target, or a mapping of fields to parts"
    )


def test_a_target_of_a_rule_stands_where_the_rule_does() -> None:
    """Blanks and letters at its ends included; a rule may also show nothing."""
    syntax = BASE.extend(
        grammar="""
            %extend OPENING: /X档/
            %extend indicator: grade hidden? END?
            grade: GRADE
            hidden: _HIDDEN
            GRADE.30: /X档 ?/
            _HIDDEN.30: /◇/
        """,
        tree=dict.fromkeys(
            ("grade", "hidden"), lambda parts: pg.Qualitative(text=str(len(parts)))
        ),
    )
    cell = f"{INTACT}X档 ◇。"
    _, indicator = syntax.read_indicators(cell)
    start = len(INTACT)
    assert indicator.extras == (
        pg.Extra(
            field="grade",
            label="",
            value=pg.Qualitative(text="1"),
            span=pg.Span(start, start + 3),
        ),
        pg.Extra(
            field="hidden",
            label="",
            value=pg.Qualitative(text="0"),
            span=pg.Span(start, start),
        ),
    )


def test_the_label_of_a_new_field_may_stand_twice() -> None:
    """A letter is part of it."""
    syntax = BASE.extend(labels={"weight": ["X权重"]})
    [indicator] = found = syntax.read_indicators(
        INTACT.removesuffix("。") + "；X权重:10；X权重:20。"
    )
    assert [(one.field, one.label, one.value.raw) for one in indicator.extras] == [
        ("weight", "X权重", "10")
    ]
    assert [
        finding.arguments for finding in found.diagnostics if finding.code == "PG111"
    ] == [(("label", "X权重"),)]


def test_labels_that_may_be_anything_have_no_fast_way() -> None:
    syntax = BASE.extend(labels={"annual": ["值"]})
    cell = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；值:4次。"
    assert "labels or names may be taken for something else" in syntax.explain(cell).way
    assert [one.annual.raw for one in syntax.read_indicators(cell)] == ["4次"]


def test_a_new_opening_may_stand_in_what_is_intact() -> None:
    """So the fast way, which does not know it, is not taken."""
    syntax = BASE.extend(grammar='%extend OPENING: "※"')
    cell = INTACT.replace("4次。", "4次※甲。")
    assert [one.annual.raw for one in syntax.read_indicators(cell)] == ["4次", ""]
    assert [one.annual.raw for one in BASE.read_indicators(cell)] == ["4次※甲"]


def test_what_an_extension_says_nothing_about_needs_no_grammar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = with_core("own: OWN\nOWN.20: /◇/", own=lambda _: pg.Absent())
    expected = BASE.read_indicators(INTACT), BASE.read_target("5次")

    def parse(*_: object) -> None:
        msg = "the grammar was called for"
        raise AssertionError(msg)

    monkeypatch.setattr(Grammar, "parse", parse)
    for syntax in (attrs.evolve(BASE), own):
        assert (syntax.read_indicators(INTACT), syntax.read_target("5次")) == expected


def test_an_extension_is_asked_before_the_fast_way() -> None:
    syntax = with_core("own: OWN\nOWN.20: /甲等/", own=lambda _: pg.Absent())
    assert attrs.evolve(BASE).explain("甲等").way.startswith("the fast way")
    assert syntax.read_target("甲等")[0] == pg.Absent(raw="甲等")


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
