"""Incidents of a book: derived once for each state, and kept until the state changes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tallybook import __version__
from tallybook.incidents import link
from tallybook.model import Incident
from tallybook.model.codec import from_plain, to_plain
from tallybook.review.applying import Applied, applied
from tallybook.store import BookStore

NAME = f"incidents/{__version__}"
"""Name that derived incidents are kept under: another version of the program derives them anew."""


def incidents_of(book: BookStore) -> tuple[Incident, ...]:
    """Return the incidents of a book, from what is kept or derived anew. Writes nothing.

    Raises: BookError
    """
    kept = book.derived(NAME, book.state())
    if kept is not None:
        return tuple(from_plain(Incident, plain) for plain in json.loads(kept))
    return linked(applied(book.claims(), book.documents(), book.judgements()))


def linked(book: Applied, copies: Iterable[tuple[str, str]] | None = None) -> tuple[Incident, ...]:
    """Link the claims of a book as people set them, under what they decided; `copies` are those of `incidents.link`."""
    return link(book.claims, book.documents, book.judgements, copies)


def keep_incidents(book: BookStore) -> None:
    """Derive the incidents of a book and keep them with it.

    Raises: BookError
    """
    state = book.state()
    if book.derived(NAME, state) is None:
        plain = [to_plain(i) for i in incidents_of(book)]
        book.keep_derived(NAME, state, json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
