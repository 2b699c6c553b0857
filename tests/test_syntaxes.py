"""Syntaxes by name, from packages that bring one, and from files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import perfgoals as pg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Bring = Callable[[str, str], None]

CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；本期要求:2次。"
EXTENDED = """
import perfgoals as pg
SYNTAX = pg.Syntax.default().extend(labels={"annual": ["本期要求"]})
def make():
    return SYNTAX
def fail():
    raise KeyError("no table")
NUMBER = 4
"""


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Installs a package that names one syntax: a module and its metadata."""
    module = f"brought_{tmp_path.name}".replace("-", "_")
    folder = tmp_path / "brought-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: brought\nVersion: 1.0\n", encoding="utf-8")
    (tmp_path / f"{module}.py").write_text(EXTENDED, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def install(name: str, attribute: str) -> None:
        (folder / "entry_points.txt").write_text(
            f"[perfgoals.syntaxes]\n{name} = {module}{attribute}\n", encoding="utf-8"
        )

    return install


# --- by name -------------------------------------------------------------------------


def test_default_is_the_packaged_one(bring: Bring) -> None:
    """Nobody can take its name."""
    bring("default", ":SYNTAX")
    assert pg.named_syntax("default") is pg.Syntax.default()
    assert pg.syntax_names() == ("default",)


@pytest.mark.parametrize("attribute", [":SYNTAX", ":make"])
def test_package_brings_a_syntax(attribute: str, bring: Bring) -> None:
    bring("own", attribute)
    assert pg.syntax_names() == ("default", "own")
    [indicator] = pg.parse(CELL, syntax=pg.named_syntax("own"))
    assert indicator.annual.raw == "2次"


@pytest.mark.parametrize(
    ("attribute", "says"),
    [
        (":fail", "cannot be loaded: KeyError('no table')"),
        (":none", "cannot be loaded: AttributeError"),
        ("_none:SYNTAX", "cannot be loaded: ModuleNotFoundError"),
        (":NUMBER", "cannot be loaded: TypeError"),
        (":make.__name__.upper", "must be a Syntax, found a str"),
    ],
)
def test_package_that_brings_none(attribute: str, says: str, bring: Bring) -> None:
    bring("own", attribute)
    with pytest.raises(pg.ExtensionError) as caught:
        pg.named_syntax("own")
    assert says in caught.value.message


def test_unknown_name(bring: Bring) -> None:
    bring("huangshan", ":SYNTAX")
    with pytest.raises(pg.ExtensionError) as caught:
        pg.named_syntax("hunagshan")
    assert caught.value.message == (
        "there is no syntax hunagshan; did you mean huangshan?; the known ones are "
        "default, huangshan"
    )


# --- from files ----------------------------------------------------------------------


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.toml", '[labels]\nannual = ["本期要求"]\n'),
        ("own.toml", '\ufeff[labels]\nannual = ["本期要求"]\n'),
        ("own.lark", '%extend ANNUAL_WORD: "本期要求"\n%extend LANDMARK: "本"\n'),
        ("own.py", EXTENDED),
    ],
    ids=["toml", "byte order mark", "lark", "py"],
)
def test_file_extends_the_default(name: str, text: str, tmp_path: Path) -> None:
    path = written(tmp_path / name, text)
    for file in (path, str(path)):
        [indicator] = pg.parse(CELL, syntax=pg.syntax_from_file(file))
        assert indicator.annual.raw == "2次"
    assert list(tmp_path.iterdir()) == [path]


def test_file_has_tables_of_all_words(tmp_path: Path) -> None:
    path = written(
        tmp_path / "own.toml",
        'units = ["亩垄"]\n[taxonomy.category.quantity]\nnames = ["工程量"]\n',
    )
    syntax = pg.syntax_from_file(path)
    target, _ = syntax.read_target("3亩垄道路")
    assert isinstance(target, pg.Quantity)
    assert target.unit == "亩垄"
    [indicator] = syntax.read_indicators(CELL.replace("11-数量", "工程量"))
    assert indicator.category is not None
    assert indicator.category.concept == "quantity"


def test_script_that_was_changed_is_run_anew(tmp_path: Path) -> None:
    """No bytecode of before is used, however fast it is changed."""
    path = written(tmp_path / "own.py", EXTENDED)
    pg.syntax_from_file(path)
    written(path, EXTENDED.replace("本期要求", "本次要求"))
    assert pg.syntax_from_file(path).labels.annual[-1] == "本次要求"


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("own.toml", "labels = 4", None, "labels must be a table of rows"),
        ("own.toml", "label = {}", None, "has no “label”; it has grammar, labels"),
        ("own.toml", "grammar = 4", None, "grammar must be text or a path, got a int"),
        ("own.toml", "labels = ", None, "the syntax cannot be read: "),
        ("own.toml", f"a = {'[' * 9_999}", None, "the syntax cannot be read: "),
        ("own.py", "x = 1\nSYNTAX = 1 +", 2, "the script cannot be run: SyntaxError"),
        ("own.py", "import sys\nsys.exit(4)", 2, "cannot be run: SystemExit: 4"),
        (
            "own.py",
            "def f():\n    1 / 0\nf()",
            2,
            "ZeroDivisionError: division by zero",
        ),
        ("own.py", "x = 1", None, "must be a Syntax, found a NoneType"),
        (
            "own.py",
            'import perfgoals as pg\npg.Syntax.default().extend(grammar="\\nx")',
            2,
            "expected “name: …”",
        ),
    ],
)
def test_file_that_cannot_be_used(
    name: str, text: str, line: int | None, says: str, tmp_path: Path
) -> None:
    path = written(tmp_path / name, text)
    with pytest.raises(pg.ExtensionError) as caught:
        pg.syntax_from_file(path)
    assert says in caught.value.message
    assert (caught.value.location and caught.value.location.row) == line


def test_script_may_be_interrupted(tmp_path: Path) -> None:
    path = written(tmp_path / "own.py", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        pg.syntax_from_file(path)


def test_script_may_have_classes_that_look_names_up(tmp_path: Path) -> None:
    """What attrs and cattrs find in ``sys.modules`` is the script."""
    path = written(
        tmp_path / "own.py",
        "from __future__ import annotations\nimport attrs, typing\n"
        "import perfgoals as pg\nclass Word(str): ...\n"
        "@attrs.frozen\nclass Held:\n    word: Word\n"
        "assert typing.get_type_hints(Held) == {'word': Word}\n"
        "SYNTAX = pg.Syntax.default()\n",
    )
    assert pg.syntax_from_file(path) is pg.Syntax.default()
    assert "perfgoals._syntaxes.own" in sys.modules
