"""The command: every case of ``tests/cases/cli``, and what a case cannot show."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.command import BOTH_STREAMS, Outcome

from perfgoals import (
    IndicatorList,
    Syntax,
    Target,
    __version__,
    from_json,
    json_schema,
    read_table,
    read_tables,
    syntax_from_file,
)
from perfgoals.cli import _job, main
from perfgoals.cli._findings import Cited, cited
from perfgoals.cli._sarif import as_sarif
from perfgoals.diagnostics import Diagnostic
from perfgoals.model import GoalTable
from perfgoals.spans import Location

if TYPE_CHECKING:
    from tests.command import Perfgoals

ROOT = Path(__file__).parent.parent
SEED = ROOT / "examples/data/goals-2023.txt"
CASES = sorted((Path(__file__).parent / "cases/cli").glob("*.toml"))
TABLE = "项目名称\t总计\t绩效目标\t绩效指标\n培训费\t3.50\t提高水平\t{}\n"
CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次；年度指标值:4次。"

PACKAGED_LINE = re.compile(r"((?:indicators|targets|dates)\.lark:)[0-9]+")
"""Where a rule stands in a packaged grammar, which no case is about."""

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and pipes")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, perfgoals: Perfgoals) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, text in case.get("files", {}).items():
        Path(name).write_text(text, encoding="utf-8", newline="")
    out = case.get("out", "").replace("<version>", __version__)
    expected = Outcome(case.get("exit", 0), out, case.get("err", ""))
    actual = perfgoals(*shlex.split(case["command"]))
    assert (
        attrs.evolve(actual, out=PACKAGED_LINE.sub(r"\1<line>", actual.out)) == expected
    )


def test_there_are_cases() -> None:
    assert {path.stem.split("_")[0] for path in CASES} == {
        "encoding",
        "explain",
        "findings",
        "format",
        "grammar",
        "parse",
        "target",
    }


# ── Data ────────────────────────────────────────────────────────────────────


def test_json_of_one_table_is_the_table(perfgoals: Perfgoals) -> None:
    outcome = perfgoals("parse", "--to", "json", str(SEED))
    assert from_json(outcome.out, GoalTable) == read_table(SEED)
    assert outcome.code == 1


def test_json_of_several_tables_is_an_array(perfgoals: Perfgoals) -> None:
    data = TABLE.format(CELL).encode()
    Path("one.txt").write_bytes(data)
    Path("two.txt").write_bytes(data)
    outcome = perfgoals("parse", "--to", "json", "one.txt", "two.txt")
    tables = [
        from_json(json.dumps(table), GoalTable) for table in json.loads(outcome.out)
    ]
    assert tables == [*read_tables("one.txt"), *read_tables("two.txt")]


@pytest.mark.parametrize(
    ("arguments", "cls"),
    [
        ((), GoalTable),
        (("table",), GoalTable),
        (("indicators",), IndicatorList),
        (("target",), Target),
    ],
    ids=str,
)
def test_schema(arguments: tuple[str, ...], cls: Any, perfgoals: Perfgoals) -> None:
    outcome = perfgoals("schema", *arguments)
    assert json.loads(outcome.out) == json_schema(cls)
    assert perfgoals("schema", *arguments, "-o", "schema.json") == Outcome(0, "", "")
    assert Path("schema.json").read_bytes().decode() == outcome.out


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("table.json", "{"),
        ("table.JSONL", '{"file": '),
        ("table.csv", "\ufefffile,table,"),
        ("table.txt", "File  in.txt\n"),
        ("table", "File  in.txt\n"),
    ],
)
def test_name_of_the_output_tells_its_form(
    name: str, start: str, perfgoals: Perfgoals
) -> None:
    Path("in.txt").write_text(TABLE.format(CELL), encoding="utf-8")
    outcome = perfgoals("parse", "in.txt", "-o", name)
    assert (outcome.code, outcome.out) == (0, "")
    assert Path(name).read_bytes().decode()[: len(start)] == start


def test_findings_go_to_standard_output_if_it_is_free(perfgoals: Perfgoals) -> None:
    arguments = ("parse", str(SEED), "--findings", "json")
    alone = perfgoals(*arguments)
    beside = perfgoals(*arguments, "-o", "table.csv")
    behind = perfgoals(*arguments, "--to", "csv")
    assert json.loads(alone.out)[0]["code"] == "PG301"
    assert (beside.out, beside.err) == (alone.out, "")
    assert (behind.out.encode(), behind.err) == (
        Path("table.csv").read_bytes(),
        alone.out,
    )


def test_sarif_of_files_somewhere_else(perfgoals: Perfgoals) -> None:
    """An absolute path is a URI; a relative one may need escapes to be one."""
    table = Path("a 表.txt")
    table.write_bytes(SEED.read_bytes())
    outcome = perfgoals("parse", "--findings", "sarif", str(table), str(SEED))
    results = json.loads(outcome.out)["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert list(
        dict.fromkeys(place["artifactLocation"]["uri"] for place in places)
    ) == [
        "a%20%E8%A1%A8.txt",
        SEED.as_uri(),
    ]


def test_sarif_without_a_place() -> None:
    """Formats without rows, and bytes without a name, have findings too."""
    finding = Diagnostic.of("PG405")
    places = (Location(file="in.pdf", page=2), Location())
    shown = [Cited(finding=finding.at(place), source="") for place in places]
    results = json.loads(as_sarif(shown, (), "en"))["runs"][0]["results"]
    assert [result["locations"] for result in results] == [
        [
            {
                "logicalLocations": [
                    {"fullyQualifiedName": "in.pdf:2", "kind": "cell"}
                ],
                "physicalLocation": {"artifactLocation": {"uri": "in.pdf"}},
            }
        ],
        [{"logicalLocations": [{"fullyQualifiedName": "", "kind": "cell"}]}],
    ]


def test_standard_input_and_output(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hyphen is neither a file nor written to."""
    data = io.BytesIO(SEED.read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    outcome = perfgoals("parse", "-", "--to", "jsonl", "-o", "-", "--exit-zero")
    assert (outcome.code, outcome.out.count("\n")) == (0, 30)
    assert list(Path().iterdir()) == []


def test_format_in_place(perfgoals: Perfgoals) -> None:
    """The second run finds nothing to do, and GB18030 has become UTF-8."""
    text = TABLE.format(CELL.replace("、", "．", 1))
    Path("table.txt").write_bytes(text.encode("gb18030"))
    assert perfgoals("format", "table.txt", "-o", "table.txt").code == 0
    assert CELL in Path("table.txt").read_text(encoding="utf-8")
    assert perfgoals("format", "--check", "table.txt") == Outcome(0, "", "")


def test_finding_is_shown_in_its_own_cell() -> None:
    """Equal findings of two cells in one row have none, as it may be the wrong one."""
    rows = (
        ("甲", "目标", f"\u200b{CELL}"),
        ("乙", "\u200b目标", f"\u200b{CELL}"),
        ("丙", "目标", f"\u200b{CELL}".replace("次数", "人数")),
        ("丁", "\u200b目标", CELL),
    )
    lines = (f"{name}\t3\t{goal}\t{cell}\n" for name, goal, cell in rows)
    file = "单位：万元\n项目名称\t总计\t绩效目标\t绩效指标\n" + "".join(lines)
    [table] = read_tables(file.encode())
    assert [
        (one.finding.location.row, one.finding.location.column, one.source)
        for one in cited(table)
        if one.finding.code == "PG001"
    ] == [
        (3, 4, rows[0][2]),
        (4, 3, ""),
        (4, 4, ""),
        (5, 4, rows[2][2]),
        (6, 3, ""),
    ]


# ── Arguments ───────────────────────────────────────────────────────────────


def test_version(perfgoals: Perfgoals) -> None:
    assert perfgoals("--version") == Outcome(0, f"perfgoals {__version__}\n", "")


@pytest.mark.parametrize(
    "command", ["parse", "format", "explain", "target", "grammar", "schema"]
)
def test_every_command_has_help(command: str, perfgoals: Perfgoals) -> None:
    outcome = perfgoals(command, "--help")
    assert outcome.out.startswith(f"Usage: perfgoals {command} [OPTIONS]")
    assert (outcome.code, outcome.err) == (0, "")


def test_help_does_not_wait_for_rich_or_cattrs() -> None:
    code = (
        "import sys, perfgoals.cli;"
        "print(sorted({'rich', 'cattrs'}.intersection(sys.modules)))"
    )
    assert python("-c", code).stdout == b"[]\n"


def test_explain_lists_all_codes(perfgoals: Perfgoals) -> None:
    lines = perfgoals("explain").out.splitlines()
    assert "PG301  error    category-under-wrong-level" in lines
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("parse",), ("parse", "--xyz", "-"), ("parse", "-o", ".", "-")],
    ids=str,
)
def test_wrong_usage(arguments: tuple[str, ...], perfgoals: Perfgoals) -> None:
    outcome = perfgoals(*arguments)
    assert (outcome.code, outcome.out, outcome.err[:16]) == (2, "", "Usage: perfgoals")


def test_language_of_the_environment(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFGOALS_LANG", "zh")
    assert perfgoals("explain", "PG301") == perfgoals("explain", "PG301", "--lang=zh")


# ── Syntaxes ────────────────────────────────────────────────────────────────


def test_grammar_in_force_is_that_of_the_syntax(perfgoals: Perfgoals) -> None:
    Path("own.lark").write_text('%extend SEPARATOR: "|"\n', encoding="utf-8")
    assert perfgoals("grammar").out == Syntax.default().grammar_text()
    extended = perfgoals("grammar", "--syntax", "own.lark").out
    assert extended == syntax_from_file("own.lark").grammar_text()
    assert '%extend SEPARATOR: "|"' in extended


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("none.lark", "none.lark: the grammar cannot be read: "),
        ("none.toml", "none.toml: the syntax cannot be read: "),
        ("none.py", "none.py: the script cannot be run: FileNotFoundError: "),
        ("own.txt", "own.txt: a syntax is read from a .lark, .toml or .py file\n"),
    ],
)
def test_file_that_is_no_syntax(file: str, says: str, perfgoals: Perfgoals) -> None:
    outcome = perfgoals("grammar", "--check", file)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"Error: {says}")


def test_text_and_code_are_explained_together(perfgoals: Perfgoals) -> None:
    """A text is anything that is no code; each page ends with a line of its own."""
    page = perfgoals("explain", "PG301").out
    text = perfgoals("explain", "无").out
    assert perfgoals("explain", "PG301", "无").out == f"{page}\n{text}"


# ── A terminal ──────────────────────────────────────────────────────────────


BOLD_RED = "\x1b[31m\x1b[1merror PG301:\x1b[0m "


def test_terminal_has_colours(perfgoals: Perfgoals) -> None:
    outcome = perfgoals("parse", str(SEED), seen=BOTH_STREAMS)
    assert "\x1b[1;31m! 5\x1b[0m" in outcome.out
    assert BOLD_RED in outcome.err


@pytest.mark.parametrize(
    ("environment", "arguments"),
    [
        ({"NO_COLOR": "1"}, ()),
        ({"TERM": "dumb"}, ()),
        ({}, ("--no-color",)),
    ],
)
def test_colours_can_be_refused(
    environment: dict[str, str],
    arguments: tuple[str, ...],
    perfgoals: Perfgoals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outcome = perfgoals("parse", str(SEED), *arguments, seen=BOTH_STREAMS)
    assert "\x1b" not in outcome.out + outcome.err
    assert "error PG301:" in outcome.err


def test_pipe_has_colours_if_asked_for(perfgoals: Perfgoals) -> None:
    outcome = perfgoals("parse", str(SEED), "--color")
    assert "\x1b[1;31m! 5\x1b[0m" in outcome.out
    assert BOLD_RED in outcome.err


def test_terminal_is_shown_escapes(perfgoals: Perfgoals) -> None:
    """A pipe gets each character of a name, a terminal none that would change it."""
    cell = CELL.replace("次数", "次\x1b[2J数\u202e")
    Path("table.txt").write_text(TABLE.format(cell), encoding="utf-8")
    for to in ("table", "json", "jsonl", "csv"):
        arguments = ("parse", "--no-color", "--to", to, "table.txt")
        outcome = perfgoals(*arguments, seen=BOTH_STREAMS)
        shown = (outcome.out + outcome.err).replace("\n", "").replace("\r", "")
        assert [sign for sign in shown if sign in "\x1b\u202e\ufeff"] == []
        assert "次\\" in shown


def test_pipe_gets_every_character(perfgoals: Perfgoals) -> None:
    name = "次\x1b[2J\u202e数"
    Path("table.txt").write_text(
        TABLE.format(CELL.replace("次数", name)), encoding="utf-8"
    )
    assert name in perfgoals("parse", "--to", "csv", "table.txt").out
    line = perfgoals("parse", "--to", "jsonl", "table.txt").out
    assert json.loads(line)["name"] == name


def test_arguments_are_shown_with_escapes(perfgoals: Perfgoals) -> None:
    outcome = perfgoals("parse", "no\x1b[2J.txt")
    assert outcome.err.startswith("Error: no\\x1b[2J.txt: there is no such file")
    assert perfgoals("explain", "PG999").err == (
        "Error: there is no finding PG999; perfgoals explain lists all\n"
    )
    assert "\\x9b\\u202e" in perfgoals("explain", "\x9b\u202e").out
    assert "--\\x9b2J" in perfgoals("parse", "--\x9b2J").err


# ── Leaving early ───────────────────────────────────────────────────────────


def python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """A run of this Python with the same modules to import."""
    paths = os.pathsep.join(filter(None, sys.path))
    environment = {**os.environ, "PYTHONPATH": paths, **options.pop("env", {})}
    return subprocess.run(  # noqa: S603  (the arguments are ours)
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        check=False,
        **options,
    )


def test_output_is_utf_8_whatever_the_console_says() -> None:
    outcome = python(
        *("-m", "perfgoals", "parse", "--exit-zero", str(SEED)),
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert "项目支出绩效目标表" in outcome.stdout.decode()
    assert "“22-社会效益”" in outcome.stderr.decode()
    assert outcome.returncode == 0


def test_stream_of_another_kind_is_let_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has replaced standard output knows what it can take."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SystemExit):
        main(["explain", "PG301"])
    assert stream.getvalue()[:5] == "PG301"


class Pipe(io.BytesIO):
    """A pipe that takes up to 100 bytes at a time, 1000 in all."""

    def write(self, data: Any) -> int:
        if self.tell() >= 1000:
            raise self.failure
        return super().write(data[:100])

    failure: OSError = BrokenPipeError()


def test_all_is_written_to_a_narrow_pipe(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("explain", "PG301", "PG302", "PG401")
    expected = perfgoals(*arguments).out
    pipe = Pipe()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe))
    assert perfgoals(*arguments) == Outcome(0, "", "")
    assert pipe.getvalue().decode() == expected


def test_broken_pipe_is_told_by_the_exit_code(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(Pipe()))
    assert perfgoals("parse", str(SEED)) == Outcome(141, "", "")


def test_full_disk_behind_standard_output(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = Pipe()
    pipe.failure = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe))
    message = "Error: standard output cannot be written: No space left on device\n"
    assert perfgoals("parse", str(SEED)) == Outcome(2, "", message)


def test_closed_streams(perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was closed is ``None``: nothing is read from it, or written to it."""
    monkeypatch.setattr(sys, "stdin", None)
    message = "Error: there is no standard input\n"
    assert perfgoals("parse", "-") == Outcome(2, "", message)
    monkeypatch.setattr(sys, "stdout", None)
    for to in ("table", "csv"):
        assert perfgoals("parse", str(SEED), "--exit-zero", "--to", to).code == 0


@on_posix
@pytest.mark.parametrize("to", ["table", "jsonl"])
def test_broken_pipe_is_silent(to: str) -> None:
    code = f"""
import os, sys
reader, writer = os.pipe()
os.close(reader)
os.dup2(writer, 1)
from perfgoals.cli import main
main(["parse", "--to", {to!r}, {str(SEED)!r}])
"""
    outcome = python("-c", code)
    assert (outcome.returncode, outcome.stderr) == (141, b"")


def test_interrupt_leaves_nothing(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_job, "read_tables", interrupted)
    assert perfgoals("parse", str(SEED), "-o", "out.json").code == 130
    assert list(Path().iterdir()) == []


@on_posix
def test_interrupt_while_reading(tmp_path: Path) -> None:
    """Ctrl-C is told by the exit code, and in no other way."""
    pipe, out = tmp_path / "pipe", tmp_path / "out.json"
    os.mkfifo(pipe)
    process = subprocess.Popen(  # noqa: S603  (the arguments are ours)
        [sys.executable, "-m", "perfgoals", "parse", str(pipe), "-o", str(out)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process, pipe.open("wb"):  # open once the other end is
        process.send_signal(signal.SIGINT)
        out_text, err_text = process.communicate()
    assert (process.returncode, out_text, err_text.strip()) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == [pipe]
