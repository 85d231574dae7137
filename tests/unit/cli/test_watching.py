"""`watch` and `feeds` as a user types them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Runner
from tests.unit.documents.test_fetch import Site

TOLL = "3 people were killed in Karsk on 2024-03-01."


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_watching_once_adds_what_is_there_and_again_adds_nothing(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    path = tmp_path / "inbox" / "a.txt"
    path.write_text(TOLL, encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    first = run("watch", "inbox", "--once", "--engine", "local")
    assert first.code == 0, first.err
    assert "documents added 1" in first.out
    assert run("watch", "inbox", "--once", "--engine", "local").out == ""


def test_a_feed_is_listed_with_what_it_answered(run: Runner, site: str) -> None:
    assert run("watch", f"{site}/feed", f"{site}/busy", "--once", "--allow-private", "--engine", "local").code == 0
    told = [json.loads(line) for line in run("feeds", "--format", "json").out.splitlines()]
    assert [(f["feed"], f["failures"]) for f in told] == [(f"{site}/busy", 1), (f"{site}/feed", 0)]
    assert "answered 429" in told[0]["trouble"]
    assert told[0]["answered"] is None
    assert told[1]["trouble"] is None
    assert "answered 429" in run("feeds").out.replace("\n", " ")
    assert run("feeds", "--format", "csv").out.startswith("feed,asked,answered,failures,asked_again")


def test_a_private_feed_is_not_asked_unless_allowed(run: Runner, site: str) -> None:
    done = run("watch", f"{site}/feed", "--once", "--engine", "local")
    assert "private or local address" in done.err
    assert "It is asked again at" in done.err


def test_no_feeds_are_told(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLL, encoding="utf-8")
    run("add", "a.txt", "--engine", "local")
    assert run("feeds").out.startswith("No feeds found.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "no such folder"),
        ((".", "--every", "soon"), "no length of time"),
        ((".", "--every", "0m"), "no length of time"),
        (("https://x.example/rss", "--every", "5s"), "at most once in 60 seconds"),
    ],
)
def test_wrong_usage_is_refused_before_a_book_is_made(
    run: Runner, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run("watch", *arguments)
    assert done.code == 2
    assert words in done.err
    assert not list(tmp_path.glob("*.db"))
