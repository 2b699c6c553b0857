"""Translations are whole: what a page says and has no Chinese for is a warning.

Warnings are errors, so a page that was changed in English only is not built.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import Catalog, pofile
from babel.messages.extract import extract_from_dir
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.i18n import CatalogInfo
from sphinx.util.nodes import extract_messages

from _ext.words import CATALOGUE, mark_as_said, say, texts_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CODE = re.compile(r"`[^`]*`")
_LETTER = re.compile(r"[A-Za-z]")

HERE = Path(__file__).parent
LOCALE = HERE.parent / "locale"
logger = logging.getLogger(__name__)


class _Untranslated(SphinxTransform):
    """Keeps settings of a page from being translated, and pages in English alone.

    Of these the title is translated, and the page says that the rest is not.
    """

    default_priority = 5

    def apply(self, **_: object) -> None:
        for settings in self.document.children:
            if isinstance(settings, nodes.field_list):
                mark_as_said(texts_of(settings))
        if self.env.docname in self.config.english_only:
            title, *texts = texts_of(self.document)
            mark_as_said(texts)
            if self.config.language != "en":
                _say_below(title)


def _say_below(title: nodes.TextElement) -> None:
    remark = nodes.note("", nodes.paragraph("", say("This page is in English.")))
    mark_as_said(texts_of(remark))
    title.parent.insert(title.parent.index(title) + 1, remark)


class _Complete(SphinxTransform):
    """Looks up all that is about to be translated."""

    default_priority = 15  # between the collection of messages and their translation

    def apply(self, **_: object) -> None:
        page, language = self.env.docname, self.config.language
        if language == "en":
            return
        catalogue = read_catalogue(language, page)
        for node, message in extract_messages(self.document):
            if not is_translated(catalogue, message):
                logger.warning("untranslated: %s", message, location=node)


@functools.cache
def read_catalogue(language: str, name: str) -> Catalog:
    """The translations of the page *name*; none if there is no file yet."""
    path = LOCALE / language / "LC_MESSAGES" / f"{name}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def is_translated(catalogue: Catalog, message: str) -> bool:
    """Whether *message* has a translation that nobody need look at again.

    Code, figures and Chinese need none.
    """
    if not _LETTER.search(_CODE.sub("", message)):
        return True
    found = catalogue.get(message)
    return found is not None and bool(found.string) and not found.fuzzy


def _check_words(app: Sphinx) -> None:
    """The words of the extensions themselves, which no page holds."""
    language = app.config.language
    if language == "en":
        return
    catalogue = read_catalogue(language, CATALOGUE)
    keywords = dict.fromkeys(("say", "to_say"))
    found = extract_from_dir(str(HERE), keywords=keywords)
    for file, line, message, _comments, _context in found:
        if not is_translated(catalogue, str(message)):
            place = f"{HERE / file}:{line}"
            logger.warning("untranslated: %s", message, location=place)


def _load_words(app: Sphinx) -> None:
    """Compiles the words of the extensions, so that these can say them."""
    language = app.config.language
    if language != "en":
        folder = LOCALE / language / "LC_MESSAGES"
        CatalogInfo(str(folder), CATALOGUE, "utf-8").write_mo(language)
    app.add_message_catalog(CATALOGUE, str(LOCALE))


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls to load the extension."""
    app.add_config_value("english_only", [], "env")
    _load_words(app)
    app.add_transform(_Untranslated)
    app.add_transform(_Complete)
    app.connect("builder-inited", _check_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
