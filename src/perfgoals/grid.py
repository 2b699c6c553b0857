"""A table as it stands in a file: rows of cells, each knowing where it came from."""

from __future__ import annotations

import attrs

from perfgoals.spans import Location


@attrs.frozen(kw_only=True)
class Cell:
    """The text of one cell, exactly as printed, and its place in the file."""

    text: str
    location: Location = Location()


@attrs.frozen(kw_only=True)
class Grid:
    """The rows of one sheet, page or file; ``source`` is the name of the file.

    Rows may have different lengths; a blank line of the file is an empty row, so
    that row numbers are those of the file.
    """

    rows: tuple[tuple[Cell, ...], ...]
    source: str | None = None
