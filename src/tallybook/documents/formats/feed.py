"""RSS and Atom feeds: one report an entry, as far as the feed holds its words."""

from __future__ import annotations

import hashlib
import json
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.identity import id_from_text
from tallybook.documents.limits import MAX_HTML_BYTES

BEFORE_ROOT = rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?xml-stylesheet[^>]*\?>\s*)*"
ROOT = re.compile(BEFORE_ROOT + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
MARK_DIGITS = 24


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    mark: str
    """24 hex digits of which entry it is and what it says, so that it is known when the feed is read again."""
    id: str
    """12 hex digits of which entry it is, wherever it stands in the feed."""
    words: str | None
    """HTML that the feed itself holds; None where it only points elsewhere."""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    link: str | None = None


def is_feed(start: bytes, name: str) -> bool:
    """Say whether bytes begin a feed."""
    return ROOT.match(start) is not None


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the entries that hold words, in the order of the feed, and a note of those that only point elsewhere.

    Raises: Unreadable where it is no feed, or too large.
    """
    found = entries_in(file.read(MAX_HTML_BYTES + 1))
    yield from (part_of(entry, f"entry {n}") for n, entry in enumerate(found, 1) if entry.words is not None)
    bare = sum(entry.words is None for entry in found)
    if bare:
        yield Note("entries-without-text", f"entries without words of their own: {bare}. Add the pages they point to.")


def entries_in(data: bytes) -> tuple[FeedEntry, ...]:
    """Return the entries of a feed in its order.

    Raises: Unreadable where it is no feed, or too large.
    """
    import feedparser

    if len(data) > MAX_HTML_BYTES:
        raise Unreadable(f"the feed is larger than {MAX_HTML_BYTES // 1_000_000} MB")
    if b"<!ENTITY" in data:
        raise Unreadable("the feed defines XML entities, which can grow without end")
    if not is_feed(data, ""):
        raise Unreadable("it is no feed")
    try:
        found = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError) as error:  # what it raises on torn tags
        raise Unreadable(f"the feed cannot be read ({type(error).__name__})") from error
    if not found.version:
        raise Unreadable("the feed cannot be read")
    publisher = _line(found.feed.get("title"))
    return tuple(_entry(entry, publisher) for entry in found.entries)


def part_of(entry: FeedEntry, name: str) -> Part:
    """Return an entry as a report of its own words."""
    return Part(
        name, data=f"<html><body>{entry.words or ''}</body></html>".encode("utf-8", "replace"),
        content_type="text/html; charset=utf-8", id=entry.id, title=entry.title, publisher=entry.publisher,
        published=entry.published, url=entry.link,
    )  # fmt: skip


def _entry(entry: Any, publisher: str | None) -> FeedEntry:
    words, title, link = _words(entry), _line(entry.get("title")), _line(entry.get("link"))
    which = _line(entry.get("id")) or link or words or title or ""
    told = json.dumps([which, words or title], ensure_ascii=True).encode()
    mark = hashlib.sha256(told).hexdigest()[:MARK_DIGITS]
    return FeedEntry(mark, id_from_text(which), words, title, publisher, _date(entry), link)


def _words(entry: Any) -> str | None:
    told = [c.get("value", "") for c in entry.get("content", [])] + [entry.get("summary", "")]
    longest = max(told, key=len, default="")
    return longest if longest.strip() else None


def _line(told: Any) -> str | None:
    return " ".join(str(told or "").split()) or None


def _date(entry: Any) -> str | None:
    name = next((n for n in ("published_parsed", "updated_parsed") if dict.__contains__(entry, n)), None)
    when = entry[name] if name else None
    try:
        return datetime.fromtimestamp(timegm(when), UTC).isoformat() if when else None
    except (ValueError, OverflowError, OSError):
        return None
