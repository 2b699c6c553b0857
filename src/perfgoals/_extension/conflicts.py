"""What Lark decides silently where a grammar is ambiguous, seen through its log."""

from __future__ import annotations

import logging
import re
import threading
from typing import TYPE_CHECKING, Self

import attrs
from lark.utils import logger

if TYPE_CHECKING:
    from types import TracebackType

_CONFLICT = re.compile(r"Shift/Reduce conflict for terminal ([A-Za-z0-9_]+)")
_RULE = re.compile(r" \* <([A-Za-z0-9_]+) :(.*)>")


@attrs.frozen
class Conflict:
    """Behind the *symbols* of *rule*, a *terminal* may go on or begin what follows."""

    rule: str
    symbols: tuple[str, ...]
    terminal: str


class Conflicts(logging.Handler):
    """Collects the ``found`` conflicts while it is entered; one thread at a time."""

    _lock = threading.Lock()

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[Conflict] = []
        self._terminal = ""
        self._thread = threading.get_ident()
        self._before = (logger.level, logger.propagate, logger.handlers[:])

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self._thread:  # Lark is at work there, too
            return
        message = record.getMessage()
        if conflict := _CONFLICT.match(message):
            self._terminal = conflict[1]
        elif rule := _RULE.match(message):
            symbols = tuple(rule[2].split())
            self.found.append(Conflict(rule[1], symbols, self._terminal))

    def __enter__(self) -> Self:
        self._lock.acquire()
        self._before = (logger.level, logger.propagate, logger.handlers[:])
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.handlers[:] = [self]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        level, logger.propagate, logger.handlers[:] = self._before
        logger.setLevel(level)
        self._lock.release()
