"""The signs that part the fields of an indicator, each kind for a character class."""

from __future__ import annotations

from perfgoals._blanks import BLANK, INVISIBLE

STOPS = "；;。"
COMMAS = "，,、"
COLONS = ":："
MARKS = "★☆▲△"
"""What marks a core indicator."""

DASHES = r"\-－—–"

APART = (
    f"{STOPS}{COLONS}{COMMAS}{MARKS}{DASHES}标{BLANK[1:-1]}{INVISIBLE.pattern[1:-1]}"
)
"""All of them, blanks, and the sign that ends most names of levels."""
