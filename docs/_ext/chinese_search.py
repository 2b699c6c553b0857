"""Search in Chinese: by pairs of characters, in the index as in the browser.

Chinese has no blanks between its words. Pairs find any words that stand together,
while an index of words from a dictionary finds only those that the browser, which has
no dictionary, happens to ask for.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx.search import SearchLanguage

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_RUN = re.compile(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")

# What sphinx/themes/basic/static/searchtools.js expects of a language.
_SCRIPT = r"""
var Stemmer = function () { this.stemWord = (word) => word; };
var splitQuery = (query) => {
  const runs = query.match(/[\u4e00-\u9fff]+|(?:(?![\u4e00-\u9fff])[\p{L}\p{N}_])+/gu);
  return (runs || []).flatMap((run) => {
    const signs = Array.from(run);
    if (signs.length < 2 || !/[\u4e00-\u9fff]/.test(run)) return [run];
    return signs.slice(1).map((sign, index) => signs[index] + sign);
  });
};
"""


class _ChineseSearch(SearchLanguage):
    lang = "zh"
    language_name = "Chinese"
    js_stemmer_code = _SCRIPT

    def split(self, input: str) -> list[str]:  # noqa: A002  (Sphinx calls it so)
        """The words of *input*, of a Chinese run every two characters."""
        return [word for run in _RUN.findall(input) for word in _words(run)]


def _words(run: str) -> list[str]:
    if not _CHINESE.match(run):
        return [run]
    return [first + second for first, second in pairwise(run)]


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls to load the extension."""
    app.add_search_language(_ChineseSearch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
