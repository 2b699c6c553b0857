"""Many files: read one after the other or by several processes, with equal results."""

from __future__ import annotations

import functools
import os
import sys
import threading
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import attrs

from perfgoals.errors import PerfgoalsError, ReadError
from perfgoals.readers import DEFAULT_LIMITS, Limits, readable_suffixes
from perfgoals.spans import Location
from perfgoals.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from multiprocessing.context import BaseContext

    from perfgoals.model import GoalTable

__all__ = ["Outcome", "find_files", "map_files", "read_many"]

StrPath: TypeAlias = "str | os.PathLike[str]"

T = TypeVar("T")

_WORTH = 2**17
_WORTH_STARTING = 2**20
"""How many bytes of files are worth a pool whose processes are forked, or started anew.

To fork two takes 60 ms, the import of the modules for it included, and to start two
takes a second or more, in which each builds its grammars. A table whose values are
known is read in 1.3 µs for a byte and written as JSON in 0.4; two processes save half.
"""

_MOST = 61
"""Windows waits for no more processes at a time."""

_SMALL = (
    "项目名称\t总计\t绩效目标\t绩效指标\n"
    "培训费\t1\t无\t1、1-产出指标；11-数量指标；次数；年度指标值:不少于4次/年。\n"
).encode()
"""A table that is read before a fork, so that the grammars are ready in each process.

Otherwise each of them takes a second to get there.
"""


@attrs.frozen(kw_only=True)
class Outcome(Generic[T]):
    """What became of one file: the *result*, or the *error* why there is none."""

    path: str
    result: T | None = None
    error: PerfgoalsError | None = None


def read_many(
    paths: Iterable[StrPath],
    *,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    processes: int | None = None,
    context: BaseContext | None = None,
) -> Generator[Outcome[tuple[GoalTable, ...]]]:
    """The tables of each file, in the order of *paths*, as ``read_tables`` gives them.

    A file that cannot be read has its ``error`` in its place; the others are read all
    the same. Else as ``map_files``, which is faster where less is needed than whole
    tables: what comes from another process is copied on the way.

    >>> for outcome in read_many(["examples/data/goals-2023.txt", "nothing.txt"]):
    ...     print(outcome.path, len(outcome.result or ()), outcome.error)
    examples/data/goals-2023.txt 1 None
    nothing.txt 0 nothing.txt: there is no such file; expected the path of a file
    """
    read = functools.partial(read_tables, encoding=encoding, limits=limits)
    return map_files(read, paths, processes=processes, context=context)


def map_files(
    function: Callable[[str], T],
    paths: Iterable[StrPath],
    *,
    processes: int | None = None,
    context: BaseContext | None = None,
) -> Generator[Outcome[T]]:
    """What *function* makes of each path, in the order of *paths*.

    An outcome is there as soon as it is known and all before it are; no more than a
    few wait at a time. What *function* raises is the ``error`` of its outcome, if it
    is a ``PerfgoalsError``, and else ends it all.

    There are as many *processes* as CPUs that this one may use, but one is enough for
    one file, and for files so small that starting others takes longer. With one,
    *function* is called here. Otherwise it, and what it returns, must be such as can
    be pickled; *context* is that of ``multiprocessing``, and a script needs its usual
    ``if __name__ == "__main__":``. Closing the iterator ends the processes.

    Raises ``ReadError`` where a process dies.
    """
    names = [os.fspath(path) for path in paths]
    if processes is not None and processes < 1:
        msg = f"expected one process or more, got {processes}"
        raise ValueError(msg)
    attempt = functools.partial(_attempt, function)
    if len(names) < 2 or processes == 1:
        return (attempt(name) for name in names)
    context = context or _usual_context()
    if processes is None:
        processes = _cpus() if _is_worth_it(names, context) else 1
    if processes == 1:
        return (attempt(name) for name in names)
    return _by_processes(attempt, names, min(processes, len(names), _MOST), context)


def find_files(folder: StrPath) -> Iterator[str]:
    """The files in *folder*, and in those in it, that look as if they could be read.

    Those with the suffix of a format that is read, in the order of their names; what
    is hidden, and links to folders, are passed over.
    """
    suffixes = readable_suffixes()
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            is_hidden = name.startswith((".", "~$"))
            if name.lower().endswith(suffixes) and not is_hidden:
                yield os.path.join(parent, name)  # noqa: PTH118  (as it was given)


def _attempt(function: Callable[[str], T], path: str) -> Outcome[T]:
    try:
        return Outcome(path=path, result=function(path))
    except PerfgoalsError as error:
        return Outcome(path=path, error=error)


def _by_processes(
    attempt: Callable[[str], Outcome[T]],
    names: list[str],
    processes: int,
    context: BaseContext,
) -> Generator[Outcome[T]]:
    from concurrent.futures.process import BrokenProcessPool

    from perfgoals._workers import AHEAD, ordered_map

    if context.get_start_method() == "fork":
        read_tables(_SMALL)
    done = 0
    try:
        for outcome in ordered_map(
            attempt, names, processes=processes, context=context
        ):
            yield outcome
            done += 1
    except BrokenProcessPool as error:
        most = min(AHEAD * processes, len(names) - done)
        msg = (
            "a process that reads files died, which can be for a lack of memory,"
            f" at this or at one of the next {most} files; one process alone"
            " reads them in turn"
        )
        raise ReadError(msg, location=Location(file=names[done])) from error


def _usual_context() -> BaseContext:
    """What the program has set, else the fastest that is safe here.

    A fork is, on Linux, as long as there are no other threads.
    """
    import multiprocessing

    method = multiprocessing.get_start_method(allow_none=True)
    if method is None and sys.platform == "linux":
        method = "fork" if threading.active_count() == 1 else "forkserver"
    return multiprocessing.get_context(method)


def _is_worth_it(names: list[str], context: BaseContext) -> bool:
    is_forked = context.get_start_method() == "fork"
    missing = _WORTH if is_forked else _WORTH_STARTING
    for name in names:
        missing -= _size(name)
        if missing <= 0:
            return True
    return False


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size  # noqa: PTH116  (the path stays as it was given)
    except (OSError, ValueError):
        return 0


def _cpus() -> int:
    """The CPUs that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
