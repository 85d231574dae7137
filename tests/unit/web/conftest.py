"""A small book, read without a model, behind the workbench."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tallybook.documents import Intake, Stated, documents_from
from tallybook.knowledge import Knowledge
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.packs import DEMO_PACK, load_packs, remember_demo
from tallybook.store import create_or_open
from tallybook.web.application import application
from tallybook.web.settings import Settings
from tests.simple_reader import SimpleReader

ADDRESS = "http://127.0.0.1:8137"
KARSK = "{} civilians were killed in Karsk on 2024-03-01."
ROWS = (
    {"id": "a", "publisher": "Herald", "published": "2024-03-02", "title": "Market hit",
     "text": f"{KARSK.format(12)} Marta Velin, 34, was killed."},
    {"id": "b", "publisher": "Courier", "published": "2024-03-03", "text": KARSK.format(15)},
    {"id": "c", "publisher": "Herald", "published": "2024-03-09",
     "text": "3 soldiers were injured in Tolvi on 2024-03-08."},
    {"id": "d", "publisher": "Radio", "published": "2024-04-02",
     "text": "7 people were killed in Brannik on 2024-04-01."},
)  # fmt: skip
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
Make = Callable[..., "Workbench"]


class Workbench:
    """A person with a browser, signed in unless told otherwise."""

    def __init__(self, app: FastAPI, path: Path, *, signed_in: bool = True) -> None:
        self.app, self.path = app, path
        self.settings: Settings = app.state.settings
        self.client = TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False)
        if signed_in:
            assert self.client.get("/", params={"token": self.settings.token}).status_code == 303
        self.author = "Ana"

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def json(self, path: str) -> Any:
        found = self.get(f"/api/v1/{path}")
        assert found.status_code == 200, found.text
        return found.json()

    def items(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json(path)["items"]
        return found

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/settings").text)
        assert found is not None
        return found[1]

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(path, data={"csrf": self.csrf, "author": self.author, **form})

    def decide(self, verb: str, *objects: str, **more: Any) -> Any:
        body = {"verb": verb, "objects": list(objects), "because": "seen", "author": self.author, **more}
        return self.client.post("/api/v1/decisions", json=body, headers={"x-csrf-token": self.csrf})

    def claim(self, report: str) -> str:
        return next(str(c["id"]) for c in self.items("claims") if c["document"]["id"] == report)

    def added(self, answer: Any) -> dict[str, Any]:
        """Wait for what was handed over to be read."""
        assert answer.status_code in (202, 303), answer.text
        name = answer.headers["location"].rpartition("/")[2]
        for _ in range(400):
            job: dict[str, Any] = self.json(f"adding/{name}")
            if job["state"] in ("done", "failed"):
                return job
            time.sleep(0.01)
        raise AssertionError("the report was not read in time")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_packs((), (DEMO_PACK,)).knowledge


@pytest.fixture
def make(tmp_path: Path, knowledge: Knowledge) -> Iterator[Make]:
    apps: list[FastAPI] = []

    def maker(*rows: dict[str, str], signed_in: bool = True, name: str = "book.db", **settings: Any) -> Workbench:
        path = tmp_path / name
        with create_or_open(str(path)) as store:
            remember_demo(store)
            if rows:
                told = tmp_path / "rows.jsonl"
                told.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
                arrivals = documents_from([str(told)], Intake(Stated.of("2024-06-01")))
                add_documents(store, arrivals, SimpleReader(), knowledge, Listener(), "2024-05-01T00:00:00Z")
        app = application(Settings(str(path), **settings), SimpleReader)
        apps.append(app)
        return Workbench(app, path, signed_in=signed_in)

    yield maker
    for app in apps:
        app.state.adding.close()
        app.state.held.close()


@pytest.fixture
def bench(make: Make) -> Workbench:
    return make(*ROWS)
