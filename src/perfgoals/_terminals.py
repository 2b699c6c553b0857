"""The terminals of the grammars that code speaks of by their names."""

from __future__ import annotations

SEPARATOR = "SEPARATOR"
"""The terminal of what parts two fields."""

LANDMARK = "LANDMARK"
"""The terminal that is only searched for: where an opening or a label may begin."""
