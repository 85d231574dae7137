"""Incidents, people and copies of a book: derived once for each state, and kept until the state changes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallybook import __version__
from tallybook.incidents import link, people, sightings
from tallybook.incidents.blocking import names_of
from tallybook.incidents.copies import copies_and_sketches, near_copies
from tallybook.incidents.link import linking
from tallybook.incidents.memory import Memory
from tallybook.incidents.neighbours import found
from tallybook.incidents.relinking import ReachesFurther
from tallybook.model import Claim, Document, Incident, Judgement, Person, Victim
from tallybook.model.codec import from_plain, to_plain
from tallybook.review.applying import Applied, applied
from tallybook.review.consistency import ON_INCIDENTS
from tallybook.runs.loaded_reports import Reports, decided_since, documents_judged
from tallybook.runs.relinking import MOST_CHANGED, day_of, link_step
from tallybook.store import BookStore
from tallybook.store.link_contract import LinkShelf, incident_record

INCIDENTS, PEOPLE = (f"{name}/{__version__}" for name in ("incidents", "people"))
"""Names that derived things are kept under: another version of the program derives them anew. That of incidents stands
for all that a linking leaves in rows; its value is the number of judgements that were laid over the book then."""
Pairs = tuple[tuple[str, str], ...]
"""Document keys, copy and original."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the state of a book."""

    incidents: tuple[Incident, ...]
    people: tuple[Person, ...]
    copies: Pairs


def is_linked(book: BookStore) -> bool:
    """Say whether what is kept of the last linking is that of the present state.

    Raises: BookError
    """
    return book.is_linked(INCIDENTS)


def incidents_of(book: BookStore) -> tuple[Incident, ...]:
    """Return the incidents of a book, from what is kept or derived anew. Writes nothing.

    Raises: BookError
    """
    if is_linked(book):
        return book.linked_incidents()
    laid = _laid(book)
    return linked(laid, (victim for _, victim in book.victims()), copies_of(book, laid))


def copies_of(book: BookStore, laid: Applied | None = None) -> Pairs:
    """Return the near copies among the documents of a book, from what is kept or found anew. Writes nothing.

    `laid` is the book as people set it, where it is at hand.

    Raises: BookError
    """
    if is_linked(book):
        return book.linked_copies()
    return near_copies((laid or _laid(book)).documents.values())


def people_kept(book: BookStore) -> tuple[Person, ...] | None:
    """Return the people that are kept of a book's state, or None where they must be derived anew. Writes nothing.

    Raises: BookError
    """
    kept = book.derived(PEOPLE) if is_linked(book) else None
    return None if kept is None else tuple(from_plain(Person, plain) for plain in json.loads(kept)["people"])


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


def keep_derived(book: BookStore, *, whole: bool = True) -> None:
    """Derive the incidents, the people and the copies of a book and keep them with it: from what was kept before and
    the few documents that changed since, where it can be so. Without `whole` they are kept only where it can: linking
    a whole book of 100,000 claims takes half a minute.

    Raises: BookError
    """
    if is_linked(book) or _kept_by_a_step(book) or not whole:
        return
    state = book.state()
    laid = _laid(book)
    copies, sketches = copies_and_sketches(laid.documents.values())
    victims = book.victims()
    made = linking(laid.claims, laid.documents, laid.judgements, copies, (victim for _, victim in victims))
    named = people_of(victims, laid.documents, {c.id: c for c in laid.claims}, made.incidents, laid.judgements)
    incident = {i: made.incidents[n].id for n, group in enumerate(made.groups) for i in group}
    events = [(*found(t).near, made.components[i], incident[i]) for i, t in enumerate(made.told)]
    names = [names_of(t) for t in made.told]
    records = [incident_record(i) for i in made.incidents]
    drawn = [(key, day_of(laid.documents[key]), sketch) for key, sketch in sketches.items()]
    people_told = _people_as_kept(named, victims)
    with book.linking() as shelf:
        if shelf.state() != state:
            return
        shelf.clear()
        shelf.add_copies(copies)
        shelf.add_sketches(drawn)
        shelf.add_incidents(records)
        shelf.add_events(events, names)
        shelf.keep(INCIDENTS, str(len(shelf.judgements())))
        shelf.keep(PEOPLE, people_told)


def _kept_by_a_step(book: BookStore) -> bool:
    """Link what changed since the last linking, where it is little; return whether the book is linked then."""
    try:
        with book.linking() as shelf:
            kept = shelf.kept(INCIDENTS)
            changed = shelf.changed(MOST_CHANGED)
            log = shelf.judgements()
            if kept is None or changed is None:
                return False
            decided = decided_since(log, int(kept))
            judged = documents_judged(decided)
            if judged is None or len(changed | judged) > MOST_CHANGED:
                return False
            touched = link_step(shelf, changed | judged, log)
            shelf.settle()
            shelf.keep(INCIDENTS, str(len(log)))
            _keep_people(shelf, changed | judged, touched, log, bool(decided))
    except ReachesFurther:
        return False
    return True


def _keep_people(
    shelf: LinkShelf, changed: Collection[str], touched: Collection[str], log: Sequence[Judgement], judged: bool
) -> None:
    """Keep the people of a book after a step; they are linked anew where what tells them apart may have changed:
    a record that came or went, the incident of one, or what was decided."""
    told = json.loads(shelf.kept(PEOPLE) or "{}").get("told", [])
    stayed = not any(key in changed or claim in touched for key, claim in told) and not (judged and told)
    if stayed and not shelf.victims(changed):
        return
    victims = shelf.all_victims()
    keys = {key for key, _ in victims}
    reports = Reports(shelf, log)
    reports.load(keys)
    incidents = shelf.incidents({event.incident for event in shelf.events_of(keys)})
    on_people = applied((), {}, log).judgements
    named = people_of(victims, reports.documents, reports.claims, incidents.values(), on_people)
    shelf.keep(PEOPLE, _people_as_kept(named, victims))


def _people_as_kept(people: Iterable[Person], victims: Iterable[tuple[str, Victim]]) -> str:
    """Write people with the document and the claim of each record that names them."""
    kept = {"people": [to_plain(person) for person in people], "told": [(key, victim.claim) for key, victim in victims]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
