"""Texts put together to one document, bit by bit, each as soon as it is there."""

from __future__ import annotations


class Joined:
    """Texts in a row, with a *head* before the first and something *between* them."""

    def __init__(self, *, head: str = "", between: str = "") -> None:
        self._lead, self._between = head, between

    def add(self, text: str) -> str:
        """What is written for one more *text*."""
        lead, self._lead = self._lead, self._between
        return f"{lead}{text}"

    def end(self) -> str:
        """What is written behind the last one."""
        return ""


class JsonArray(Joined):
    """JSON texts as an array, each set in by two blanks."""

    def __init__(self) -> None:
        super().__init__(head="[\n", between=",\n")
        self._end = "[]\n"

    def add(self, text: str) -> str:
        """What is written for one more *text*."""
        self._end = "\n]\n"
        inner = text.replace("\n", "\n  ")
        return super().add(f"  {inner}")

    def end(self) -> str:
        """What is written behind the last one."""
        return self._end


class JsonTables(Joined):
    """JSON texts as an array if there are several, so that the first waits a while."""

    def __init__(self) -> None:
        super().__init__()
        self._array = JsonArray()
        self._first: str | None = None
        self._count = 0

    def add(self, text: str) -> str:
        """What is written for one more *text*."""
        self._count += 1
        if self._count == 1:
            self._first = text
            return ""
        first, self._first = self._first, None
        before = "" if first is None else self._array.add(first)
        return before + self._array.add(text)

    def end(self) -> str:
        """What is written behind the last one: nothing if there is none."""
        if self._count < 2:
            return "" if self._first is None else f"{self._first}\n"
        return self._array.end()
