"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import re
import secrets
import stat
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOST = f"{zlib.crc32(platform.node().encode()):08x}"
_TEMPORARY = re.compile(rf"\.perfgoals-{_HOST}-([0-9]+)-[0-9a-f]{{8}}\.tmp")
_IS_POSIX = os.name == "posix"


@contextlib.contextmanager
def replacing(name: str, *, sweeping: bool = True) -> Iterator[BinaryIO]:
    """The file *name* to be written: afterwards it is all new, or still the old one.

    What is written goes to a temporary file beside it, which then takes its place, and
    its permissions; an exception leaves the old file. A symbolic link stays one; what
    is no regular file, such as a pipe, is written to directly. Temporary files that
    killed processes have left in the folder are deleted, unless not *sweeping*.

    Raises ``OSError``.
    """
    path = Path(os.path.realpath(name))
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    if sweeping:
        sweep(path.parent)
    name = f".perfgoals-{_HOST}-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    temporary = path.with_name(name)
    try:
        with _new(temporary, path) as file:
            yield file
        temporary.replace(path)
    except BaseException:  # Ctrl-C too leaves nothing behind
        temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def sweep(folder: Path) -> None:
    """Delete the temporary files in *folder* that processes left which are no more.

    Those of other machines, which may share the folder, are let alone.
    """
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            name = _TEMPORARY.fullmatch(path.name)
            if name and not _is_running(int(name[1])):
                with contextlib.suppress(OSError):
                    path.unlink()


@contextlib.contextmanager
def _new(temporary: Path, path: Path) -> Iterator[BinaryIO]:
    """The new file *temporary*, which is to replace *path*, and is on disk then."""
    with temporary.open("xb") as file:
        if path.exists():
            _keep_mode(temporary, path)
        yield file
        file.flush()
        os.fsync(file.fileno())


def _keep_mode(temporary: Path, path: Path) -> None:
    """Give *temporary* the permissions of *path*, and its owner if that is allowed."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    before = path.stat()
    if _IS_POSIX:
        with contextlib.suppress(PermissionError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _is_running(process: int) -> bool:
    """Whether there is such a *process*.

    Where it cannot be asked for, its open files cannot be deleted either.
    """
    if not _IS_POSIX:
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _sync(folder: Path) -> None:
    """Make the new name of a file in *folder* outlast a loss of power."""
    if _IS_POSIX:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
