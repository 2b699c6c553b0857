"""Code is shown without the blank line that ends the output of an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class _Trimmed(SphinxTransform):
    default_priority = 400

    def apply(self, **_: object) -> None:
        for block in self.document.findall(nodes.literal_block):
            text = block.astext()
            if block.rawsource == text:  # else it has links in it
                block.rawsource = text.rstrip()
                block[:] = [nodes.Text(block.rawsource)]


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls to load the extension."""
    app.add_transform(_Trimmed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
