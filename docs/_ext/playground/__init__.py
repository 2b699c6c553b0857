"""The page where perfgoals runs in the browser: its directive and its files."""

from __future__ import annotations

import html
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from _ext.playground import runtime
from _ext.playground.assets import AssetsMissingError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).parents[2]
OWN = DOCS / "_static" / "playground"
"""The scripts and the style of the page: all that is ours."""

PLACE = "perfgoals-playground"
"""The id of the element that the script fills."""

WORDS = {
    "en": {
        "script": "The playground needs JavaScript.",
        "served": "The playground needs a web server, as browsers run no Python from "
        "a file. In the folder of these pages, run “python -m http.server” and open "
        "http://localhost:8000/{page}.",
        "missing": "This copy of the documentation was built without the runtime of "
        "the playground, so nothing can be parsed here. Build it again where npm and "
        "pip can fetch it once.",
    },
    "zh": {
        "script": "试用页需要 JavaScript。",
        "served": "浏览器不能直接从文件运行 Python，试用页需要一个网页服务器。"
        "请在文档所在文件夹运行“python -m http.server”，"
        "再打开 http://localhost:8000/{page}。",
        "missing": "本文档构建时未包含试用页的运行环境，因此无法在此解析。"
        "请在 npm 和 pip 能够下载一次的机器上重新构建。",
    },
}


def directive(app: Sphinx) -> type[SphinxDirective]:
    """The directive for what stands on the page until its script takes over."""

    class Playground(SphinxDirective):
        def run(self) -> list[nodes.Node]:
            words = WORDS["zh" if app.config.language.startswith("zh") else "en"]
            if not app.config.playground_ready:
                return [nodes.warning("", nodes.paragraph(text=words["missing"]))]
            return [nodes.raw("", _place(app, self.env.docname, words), format="html")]

    return Playground


def _place(app: Sphinx, page: str, words: dict[str, str]) -> str:
    """The element that the script fills, with what is said until then."""
    catalogue = app.builder.get_relative_uri(page, "reference/diagnostics")
    served = words["served"].format(page=app.builder.get_target_uri(page))
    return (
        f'<div id="{PLACE}" data-catalogue="{html.escape(catalogue)}">'
        f"<noscript><p>{words['script']}</p></noscript>"
        f'<p class="playground-served">{html.escape(served)}</p>'
        "</div>"
    )


def prepare(app: Sphinx) -> None:
    """Copy our files and build the runtime, before a page asks whether it is there."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "playground"
    shutil.copytree(OWN, target, dirs_exist_ok=True)
    try:
        runtime.build(target / "runtime", Path(app.config.playground_assets))
    except AssetsMissingError as error:
        _give_up(str(error))
    else:
        app.config.playground_ready = True


def _give_up(reason: str) -> None:
    message = f"the playground has no runtime: {reason}"
    if os.environ.get("CI") == "true":
        raise ExtensionError(message)
    # Not a warning of Sphinx, which would fail the build that must work offline.
    sys.stderr.write(f"!!! {message}\n")


def add_files(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: object
) -> None:
    """Load script and style on the pages that hold the playground, and only there."""
    if isinstance(doctree, nodes.document) and _has_playground(doctree):
        app.add_js_file("playground/page.js", type="module")
        app.add_css_file("playground/style.css")


def _has_playground(doctree: nodes.document) -> bool:
    return any(PLACE in node.astext() for node in doctree.findall(nodes.raw))


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls to load the extension."""
    app.add_config_value("playground_assets", str(DOCS / "_assets"), rebuild="")
    app.add_config_value("playground_ready", default=False, rebuild="env")
    app.add_directive("playground", directive(app))
    app.connect("builder-inited", prepare)
    app.connect("html-page-context", add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
