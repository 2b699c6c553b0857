"""The built documentation behind a server, and its playground in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from playwright.sync_api import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "_build" / "html"
START = 120_000  # ms that Python may take to start, on a slow and busy machine
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str:
    """The path of an installed Chromium; without one, the tests fail."""
    for path in map(shutil.which, BROWSERS):
        if path:
            return path
    msg = f"found no browser, looked for {', '.join(BROWSERS)}"
    raise FileNotFoundError(msg)


class Handler(SimpleHTTPRequestHandler):
    """Serves files, quietly; under ``/strict/`` with a strict security policy."""

    policy = ""

    def log_message(self, *_: object) -> None: ...

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/strict"))

    def end_headers(self) -> None:
        if self.path.startswith("/strict/"):
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address under which the files of *folder* are served."""
    inline = inline_scripts((folder / "playground.html").read_text("utf-8"))
    Handler.policy = strict_policy(inline)
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=folder)
    ) as it:
        threading.Thread(target=it.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{it.server_port}/"
        it.shutdown()


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in the page itself; the theme brings some."""
    return re.findall(r"<script>(.*?)</script>", html, re.DOTALL)


def strict_policy(inline: list[str]) -> str:
    """A policy that allows our own files, WebAssembly, and these *inline* scripts.

    The theme also writes styles and small images into its pages.
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    hashes = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)
    scripts = f"script-src 'self' 'wasm-unsafe-eval' {hashes}"
    theme = "style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    return f"default-src 'self'; {scripts}; {theme}"


@attrs.frozen
class Playground:
    """The page, its parts by what they mean, and what was heard from it."""

    page: Page
    site: str
    heard: list[str] = attrs.field(factory=list)
    """Errors, and what was written to the console."""
    requests: list[str] = attrs.field(factory=list)

    def open(self, address: str = "playground.html") -> None:
        """Load the page and wait for the first cell to be read."""
        self.page.on("console", lambda message: self.heard.append(message.text))
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.context.on("request", lambda one: self.requests.append(one.url))
        self.page.goto(f"{self.site}{address}")
        self.page.wait_for_selector(".json pre", state="attached", timeout=START)

    def paste(self, text: str) -> str:
        """Put *text* into the cell, wait for what is read, give what the cell holds.

        A text area has its own mind about line breaks, so that may differ.
        """
        # As ASCII, since half a surrogate pair would not reach the browser.
        self.page.eval_on_selector(
            "textarea",
            """(cell, text) => {
                cell.value = JSON.parse(text);
                cell.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            json.dumps(text),
        )
        held = json.loads(
            self.page.eval_on_selector(
                "textarea",
                """cell => JSON.stringify(cell.value).replace(
                    /[^ -~]/g,
                    (sign) => "\\\\u" + sign.charCodeAt().toString(16).padStart(4, "0"))""",
            )
        )
        self.wait()
        return str(held)

    def press(self, selector: str) -> None:
        """Press a button that makes the cell be read anew, and wait for it."""
        self.page.click(selector)
        self.wait()

    def wait(self) -> None:
        """Wait until the results are those of what the cell holds."""
        self.page.wait_for_function(
            """() => {
                const place = document.querySelector("#perfgoals-playground");
                const json = document.querySelector(".json pre").textContent;
                const pressed = place.querySelector("[aria-pressed=true]");
                return place.getAttribute("aria-busy") === "false"
                    && (JSON.parse(json).source ?? "")
                        === document.querySelector("textarea").value
                    && place.querySelector(".results").lang === pressed.lang;
            }""",
            timeout=30_000,
        )

    def json(self) -> Any:
        """The JSON that the page shows."""
        escaped = self.page.eval_on_selector(".json pre", "pre => pre.textContent")
        return json.loads(escaped)

    def texts(self, selector: str) -> list[str]:
        """The text of each element."""
        found: list[str] = self.page.eval_on_selector_all(
            selector, "all => all.map((one) => one.textContent)"
        )
        return found
