"""Many files at the command line: equal bytes, whole files, and nothing left running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.command import Outcome

import perfgoals as pg
from perfgoals import batch
from perfgoals.cli import _job
from perfgoals.cli._joined import JsonArray, JsonTables

if TYPE_CHECKING:
    from tests.command import Perfgoals

TABLE = "项目名称\t总计\t绩效目标\t绩效指标\n培训费{}\t3.50\t提高水平\t{}\n"
CELL = "1、1-产出指标；{}；次数{};实施周期指标值:≥{}次；年度指标值:4次。"
RIGHT, WRONG = "11-数量指标", "22-社会效益"
SUFFIXES = {"table": ".txt", "json": ".json", "jsonl": ".jsonl", "csv": ".csv"}
FINDINGS = ("text", "json", "sarif", "github")

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and groups")


def make_files(folder: Path, count: int, *, indicators: int = 2) -> None:
    """Tables of which every third has an error."""
    folder.mkdir(parents=True)
    for number in range(count):
        category = WRONG if number % 3 == 1 else RIGHT
        cell = "".join(CELL.format(category, number, one) for one in range(indicators))
        text = TABLE.format(number, cell)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    """The paths of the files in *folder*, hidden ones included."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


# ── Equal bytes ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("jobs", ["2", "4"])
def test_jobs_make_no_difference(form: str, jobs: str, perfgoals: Perfgoals) -> None:
    """Output, findings and exit code are the same, an unreadable file among them."""
    make_files(Path("in"), 9)
    Path("in/004.txt").write_text("无", encoding="utf-8")
    for findings in FINDINGS if form == "json" else ("text",):
        arguments = ("parse", "in", "in/nothing", "--to", form, "--findings", findings)
        expected = perfgoals(*arguments, "-j1")
        assert (expected.code, expected.err.count("Error: in")) == (2, 2)
        assert perfgoals(*arguments, f"-j{jobs}") == expected


def test_processes_write_the_same_file(perfgoals: Perfgoals) -> None:
    make_files(Path("in"), 5)
    out = perfgoals("parse", "in", "--to", "json", "-j1").out
    assert perfgoals("parse", "in", "-j2", "-o", "out.json").out == ""
    assert Path("out.json").read_bytes().decode() == out
    tables = [pg.from_json(json.dumps(one), pg.GoalTable) for one in json.loads(out)]
    assert tables == [pg.read_table(f"in/00{number}.txt") for number in range(5)]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_json_bit_by_bit(count: int) -> None:
    """The same text as at once; one table is itself, and none is nothing."""
    data = [{"number": number, "text": "a\nb", "list": [1]} for number in range(count)]
    texts = [json.dumps(one, indent=2) for one in data]
    array, tables = JsonArray(), JsonTables()
    whole = "".join([*map(array.add, texts), array.end()])
    assert whole == json.dumps(data, indent=2) + "\n"
    expected = {0: "", 1: "".join(texts) + "\n"}.get(count, whole)
    assert "".join([*map(tables.add, texts), tables.end()]) == expected


def test_output_is_written_as_it_comes(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails in the end has not kept the first tables back."""
    make_files(Path("in"), 3)

    def fail(source: object, **options: object) -> object:
        if str(source).endswith("002.txt"):
            raise KeyboardInterrupt
        return pg.read_tables(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(_job, "read_tables", fail)
    outcome = perfgoals("parse", "in", "--to", "jsonl")
    assert (outcome.code, outcome.out.count("\n")) == (130, 4)


# ── Folders ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", SUFFIXES)
def test_file_for_each_input(form: str, perfgoals: Perfgoals) -> None:
    """Each is what the command writes for the input alone."""
    make_files(Path("in/a"), 2)
    make_files(Path("in/b"), 2)
    make_files(Path("other"), 1)
    Path("in/b/001.txt").write_text("无", encoding="utf-8")
    arguments = ("parse", "--to", form)
    outcome = perfgoals(*arguments, "in", "other/000.txt", "--output-dir", "out", "-j2")
    assert (outcome.code, outcome.out) == (2, "")
    inputs = ["000.txt", "a/000.txt", "a/001.txt", "b/000.txt"]
    assert names(Path("out")) == [f"{one}{SUFFIXES[form]}" for one in inputs]
    perfgoals(*arguments, "in/a/001.txt", "-o", "one")
    written = Path("out", f"a/001.txt{SUFFIXES[form]}").read_bytes()
    assert written == Path("one").read_bytes()


@pytest.mark.parametrize(
    "output", [("-o", "in/out.csv"), ("--output-dir", "in/out")], ids=str
)
def test_output_in_the_folder_is_not_read(
    output: tuple[str, ...], perfgoals: Perfgoals
) -> None:
    make_files(Path("in"), 1)
    arguments = ("parse", "in", "--exit-zero", *output)
    assert perfgoals(*arguments) == perfgoals(*arguments)
    assert len(names(Path("in"))) == 2


@pytest.mark.parametrize("options", [(), ("--output-dir", "out")], ids=str)
def test_folder_with_nothing_to_read(
    options: tuple[str, ...], perfgoals: Perfgoals
) -> None:
    message = ".: there is no file in this folder that ends in .txt or .tsv or .tab"
    outcome = perfgoals("parse", ".", "", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"Error: {message}")
    assert outcome.err.count("Error: ") == 2
    assert names(Path()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in", "-o", "x"), "-o cannot be combined with --output-dir"),
        (("-",), "standard input has no name that it could be written to"),
        (("in/000.txt", "other/000.txt"), "would both be written to out"),
        (("in/000.txt", "in/000.txt.txt", "--output-dir", "in"), "is to be read too"),
        (("in", "--output-dir", "in"), "is to be read too"),
        (("in", "-j", "0"), "0 is not in the range"),
    ],
    ids=str,
)
def test_wrong_usage(
    arguments: tuple[str, ...], message: str, perfgoals: Perfgoals
) -> None:
    make_files(Path("in"), 1)
    make_files(Path("other"), 1)
    outcome = perfgoals("parse", "--output-dir", "out", *arguments)
    assert (outcome.code, message in outcome.err) == (2, True)
    assert names(Path()) == ["in/000.txt", "other/000.txt"]


def test_folder_that_cannot_be_made(perfgoals: Perfgoals) -> None:
    make_files(Path("in"), 1)
    outcome = perfgoals("parse", "in", "--output-dir", "in/000.txt/out")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: in/000.txt/out: the folder cannot be made: ")


def test_leftovers_are_swept_once(perfgoals: Perfgoals) -> None:
    from perfgoals.cli import _files

    make_files(Path("in"), 2)
    Path("out").mkdir()
    left = Path("out", f".perfgoals-{_files._HOST}-{2**22 + 1}-0a1b2c3d.tmp")
    left.touch()
    perfgoals("parse", "in", "--output-dir", "out")
    assert names(Path("out")) == ["000.txt.txt", "001.txt.txt"]


# ── Progress ────────────────────────────────────────────────────────────────


def test_progress_is_shown_in_a_terminal(perfgoals: Perfgoals) -> None:
    make_files(Path("in"), 4)
    outcome = perfgoals("parse", "in", "-o", "out.json", seen="stderr")
    assert "4/4" in outcome.err
    assert outcome.err.splitlines()[-1].endswith("with --verbose)")


def test_progress_is_for_many_files_and_for_terminals(perfgoals: Perfgoals) -> None:
    make_files(Path("in"), 4)
    for outcome in (
        perfgoals("parse", "in", "-o", "out.json", seen="stdout"),
        perfgoals("parse", "in/000.txt", "-o", "out.json", seen="stderr"),
    ):
        assert "/4" not in outcome.err
        assert "\x1b[?25l" not in outcome.err


# ── Leaving early ───────────────────────────────────────────────────────────


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """The command in a group of processes of its own."""
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(  # noqa: S603  (the arguments are ours)
        [sys.executable, "-m", "perfgoals", *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def is_gone(group: int) -> bool:
    """Whether, after a while, no process of the *group* is left."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def wait_for_files(folder: Path) -> None:
    while not (folder.is_dir() and any(folder.glob("*.json"))):
        time.sleep(0.005)


@on_posix
def test_interrupt_leaves_whole_files_and_no_process(tmp_path: Path) -> None:
    """Ctrl-C, which a terminal sends to the whole group, after the first file."""
    make_files(tmp_path / "in", 400, indicators=10)
    out = tmp_path / "out"
    with start(
        *("parse", str(tmp_path / "in"), "--to", "json", "-j2"),
        *("--findings", "github", "--output-dir", str(out)),
    ) as process:
        wait_for_files(out)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err.strip()) == (130, b"")
    assert is_gone(process.pid)
    written = names(out)
    assert 0 < len(written) < 400
    for name in written:
        table = pg.from_json((out / name).read_bytes(), pg.GoalTable)
        assert table == pg.read_table(tmp_path / "in" / name.removesuffix(".json"))


@on_posix
def test_interrupt_of_the_command_alone_stops_its_processes(tmp_path: Path) -> None:
    make_files(tmp_path / "in", 400, indicators=10)
    (tmp_path / "old.json").write_bytes(b"old")
    out = tmp_path / "old.json"
    with start("parse", str(tmp_path / "in"), "-j2", "-o", str(out)) as process:
        assert process.stderr is not None
        process.stderr.read(10)  # the first findings
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 130
    assert is_gone(process.pid)
    assert (names(tmp_path)[-1:], out.read_bytes()) == (["old.json"], b"old")


@on_posix
def test_processes_do_not_outlive_a_command_that_is_killed(tmp_path: Path) -> None:
    make_files(tmp_path / "in", 400, indicators=10)
    with start("parse", str(tmp_path / "in"), "-j2", "--to", "jsonl") as process:
        assert process.stdout is not None
        process.stdout.read(10)
        process.kill()
        process.wait()
        assert is_gone(process.pid)


@on_posix
def test_reader_that_leaves_ends_it_silently(tmp_path: Path) -> None:
    make_files(tmp_path / "in", 400, indicators=10)
    with start(
        *("parse", str(tmp_path / "in"), "-j2", "--to", "jsonl"),
        *("--findings", "github"),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
        process.wait()
    assert process.returncode == 141
    assert b"Traceback" not in err
    assert is_gone(process.pid)


def test_process_that_dies_is_told(
    perfgoals: Perfgoals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written before stays, an output file stays the old one."""
    make_files(Path("in"), 3)
    Path("out.json").write_bytes(b"old")
    message = "a process died"

    def die(_: object, names: list[str], *__: object) -> object:
        raise pg.ReadError(message, location=pg.Location(file=names[0]))

    monkeypatch.setattr(batch, "_by_processes", die)
    outcome = perfgoals("parse", "in", "-j2", "-o", "out.json")
    assert outcome == Outcome(2, "", f"Error: in/000.txt: {message}\n")
    assert Path("out.json").read_bytes() == b"old"
