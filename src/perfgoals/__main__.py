"""The command ``perfgoals``, also as ``python -m perfgoals``."""

from __future__ import annotations

import sys
from importlib.util import find_spec

_NEEDED = ("click", "rich")
_UNUSABLE = 2


def main() -> None:
    """Run the command; without its extra, say how to install it."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        print(  # noqa: T201  (there is no click to print with)
            f"perfgoals: the command needs {' and '.join(missing)};"
            " install with: pip install 'perfgoals[cli]'",
            file=sys.stderr,
        )
        sys.exit(_UNUSABLE)

    from perfgoals.cli import main as run

    run()


if __name__ == "__main__":
    main()
