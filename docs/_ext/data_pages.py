"""Directives that show the tables of the package: pages that cannot go stale.

Each directive takes no argument and stands for the Markdown that one function makes
out of data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from _ext import (
    columns,
    diagnostics,
    headers,
    labels,
    schema,
    target_cases,
    taxonomy,
    units,
)
from _ext.words import mark_as_said, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "column-names": columns.names,
    "column-tables": columns.nested,
    "flat-columns": columns.flat,
    "diagnostics-catalogue": diagnostics.markdown,
    "header-tables": headers.markdown,
    "json-schema": schema.markdown,
    "label-tables": labels.markdown,
    "target-ambiguities": target_cases.ambiguities,
    "target-cases": target_cases.markdown,
    "taxonomy-tables": taxonomy.markdown,
    "unit-tables": units.markdown,
}


def directive(markdown: Callable[[], Iterator[str]]) -> type[SphinxDirective]:
    """A directive that is replaced by the lines of *markdown*."""

    class DataPage(SphinxDirective):
        def run(self) -> list[nodes.Node]:
            document = self.state.document
            before = set(texts_of(document))
            text = "\n".join(markdown())
            found = self.parse_text_to_nodes(text, allow_section_headings=True)
            # Sections are not among what was found; they hang in the document already.
            mark_as_said(set(texts_of(document, *found)) - before)
            return found

    return DataPage


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls to load the extension."""
    for name, markdown in PAGES.items():
        app.add_directive(name, directive(markdown))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
