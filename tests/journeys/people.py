"""A workbench on accounts, with somebody of each role, for journeys and screenshots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.journeys.driving import tallybook
from tests.journeys.workbench import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "correct horse battery staple"
PEOPLE = {
    "Ana Ibarz": "administrator",
    "Edda Holm": "editor",
    "Ben Okoro": "coder",
    "Cem Dal": "coder",
    "Rita Sol": "reader",
}
CHIEF, READER = "Ana Ibarz", "Rita Sol"


def engage(book: Path) -> None:
    """Add the people to a book."""
    file = book.with_name("password")
    file.write_text(PASSWORD, encoding="utf-8")
    for name, role in PEOPLE.items():
        told = ("--role", role, "--password-file", str(file), "--book", str(book))
        assert tallybook("people", "add", name, *told, at=book.parent).code == 0


@contextmanager
def served_to_people(book: Path) -> Iterator[Served]:
    """Serve a book that has people."""
    with served(book, "--accounts") as found:
        yield found


def sign_in(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    """Sign in by the form."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def pages_of_people() -> Mapping[str, str]:
    """Return the pages of accounts to look at, by name, as an administrator sees them."""
    return {
        "settings-account": "/settings", "people": "/settings/people", "access-log": "/settings/access",
        "own-password": "/settings/password", "own-code": "/settings/code",
    }  # fmt: skip


def added_password(page: Page) -> str:
    """Return the password that a page shows once."""
    found = re.search(r"signs in with (\S+) and", page.inner_text("main"))
    assert found
    return found.group(1)
