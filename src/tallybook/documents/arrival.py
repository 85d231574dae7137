"""One report on its way in: what it says about itself, what the options add, and the Document made of both."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.documents.dateline import dateline
from tallybook.documents.dates import Stamp, read_stamp
from tallybook.documents.identity import bytes_digest, document_key, id_from_text, text_digest
from tallybook.documents.language import language_of
from tallybook.documents.list_rows import is_list
from tallybook.documents.normalise import Normalised, normalise
from tallybook.errors import BadDate, DocumentError
from tallybook.model import Document, Issue


@dataclass(frozen=True, slots=True)
class Stated:
    """What the user states for documents that do not state their own, and the day it is today (ISO)."""

    today: str
    published: str | None = None
    publisher: str | None = None

    @staticmethod
    def of(today: str, published: str | None = None, publisher: str | None = None) -> Stated:
        """Check what the user typed.

        Raises: BadDate where `published` is no date, or lies after today.
        """
        if published is None:
            return Stated(today, None, publisher)
        stamp = read_stamp(published)
        if stamp is None:
            raise BadDate(f"--published {published!r} is no date. Write it as YYYY-MM-DD, or as an ISO time.")
        if stamp.day > today:
            raise BadDate(f"--published {published!r} lies in the future. Give the day on which it was published.")
        return Stated(today, stamp.iso, publisher)


@dataclass(frozen=True, slots=True)
class Raw:
    """A report as it was received: text before normalisation, and what it says about itself."""

    text: str
    data: bytes
    source: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    guessed_charset: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document with its issues and the way back to the original text; or the error that says why there is none.

    An arrival with issues and neither document nor error is about the source as a whole.
    """

    document: Document | None = None
    issues: tuple[Issue, ...] = ()
    error: DocumentError | None = None
    normalised: Normalised | None = None


def arrive(raw: Raw, stated: Stated) -> Arrival:
    """Make a Document of a raw report. What it states itself wins over the options, and those over its dateline."""
    normalised = normalise(raw.text)
    text = normalised.text
    title = normalise(raw.title).text if raw.title else None
    name = raw.id or id_from_text(text)
    published, published_from, issues = _publication(raw, text, name, stated)
    publisher = raw.publisher or stated.publisher
    if raw.guessed_charset:
        issues.append(Issue("charset-guessed", _GUESSED.format(name=name, charset=raw.guessed_charset), name))
    document = Document(
        id=name,
        key=document_key(text, publisher, published, raw.url),
        text=text,
        source=raw.source,
        sha256=text_digest(text),
        sha256_bytes=bytes_digest(raw.data),
        title=title,
        publisher=publisher,
        published=published,
        published_from=published_from,
        url=raw.url,
        language=None if is_list(text) else language_of(text, raw.language),
    )
    return Arrival(document, tuple(issues), None, normalised)


_GUESSED = "{name}: it is not UTF-8 and names no charset; read as {charset}, a guess. Check its names and quotes."
_UNREAD_DATE = "{name}: its publication date {words!r} could not be read, and is left out. Give --published DATE."
_NO_OFFSET = "{name}: its publication time {words!r} names no offset from UTC, and is taken as UTC."
_FUTURE = "{name}: its publication date {day} lies in the future. Check it: relative dates are resolved against it."


def _publication(raw: Raw, text: str, name: str, stated: Stated) -> tuple[str | None, str | None, list[Issue]]:
    issues: list[Issue] = []
    own = read_stamp(raw.published) if raw.published else None
    if raw.published and own is None:
        issues.append(Issue("published-unreadable", _UNREAD_DATE.format(name=name, words=raw.published), name))
    if own and own.offset_missing:
        issues.append(Issue("published-no-offset", _NO_OFFSET.format(name=name, words=raw.published), name))
    stamp, found = _chosen(own, stated, text)
    if stamp and stamp.day > stated.today:
        issues.append(Issue("published-in-future", _FUTURE.format(name=name, day=stamp.day), name))
    return (stamp.iso if stamp else None), found, issues


def _chosen(own: Stamp | None, stated: Stated, text: str) -> tuple[Stamp | None, str | None]:
    if own:
        return own, "metadata"
    if stated.published:
        return Stamp(stated.published), "option"
    stamp = dateline(text)
    return stamp, "dateline" if stamp else None
