"""A book in memory, for one process and one moment."""

from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from tallybook.store.book import SqlBook


def empty_scratch() -> SqlBook:
    """Return an empty book that is gone when it is closed."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    book = SqlBook(engine, "the copy in memory")
    book.bring_up_to_date()
    return book
