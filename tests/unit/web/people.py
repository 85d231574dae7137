"""A workbench on accounts, with somebody of each role."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from tallybook.model.account import ROLES, Account
from tallybook.runs import people
from tallybook.web.settings import Settings
from tests.unit.web.conftest import ADDRESS, Make

PASSWORD = "correct horse battery staple"
NAMES = {role: f"{role.title()} One" for role in ROLES}
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Person:
    """Somebody with a browser at a workbench on accounts."""

    def __init__(self, app: FastAPI, name: str | None = None, password: str = PASSWORD, address: str = ADDRESS) -> None:
        self.app = app
        self.settings: Settings = app.state.settings
        self.client = TestClient(app, base_url=address, raise_server_exceptions=False, follow_redirects=False)
        if name is not None:
            assert self.sign_in(name, password).status_code == 303

    def sign_in(self, name: str, password: str = PASSWORD, code: str = "", **more: str) -> Any:
        """Sign in by the form."""
        token = CSRF.search(self.client.get("/sign-in").text)
        assert token
        form = {"name": name, "password": password, "code": code, "csrf": token.group(1), **more}
        return self.client.post("/sign-in", data=form)

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    @property
    def cookie(self) -> str | None:
        return self.client.cookies.get(self.settings.cookie)

    @property
    def csrf(self) -> str:
        found = re.search(r'data-csrf="([^"]+)"', self.get("/settings").text)
        assert found
        return found.group(1)

    def post(self, path: str, **form: str) -> Any:
        return self.client.post(path, data={"csrf": self.csrf, **form})

    def decide(self, **wanted: Any) -> Any:
        return self.client.post("/api/v1/decisions", json=wanted, headers={"x-csrf-token": self.csrf})


def staffed(make: Make, *rows: dict[str, str], **settings: Any) -> FastAPI:
    """Return a workbench on accounts over these reports, with one person of each role."""
    app = make(*rows, signed_in=False, accounts=True, **settings).app
    hashed = people.hashed(PASSWORD, "x-x")
    access = app.state.held.store.access
    for role in ROLES:
        access.add_person(Account(f"{role:0<16}", NAMES[role], role, hashed, "2024-05-01T00:00:00Z"))
    return app
