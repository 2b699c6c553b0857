"""What people teach the library: the examples, the mistakes, and what cannot change."""

from __future__ import annotations

import importlib.util
import pickle
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import perfgoals as pg
from perfgoals import _custom_targets

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples" / "extensions").glob("*.py"))
CASES = Path(__file__).parent / "cases" / "extensions"
MISTAKES = tomllib.loads((CASES / "mistakes.toml").read_text(encoding="utf-8"))


def example(path: Path) -> ModuleType:
    """The example at *path*, imported once."""
    name = path.stem
    if name not in _MODULES:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        _MODULES[name] = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(_MODULES[name])
    return _MODULES[name]


_MODULES: dict[str, ModuleType] = {}


def by_name(name: str) -> ModuleType:
    return example(ROOT / "examples" / "extensions" / f"{name}.py")


def rows(name: str) -> list[tuple[Any, ...]]:
    """What the cell of an example says, a row for each indicator."""
    module = by_name(name)
    return [
        (
            one.level and one.level.concept,
            one.category and one.category.concept,
            one.name,
            one.period.raw,
            one.annual.raw,
        )
        for one in pg.parse(module.CELL, syntax=module.SYNTAX)
    ]


# --- the examples --------------------------------------------------------------------


def test_labels_of_a_province() -> None:
    assert rows("province_labels") == [
        ("output", "quantity", "改造道路长度", "≥30公里", "≥12公里"),
        ("output", "quality", "验收合格率", "100%", "100%"),
    ]


def test_a_new_separator() -> None:
    assert rows("new_separator") == [
        ("output", "quantity", "支付次数", "4次/年", "4次"),
        ("output", "quality", "验收合格率", "100%", "100%"),
    ]


def test_the_brackets_of_huangshan() -> None:
    assert rows("huangshan") == [
        ("output", "quantity", "购置设备", "", "≥77台"),
        ("output", "quality", "设备验收合格率（A类）", "", "≥95%"),
    ]
    module = by_name("huangshan")
    found = pg.parse(module.CELL, syntax=module.SYNTAX)
    assert [indicator.ordinal for indicator in found] == [1, 2]
    assert {finding.code for finding in found.diagnostics} == {"PG120"}
    assert "".join(one.span.of(module.CELL) for one in found) == module.CELL


def test_the_prose_of_guangxi() -> None:
    assert rows("guangxi") == [
        (None, "quantity", "完成工期", "", "≥1个月"),
        (None, "quality", "工程验收合格率", "", "≥95%"),
    ]


def test_the_taxonomy_of_a_year() -> None:
    assert [row[1] for row in rows("taxonomy_of_a_year")] == [
        "quantity",
        "digital_benefit",
    ]
    module = by_name("taxonomy_of_a_year")
    assert pg.parse(module.CELL, syntax=module.SYNTAX).diagnostics == ()
    _, unknown = pg.parse(module.CELL)
    assert unknown.category == pg.Category(code="25", name="数字效益指标")


def test_new_fields() -> None:
    module = by_name("new_fields")
    first, second = found = pg.parse(module.CELL, syntax=module.SYNTAX)
    assert first.extra("weight") == pg.Quantity(raw="10", number=Decimal(10))
    actual = first.extra("actual")
    assert actual is not None
    assert actual.raw == "4次"
    assert second.extra("actual") is None
    assert first.extras[0].span.of(module.CELL) == "4次"
    assert found.diagnostics == ()
    assert pg.to_text(found) == module.CELL
    assert pg.from_json(pg.to_json(found), pg.IndicatorList) == found


def test_a_new_unit() -> None:
    module = by_name("new_unit")
    target = pg.parse_target(module.VALUE, syntax=module.SYNTAX)
    assert isinstance(target, pg.Quantity)
    assert (target.unit, target.note) == ("亩垄", "道路")


def test_a_new_kind_of_value() -> None:
    module = by_name("grades")
    targets = [pg.parse_target(text, syntax=module.SYNTAX) for text in module.VALUES]
    least, plain, compound = targets
    assert least == module.Grade(
        raw="AAA级以上", letters="AAA", comparator=pg.Comparator.AT_LEAST
    )
    assert plain == module.Grade(raw="AA级", letters="AA")
    assert isinstance(compound, pg.Compound)
    assert compound.parts[0] == plain
    for target in targets:
        assert pg.from_json(pg.to_json(target), pg.Target) == target


def test_proportions() -> None:
    module = by_name("proportions")
    alone, noted, compound = (
        pg.parse_target(text, syntax=module.SYNTAX) for text in module.VALUES
    )
    assert alone == module.Proportion(raw="1:1:1", terms=(Decimal(1),) * 3)
    assert noted.note == "配套资金比例"
    assert isinstance(compound, pg.Compound)
    assert pg.to_text(alone) == "1:1:1"


# --- what an extension is ------------------------------------------------------------


def test_the_extended_syntax_stays_as_it_is() -> None:
    base = pg.Syntax.default()
    before = (base.labels, base.taxonomy, base.units, base.grammar_text())
    by_name("grades")
    extended = base.extend(units=["亩垄"], labels={"annual": ["本期要求"]})
    assert extended is not base
    assert (base.labels, base.taxonomy, base.units, base.grammar_text()) == before


def test_extensions_add_up() -> None:
    syntax = by_name("grades").SYNTAX.extend(
        units=["亩垄"],
        grammar="%extend _core: tier\ntier: TIER\nTIER.20: /T[0-9](?=[^0-9]|$)/",
        tree={"tier": lambda parts: pg.Qualitative(text=parts[0].text)},
    )
    grade, quantity, tier = (
        pg.parse_target(text, syntax=syntax) for text in ("AA级", "3亩垄道路", "T1")
    )
    assert type(grade).__name__ == "Grade"
    assert isinstance(quantity, pg.Quantity)
    assert quantity.unit == "亩垄"
    assert tier == pg.Qualitative(raw="T1", text="T1")


def test_a_file_is_named_in_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "own.lark"
    path.write_text("%extend UNIT_WORD: UNKNOWN\n", encoding="utf-8")
    for grammar in (path, str(path)):
        with pytest.raises(pg.ExtensionError) as caught:
            pg.Syntax.default().extend(grammar=grammar)
        assert str(caught.value).startswith(f"{path}:1: UNKNOWN is not defined")
    with pytest.raises(pg.ExtensionError, match="the grammar cannot be read"):
        pg.Syntax.default().extend(grammar=tmp_path / "none.lark")


@pytest.mark.parametrize(
    ("grammar", "says"),
    [(4, "must be text or a path, got a int"), ("a\0.lark", "embedded null byte")],
)
def test_a_grammar_that_is_none(grammar: Any, says: str) -> None:
    with pytest.raises(pg.ExtensionError, match=says):
        pg.Syntax.default().extend(grammar=grammar)


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "\t" + text.replace("\n", "\n\t").replace(" ", "\t"),
        lambda text: f'\n# a comment\n{text}\n  # another one "\n',
    ],
    ids=["CRLF", "CR", "byte order mark", "tabs", "comments"],
)
def test_a_grammar_written_elsewhere(written: Any, tmp_path: Path) -> None:
    """On Windows or an old Macintosh, in a file or not; its last line need not end."""
    text = written("%extend _core: grade\ngrade: GRADE\nGRADE.20: /A级/")
    path = tmp_path / "own.lark"
    path.write_bytes(text.encode())
    for grammar in (text, path):
        syntax = pg.Syntax.default().extend(
            grammar=grammar, tree={"grade": lambda _: pg.Qualitative(text="grade")}
        )
        assert syntax.read_target("A级")[0] == pg.Qualitative(raw="A级", text="grade")


@pytest.mark.parametrize("name", ["read", "transform", "class", "start", "value_of"])
def test_a_rule_may_have_any_name(name: str) -> None:
    """Those of our own methods and of Python's keywords as well."""
    syntax = pg.Syntax.default().extend(
        grammar=f"%extend _core: {name}\n{name}: GRADE\nGRADE.20: /A级/",
        tree={name: lambda _: pg.Qualitative(text="grade")},
    )
    assert syntax.read_target("A级")[0] == pg.Qualitative(raw="A级", text="grade")
    assert syntax.read_target("5次") == pg.Syntax.default().read_target("5次")


def test_a_rule_of_indicators_may_be_called_like_a_token() -> None:
    """The rule ordinal has a method; the token ORDINAL is read as ever."""
    syntax = pg.Syntax.default().extend(
        grammar="""
            %extend OPENING: "※"
            %extend indicator: ordinal ORDINAL name
            ordinal: MARKED
            MARKED.20: "※甲"
        """,
        tree={"ordinal": lambda parts: {"core": True, "grade": parts[0]}},
    )
    [indicator] = syntax.read_indicators("※甲2、次数")
    assert (indicator.ordinal, indicator.core, indicator.name) == (2, True, "次数")
    assert indicator.extra("grade") == pg.Qualitative(raw="※甲", text="※甲")


def test_flags_of_a_group_are_heeded() -> None:
    """Whichever of them says that case does not matter."""
    for pattern in ("/(?si:a级)/", "/(?i:a级)/", "/a级/i", "/(?s-i:[aA]级)/"):
        syntax = pg.Syntax.default().extend(
            grammar=f"%extend _core: grade\ngrade: GRADE\nGRADE.20: {pattern}",
            tree={"grade": lambda _: pg.Qualitative(text="grade")},
        )
        for text in ("a级", "A级"):
            assert syntax.read_target(text)[0].kind == "qualitative"
            assert syntax.read_target(text)[0] == pg.Qualitative(raw=text, text="grade")


def nest(depth: int) -> str:
    return "«" * depth + "»" * depth


def test_a_rule_that_recurs() -> None:
    """Where it goes deeper than Python can, the text is words, and is explained so."""
    syntax = pg.Syntax.default().extend(
        grammar="""
            %extend _core: nest
            nest: OPEN nest? SHUT
            OPEN.20: "«"
            SHUT.20: "»"
        """,
        tree={"nest": lambda _: pg.Qualitative(text="nest")},
    )
    for depth, text in ((1, "nest"), (50, "nest"), (900, nest(900))):
        target, _ = syntax.read_target(nest(depth))
        assert target == pg.Qualitative(raw=nest(depth), text=text)
        explanation = syntax.explain(nest(depth))
        assert bool(explanation.nodes) == (text == "nest")
        assert "Result" in explanation.render()


def test_rules_that_refer_to_each_other_crosswise() -> None:
    """What a text must hold is found for each rule once, not for each way to it."""
    depth = 24
    rules = [f"r{n}: r{n + 1} r{n + 1}" for n in range(depth)]
    text = "\n".join(["%extend _core: r0", *rules, f"r{depth}: DOT", 'DOT.20: "◆"'])
    syntax = pg.Syntax.default().extend(
        grammar=text,
        tree=dict.fromkeys(
            (f"r{n}" for n in range(depth + 1)), lambda _: pg.Qualitative(text="r")
        ),
    )
    assert syntax.read_target("5次") == pg.Syntax.default().read_target("5次")


def test_an_object_with_methods() -> None:
    class Tree:
        def grade(self, parts: tuple[pg.Part, ...]) -> pg.Target:
            return pg.Qualitative(text=parts[0].text)

        def other(self) -> None:
            """A method that is none of a rule does no harm."""

    syntax = pg.Syntax.default().extend(
        grammar="%extend _core: grade\ngrade: GRADE\nGRADE.20: /A级/", tree=Tree()
    )
    assert pg.parse_target("A级", syntax=syntax).raw == "A级"


def test_rules_within_rules_and_amounts() -> None:
    """A method sees what the rules below made, an amount as a quantity."""
    seen: list[tuple[pg.Part, ...]] = []

    def bonus(parts: tuple[pg.Part, ...]) -> pg.Target:
        seen.append(parts)
        quantity: pg.Quantity = parts[-1].value
        return quantity

    syntax = pg.Syntax.default().extend(
        grammar="""
            %extend _core: bonus
            bonus: stars amount
            stars: STARS
            STARS.20: /◆+/
        """,
        tree={"stars": lambda parts: len(parts[0].text), "bonus": bonus},
    )
    target = pg.parse_target("◆◆５次", syntax=syntax)
    assert target == pg.Quantity(raw="◆◆５次", number=Decimal(5), unit="次")
    [(stars, amount)] = seen
    assert (stars.name, stars.value, stars.span) == ("stars", 2, pg.Span(0, 2))
    assert (amount.name, amount.text) == ("amount", "5次")


def test_an_override_takes_the_place_of_what_was_there() -> None:
    base = pg.Syntax.default()
    syntax = base.extend(grammar='%override ROUGHLY.11: "上下"')
    for text, before, after in (
        ("5公里左右", pg.Comparator.ABOUT, None),
        ("5公里上下", pg.Comparator.ABOUT, pg.Comparator.ABOUT),
    ):
        old, new = (pg.parse_target(text, syntax=one) for one in (base, syntax))
        assert isinstance(old, pg.Quantity)
        assert isinstance(new, pg.Quantity)
        assert (old.comparator, new.comparator) == (before, after)


# --- mistakes ------------------------------------------------------------------------


@pytest.mark.parametrize("case", MISTAKES["mistake"], ids=lambda case: case["what"])
def test_a_mistake_is_explained(case: dict[str, Any]) -> None:
    rows: dict[str, Any] = {
        key: case[key] for key in ("labels", "taxonomy", "units") if key in case
    }
    grammar = case.get("grammar")
    if grammar is not None:
        rows["grammar"] = grammar.strip("\n") if grammar[0] != "\n" else grammar[:]
        rows["tree"] = dict.fromkeys(case.get("tree", ()), lambda _: pg.Absent())
    with pytest.raises(pg.ExtensionError) as caught:
        pg.Syntax.default().extend(**rows)
    error = caught.value
    assert case["says"] in error.message
    line = error.location.row if error.location else None
    assert line == case.get("line")
    if line:
        assert error.source == rows["grammar"]
        shown = rows["grammar"].split("\n")[line - 1].strip()
        assert shown in str(error)
    assert pickle.loads(pickle.dumps(error)).message == error.message


def test_what_takes_minutes_to_compile_is_refused() -> None:
    words = [f"单位{chr(0x4E00 + number)}" for number in range(1001)]
    with pytest.raises(pg.ExtensionError, match="has more than 1000 words"):
        pg.Syntax.default().extend(units=words)
    with pytest.raises(pg.ExtensionError, match="more than 20000 characters"):
        pg.Syntax.default().extend(grammar="//" + " " * 20_000)


@pytest.mark.parametrize(
    ("method", "says"),
    [
        (lambda _: 1 / 0, "the method of the rule grade failed: ZeroDivisionError"),
        (lambda _: "AA", "the method of grade returned a str; expected a target"),
    ],
)
def test_a_method_that_fails(method: Any, says: str) -> None:
    syntax = pg.Syntax.default().extend(
        grammar="%extend _core: grade\ngrade: GRADE\nGRADE.20: /A{1,5}级/",
        tree={"grade": method},
    )
    assert syntax.read_target("5次")[0].raw == "5次"
    with pytest.raises(pg.ExtensionError, match=says):
        syntax.read_target("AA级")


def test_a_method_of_indicators_that_fails() -> None:
    module = by_name("huangshan")
    for found, says in (
        ("text", "returned a str; expected a target, or a mapping"),
        ({"name": "text"}, "returned a str"),
    ):
        syntax = pg.Syntax.default().extend(
            grammar=module.GRAMMAR, tree={"bracketed": lambda _, found=found: found}
        )
        with pytest.raises(pg.ExtensionError, match=says):
            pg.parse(module.CELL, syntax=syntax)


def test_what_cannot_be_called_is_no_method() -> None:
    with pytest.raises(pg.ExtensionError, match="must be a function of the parts"):
        pg.Syntax.default().extend(tree={"grade": 4})


# --- classes of targets --------------------------------------------------------------


def test_a_class_of_targets_brings_its_functions() -> None:
    @pg.register_target
    @attrs.frozen(kw_only=True)
    class Plain(pg.CustomTarget):
        kind = "plain_for_tests"
        level: int

    @attrs.frozen(kw_only=True)
    class Tuned(pg.CustomTarget):
        kind = "tuned_for_tests"
        signs: frozenset[str]

    pg.register_target(
        Tuned,
        to_data=lambda target: {"signs": sorted(target.signs)},
        from_data=lambda data: Tuned(signs=frozenset(data["signs"])),
    )
    tuned = Tuned(signs=frozenset("ab"), raw="a、b", note="等", ambiguities=("x",))
    for target in (Plain(level=3), Tuned(signs=frozenset("ab")), tuned):
        loaded: object = pg.from_dict(pg.to_dict(target), pg.Target)
        assert loaded == target
        assert pg.from_dict(pg.to_dict(target), type(target)) == target
    with pytest.raises(pg.LoadError, match="expected a tuned_for_tests"):
        pg.from_dict({"kind": "tuned_for_tests"}, pg.Target)
    assert {
        "plain_for_tests",
        "tuned_for_tests",
    } <= _custom_targets.custom_targets().keys()


@attrs.frozen(kw_only=True)
class Nameless(pg.CustomTarget):
    pass


@attrs.frozen(kw_only=True)
class Impostor(pg.CustomTarget):
    kind = "quantity"


class Bare(pg.CustomTarget):
    kind = "bare_for_tests"


@attrs.frozen(kw_only=True)
class Half(pg.CustomTarget):
    kind = "half_for_tests"


@pytest.mark.parametrize(
    ("cls", "options", "says"),
    [
        (int, {}, "must be a class derived from CustomTarget"),
        (Nameless, {}, "needs a kind"),
        (Impostor, {}, "has the kind quantity, which is taken"),
        (Bare, {}, "must be decorated with attrs.frozen"),
        (Half, {"to_data": attrs.asdict}, "needs both functions"),
    ],
)
def test_a_class_that_is_refused(cls: Any, options: Any, says: str) -> None:
    with pytest.raises(pg.ExtensionError, match=says):
        pg.register_target(cls, **options)


def test_an_unregistered_class_is_not_written() -> None:
    with pytest.raises(TypeError, match="found a Half"):
        pg.to_json(Half(raw="半"))
