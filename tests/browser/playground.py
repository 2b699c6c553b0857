"""The playground in a real browser, against the library in this Python.

Its name keeps it from plain test runs, as it needs Chromium and the built docs:
``nox -s playground`` runs it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.driver import FLAGS, SITE, START, Playground, find_browser, serving
from tests.test_indicators import CASES, load

import perfgoals as pg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.timeout(300)

INTACT = "1、1-产出指标；11-数量指标；次数；实施周期指标值:4次/年；年度指标值:≥4次。"
DAMAGED = f"{INTACT}3、1-产出指标；22-社会效益；效能；实施周期指标值:有效提升。"
MARKUP = """<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"""
HOSTILE = (
    f"1、{MARKUP}；{MARKUP}；{MARKUP}；实施周期指标值:{MARKUP}；年度指标值:4{MARKUP}。"
    f"2、1-产出指标；22-社会效益；{MARKUP}；实施周期指标值:4次；年度指标值:4次。"
)
WIDTHS = (
    "1、1-产出指标；11-数量指标；①≥“😀”é한ﾊ；实施周期指标值:4次；年度指标值:4次。"
    "3、1-产出指标；22-社会效益；甲；实施周期指标值:\u202e4次；年度指标值:≥①😀4次。"
)

FAULTY = {"damaged": DAMAGED, "hostile": HOSTILE, "widths": WIDTHS}

assert CASES


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


def read_here(text: str) -> object:
    return json.loads(pg.to_json(pg.parse(text)))


# --- the real library ----------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_browser_reads_what_this_python_reads(
    playground: Playground, path: Path
) -> None:
    text = playground.paste(load(path).cell)
    assert playground.json() == read_here(text)
    assert playground.heard == []


@pytest.mark.parametrize("example", ["intact", "damaged", "values"])
def test_examples(playground: Playground, example: str) -> None:
    playground.press(f"[data-example={example}]")
    text = playground.page.input_value("textarea")
    assert playground.json() == read_here(text)
    assert (pg.parse(text).diagnostics == ()) is (example == "intact")


def test_half_a_surrogate_pair(playground: Playground) -> None:
    text = playground.paste(INTACT.replace("次数", "次\ud800数"))
    assert "\ud800" in text
    assert playground.json() == read_here(text)


def test_nothing_at_all(playground: Playground) -> None:
    playground.paste("")
    assert playground.texts(".results .none") == [
        "No indicators in this text.",
        "Nothing to report.",
    ]


# --- what is shown -------------------------------------------------------------------


def test_indicators_and_their_targets(playground: Playground) -> None:
    playground.paste(INTACT)
    cells = ["ordinal", "level", "category", "name"]
    assert [playground.texts(f"tbody .{cell}") for cell in cells] == [
        ["1"],
        ["1-产出指标output"],
        ["11-数量指标quantity"],
        ["次数"],
    ]
    assert playground.texts("tbody .period .raw") == ["4次/年"]
    assert playground.texts("tbody .period .field") == [
        "quantity",
        "number4",
        "unit次",
        "per年",
    ]
    assert playground.texts("tbody .annual .field") == [
        "quantity",
        "comparator≥",
        "number4",
        "unit次",
    ]


def test_parts_and_ambiguities_of_a_target(playground: Playground) -> None:
    playground.paste(INTACT.replace("≥4次", "工业90%以上，商贸业约80%以上"))
    assert playground.texts(".annual .parts > li > .target > .raw") == [
        "工业90%以上",
        "商贸业约80%以上",
    ]
    assert playground.texts(".annual .ambiguities li") == [
        "two comparators contradict each other; the first was kept"
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY)
def test_findings_are_those_of_the_terminal(
    playground: Playground, text: str, language: str
) -> None:
    playground.paste(text)
    playground.press(f"[data-language={language}]")
    findings = [one.translated(language) for one in pg.parse(text).diagnostics]
    assert findings
    assert playground.texts(".finding .message") == [one.message for one in findings]
    assert playground.texts(".finding .hint") == [one.hint for one in findings]
    assert playground.texts(".finding .excerpt") == [
        "\n".join(one.render(text).split("\n")[1:3]) for one in findings
    ]


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY)
def test_carets_stand_under_what_is_marked(playground: Playground, text: str) -> None:
    """Measured in pixels: the fonts of this machine may be of any width."""
    playground.paste(text)
    places = playground.page.eval_on_selector_all(
        ".excerpt",
        """all => all.map((excerpt) => {
            const marks = [...excerpt.querySelectorAll("mark")];
            const text = excerpt.querySelector(".carets").firstChild;
            const range = document.createRange();
            range.setStart(text, text.data.indexOf("^"));
            range.setEnd(text, text.data.length);
            const carets = range.getBoundingClientRect();
            return [
                carets.left - marks.at(0).getBoundingClientRect().left,
                carets.right - marks.at(-1).getBoundingClientRect().right,
                carets.top - marks.at(0).getBoundingClientRect().top,
            ];
        })""",
    )
    assert len(places) == len(pg.parse(text).diagnostics)
    assert [place for place in places if abs(place[0]) > 1 or abs(place[1]) > 1] == []
    assert min(place[2] for place in places) > 10


def test_markup_is_text(playground: Playground) -> None:
    text = playground.paste(HOSTILE)
    assert playground.texts("tbody .period .raw") == [MARKUP, "4次"]
    within = "#perfgoals-playground :is(img, script)"
    assert playground.page.query_selector_all(within) == []
    assert playground.page.evaluate("window.hacked") is None
    assert playground.json() == read_here(text)


def test_finding_leads_to_its_characters(playground: Playground) -> None:
    """Also behind characters that JavaScript counts as two."""
    text = playground.paste(f"😀{WIDTHS}")
    finding = next(one for one in pg.parse(text).diagnostics if one.code == "PG301")
    playground.page.focus("[data-code=PG301] .show")
    playground.page.keyboard.press("Enter")
    selected = playground.page.evaluate(
        """() => {
            const cell = document.activeElement;
            return cell.value.slice(cell.selectionStart, cell.selectionEnd);
        }"""
    )
    assert selected == text[finding.span.start : finding.span.end] == "22-社会效益"


def test_code_leads_to_its_entry(playground: Playground) -> None:
    playground.paste(DAMAGED)
    link = playground.page.get_attribute("[data-code=PG301] a", "href")
    assert link == "reference/diagnostics.html#pg301"
    page = playground.page.context.new_page()
    page.goto(f"{playground.site}{link}")
    assert page.locator("#pg301").count() == 1
    page.close()


def test_many_findings_and_indicators_are_cut_and_counted(
    playground: Playground,
) -> None:
    playground.paste(INTACT * 300)
    assert len(playground.texts("tbody tr")) == 200
    assert len(playground.texts(".finding")) == 100
    count = len(pg.parse(INTACT * 300).diagnostics)
    assert playground.texts(".more") == [
        "100 more are in the JSON.",
        f"{count - 100} more are in the JSON.",
    ]


def test_results_are_announced(playground: Playground) -> None:
    playground.paste(DAMAGED)
    status = playground.page.locator(".status")
    assert status.get_attribute("aria-live") == "polite"
    count = len(pg.parse(DAMAGED).diagnostics)
    assert status.inner_text() == f"2 indicators, {count} findings"
    [took] = playground.texts(".amount")
    assert re.fullmatch(r"read in [0-9]+ ms", took)


# --- the page by itself ---------------------------------------------------------------


def test_link_under_a_strict_policy_on_a_narrow_screen(
    playground: Playground, fresh: Playground
) -> None:
    """One start of Python shows it all: the link, the policy, and the width."""
    playground.paste(DAMAGED)
    playground.press("[data-language=zh]")
    address = playground.page.url.removeprefix(playground.site)
    fresh.open(f"strict/{address}")
    assert fresh.page.input_value("textarea") == DAMAGED
    assert fresh.json() == read_here(DAMAGED)
    assert fresh.texts(".results h2")[0].startswith("绩效指标")
    assert fresh.page.evaluate("document.documentElement.scrollWidth") == 390
    assert [text for text in fresh.heard if "Security" in text] == []


def test_no_other_origin_is_asked(playground: Playground) -> None:
    names = {url.rpartition("/")[2] for url in playground.requests}
    assert {"pyodide.asm.wasm", "python_stdlib.zip", "worker.js"} <= names
    foreign = [
        url
        for url in playground.requests
        if not url.startswith((playground.site, "data:"))
    ]
    assert foreign == []


def test_missing_wheel_is_told(fresh: Playground) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404)

    fresh.page.context.route("**/perfgoals-*.whl", refuse)
    fresh.page.goto(f"{fresh.site}playground.html")
    fresh.page.wait_for_selector(".status.failure", timeout=START)
    [status] = fresh.texts(".status")
    assert status.startswith("The playground cannot run: ")
    assert status.endswith("-none-any.whl: 404")
