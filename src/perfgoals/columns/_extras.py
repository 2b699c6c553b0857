"""The libraries that are there only if they were asked for."""

from __future__ import annotations

import importlib
from typing import Any

from perfgoals.errors import MissingExtraError


def load_extra(library: str, extra: str) -> Any:
    """The module *library*; raises ``MissingExtraError`` with what to install."""
    try:
        return importlib.import_module(library)
    except ModuleNotFoundError as error:
        if error.name != library:
            raise
        msg = f"{library} is not installed: pip install 'perfgoals[{extra}]'"
        raise MissingExtraError(msg) from None
