"""The exceptions: for callers and unreadable input, never for a document's content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgoals.excerpt import excerpt, printable

if TYPE_CHECKING:
    from perfgoals.spans import Location, Span

_LIMIT = 400


class PerfgoalsError(Exception):
    """Everything that perfgoals raises on purpose.

    *message* says what was found and what to do. Where they are known,
    *code* is the stable code of the finding, *expected* names what could have
    stood there, *location* and *span* say where, and *source* is the text that
    the span counts in. The text of the exception is all of these, with the line
    and a caret. Errors pickle and copy.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        expected: tuple[str, ...] = (),
        location: Location | None = None,
        span: Span | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.expected = expected
        self.location = location
        self.span = span
        self.source = source

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        code = f"{self.code} " if self.code else ""
        text = printable(f"{place}{code}{self.message}", _LIMIT)
        if self.source is None or self.span is None:
            return text
        return f"{text}\n{excerpt(self.source, self.span)}"

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.message,), self.__dict__)


class ReadError(PerfgoalsError):
    """A file that cannot be read as a table: missing, undecodable, not a table."""


class MissingExtraError(ReadError, ImportError):
    """A format whose optional dependency is not installed; names the command."""


class ParseError(PerfgoalsError, ValueError):
    """A text refused by ``parse(text, strict=True)``; carries the first finding."""


class ExtensionError(PerfgoalsError, ValueError):
    """An extension of the syntax that cannot work; points into the user's text."""


class LoadError(PerfgoalsError, ValueError):
    """Data that is not what ``to_dict`` or ``to_json`` write; names the path."""
