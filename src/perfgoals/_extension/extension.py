"""One extension: grammar text that a user has brought, and the methods of its rules."""

from __future__ import annotations

from pathlib import Path

import attrs

from perfgoals._extension.statements import Source, read_statements
from perfgoals._methods import Methods
from perfgoals.errors import ExtensionError
from perfgoals.spans import Location

_SUFFIX = ".lark"


@attrs.frozen(kw_only=True, eq=False)
class Extension:
    """Grammar text that a user has brought, and the methods of its rules."""

    source: Source
    methods: Methods

    @classmethod
    def of(cls, grammar: str | Path | None, tree: object) -> Extension:
        """The extension by *grammar*, text or a path, and the methods in *tree*."""
        source = _source(grammar)
        names = {
            name
            for statement in read_statements(source)
            for name in (statement.name, *statement.aliases)
        }
        return cls(source=source, methods=Methods.of(tree, frozenset(names)))


def _source(grammar: str | Path | None) -> Source:
    """The text of *grammar*; a ``str`` that ends in .lark is a path too."""
    if grammar is None:
        return Source(text="")
    if not isinstance(grammar, str | Path):
        msg = f"grammar must be text or a path, got a {type(grammar).__name__}"
        raise ExtensionError(msg)
    is_path = isinstance(grammar, Path) or (
        grammar.endswith(_SUFFIX) and "\n" not in grammar
    )
    if not is_path:
        return Source(text=_in_lines(str(grammar)))
    try:
        text = Path(grammar).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        msg = f"the grammar cannot be read: {error}"
        raise ExtensionError(msg, location=Location(file=str(grammar))) from error
    return Source(text=_in_lines(text), file=str(grammar))


def _in_lines(text: str) -> str:
    """*text* with its lines ended as Lark wants it, and no byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
