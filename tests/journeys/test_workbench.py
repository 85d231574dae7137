"""The workbench in a real browser, with the network cut: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.driving import tallybook
from tests.journeys.screenshots import pages, settle
from tests.journeys.workbench import CHROMIUM, Served, browser, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
IN_THE_DARK = ("overview", "queue", "figures", "incident", "report", "log")
"""Pages that are looked at in dark too: between them they have every colour."""

REPORT = "Eleven people were killed when shells hit the mill in Karsk on 2 March 2024, the district hospital said."
MISSING = "Chromium or Playwright is missing: the workbench was NOT tested in a browser. apt-get install chromium"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    try:
        import playwright  # noqa: F401 - only whether it is there
    except ImportError:
        _pass_over()
    if CHROMIUM is None:
        _pass_over()
    with browser() as started:
        yield started


def _pass_over() -> None:
    if "chromium" in os.environ.get("TALLYBOOK_NEEDS", ""):
        pytest.fail(f"{MISSING}; it is needed here, see .ci/run")
    warnings.warn(MISSING, stacklevel=1)
    pytest.skip(MISSING)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert tallybook("demo", "--book", "demo.db", at=folder).code == 0
    return folder / "demo.db"


@pytest.fixture
def running(demo: Path, tmp_path: Path) -> Iterator[Served]:
    book = tmp_path / "book.db"
    shutil.copy(demo, book)
    with served(book) as found:
        yield found


@pytest.fixture
def visit(chromium: Browser, running: Served) -> Iterator[Callable[..., Page]]:
    """Open a browser that reaches this workbench and nothing else, and fails where a page tries more."""
    outside: list[str] = []
    troubles: list[str] = []
    contexts = []

    def guard(route: Route) -> None:
        if route.request.url.startswith((running.address, "blob:", "data:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def opened(**options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if _is_trouble(said.text, said.type) else None)
        page.goto(running.opening)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []
    assert troubles == []


def _is_trouble(text: str, kind: str) -> bool:
    # 503: the book is being laid open; the page says so and asks again
    expected = ("GPU stall", "WebGL", "403 (Forbidden)", "404 (Not Found)", "409 (Conflict)", "503 (Service")
    return kind in ("error", "warning") and not any(words in text for words in expected)


def test_every_page_keeps_its_policy_and_reads_aloud(visit: Callable[..., Page], running: Served) -> None:
    page = visit(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for name, path in pages(page, running.address).items():
            if scheme == "dark" and name not in IN_THE_DARK:
                continue
            page.goto(running.address + path)
            settle(page)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            told = page.evaluate(
                "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}))"
            )
            found += [
                f"{scheme} {name}: {v['id']} {v['nodes'][0]['html'][:160]}"
                for v in told["violations"] if v["impact"] in ("serious", "critical")
            ]  # fmt: skip
    assert found == []


def test_narrow_screen_needs_no_sideways_scrolling(visit: Callable[..., Page], running: Served) -> None:
    page = visit(viewport={"width": 390, "height": 800})
    wide = {}
    for name, path in pages(page, running.address).items():
        page.goto(running.address + path)
        page.wait_for_load_state("networkidle")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 1:
            wide[name] = over
    assert wide == {}


def test_first_time_user_adds_a_report_corrects_a_place_and_reads_the_proof(
    visit: Callable[..., Page], running: Served
) -> None:
    page = visit()
    page.get_by_role("link", name="Add reports").click()
    page.get_by_label("Text", exact=True).fill(REPORT)
    page.locator("form[action='/add/text']").get_by_label("Publisher").fill("Mill Gazette")
    page.locator("form[action='/add/text']").get_by_label("Published").fill("2024-03-03")
    page.get_by_role("button", name="Add the text").click()
    page.get_by_text("Added 1, already there 0").wait_for(timeout=60_000)
    page.locator("#adding ul a").first.click()
    card = page.locator("article.claim").first
    assert "11" in card.inner_text()
    card.get_by_role("link", name="claim ").click()
    form = page.locator("form", has=page.get_by_label("New value"))
    form.get_by_label("Field").select_option("place")
    form.get_by_label("New value").fill("Brannik")
    form.get_by_label("Because").fill("the mill is in Brannik")
    form.get_by_label("Your name").fill("Ana")
    form.get_by_role("button", name="Look what moves").click()
    page.get_by_role("button", name="Decide").click()
    assert "Kept as judgement 1" in page.inner_text("h1")
    page.get_by_role("link", name="Go on").click()
    assert "Brannik" in page.locator("article.claim").first.inner_text()
    page.goto(f"{running.address}/figures?measure=killed&in=Brannik")
    assert "The proof" in page.inner_text("main")
    assert "Mill Gazette" in page.inner_text("main")


def test_recorder_answers_by_keys_and_takes_back_at_once(visit: Callable[..., Page], running: Served) -> None:
    page = visit()
    page.goto(f"{running.address}/queue?kind=claim")
    name = page.get_by_label("Your name").first
    name.fill("Ana")
    name.press("Escape")
    asked = page.locator(".question").get_attribute("data-question")
    page.keyboard.press("a")
    page.locator(".just-done").wait_for()
    following = page.locator(".question").get_attribute("data-question")
    assert following != asked
    for _ in range(3):
        before = page.locator(".question").get_attribute("data-question")
        page.keyboard.press("x")
        page.wait_for_function("id => document.querySelector('.question').dataset.question !== id", arg=before)
    page.keyboard.press("u")
    page.wait_for_function("id => document.querySelector('.question').dataset.question === id", arg=before)
    page.goto(f"{running.address}/log")
    assert page.locator("tbody tr").count() == 5
    assert page.locator("tbody tr").first.inner_text().count("undo") >= 1


def test_two_incidents_are_merged_and_the_merge_undone(visit: Callable[..., Page], running: Served) -> None:
    page = visit()

    def grouped() -> list[list[str]]:
        found = page.request.get(f"{running.address}/api/v1/incidents?sort=-claims").json()["items"]
        return sorted(i["claims"] for i in found)

    for incident in page.request.get(f"{running.address}/api/v1/incidents?sort=-claims").json()["items"]:
        page.goto(f"{running.address}/incidents/{incident['id']}")
        if page.locator(".neighbours input").count():
            break
    before = grouped()
    page.locator(f"input[value='{incident['id']}']").check()
    page.locator(".neighbours input").first.check()
    page.locator("input[name=verb][value=same]").check()
    page.get_by_role("group", name="Split or merge").get_by_label("Your name").fill("Ben")
    page.get_by_role("button", name="Look what moves").click()
    assert "would move" in page.inner_text("main")
    assert grouped() == before
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("heading", name="Kept as judgement 1").wait_for()
    assert grouped() != before
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/incidents/*")
    assert grouped() == before


def test_words_are_selected_and_coded_by_hand(visit: Callable[..., Page], running: Served) -> None:
    page = visit()
    reports = page.request.get(f"{running.address}/api/v1/reports?sort=-claims").json()["items"]
    page.goto(f"{running.address}/reports/{reports[0]['key']}")
    page.evaluate(
        """() => {
            const pieces = document.querySelectorAll('#text [data-start]');
            const range = document.createRange();
            range.setStart(pieces[0].firstChild, 2);
            range.setEnd(pieces[2].firstChild, 3);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("() => document.getElementById('coding-words').value")
    quote = page.input_value("#coding-quote")
    page.locator("form[action$='/claims']").get_by_label("How many").fill("at least 3")
    page.locator("form[action$='/claims']").get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Add the claim").click()
    claims = page.request.get(f"{running.address}/api/v1/reports/{reports[0]['key']}").json()["claims"]
    made = next(c for c in claims if c["reader"] == "by hand/1")
    assert made["quote"] == quote
    assert (made["count"]["low"], made["count"]["high"]) == (3, None)


def test_second_coder_is_told_what_the_first_decided(visit: Callable[..., Page], running: Served) -> None:
    first, second = visit(), visit()
    claim = first.request.get(f"{running.address}/api/v1/claims").json()["items"][0]["id"]
    for page in (first, second):
        page.goto(f"{running.address}/claims/{claim}")
    for page, name in ((first, "Ana"), (second, "Ben")):
        form = page.locator("form", has=page.get_by_role("button", name="Reject …"))
        form.get_by_label("Your name").fill(name)
        form.get_by_role("button", name="Reject …").click()
        page.wait_for_load_state()
    first.get_by_role("button", name="Decide").click()
    second.get_by_role("button", name="Decide").click()
    assert "Somebody was quicker" in second.inner_text("h1")
    assert "by Ana" in second.inner_text("main")


def test_everything_can_be_read_and_decided_without_javascript(visit: Callable[..., Page], running: Served) -> None:
    page = visit(java_script_enabled=False)
    for path in ("/", "/queue", "/figures?measure=killed", "/incidents", "/reports", "/log"):
        page.goto(running.address + path)
        assert page.locator("h1").count() == 1
    page.goto(f"{running.address}/queue?kind=claim")
    page.get_by_label("Your name").first.fill("Ana")
    page.get_by_role("button", name="Accept").click()
    assert "Kept: judgement 1" in page.inner_text("main")


def test_map_is_drawn_of_what_ships_with_the_program(visit: Callable[..., Page], running: Served) -> None:
    page = visit()
    page.goto(f"{running.address}/places")
    settle(page)
    assert page.locator("[data-map]").get_attribute("data-drawn") == "true"
    assert page.locator("[data-map] canvas").count() == 1


def test_another_site_in_the_browser_cannot_reach_the_book(chromium: Browser, running: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(running.opening)
    page.route("http://evil.example/**", lambda route: route.fulfill(body="<h1>evil</h1>", content_type="text/html"))
    page.goto("http://evil.example/")
    read = page.evaluate(
        "address => fetch(address + '/api/v1/claims', {credentials: 'include'}).then(a => a.text(), () => 'refused')",
        running.address,
    )
    assert read == "refused"
    page.evaluate(
        """address => {
            const form = document.createElement('form');
            form.method = 'post';
            form.action = address + '/undo';
            form.innerHTML = '<input name=number value=1>';
            document.body.append(form);
            form.submit();
        }""",
        running.address,
    )
    page.wait_for_url(f"{running.address}/undo")
    assert "another site" in page.inner_text("main")
    context.close()
