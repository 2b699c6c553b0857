"""Where the tables and findings of ``perfgoals parse`` go, by its options."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import attrs
import click

from perfgoals.cli._inputs import SUFFIXES, Input, outputs_of
from perfgoals.cli._results import Put, many_documents, one_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

_FORMS = {suffix: form for form, suffix in SUFFIXES.items() if form != "table"}


@attrs.frozen(kw_only=True)
class Destination:
    """What ``--to``, ``-o``, ``--output-dir`` and ``--findings`` come to."""

    to: str | None
    out: str | None
    folder: str | None
    findings: str

    def __attrs_post_init__(self) -> None:
        if self.out is not None and self.folder is not None:
            msg = "-o cannot be combined with --output-dir"
            raise click.UsageError(msg)

    @property
    def form(self) -> str:
        """The form of tables: as asked for, else as the output is called."""
        suffix = PurePath(self.out or "").suffix.lower()
        return self.to or _FORMS.get(suffix, "table")

    @property
    def has_files(self) -> bool:
        """Whether tables go to files, so that standard output is free."""
        return self.out is not None or self.folder is not None

    @property
    def has_tables(self) -> bool:
        """Whether tables are written at all."""
        return self.findings == "text" or self.to is not None or self.has_files

    @property
    def is_page(self) -> bool:
        """Whether tables are drawn where findings are read too."""
        return self.form == "table" and not self.has_files

    @property
    def takes_findings(self) -> bool:
        """Whether findings go to standard output: as data, if it is free."""
        is_free = self.has_files or not self.has_tables
        return is_free and self.findings != "text"

    def opened(self, inputs: Sequence[Input]) -> AbstractContextManager[Put]:
        """What writes the tables of each of *inputs*."""
        if self.folder is None:
            return one_document(self.form, self.out)
        places = outputs_of(inputs, self.folder, self.form)
        return many_documents(self.form, places)
