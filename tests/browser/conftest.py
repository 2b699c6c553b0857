"""One browser for all tests, and one page where Python has started."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.driver import FLAGS, SITE, Playground, find_browser, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with serving(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=list(FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def started(browser: Browser, site: str) -> Iterator[Playground]:
    with browser.new_context(locale="en") as context:
        playground = Playground(context.new_page(), site)
        playground.open()
        yield playground


@pytest.fixture
def playground(started: Playground) -> Playground:
    """The page with Python started, in English and with nothing heard from it."""
    started.press("[data-language=en]")
    started.heard.clear()
    return started


@pytest.fixture
def fresh(browser: Browser, site: str) -> Iterator[Playground]:
    """A page of its own, not yet opened, on a telephone."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        yield Playground(context.new_page(), site)
