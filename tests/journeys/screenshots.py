"""Pictures of every page at two widths: `python -m tests.journeys.screenshots FOLDER [BOOK]`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.journeys.driving import tallybook
from tests.journeys.people import CHIEF, READER, engage, pages_of_people, served_to_people, sign_in
from tests.journeys.workbench import browser, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
DRAWN = 20_000
"""Milliseconds that a map may take without a graphics card."""


def pages(page: Page, address: str) -> Mapping[str, str]:
    """Return the pages to look at, by name: each kind once."""

    def first(path: str, key: str) -> str:
        found: str = page.request.get(f"{address}/api/v1/{path}").json()["items"][0][key]
        return found

    return {
        "overview": "/", "queue": "/queue", "queue-link": "/queue?kind=link", "queue-place": "/queue?kind=place",
        "queue-conflict": "/queue?kind=conflict",
        "figures": "/figures?measure=killed&who=civilian&in=Dovrin&since=2024-03-01", "incidents": "/incidents",
        "incident": f"/incidents/{first('incidents?sort=-claims&limit=1', 'id')}", "reports": "/reports",
        "report": f"/reports/{first('reports?sort=-claims&limit=1', 'key')}", "add": "/add",
        "claim": f"/claims/{first('claims?limit=1', 'id')}", "victims": "/victims", "actors": "/actors",
        "places": "/places", "sources": "/sources", "control": "/control", "conflicts": "/conflicts",
        "issues": "/issues", "log": "/log", "settings": "/settings", "refused": "/nothing-here",
    }  # fmt: skip


def settle(page: Page) -> None:
    """Wait until a page has loaded its parts and drawn its map."""
    page.wait_for_load_state("networkidle")
    if page.locator("[data-map]").count():
        drawn = "() => [...document.querySelectorAll('[data-map]')].every(b => b.dataset.drawn)"
        page.wait_for_function(drawn, timeout=DRAWN)


def take(started: Browser, opening: str, address: str, folder: Path) -> None:
    """Take the pictures: light at both widths, dark at the wide one."""
    for width, scheme in ((WIDTHS[0], "light"), (WIDTHS[1], "light"), (WIDTHS[0], "dark")):
        page = started.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(opening)
        for name, path in pages(page, address).items():
            page.goto(address + path)
            settle(page)
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        page.close()


def take_people(started: Browser, address: str, folder: Path) -> None:
    """Take the pictures of accounts: the form to sign in, what an administrator sees, and what a reader sees."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            page = started.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"{address}/sign-in")
            page.screenshot(path=folder / f"sign-in-{width}-{scheme}.png", full_page=True)
            sign_in(page, address, CHIEF)
            for name, path in pages_of_people().items():
                page.goto(address + path)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            page.close()
    page = started.new_page(viewport={"width": WIDTHS[0], "height": 900})
    sign_in(page, address, READER)
    for name, path in {"victims": "/victims", "report": "/reports"}.items():
        page.goto(address + path)
        if name == "report":
            page.locator("tbody a").first.click()
        page.screenshot(path=folder / f"reader-{name}.png", full_page=True)
    page.close()


def main(folder: Path, book: Path | None) -> None:
    """Serve a book, or the demo's, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        path = book or Path(made) / "demo.db"
        if book is None:
            tallybook("demo", "--book", str(path), at=Path(made))
        with served(path) as running, browser() as started:
            take(started, running.opening, running.address, folder)
        copied = Path(made) / "people.db"
        shutil.copy(path, copied)
        engage(copied)
        with served_to_people(copied) as running, browser() as started:
            take_people(started, running.address, folder)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
