"""What a book remembers of its feeds: the version it has, when to ask again, which entries came, which links wait."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.documents.fetch import Validators
from tallybook.documents.formats.feed import FeedEntry
from tallybook.model.codec import from_plain, to_plain
from tallybook.store import BookStore

FEEDS = "feeds"
"""Setting that holds the addresses; each has a setting of its own."""


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """An entry whose page could not be had yet."""

    entry: FeedEntry
    due: float
    """When it is asked for again, seconds since 1970."""
    failures: int
    why: str


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """What is known of one feed."""

    address: str
    etag: str | None = None
    modified: str | None = None
    asked: float | None = None
    """When it was asked last, seconds since 1970."""
    answered: float | None = None
    """When it answered last."""
    due: float = 0.0
    """When it is asked again."""
    failures: int = 0
    """How often in a row it has not answered."""
    why: str | None = None
    seen: tuple[str, ...] = ()
    """Marks of the entries of its last version that came."""
    waiting: tuple[WaitingLink, ...] = ()

    @property
    def validators(self) -> Validators:
        """Return what to ask it with."""
        return Validators(self.etag, self.modified)


def remembered(book: BookStore) -> tuple[FeedMemory, ...]:
    """Return what the book remembers of all its feeds, by address.

    Raises: BookError
    """
    return tuple(memory_of(book, address) for address in sorted(book.setting(FEEDS)))


def memory_of(book: BookStore, address: str) -> FeedMemory:
    """Return what the book remembers of one feed; of a new one nothing.

    Raises: BookError
    """
    kept = book.setting(_name(address))
    return from_plain(FeedMemory, json.loads(kept[0])) if kept else FeedMemory(address)


def remember(book: BookStore, memories: Iterable[FeedMemory]) -> None:
    """Keep what is known of feeds now.

    Raises: BookError
    """
    known = book.setting(FEEDS)
    for memory in memories:
        plain = json.dumps(to_plain(memory), ensure_ascii=False, separators=(",", ":"))
        book.set_setting(_name(memory.address), (plain,))
        if memory.address not in known:
            known = tuple(sorted((*known, memory.address)))
            book.set_setting(FEEDS, known)


def _name(address: str) -> str:
    return f"feed {address}"
