"""Where a piece of text came from: offsets in a cell, and the cell in a file."""

from __future__ import annotations

import attrs

_COUNTED = {"json_schema": {"minimum": 0}}
"""What a schema of documents can say of ``_not_before_start``."""


def _not_before_start(span: Span, _: object, end: int) -> None:
    if not 0 <= span.start <= end:
        msg = f"a span needs 0 <= start <= end, got {span.start} and {end}"
        raise ValueError(msg)


@attrs.frozen(order=True, weakref_slot=False)
class Span:
    """A stretch of text, from *start* up to but not including *end*.

    Both count code points of the text that was parsed, from zero, so
    ``text[span.start:span.end]`` is always the stretch that is meant.

    >>> Span(2, 5).of("实施周期指标值")
    '周期指'
    """

    start: int = attrs.field(metadata=_COUNTED)
    end: int = attrs.field(validator=_not_before_start, metadata=_COUNTED)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The stretch of *text* that this span covers."""
        return text[self.start : self.end]

    def shifted(self, offset: int) -> Span:
        """The same stretch, seen in a text that begins *offset* earlier."""
        return Span(self.start + offset, self.end + offset)


@attrs.frozen(kw_only=True, order=True)
class Location:
    """The cell of a file: its *file*, *sheet* or *page*, *row* and *column*.

    Rows, columns and pages count from one, as people and spreadsheets count;
    whatever a format does not have is ``None``.

    >>> str(Location(file="goals.txt", row=10, column=7))
    'goals.txt:10:7'
    """

    file: str | None = None
    sheet: str | None = None
    page: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        places = (self.file, self.sheet, self.page, self.row, self.column)
        return ":".join(str(place) for place in places if place is not None)
