"""The tables in ``data/``: the one place that reads them."""

from __future__ import annotations

import functools
import pkgutil
from typing import Any


@functools.cache
def load_table(name: str) -> dict[str, Any]:
    """The table ``data/<name>.toml``, read once; callers do not change it."""
    import tomllib  # takes longer to import than most programs take to need a table

    data = pkgutil.get_data("perfgoals", f"data/{name}.toml") or b""
    return tomllib.loads(data.decode())
