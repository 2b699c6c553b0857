"""A value that is made when it is first asked for, by one thread while others wait."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Once(Generic[T]):
    """Calls *make* once and keeps what it returns; not at all where it raises.

    >>> number = Once(lambda: 4)
    >>> number(), number()
    (4, 4)
    """

    __slots__ = ("_lock", "_made", "_make", "_value")

    _value: T

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made = False
        self._lock = threading.RLock()

    def __call__(self) -> T:
        if not self._made:
            with self._lock:
                if not self._made:
                    self._value = self._make()
                    self._made = True
        return self._value
