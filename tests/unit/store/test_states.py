"""The state of a book in a file is right whoever wrote to it, though it is not worked out whole each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.errors import BookError
from tallybook.model import Judgement
from tallybook.store import BookStore, create_or_open, open_book
from tests.contract.stores import document, entry


def decided(number: int) -> Judgement:
    return Judgement(f"j{number}", number, "accept", ("c",), "Ana", "read", "2024-04-01T00:00:00Z")


def linked(book: BookStore) -> None:
    with book.linking() as shelf:
        shelf.keep("x", "0")


def fresh(path: Path) -> str:
    with open_book(str(path)) as book:
        return book.state()


def test_state_is_that_of_a_book_opened_anew_after_every_write(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    with create_or_open(str(path)) as mine, open_book(str(path), writing=True) as other:
        report = document("Five died.")
        for write in (
            lambda: mine.add(entry(report)),
            lambda: mine.judge(decided(1)),
            lambda: other.add(entry(document("Six died."))),
            lambda: mine.judge(decided(2), seen=mine.state()),
            lambda: other.judge(decided(3), [replace(entry(report, claims=3), mended="m")]),
            lambda: linked(mine),
            lambda: mine.judge(decided(4), [replace(entry(report, claims=2), mended="n")], seen=mine.state()),
            lambda: other.set_setting("knowledge", ("a",)),
            lambda: other.judge(decided(5), seen=other.state()),
        ):
            assert write() is not False
            assert mine.state() == other.state() == fresh(path)


def test_state_holds_after_a_write_that_failed(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    with create_or_open(str(path)) as mine, open_book(str(path), writing=True) as other:
        mine.judge(decided(1))
        with pytest.raises(BookError):
            mine.judge(decided(1))
        other.add(entry(document("Five died.")))
        with pytest.raises(BookError):
            mine.judge(decided(2), seen="as it was")
        assert mine.state() == other.state() == fresh(path)
