"""RSS and Atom feeds: one report an entry, as far as the feed holds its words."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.limits import MAX_HTML_BYTES

BEFORE_ROOT = rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?xml-stylesheet[^>]*\?>\s*)*"
ROOT = re.compile(BEFORE_ROOT + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)


def is_feed(start: bytes, name: str) -> bool:
    """Say whether bytes begin a feed."""
    return ROOT.match(start) is not None


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the entries that hold words, in the order of the feed, and a note of those that only point elsewhere.

    Raises: Unreadable where it is no feed, or too large.
    """
    import feedparser

    data = file.read(MAX_HTML_BYTES + 1)
    if len(data) > MAX_HTML_BYTES:
        raise Unreadable(f"the feed is larger than {MAX_HTML_BYTES // 1_000_000} MB")
    if b"<!ENTITY" in data:
        raise Unreadable("the feed defines XML entities, which can grow without end")
    found = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    if not found.version:
        raise Unreadable("it is no feed that can be read")
    publisher = str(found.feed.get("title", "")).strip() or None
    bare = 0
    for number, entry in enumerate(found.entries, 1):
        words = _words(entry)
        if words is None:
            bare += 1
            continue
        yield Part(
            f"entry {number}", data=f"<html><body>{words}</body></html>".encode("utf-8", "replace"),
            content_type="text/html; charset=utf-8", title=str(entry.get("title", "")).strip() or None,
            publisher=publisher, published=_date(entry), url=entry.get("link"),
        )  # fmt: skip
    if bare:
        yield Note("entries-without-text", f"entries without words of their own: {bare}. Add the pages they point to.")


def _words(entry: Any) -> str | None:
    told = [c.get("value", "") for c in entry.get("content", [])] + [entry.get("summary", "")]
    longest = max(told, key=len, default="")
    return longest if longest.strip() else None


def _date(entry: Any) -> str | None:
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime.fromtimestamp(timegm(when), UTC).isoformat() if when else None
