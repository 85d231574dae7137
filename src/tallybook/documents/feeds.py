"""Feeds that are asked again and again: what is new in them, and the pages that their entries point to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO

from tallybook.documents.arrival import Arrival
from tallybook.documents.fetch import Fetched, Validators
from tallybook.documents.formats import SAMPLE, Format, docx, format_of, pdf, seeing
from tallybook.documents.formats.feed import FeedEntry, entries_in, part_of
from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.intake import Intake, from_part, opened
from tallybook.documents.sources import is_address
from tallybook.errors import DocumentError

Ask = Callable[[str, bool, Validators], Fetched]
"""Asks an address for what is newer than the version that is known."""
PAGES = (pdf.parts, docx.parts)
"""Kinds of file, beside pages and texts, that a link may lead to. A link to a feed or an archive is not followed."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What a feed answered: its entries, or that it has none that are new."""

    entries: tuple[FeedEntry, ...]
    validators: Validators
    unchanged: bool


def poll(address: str, known: Validators, ask: Ask, allow_private: bool) -> Polled:
    """Ask a feed for its entries, if they are others than those of the version that is known.

    Raises: DocumentError where it cannot be had or is no feed; NotNow where asking later may help.
    """
    fetched = ask(address, allow_private, known)
    if fetched.unchanged:
        return Polled((), known, True)
    try:
        return Polled(entries_in(fetched.data), fetched.validators, False)
    except Unreadable as error:
        raise DocumentError(address, str(error), "Name the address of an RSS or Atom feed.") from error


def own_words(entry: FeedEntry, feed: str, intake: Intake) -> Iterator[Arrival]:
    """Yield the report that the feed itself tells; none where it only points elsewhere."""
    if entry.words is None:
        return
    try:
        yield from from_part(part_of(entry, f"entry {entry.id}"), feed, None, intake)
    except DocumentError as error:
        yield Arrival(error=error)


def can_follow(entry: FeedEntry) -> bool:
    """Say whether an entry points to a page."""
    return entry.link is not None and is_address(entry.link)


def page_behind(entry: FeedEntry, intake: Intake) -> Iterator[Arrival]:
    """Yield the report that an entry points to; what the feed says of it (title, publisher, time) holds.

    Raises: DocumentError where it cannot be had or read; NotNow where asking later may help. Nothing came then.
    """
    link = entry.link or ""
    fetched = intake.fetch(link, intake.allow_private)
    kind = format_of(fetched.data[:SAMPLE], link)
    if kind is None:
        told = part_of(entry, "")
        yield from from_part(
            replace(told, data=fetched.data, content_type=fetched.content_type, charset=fetched.charset),
            link, None, intake,
        )  # fmt: skip
        return
    if kind.open not in PAGES:
        raise DocumentError(link, f"it is {kind.name}, no page", "Add it by its address.")
    yield from opened(_told(seeing(kind, intake.pictures), entry), BytesIO(fetched.data), link, entry.id, intake)


def _told(kind: Format, entry: FeedEntry) -> Format:
    """Return a kind of file whose reports carry what a feed says of them."""

    def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
        for part in kind.open(file, name):
            yield part if isinstance(part, Note) else replace(
                part, title=entry.title or part.title, publisher=entry.publisher or part.publisher,
                published=entry.published or part.published, url=entry.link,
            )  # fmt: skip

    return replace(kind, open=parts)
