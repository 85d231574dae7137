"""A team at the workbench in real browsers: two collide, a reader tries what only others may, a newcomer comes in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.people import CHIEF, READER, added_password, engage, pages_of_people, served_to_people, sign_in
from tests.journeys.test_workbench import AXE, chromium, demo, visit
from tests.journeys.workbench import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
__all__ = ["chromium", "demo", "visit"]
Visit = Callable[..., "Page"]


@pytest.fixture(scope="module")
def peopled(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("people") / "book.db"
    shutil.copy(demo, book)
    engage(book)
    return book


@pytest.fixture
def running(peopled: Path, tmp_path: Path) -> Iterator[Served]:
    book = tmp_path / "book.db"
    shutil.copy(peopled, book)
    with served_to_people(book) as found:
        yield found


@pytest.fixture
def come(visit: Visit, running: Served) -> Callable[..., Any]:
    def signed_in(name: str, **options: Any) -> Page:
        page = visit(**options)
        sign_in(page, running.address, name)
        page.wait_for_url(f"{running.address}/")
        return page

    return signed_in


def first_claim(page: Page, running: Served) -> str:
    found: str = page.request.get(f"{running.address}/api/v1/claims").json()["items"][0]["id"]
    return found


def look(page: Page) -> None:
    page.locator("form", has=page.get_by_role("button", name="Reject …")).get_by_role("button", name="Reject …").click()
    page.wait_for_load_state()


def test_two_who_open_the_same_claim_cannot_overwrite_each_other(come: Callable[..., Page], running: Served) -> None:
    first, second, third = come("Ben Okoro"), come("Cem Dal"), come("Edda Holm")
    claim = first_claim(first, running)
    for page in (first, second, third):
        page.goto(f"{running.address}/claims/{claim}")
    look(first)
    look(second)
    first.get_by_role("button", name="Decide").click()
    second.get_by_role("button", name="Decide").click()
    look(third)
    for page in (second, third):
        assert "Somebody was quicker" in page.inner_text("h1")
        assert "by Ben Okoro" in page.inner_text("main")
    second.goto(f"{running.address}/claims/{claim}")
    assert "Ben Okoro: reject" in second.inner_text(".history")
    assert [j["author"] for j in second.request.get(f"{running.address}/api/v1/log").json()["items"]] == ["Ben Okoro"]


def test_two_at_the_queue_answer_the_same_question_once(come: Callable[..., Page], running: Served) -> None:
    first, second = come("Ben Okoro"), come("Cem Dal")
    for page in (first, second):
        page.goto(f"{running.address}/queue?kind=claim")
        page.locator(".question").wait_for()
    asked = [page.locator(".question").get_attribute("data-question") for page in (first, second)]
    assert asked[0] == asked[1]
    first.keyboard.press("a")
    first.locator(".just-done").wait_for()
    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        second.keyboard.press("x")
    assert answered.value.status in (404, 409)
    log = second.request.get(f"{running.address}/api/v1/log").json()["items"]
    assert [(j["author"], j["verb"]) for j in log] == [("Ben Okoro", "accept")]


def test_reader_reads_without_names_and_may_do_nothing_else(come: Callable[..., Page], running: Served) -> None:
    reader, coder = come(READER), come("Ben Okoro")
    address = running.address
    names = [v["name"] for v in coder.request.get(f"{address}/api/v1/victims?limit=500").json()["items"]]
    assert names
    for path in ("/", "/victims", "/reports", "/incidents", "/log", f"/claims/{first_claim(reader, running)}"):
        reader.goto(address + path)
        shown = reader.content()
        assert not [n for n in names if n in shown], path
        assert reader.locator("a[href='/queue'], a[href='/add'], form[action='/decide']").count() == 0
    for path in ("/settings/people", "/settings/access", "/queue", "/add"):
        reader.goto(address + path)
        assert "Not with your role" in reader.inner_text("h1")
    coder.goto(f"{address}/victims")
    assert names[0] in coder.content()


def test_newcomer_is_added_chooses_a_password_and_is_seen_in_the_log(
    come: Callable[..., Page], visit: Visit, running: Served
) -> None:  # fmt: skip
    chief = come(CHIEF)
    chief.get_by_role("link", name=CHIEF).click()
    chief.get_by_role("link", name="People and roles").click()
    chief.get_by_label("Name", exact=True).fill("Dana Novák")
    chief.locator("form[action='/settings/people']").get_by_label("Role").select_option("coder")
    chief.get_by_role("button", name="Add", exact=True).click()
    dana = visit()
    sign_in(dana, running.address, "dana novák", added_password(chief))
    assert "Choose a password of your own first" in dana.inner_text("main")
    dana.get_by_label("The password that you have").fill(added_password(chief))
    for field in ("A new one", "The new one again"):
        dana.get_by_label(field).fill("seven green boats drift home")
    dana.get_by_role("button", name="Change it").click()
    dana.goto(f"{running.address}/victims")
    dana.get_by_role("button", name="Sign out").click()
    dana.goto(f"{running.address}/victims")
    assert dana.inner_text("h1") == "Sign in"
    chief.goto(f"{running.address}/settings/access?person=Dana Novák")
    assert "/victims" in chief.inner_text("tbody")
    assert "signed-out" in chief.inner_text("tbody")


def test_pages_of_people_read_aloud_and_fit_a_narrow_screen(
    come: Callable[..., Page], visit: Visit, running: Served
) -> None:  # fmt: skip
    chief, stranger, found = come(CHIEF), visit(), []
    chief.goto(f"{running.address}/settings/people")
    for page, paths in ((stranger, {"sign-in": "/sign-in"}), (chief, pages_of_people())):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for name, path in paths.items():
                page.set_viewport_size({"width": 390, "height": 800})
                page.goto(running.address + path)
                page.wait_for_load_state("networkidle")
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                page.evaluate(AXE.read_text(encoding="utf-8"))
                told = page.evaluate(
                    "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}))"
                )
                found += [f"{scheme} {name}: {over} too wide"] if over > 1 else []
                found += [
                    f"{scheme} {name}: {v['id']} {v['nodes'][0]['html'][:160]}"
                    for v in told["violations"] if v["impact"] in ("serious", "critical")
                ]  # fmt: skip
    assert found == []
