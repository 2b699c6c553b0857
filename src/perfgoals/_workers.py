"""A function applied by several processes: in order, not far ahead, gone when asked."""

from __future__ import annotations

import _thread
import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

AHEAD = 4
"""How many things for each process are begun before the first of them is taken."""

_GRACE = 10.0
"""Seconds in which a process that was told to stop has to have stopped."""

_CAN_BLOCK = hasattr(signal, "pthread_sigmask")

T = TypeVar("T")
R = TypeVar("R")


def ordered_map(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    processes: int,
    context: BaseContext,
) -> Iterator[R]:
    """What *function* makes of each of *items*, in their order.

    An item is only taken when one of those before it has been given out, so that a
    few results wait at a time, however many there are. Closing the iterator, and any
    exception, Ctrl-C among them, stops the processes before it goes on.

    Raises ``BrokenProcessPool`` where a process dies, and what *function* raises.
    """
    with _pool(processes, context) as pool:
        waiting: deque[Future[R]] = deque()
        for item in items:
            if len(waiting) == AHEAD * processes:
                yield waiting.popleft().result()
            with _uninterrupted():
                waiting.append(pool.submit(_work, function, item))
        while waiting:
            yield waiting.popleft().result()


@contextlib.contextmanager
def _pool(processes: int, context: BaseContext) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the block: after all their work, or else at once.

    They are told to stop, never killed: one that dies while it sends a result makes
    the thread that receives it wait for the rest forever.
    """
    told, tell = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        processes, mp_context=context, initializer=_start, initargs=(told,)
    )
    with told, tell:
        try:
            yield pool
        except BaseException:
            tell.send_bytes(b"stop")  # nobody takes it out, so that all see it
            pool.shutdown(cancel_futures=True)
            raise
        pool.shutdown()


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Lets Ctrl-C wait, for this process and for those that it starts meanwhile."""
    before = None
    if _CAN_BLOCK:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ── In the processes ────────────────────────────────────────────────────────


@attrs.define
class _State:
    is_working: bool = False


_STATE = _State()


def _start(told: Connection) -> None:
    """Make Ctrl-C end the work at hand and not the process, which has more to do."""
    signal.signal(signal.SIGINT, _interrupt)
    if _CAN_BLOCK:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_watch, args=(told,), daemon=True).start()


def _work(function: Callable[[T], R], item: T) -> R:
    _STATE.is_working = True
    try:
        return function(item)
    finally:
        _STATE.is_working = False


def _interrupt(*_: Any) -> None:
    if _STATE.is_working:
        _STATE.is_working = False
        raise KeyboardInterrupt


def _watch(told: Connection) -> None:
    """End the work when told to stop, and the process when its parent is no more."""
    gone = cast("BaseProcess", multiprocessing.parent_process()).sentinel
    if gone not in wait([told, gone]):
        _interrupt_main()
        wait([gone], _GRACE)
    os._exit(1)


def _interrupt_main() -> None:
    """What Ctrl-C does; where there are signals it also ends waiting for a file."""
    if _CAN_BLOCK:
        main = threading.main_thread().ident
        signal.pthread_kill(main or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()
