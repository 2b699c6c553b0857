"""What the playground shows of a cell; Python in the browser runs this file."""

from __future__ import annotations

import json
from typing import TypeAlias

import perfgoals as pg
from perfgoals._data import load_table
from perfgoals.excerpt import display_width
from perfgoals.taxonomy import Taxonomy

Piece: TypeAlias = tuple[str, int, bool]
"""Text, the columns that it takes, and whether carets stand under it."""


def report(text: str, language: str) -> str:
    """The indicators of the cell *text* and what is wrong with it, as JSON.

    ``json`` is what ``to_json`` writes; all else is said in *language*.
    """
    indicators = pg.parse(text)
    ambiguities = load_table("ambiguities")
    tree = Taxonomy.packaged()
    return json.dumps(
        {
            "json": pg.to_json(indicators, indent=2),
            "findings": [
                _finding(one.translated(language), text)
                for one in indicators.diagnostics
            ],
            "ambiguities": {
                name: texts[language] for name, texts in ambiguities.items()
            },
            "concepts": {
                one.id: one.zh if language == "zh" else one.en
                for one in (*tree.levels, *tree.categories)
            },
        }
    )


def _finding(finding: pg.Diagnostic, text: str) -> dict[str, object]:
    rendered = finding.render(text).split("\n")
    line, carets = rendered[1:3] if text else ("", "")
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": line,
        "carets": carets,
        "pieces": _pieces(line, carets),
    }


def _pieces(line: str, carets: str) -> list[Piece]:
    """*line* in pieces of known width: a run of ASCII, or one character of another.

    A browser may draw ``次`` in any width; given its two columns, it stands above
    its two carets. What combines with a character stays with it.
    """
    pieces: list[Piece] = []
    column = 0
    first = len(carets) - len(carets.lstrip())
    for character in line:
        width = display_width(character)
        marked = first <= column < len(carets)
        if pieces and (width == 0 or _continues(pieces[-1], character, marked)):
            before, columns, was_marked = pieces.pop()
            pieces.append((before + character, columns + width, was_marked))
        else:
            pieces.append((character, width, marked))
        column += width
    return pieces


def _continues(piece: Piece, character: str, marked: bool) -> bool:  # noqa: FBT001
    before, _, was_marked = piece
    return before.isascii() and character.isascii() and was_marked == marked
