"""Incidents, people and copies of a book: derived once for each state, and kept until the state changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallybook import __version__
from tallybook.incidents import link, people, sightings
from tallybook.incidents.copies import near_copies
from tallybook.incidents.memory import Memory
from tallybook.model import Claim, Document, Incident, Judgement, Person, Victim
from tallybook.model.codec import from_plain, to_plain
from tallybook.review.applying import Applied, applied
from tallybook.review.consistency import ON_INCIDENTS
from tallybook.store import BookStore

INCIDENTS, COPIES, PEOPLE = (f"{name}/{__version__}" for name in ("incidents", "copies", "people"))
"""Names that derived things are kept under: another version of the program derives them anew."""
Pairs = tuple[tuple[str, str], ...]
"""Document keys, copy and original."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the state of a book."""

    incidents: tuple[Incident, ...]
    people: tuple[Person, ...]
    copies: Pairs


def incidents_of(book: BookStore) -> tuple[Incident, ...]:
    """Return the incidents of a book, from what is kept or derived anew. Writes nothing.

    Raises: BookError
    """
    kept = book.derived(INCIDENTS, book.state())
    if kept is not None:
        return tuple(from_plain(Incident, plain) for plain in json.loads(kept))
    laid = _laid(book)
    return linked(laid, (victim for _, victim in book.victims()), copies_of(book, laid))


def copies_of(book: BookStore, laid: Applied | None = None) -> Pairs:
    """Return the near copies among the documents of a book, from what is kept or found anew. Writes nothing.

    `laid` is the book as people set it, where it is at hand.

    Raises: BookError
    """
    kept = book.derived(COPIES, book.state())
    if kept is not None:
        return tuple((copy, original) for copy, original in json.loads(kept))
    return near_copies((laid or _laid(book)).documents.values())


def people_kept(book: BookStore) -> tuple[Person, ...] | None:
    """Return the people that are kept of a book's state, or None where they must be derived anew. Writes nothing.

    Raises: BookError
    """
    kept = book.derived(PEOPLE, book.state())
    return None if kept is None else tuple(from_plain(Person, plain) for plain in json.loads(kept))


def people_of(
    victims: Iterable[tuple[str, Victim]],
    documents: Mapping[str, Document],
    claims: Mapping[str, Claim],
    incidents: Iterable[Incident],
    judgements: Iterable[Judgement],
) -> tuple[Person, ...]:
    """Return the people whom victim records, given with the keys of their documents, name."""
    return people(sightings(victims, documents, claims, incidents), judgements)


def _laid(book: BookStore) -> Applied:
    return applied(book.claims(), book.documents(), book.judgements())


def linked(
    book: Applied,
    victims: Iterable[Victim],
    copies: Iterable[tuple[str, str]] | None = None,
    memory: Memory | None = None,
) -> tuple[Incident, ...]:
    """Link the claims of a book as people set them, under what they decided; the rest is that of `incidents.link`."""
    return link(book.claims, book.documents, book.judgements, copies, victims, memory)


def links_alike(one: Applied, other: Applied) -> bool:
    """Say whether two editions have the same incidents for certain: nothing that linking looks at differs."""
    decided = [[j for j in book.judgements if j.verb in ON_INCIDENTS] for book in (one, other)]
    return decided[0] == decided[1] and one.claims == other.claims and one.documents == other.documents


def keep_derived(book: BookStore) -> None:
    """Derive the incidents, the people and the copies of a book and keep them with it.

    Raises: BookError
    """
    state = book.state()
    if book.derived(INCIDENTS, state) is None:
        laid = _laid(book)
        copies = copies_of(book, laid)
        victims = book.victims()
        incidents = linked(laid, (victim for _, victim in victims), copies)
        named = people_of(victims, laid.documents, {c.id: c for c in laid.claims}, incidents, laid.judgements)
        keep(book, Derived(incidents, named, tuple(copies)), state)


def keep(book: BookStore, derived: Derived, state: str) -> None:
    """Keep what a book's state gives.

    Raises: BookError
    """
    for name, records in ((INCIDENTS, derived.incidents), (PEOPLE, derived.people)):
        plain = [to_plain(record) for record in records]
        book.keep_derived(name, state, json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
    book.keep_derived(COPIES, state, json.dumps(derived.copies, separators=(",", ":")))
