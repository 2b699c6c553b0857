"""The directive ``grammar-reference``: every definition of one grammar file.

It stands for a section for each, with its comment, its diagram, the texts that it
accepts, what is written in the file, and links to what it uses and is used by.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from _ext.grammar.diagrams import draw
from _ext.grammar.links import find, from_data, uses
from _ext.grammar.source import packaged_grammars
from _ext.words import mark_as_said, say, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from _ext.grammar.source import Definition

FOLDER = "reference/grammar"


class GrammarReference(SphinxDirective):
    """Takes the name of a grammar file, without its ending."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        file = packaged_grammars()[self.arguments[0]]
        found: list[nodes.Node] = list(_prose(file.introduction))
        groups = groupby(file.definitions, key=lambda one: one.section)
        for number, (title, members) in enumerate(groups):
            part = self._section(title or say("Rules"), f"part-{number}")
            part += [self._entry(one) for one in members]
            found.append(part)
        mark_as_said(texts_of(*found))
        return found

    def _section(self, title: str, anchor: str, *name: nodes.Node) -> nodes.section:
        section = nodes.section(ids=[anchor])
        section += nodes.title("", "", *(name or (nodes.Text(title),)))
        section.document = self.state.document
        return section

    def _entry(self, definition: Definition) -> nodes.section:
        name = definition.name
        entry = self._section(name, definition.anchor, nodes.literal(text=name))
        entry["names"].append(f"{definition.grammar}-{definition.anchor}")
        self.state.document.note_explicit_target(entry, entry)
        entry += _prose(definition.comment)
        if name in from_data():
            entry += self._from_data()
        svg = draw(definition, lambda used: self._uri(find(used, definition.grammar)))
        label = say("Railroad diagram of {}").format(name)
        entry += nodes.raw(
            "",
            f'<div class="railroad" role="group" aria-label="{label}" tabindex="0">'
            f"{svg}</div>",
            format="html",
        )
        if definition.accepted:
            texts = (nodes.literal(text=text) for text in definition.accepted)
            entry += _told(say("Accepts"), texts)
        entry += self._code(definition)
        if users := uses().get((definition.grammar, name)):
            entry += _told(say("Used by"), map(self._link, users))
        return entry

    def _from_data(self) -> nodes.Node:
        text = say(
            "The words come from [labels](../labels.md), "
            "[units](../units.md), [the indicator tree](../taxonomy.md) and other "
            "tables of the package; here stands an example."
        )
        [paragraph] = self.parse_text_to_nodes(text)
        return paragraph

    def _code(self, definition: Definition) -> nodes.literal_block:
        """The text of *definition* as it stands in the file, each name a link."""
        text = "\n".join(definition.lines)
        # Sphinx would highlight a block whose source is its text, and lose the links.
        block = nodes.literal_block(definition.name, classes=["grammar"])
        done = 0
        for start, name in sorted(definition.names):
            block += nodes.Text(text[done:start])
            block += self._link(find(name, definition.grammar), name)
            done = start + len(name)
        block += nodes.Text(text[done:])
        return block

    def _link(self, definition: Definition | None, name: str = "") -> nodes.Node:
        if definition is None:
            return nodes.Text(name)
        uri = self._uri(definition)
        return nodes.reference("", definition.name, refuri=uri, internal=True)

    def _uri(self, definition: Definition | None) -> str:
        """The link to *definition* from this page; none to what Lark brings."""
        if definition is None:
            return ""
        here = self.env.docname
        there = f"{FOLDER}/{definition.grammar}"
        page = "" if there == here else self._builder_uri(here, there)
        return f"{page}#{definition.anchor}"

    def _builder_uri(self, here: str, there: str) -> str:
        return self.env.app.builder.get_relative_uri(here, there)


def _prose(comment: str) -> Iterator[nodes.paragraph]:
    for paragraph in filter(None, comment.split("\n\n")):
        yield nodes.paragraph("", paragraph.replace("\n", " "))


def _told(title: str, items: Iterable[nodes.Node]) -> nodes.paragraph:
    paragraph = nodes.paragraph(classes=["grammar-told"])
    paragraph += nodes.strong(text=title)
    for item in items:
        paragraph += [nodes.Text(" "), item]
    return paragraph


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls to load the extension."""
    app.add_directive("grammar-reference", GrammarReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
