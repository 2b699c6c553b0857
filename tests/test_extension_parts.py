"""The parts that extensions are made of, where no example or mistake shows them."""

from __future__ import annotations

import logging
import threading
from typing import Any

import attrs
import pytest
from lark.utils import logger

import perfgoals as pg
from perfgoals import _custom_targets, _scanner
from perfgoals._extension.conflicts import Conflict, Conflicts
from perfgoals._extension.forms import forms_of

DEFAULT = pg.Syntax.default()


def extended(grammar: str, *rules: str) -> pg.Syntax:
    """The default syntax with *grammar*, each of the *rules* giving its own name."""
    return DEFAULT.extend(
        grammar=grammar,
        tree={rule: lambda _, rule=rule: pg.Qualitative(text=rule) for rule in rules},
    )


def said(syntax: pg.Syntax, text: str) -> Any:
    target, _ = syntax.read_target(text)
    assert isinstance(target, pg.Qualitative)
    return target.text


# --- grammars ------------------------------------------------------------------------


def test_a_terminal_of_the_common_library_and_a_second_line() -> None:
    syntax = extended(
        """
        %import common.HEXDIGIT

        %extend _core: code
        code: MARKED HEXDIGIT     // ◆F
            // or, in the next line
            | MARKED ZERO_MARK
        MARKED.20: "◆"
        ZERO_MARK.20: "◇"
        """,
        "code",
    )
    assert [said(syntax, text) for text in ("◆F", "◆◇", "◆乙")] == [
        "code",
        "code",
        "◆乙",
    ]


def test_a_text_is_meant_before_a_pattern_of_the_same_priority() -> None:
    """As Lark has it, so it is not shadowed."""
    syntax = extended(
        """
        %extend _core: grade | first
        grade: GRADE
        first: FIRST
        GRADE.20: /A{1,5}级/
        FIRST.20: "A级"
        """,
        "grade",
        "first",
    )
    assert [said(syntax, text) for text in ("A级", "AA级")] == ["first", "grade"]


def test_the_priority_that_is_proposed_is_high_enough() -> None:
    with pytest.raises(pg.ExtensionError, match=r"\(NARROW\.31: …\)"):
        extended(
            """
            %extend _core: wide | narrow
            wide: WIDE
            narrow: NARROW
            WIDE.30: /◆+/
            NARROW.20: "◆"
            """,
            "wide",
            "narrow",
        )


def test_a_range_of_letters() -> None:
    syntax = extended(
        '%extend _core: grade\ngrade: GRADE\nGRADE.20: "A".."E" "级"', "grade"
    )
    assert [said(syntax, text) for text in ("A级", "E级", "F级")] == [
        "grade",
        "grade",
        "F级",
    ]


def test_an_atomic_group() -> None:
    """It takes what it can and gives nothing back."""
    syntax = extended(
        "%extend _core: grade\ngrade: GRADE\nGRADE.20: /(?>A+|B)级/", "grade"
    )
    assert [said(syntax, text) for text in ("AA级", "B级", "C级")] == [
        "grade",
        "grade",
        "C级",
    ]


def test_a_new_form_of_old_terminals_may_read_any_text() -> None:
    """What it accepts was accepted otherwise; the rest is read as before."""
    syntax = extended("%extend category: CATEGORY CATEGORY")
    cell = "1、1-产出指标；11-数量指标；12-质量指标；次数；实施周期指标值:4次；年度指标值:4次。"
    assert [one.name for one in syntax.read_indicators(cell)] != [
        one.name for one in DEFAULT.read_indicators(cell)
    ]
    plain = cell.replace("12-质量指标；", "")
    assert syntax.read_indicators(plain) == DEFAULT.read_indicators(plain)


def test_a_text_that_an_override_leaves_no_terminal_for() -> None:
    """It is read clause by clause, and what is left is words."""
    syntax = extended('%override LETTER: "约"')
    assert said(syntax, "有效提升") == "有效提升"
    explanation = syntax.explain("有效提升")
    assert explanation.nodes == ()
    assert explanation.note == "read clause by clause: it has no tree as a whole"


def test_an_ambiguity_that_a_new_terminal_brings_into_an_old_rule() -> None:
    with pytest.raises(pg.ExtensionError) as caught:
        extended('%extend _word: STAR\n%extend _suffix: STAR\nSTAR.20: "◆"')
    assert caught.value.message.startswith("STAR is ambiguous: it may go on with ")
    assert caught.value.location == pg.Location(file="grammar", row=3)


def test_a_part_of_a_terminal_may_be_empty() -> None:
    """As long as no token is: this one only looks ahead."""
    syntax = extended("%extend FIELD_END: /(?=甲)/")
    cell = "1、1-产出指标甲；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"
    assert syntax.read_indicators(cell)[0].period == pg.parse(cell)[0].period


@pytest.mark.parametrize(
    ("body", "forms"),
    [
        ("A B", 1),
        ("A | B | C", 3),
        ("A? B", 2),
        ("[A] [B]", 4),
        ("(A | B)? C", 3),
        ("(A | B) (C | D | E)", 6),
        ("A* B+", 2),
        ("(A | B)+", 4),
        ("A~2..4", 3),
        ("(A | B)~3", 8),
        ("A~99999999999", 1),
        ("A -> b | C -> d", 2),
        ("A ) B", 1),
        ("A~", 1),
    ],
)
def test_the_forms_of_a_rule(body: str, forms: int) -> None:
    """As many as Lark makes, of it and of those rules that it makes for what repeats."""
    assert forms_of(body) == forms


# --- Lark's log ----------------------------------------------------------------------


def state() -> tuple[object, ...]:
    return logger.level, logger.propagate, logger.handlers[:]


def report(terminal: str) -> None:
    logger.debug(
        "Shift/Reduce conflict for terminal %s: (resolving as shift)", terminal
    )
    logger.debug(" * %s", "<grade : GRADE>")


def test_only_conflicts_of_this_thread_are_collected() -> None:
    """Lark may be at work elsewhere, for somebody else."""
    other = threading.Thread(target=report, args=("OTHER",))
    with Conflicts() as conflicts:
        other.start()
        other.join()
        report("OWN")
    assert conflicts.found == [Conflict("grade", ("GRADE",), "OWN")]


def fail(error: type[BaseException]) -> None:
    assert logger.level == logging.DEBUG
    raise error


def test_the_log_is_left_as_it_was() -> None:
    """After an exception too, and the next one may enter."""
    before = state()
    for error in (KeyboardInterrupt, ValueError):
        with pytest.raises(error), Conflicts():
            fail(error)
        assert state() == before


def test_extensions_are_made_in_threads() -> None:
    """Those that fail among them; none waits for ever and each has its own mistakes."""
    before = state()
    found: dict[int, str] = {}

    def work(number: int) -> None:
        more = "?" if number % 2 else "*"
        grammar = f"%extend _core: grade\ngrade: GRADE GRADE{more}\nGRADE.20: /A级/"
        try:
            extended(grammar.replace(" GRADE?", ""), "grade")
        except pg.ExtensionError as error:
            found[number] = error.message[:18]
        else:
            found[number] = "made"

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys((0, 2), "grade is ambiguous") | dict.fromkeys(
        (1, 3), "made"
    )
    assert state() == before


# --- methods -------------------------------------------------------------------------


def test_a_method_may_raise_an_error_of_ours() -> None:
    """It comes through as it is."""
    own = pg.ExtensionError("a grade has one to five letters")

    def grade(_: tuple[pg.Part, ...]) -> pg.Target:
        raise own

    syntax = DEFAULT.extend(
        grammar="%extend _core: grade\ngrade: GRADE\nGRADE.20: /A级/",
        tree={"grade": grade},
    )
    with pytest.raises(pg.ExtensionError) as caught:
        syntax.read_target("A级")
    assert caught.value is own


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_method_may_be_interrupted(stop: type[BaseException]) -> None:
    def grade(_: tuple[pg.Part, ...]) -> pg.Target:
        raise stop

    syntax = DEFAULT.extend(
        grammar="%extend _core: grade\ngrade: GRADE\nGRADE.20: /A级/",
        tree={"grade": grade},
    )
    with pytest.raises(stop):
        syntax.read_target("A级")


def test_a_method_that_returns_nothing() -> None:
    syntax = DEFAULT.extend(
        grammar="%extend _core: grade\ngrade: GRADE\nGRADE.20: /A级/",
        tree={"grade": lambda _: None},
    )
    with pytest.raises(pg.ExtensionError, match="returned a NoneType"):
        syntax.read_target("A级")


# --- rows ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"labels": {"weight": [4]}}, 'labels["weight"] must be words, got a int'),
        ({"labels": {"weight": [" 权重"]}}, "is no word; expected 1 to 40 characters"),
        ({"labels": {"weight": [""]}}, "“” is no word"),
        ({"labels": {"weight": ["权" * 41]}}, "is no word; expected 1 to 40"),
        ({"labels": {4: ["权重"]}}, "labels must be a table of rows by their names"),
        ({"units": ["斤\n两"]}, "must not hold “\\n”"),
    ],
)
def test_words_that_are_none(rows: Any, says: str) -> None:
    with pytest.raises(pg.ExtensionError) as caught:
        DEFAULT.extend(**rows)
    assert says in caught.value.message


@pytest.mark.parametrize(
    "label", ["值", ".*", "(", "[", "\\", '"', "/", "{year}", "1、"]
)
def test_a_label_of_signs_is_that_and_no_pattern(label: str) -> None:
    syntax = DEFAULT.extend(labels={"weight": [label]})
    shown = label.replace("{year}", "2024")
    cell = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次；"
    [plain] = syntax.read_indicators(f"{cell}其他:5。")
    [labelled] = syntax.read_indicators(f"{cell}{shown}:5。")
    assert plain.extras == ()
    assert [extra.field for extra in labelled.extras] == ["weight"]


def test_units_that_begin_alike() -> None:
    """The longest is meant."""
    syntax = DEFAULT.extend(units=["垄", "垄亩", "垄亩次"])
    found = [syntax.read_target(f"5{unit}道路")[0] for unit in ("垄", "垄亩", "垄亩次")]
    assert [target.unit for target in found if isinstance(target, pg.Quantity)] == [
        "垄",
        "垄亩",
        "垄亩次",
    ]


# --- classes of targets --------------------------------------------------------------


def test_a_kind_belongs_to_one_class(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which may be defined again, as in a notebook."""
    monkeypatch.setattr(_custom_targets, "_registered", {})

    def define(name: str) -> Any:
        body = {"kind": "marked", "__annotations__": {}, "__module__": __name__}
        return attrs.frozen(kw_only=True)(type(name, (pg.CustomTarget,), body))

    pg.register_target(define("Marked"))
    again = pg.register_target(define("Marked"))
    assert _custom_targets.custom_targets()["marked"].cls is again
    with pytest.raises(pg.ExtensionError, match="kind marked, which is taken"):
        pg.register_target(define("Other"))


# --- explanations --------------------------------------------------------------------


def test_only_indicators_have_a_tree() -> None:
    cell = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"
    explanation = DEFAULT.explain(f"共有：\n{cell}")
    assert [node.name for node in explanation.nodes] == ["indicator"]
    assert explanation.nodes[0].text == cell


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", ""),
        ("。", ""),
        ("好" * 2_001, "longer than 2000 characters: kept as words"),
    ],
)
def test_a_value_without_a_tree(text: str, note: str) -> None:
    explanation = DEFAULT.explain(text)
    assert (explanation.nodes, explanation.tokens) == ((), ())
    assert explanation.note == note
    assert explanation.render().startswith("Tree\n")


# --- the scanner ---------------------------------------------------------------------


def test_not_every_sign_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are a million, and each is read all the same."""
    monkeypatch.setattr(_scanner, "_MOST_SIGNS", 3)
    syntax = DEFAULT.extend(units=["亩垄", "畦"])
    for text in ("有效提升服务水平", "5畦", "不少于３０家"):
        expected, _ = DEFAULT.read_target(text)
        assert syntax.read_target(text)[0] == expected
