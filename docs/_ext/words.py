"""What the generated pages say, in the language that is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CATALOGUE = "words"
"""The name of the file of translations, ``locale/*/LC_MESSAGES/words.po``."""

LANGUAGES = {"en": "English", "zh": "中文"}
"""Those of findings, by their own names."""

_translate = get_translation(CATALOGUE)


def say(text: str) -> str:
    """*text* in the language that is built.

    Never called inside an f-string: there the extraction of messages cannot find it.
    """
    return str(_translate(text))


def languages() -> list[str]:
    """The languages of findings, that of the page first."""
    return sorted(LANGUAGES, key=lambda one: one != say("en"))


def to_say(text: str) -> str:
    """*text* itself, found by the extraction of messages, to be said later."""
    return text


def texts_of(*made: nodes.Node) -> Iterator[nodes.TextElement]:
    """Every piece of text in *made* that Sphinx would translate."""
    for node in made:
        for text in node.findall(nodes.TextElement):
            if not isinstance(text, nodes.Inline):
                yield text


def mark_as_said(texts: Iterable[nodes.TextElement]) -> None:
    """Keep *texts* out of the translation of pages: they are said already."""
    for text in texts:
        text["translatable"] = False
