"""Incidents of a book: derived once for each state, and kept until the state changes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tallybook import __version__
from tallybook.incidents import link
from tallybook.model import Incident, Victim
from tallybook.model.codec import from_plain, to_plain
from tallybook.review.applying import Applied, applied
from tallybook.review.consistency import ON_INCIDENTS
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
    laid = applied(book.claims(), book.documents(), book.judgements())
    return linked(laid, (victim for _, victim in book.victims()))


def linked(
    book: Applied, victims: Iterable[Victim], copies: Iterable[tuple[str, str]] | None = None
) -> tuple[Incident, ...]:
    """Link the claims of a book as people set them, under what they decided; `copies` are those of `incidents.link`."""
    return link(book.claims, book.documents, book.judgements, copies, victims)


def links_alike(one: Applied, other: Applied) -> bool:
    """Say whether two editions have the same incidents for certain: nothing that linking looks at differs."""
    decided = [[j for j in book.judgements if j.verb in ON_INCIDENTS] for book in (one, other)]
    return decided[0] == decided[1] and one.claims == other.claims and one.documents == other.documents


def keep_incidents(book: BookStore) -> None:
    """Derive the incidents of a book and keep them with it.

    Raises: BookError
    """
    state = book.state()
    if book.derived(NAME, state) is None:
        keep(book, incidents_of(book), state)


def keep(book: BookStore, incidents: Iterable[Incident], state: str) -> None:
    """Keep incidents as what a book's state gives.

    Raises: BookError
    """
    plain = [to_plain(i) for i in incidents]
    book.keep_derived(NAME, state, json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
