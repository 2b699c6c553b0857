"""Many files: equal results however many processes read them, and none left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_type

import pytest

import perfgoals as pg
from perfgoals import _workers, batch
from perfgoals._workers import AHEAD, ordered_map
from perfgoals.batch import Outcome, find_files, map_files, read_many

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = multiprocessing.get_all_start_methods()
TABLE = "项目名称\t总计\t绩效目标\t绩效指标\n培训费{}\t3.50\t提高水平\t{}\n"
CELL = "1、1-产出指标；11-数量指标；次数；实施周期指标值:{}次；年度指标值:4次。"


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """Twelve files, of which the fifth is no table and the eighth is not there."""
    for number in range(12):
        text = TABLE.format(number, CELL.format(number) * (number % 3))
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "04.txt").write_text("无", encoding="utf-8")
    (tmp_path / "07.txt").unlink()
    return [str(tmp_path / f"{number:02}.txt") for number in range(12)]


def spawning() -> Any:
    """Processes that start as they do everywhere."""
    return multiprocessing.get_context("spawn")


def told(outcome: Outcome[Any]) -> tuple[str, Any, str]:
    return outcome.path, outcome.result, str(outcome.error)


# ── Results ─────────────────────────────────────────────────────────────────


def test_each_file_has_its_outcome(paths: list[str]) -> None:
    outcomes = list(read_many(paths))
    assert [outcome.path for outcome in outcomes] == paths
    for number, outcome in enumerate(outcomes):
        if number in {4, 7}:
            assert outcome.result is None
            assert isinstance(outcome.error, pg.ReadError)
        else:
            assert outcome.result == pg.read_tables(paths[number])
            assert outcome.error is None


def test_types_that_are_promised(paths: list[str]) -> None:
    [outcome] = read_many(Path(path) for path in paths[:1])
    assert_type(outcome.result, tuple[pg.GoalTable, ...] | None)
    [size] = map_files(os.path.getsize, paths[:1])
    assert_type(size.result, int | None)
    assert size == Outcome(path=paths[0], result=Path(paths[0]).stat().st_size)


EQUAL = """
import multiprocessing, sys
from perfgoals.batch import read_many

def told(outcome):
    return outcome.path, outcome.result, str(outcome.error)

if __name__ == "__main__":
    method, *paths = sys.argv[1:]
    multiprocessing.set_start_method(method)
    expected = list(map(told, read_many(paths, processes=1)))
    for processes in (2, 4) if method == "fork" else (2,):
        assert list(map(told, read_many(paths, processes=processes))) == expected
    assert multiprocessing.active_children() == []
    print(len(expected))
"""


def script(code: str, folder: Path, *arguments: str) -> tuple[str, str]:
    """What the program *code* writes, run from a file."""
    path = folder / "program.py"
    path.write_text(code, encoding="utf-8")
    paths = os.pathsep.join(filter(None, sys.path))
    outcome = subprocess.run(  # noqa: S603  (the code is ours)
        [sys.executable, path, *arguments],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return outcome.stdout, outcome.stderr


@pytest.mark.parametrize("method", METHODS)
def test_processes_make_no_difference(
    method: str, paths: list[str], tmp_path: Path
) -> None:
    """However they are started: the objects and their errors are equal."""
    assert script(EQUAL, tmp_path, method, *paths) == ("12\n", "")


def test_processes_are_used(paths: list[str]) -> None:
    """And a file that no process can read costs one file."""
    expected = list(map(told, read_many(paths[3:6], processes=1)))
    outcomes = read_many(paths[3:6], processes=2, context=spawning())
    assert list(map(told, outcomes)) == expected


def test_results_do_not_pile_up() -> None:
    """What comes later is not even begun before there is room for it."""
    taken = []

    def items() -> Iterator[str]:
        for number in range(100):
            taken.append(number)
            yield str(number)

    results = ordered_map(int, items(), processes=2, context=spawning())
    assert next(results) == 0
    assert len(taken) <= 2 * AHEAD + 1
    assert list(results) == list(range(1, 100))


# ── Failures ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_no_fault_of_a_file_ends_it_all(processes: int) -> None:
    outcomes = map_files(int, ["1", "x"], processes=processes, context=spawning())
    assert next(outcomes).result == 1
    with pytest.raises(ValueError, match="invalid literal for int"):
        next(outcomes)
    assert multiprocessing.active_children() == []


def test_iterator_that_is_closed_leaves_no_process() -> None:
    outcomes = map_files(int, map(str, range(100)), processes=2, context=spawning())
    assert next(outcomes).result == 0
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_process_that_dies_is_told() -> None:
    """Where it was, as far as can be known, and at once."""
    paths = ["1", "__import__('os')._exit(3)", "2", "3"]
    with pytest.raises(pg.ReadError) as caught:
        list(map_files(eval, paths, processes=2, context=spawning()))
    assert caught.value.message.startswith("a process that reads files died, ")
    assert str(caught.value.location) in paths[:2]
    assert multiprocessing.active_children() == []


def test_number_of_processes_is_one_or_more(paths: list[str]) -> None:
    with pytest.raises(ValueError, match="expected one process or more, got 0"):
        read_many(paths, processes=0)


# ── When there are processes at all ─────────────────────────────────────────


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """The number of processes of each pool, and how they would have been started."""
    made = []

    def record(_: object, __: object, processes: int, context: Any) -> list[None]:
        made.append((processes, context.get_start_method()))
        return []

    monkeypatch.setattr(batch, "_by_processes", record)
    monkeypatch.setattr(batch, "_cpus", lambda: 3)
    return made


def test_tiny_files_are_not_worth_it(
    paths: list[str], pools: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    list(read_many(paths, context=spawning()))
    assert pools == []
    monkeypatch.setattr(batch, "_size", lambda _: batch._WORTH_STARTING // len(paths))
    list(read_many(paths, context=spawning()))
    assert pools == []
    monkeypatch.setattr(batch, "_size", lambda _: batch._WORTH_STARTING)
    list(read_many(paths[:1], context=spawning()))
    assert pools == []
    list(read_many(paths, context=spawning()))
    assert pools == [(3, "spawn")]
    monkeypatch.setattr(batch, "_cpus", lambda: 1)
    list(read_many(paths, context=spawning()))
    assert pools == [(3, "spawn")]


def test_processes_that_are_asked_for_are_there(
    paths: list[str], pools: list[tuple[int, str]]
) -> None:
    """Up to one for each file."""
    list(read_many(paths, processes=5, context=spawning()))
    list(read_many(paths, processes=50, context=spawning()))
    list(read_many(paths * 10, processes=100, context=spawning()))
    assert pools == [(5, "spawn"), (12, "spawn"), (61, "spawn")]


@pytest.mark.skipif(sys.platform != "linux", reason="what is safe elsewhere differs")
def test_only_a_program_without_threads_is_forked(
    paths: list[str],
    pools: list[tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda **_: None)
    for threads in (1, 2):
        monkeypatch.setattr(threading, "active_count", lambda: threads)  # noqa: B023
        list(read_many(paths, processes=2))
    assert pools == [(2, "fork"), (2, "forkserver")]


def test_cpus_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= batch._cpus() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert batch._cpus() == os.cpu_count()


# ── Folders ─────────────────────────────────────────────────────────────────


def test_files_of_a_folder(tmp_path: Path) -> None:
    """In the order of their names, those of a folder before those in its folders."""
    names = ["b.csv", "a.TXT", "d/x.tsv", "c/y/z.tab", "c/b.txt"]
    others = ["a.md", ".hidden.txt", "~$a.txt", ".git/a.txt", "table", "noext."]
    for name in (*names, *others):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [Path(file).relative_to(tmp_path) for file in find_files(tmp_path)]
    assert [path.as_posix() for path in found] == [
        "a.TXT",
        "b.csv",
        "c/b.txt",
        "c/y/z.tab",
        "d/x.tsv",
    ]


# ── In the processes ────────────────────────────────────────────────────────


@pytest.fixture
def working() -> Iterator[Any]:
    """The state of a process that works, put back afterwards."""
    yield _workers._STATE
    _workers._STATE.is_working = False


def test_interrupt_ends_the_work_and_nothing_else(working: Any) -> None:
    _workers._interrupt()
    working.is_working = True
    with pytest.raises(KeyboardInterrupt):
        _workers._interrupt()
    _workers._interrupt()


def test_work_is_known_to_be_going_on(working: Any) -> None:
    assert _workers._work(lambda _: working.is_working, None) is True
    assert working.is_working is False


@pytest.mark.parametrize("can_block", [True, False])
def test_process_is_ready_for_an_interrupt(
    monkeypatch: pytest.MonkeyPatch, *, can_block: bool
) -> None:
    monkeypatch.setattr(_workers, "_watch", lambda _: None)
    monkeypatch.setattr(_workers, "_CAN_BLOCK", can_block and _workers._CAN_BLOCK)
    before = signal.getsignal(signal.SIGINT)
    reader, writer = multiprocessing.Pipe(duplex=False)
    try:
        with reader, writer, _workers._uninterrupted():
            _workers._start(reader)
            assert signal.getsignal(signal.SIGINT) is _workers._interrupt
            if _workers._CAN_BLOCK:
                blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
                assert signal.SIGINT not in blocked
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("is_told", [True, False])
def test_process_ends_when_its_parent_does(
    monkeypatch: pytest.MonkeyPatch, *, is_told: bool
) -> None:
    """With its work, if it was told to stop, and without a word, if it was not."""

    class Parent:
        sentinel: Any

    events: list[Any] = []
    reader, writer = multiprocessing.Pipe(duplex=False)
    Parent.sentinel, gone = multiprocessing.Pipe(duplex=False)
    monkeypatch.setattr(multiprocessing, "parent_process", Parent)
    monkeypatch.setattr(os, "_exit", events.append)
    monkeypatch.setattr(_workers, "_interrupt_main", lambda: events.append("stop"))
    with reader, writer, Parent.sentinel:
        if is_told:
            writer.send_bytes(b"stop")
            monkeypatch.setattr(_workers, "_GRACE", 0)
        else:
            gone.close()
        _workers._watch(reader)
    gone.close()
    assert events == (["stop", 1] if is_told else [1])


@pytest.mark.parametrize("can_block", [True, False])
def test_main_thread_is_interrupted(
    monkeypatch: pytest.MonkeyPatch, *, can_block: bool
) -> None:
    monkeypatch.setattr(_workers, "_CAN_BLOCK", can_block and _workers._CAN_BLOCK)

    def interrupted() -> None:
        with _workers._uninterrupted():
            _workers._interrupt_main()
            time.sleep(0)  # a signal comes between two lines

    with pytest.raises(KeyboardInterrupt):
        interrupted()
