"""The tables in ``data/``: the one place that reads them."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def load_table(name: str) -> dict[str, Any]:
    """The table ``data/<name>.toml``, read once; callers do not change it."""
    path = resources.files("perfgoals") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
