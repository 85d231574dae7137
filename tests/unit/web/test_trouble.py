"""A full disk, a lock, a lost book: the page says so, and nothing is half-written."""

from __future__ import annotations

import pytest

from tallybook.errors import BookError, BookLocked, DiskFull
from tests.unit.web.conftest import Workbench


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(DiskFull("book.db: the disk is full."), 507, "The disk is full"),
     (BookLocked("book.db: the book is locked by another process."), 503, "locked by another process"),
     (BookError("book.db: the database refused."), 503, "cannot be used now")],
)  # fmt: skip
def test_trouble_with_the_book_is_told_and_nothing_is_kept(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, error: BookError, status: int, words: str
) -> None:
    claim = bench.claim("a")
    store = bench.app.state.held.store

    def refuse(*_given: object) -> str:
        raise error

    monkeypatch.setattr(store, "judge", refuse)
    found = bench.post("/decide", verb="accept", objects=claim, because="x", back="/")
    assert found.status_code == status
    assert words in found.text
    assert bench.decide("accept", claim).json()["code"] == error.code
    monkeypatch.undo()
    assert bench.items("log") == []
    assert bench.decide("accept", claim).status_code == 201


def test_decision_is_tried_again_where_somebody_else_wrote_at_that_moment(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, other = bench.claim("a"), bench.claim("c")
    held = bench.app.state.held
    store, judge = held.store, held.store.judge
    tries = []

    def late(*given: object) -> str:
        tries.append(given)
        if len(tries) == 1:
            store.set_setting("other", ("write",))
            raise BookError("the book has changed since you looked.")
        done: str = judge(*given)
        return done

    monkeypatch.setattr(store, "judge", late)
    assert bench.decide("accept", claim).status_code == 201
    assert len(tries) == 2
    assert bench.decide("accept", other).status_code == 201
    assert [j["number"] for j in bench.items("log")] == [2, 1]


def test_failure_of_the_program_tells_nothing_of_its_inside(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise ZeroDivisionError("secret words of a report")

    monkeypatch.setattr("tallybook.web.pages.log.judgements", fail)
    for path in ("/log", "/api/v1/log"):
        found = bench.get(path)
        assert found.status_code == 500
        assert "secret" not in found.text
        assert "ZeroDivisionError" in found.text
