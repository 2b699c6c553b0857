"""How the documentation is built: ``nox -s docs``, offline, warnings as errors."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import perfgoals  # noqa: E402  (found only now)

project = "perfgoals"
author = "the perfgoals contributors"
project_copyright = f"2026, {author}"
release = version = perfgoals.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx_click",
    "_ext.chinese_search",
    "_ext.code_blocks",
    "_ext.data_pages",
    "_ext.grammar.pages",
    "_ext.playground",
    "_ext.translations",
]
exclude_patterns = ["_build", "_ext", "_templates"]
templates_path = ["_templates"]
nitpicky = True
# Only our public names are links: the docs are built offline.
nitpick_ignore_regex = [("py:class", r"(?!perfgoals\.[A-Z][A-Za-z]+$).*")]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_type_aliases = {"Target": "perfgoals.Target"}

# English; with -D language=zh_CN the pages below locale/ in Chinese.
language = "en"
locale_dirs = ["locale"]
gettext_compact = False
gettext_location = False
# What stays English: its text is that of the code, or of the project's own files.
english_only = [
    "changelog",
    "contributing",
    "reference/api",
    "reference/columns",
    "reference/command-line",
]

html_theme = "furo"
html_title = f"perfgoals {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["perfgoals.css"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
