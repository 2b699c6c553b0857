"""Output files: the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from perfgoals.cli import _files, main
from perfgoals.cli._files import replacing, sweep

SEED = Path(__file__).parent.parent / "examples/data/goals-2023.txt"
NO_PROCESS = 2**22 + 1
"""More than Linux has process numbers."""

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs modes and signals")


def temporary(process: int, host: str = _files._HOST) -> str:
    return f".perfgoals-{host}-{process}-0a1b2c3d.tmp"


def write_file(name: str, data: bytes) -> None:
    with replacing(name) as file:
        file.write(data)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_file(tmp_path: Path) -> None:
    write_file(str(tmp_path / "out"), b"new")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"new"


@on_posix
def test_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file(str(path), b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


@on_posix
def test_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(str(tmp_path / "out"), b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o640


@on_posix
def test_owner_that_may_not_be_given_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", forbidden)
    (tmp_path / "out").write_bytes(b"old")
    write_file(str(tmp_path / "out"), b"new")
    assert (tmp_path / "out").read_bytes() == b"new"


@on_posix
@pytest.mark.parametrize("exists", [True, False])
def test_link_stays_a_link(tmp_path: Path, *, exists: bool) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if exists:
        (folder / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("folder/file")
    write_file(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").readlink() == Path("folder/file")
    assert (folder / "file").read_bytes() == b"new"
    assert names(folder) == ["file"]


@on_posix
def test_device_is_written_to() -> None:
    write_file(os.devnull, b"new")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_file_that_may_not_be_written_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may be written to does not open the files in it."""
    (tmp_path / "out").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        write_file(str(tmp_path / "out"), b"new")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"old"


@pytest.mark.parametrize("kind", [OSError, KeyboardInterrupt, MemoryError])
def test_failure_leaves_the_old_file(
    kind: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise kind

    (tmp_path / "out").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind):
        write_file(str(tmp_path / "out"), b"new")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"old"


def test_only_files_of_dead_processes_are_swept(tmp_path: Path) -> None:
    kept = [
        temporary(os.getpid()),
        temporary(
            NO_PROCESS, host="00000000" if _files._HOST != "00000000" else "1" * 8
        ),
        temporary(NO_PROCESS) + ".txt",
        "perfgoals.tmp",
    ]
    swept = [temporary(NO_PROCESS), temporary(10**30)]
    for name in (*kept, *swept):
        (tmp_path / name).touch()
    (tmp_path / temporary(NO_PROCESS + 1)).mkdir()  # whatever that is
    sweep(tmp_path)
    assert names(tmp_path) == sorted([*kept, temporary(NO_PROCESS + 1)])


def test_folder_that_cannot_be_listed_is_not_swept(tmp_path: Path) -> None:
    sweep(tmp_path / "nothing")
    assert names(tmp_path) == []


def test_process_of_another_user_is_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    (tmp_path / temporary(1)).touch()
    sweep(tmp_path)
    assert names(tmp_path) == [temporary(1)]


def test_without_posix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be asked for, an open file cannot be deleted."""
    monkeypatch.setattr(_files, "_IS_POSIX", False)
    (tmp_path / temporary(os.getpid())).touch()
    (tmp_path / "out").write_bytes(b"old")
    write_file(str(tmp_path / "out"), b"new")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"new"


KILLED = """
import os, signal, sys
from perfgoals.cli._files import replacing
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
with replacing(sys.argv[1]) as file:
    file.write(b"new")
"""
FULL = """
import resource, sys
from perfgoals.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
main(["parse", sys.argv[2], "--to", "json", "-o", sys.argv[1]])
"""


def child(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(  # noqa: S603  (the code is above)
        [sys.executable, "-B", "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@on_posix
def test_killed_process_leaves_the_old_file(tmp_path: Path) -> None:
    """What it has left beside is gone after the next run."""
    path = tmp_path / "out"
    path.write_bytes(b"old")
    assert child(KILLED, str(path)).returncode == -9
    left = [name for name in names(tmp_path) if name.startswith(".perfgoals-")]
    assert (path.read_bytes(), len(left)) == (b"old", 1)
    write_file(str(path), b"newer")
    assert (path.read_bytes(), names(tmp_path)) == (b"newer", ["out"])


@on_posix
def test_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    outcome = child(FULL, str(path), str(SEED))
    assert outcome.returncode == 2
    assert outcome.stderr.endswith("out: the file cannot be written: File too large\n")
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["out"])


def test_folder_that_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nothing" / "out"
    with pytest.raises(SystemExit) as exit_info:
        main(["format", str(SEED), "-o", str(path)])
    message = "the file cannot be written: No such file or directory"
    assert exit_info.value.code == 2
    assert capsys.readouterr() == ("", f"Error: {path}: {message}\n")
