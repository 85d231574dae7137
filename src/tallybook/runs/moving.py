"""Which figures differ between two editions of a book: the standard totals, and those of the incidents touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tallybook.ledger import Book, incident_figures
from tallybook.ledger.judging import Parts, parts_judged, same_records
from tallybook.ledger.tallies import change, part_around
from tallybook.model import MEASURES, Claim, Document, Incident, Query
from tallybook.model.reaching import reached
from tallybook.runs.desk import Desk

POPULATIONS = ("any", "civilian", "combatant")
"""Whom the standard totals are of."""

Key = tuple[str, str, str]
"""Incident id, measure and population."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Low, best and high of a figure; None where nothing is stated."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that differs."""

    measure: str
    who: str
    before: Bounds | None
    """None: there was no such figure."""
    after: Bounds | None
    incident: str | None = None
    """Id of the incident; None for a total."""
    into: str | None = None
    """For an incident that is no more: id of the one that holds all its claims now, where there is one."""
    claims: tuple[str, ...] = ()
    """Claims that count in one edition and not in the other, or otherwise than there, sorted."""


def moves(
    before: Desk, after: Desk, touched: frozenset[str] | None = None, parts: Parts | None = None
) -> tuple[Move, ...]:
    """Return the figures that differ: totals in the order of MEASURES and POPULATIONS, then incidents by id.

    `touched` are the touched claims and `parts` what hangs together with them, where they are known.
    """
    touched = touched_claims(before, after) if touched is None else touched
    if not touched:
        return ()
    parts = parts_touched(before, after, touched) if parts is None else parts
    return (*_totals(before, after, touched, parts), *_of_incidents(before, after, touched, parts))


def parts_touched(before: Desk, after: Desk, touched: frozenset[str]) -> Parts:
    """Return by measure what hangs together with touched claims in two editions."""
    one, other = before.ledger, after.ledger
    if same_records(one, other):
        return parts_judged(one, other, touched)
    return {m: part_around(one, other, m, touched) for m in touched_measures(before, after, touched)}


def touched_claims(before: Desk, after: Desk) -> frozenset[str]:
    """Return the ids of claims on which a figure may move: those that are there in one edition only, differ, are
    counted in one only, are in another incident, have another origin, name people who are others there, or stand in a
    document that differs or shares its address or text with one that does."""
    if same_records(before.ledger, after.ledger):
        return before.ledger.decided.dropped ^ after.ledger.decided.dropped
    found: set[str] = set()
    if before.claims != after.claims:
        found = {c for c in before.claim_of.keys() | after.claim_of.keys() if _differs(before, after, c)}
    found |= before.ledger.decided.dropped ^ after.ledger.decided.dropped
    found |= _linked_otherwise(before, after) | _linked_otherwise(after, before)
    found |= _named_otherwise(before, after) | _named_otherwise(after, before)
    found |= _told_by_others(before, after)
    documents = _touched_documents(before, after)
    if documents:
        found.update(c.id for desk in (before, after) for c in desk.claims if c.document in documents)
    return frozenset(c for c in found if c in before.claim_of or c in after.claim_of)


def _linked_otherwise(desk: Desk, other: Desk) -> set[str]:
    """Return the claims of incidents that the other edition does not have with the same claims and parts."""
    if desk.incidents is other.incidents:
        return set()
    theirs = {i.id: (i.claims, i.parts) for i in other.incidents}
    return {c for i in desk.incidents if theirs.get(i.id) != (i.claims, i.parts) for c in i.claims}


def _told_by_others(before: Desk, after: Desk) -> set[str]:
    """Return the claims whose words are another origin's, or were first published elsewhere."""
    old, new = before.ledger, after.ledger
    alike = before.claims == after.claims and before.documents == after.documents and old.sides is new.sides
    if alike and old.near_copies == new.near_copies:
        return set()
    copied = {document for pair in {*old.near_copies} ^ {*new.near_copies} for document in pair}
    shared = (c for c in after.claims if c.id in before.claim_of)
    return {c.id for c in shared if c.document in copied or old.origins.of(c) != new.origins.of(c)}


def _named_otherwise(desk: Desk, other: Desk) -> set[str]:
    """Return the claims that name people whom the other edition does not have with the same records."""
    if desk.people is other.people:
        return set()
    theirs = {p.victims for p in other.people}
    mine = (v for p in desk.people if p.victims not in theirs for v in p.victims)
    return {claim for v in mine if (claim := desk.victim_by_id[v].claim) is not None}


def _differs(before: Desk, after: Desk, claim: str) -> bool:
    old, new = before.claim_of.get(claim), after.claim_of.get(claim)
    return old is not new and old != new


def _touched_documents(before: Desk, after: Desk) -> set[str]:
    if before.documents == after.documents:
        return set()
    keys = before.documents.keys() | after.documents.keys()
    changed = [
        d for k in keys if before.documents.get(k) != after.documents.get(k)
        for d in (before.documents.get(k), after.documents.get(k)) if d is not None
    ]  # fmt: skip
    marks = {mark for d in changed for mark in _marks(d)}
    every = {**before.documents, **after.documents}
    return {key for key, d in every.items() if marks.intersection(_marks(d))}


def _marks(document: Document) -> tuple[str, ...]:
    return (document.sha256, *([document.url] if document.url else []))


def _totals(before: Desk, after: Desk, touched: frozenset[str], parts: Parts) -> Iterator[Move]:
    for measure in (m for m in MEASURES if m in parts):
        for who in POPULATIONS:
            moved = change(before.ledger, after.ledger, Query(measure, (who,)), parts[measure])
            if moved.before.bounds != moved.after.bounds:
                old, new = moved.old.counted, moved.new.counted
                claims = tuple(sorted((old ^ new) | (touched & (old | new))))
                yield Move(measure, who, Bounds(*moved.before.bounds), Bounds(*moved.after.bounds), claims=claims)


def touched_measures(before: Desk, after: Desk, touched: frozenset[str]) -> frozenset[str]:
    """Return the measures that touched claims are of, or deny: figures of no other one move."""
    return frozenset(m for desk in (before, after) for c in touched for m in _measures(desk.claim_of.get(c)))


def touched_incident_ids(before: Desk, after: Desk, touched: frozenset[str]) -> frozenset[str]:
    """Return the ids of the incidents, of both editions, whose figures may differ."""
    near = touched | _together(before, touched) | _together(after, touched)
    return frozenset(i.id for desk in (before, after) for i in _touched_incidents(desk, near))


def _measures(claim: Claim | None) -> tuple[str, ...]:
    return tuple(m for m in (claim.measure, claim.about) if m) if claim else ()


def _of_incidents(before: Desk, after: Desk, touched: frozenset[str], parts: Parts) -> Iterator[Move]:
    near = touched | _together(before, touched) | _together(after, touched)
    books: list[Mapping[str, Book]] = [dict.fromkeys(MEASURES, desk.ledger) for desk in (before, after)]
    if same_records(before.ledger, after.ledger):  # figures of other measures are the same
        books = [{m: p.before if p else before.ledger for m, p in parts.items()},
                 {m: p.after if p else after.ledger for m, p in parts.items()}]  # fmt: skip
    old, new = (
        _bounds(book, _touched_incidents(desk, near)) for book, desk in zip(books, (before, after), strict=True)
    )
    order = {m: i for i, m in enumerate(MEASURES)}
    for key in sorted(old.keys() | new.keys(), key=lambda k: (k[0], order[k[1]], k[2])):
        if old.get(key) != new.get(key):
            claims = tuple(sorted(touched & {*_claims(before, key[0]), *_claims(after, key[0])}))
            yield Move(key[1], key[2], old.get(key), new.get(key), key[0], _heir(key[0], before, after), claims)


def _heir(incident: str, before: Desk, after: Desk) -> str | None:
    """Return the incident that holds all claims of one that is no more, or None."""
    now = {after.incident_of.get(c) for c in _claims(before, incident)}
    return next(iter(now)) if len(now) == 1 and incident not in now else None


def _together(desk: Desk, claims: frozenset[str]) -> frozenset[str]:
    """Return the claims that are in one incident with one of these: a split moves them too."""
    ids = {desk.incident_of[c] for c in claims if c in desk.incident_of}
    return frozenset(c for i in ids for c in desk.incident_by_id[i].claims)


def _claims(desk: Desk, incident: str) -> tuple[str, ...]:
    found = desk.incident_by_id.get(incident)
    return found.claims if found else ()


def figures_of(desk: Desk, incidents: Iterable[Incident]) -> dict[Key, Bounds]:
    """Return the bounds of every figure of some incidents of an edition."""
    return _bounds(dict.fromkeys(MEASURES, desk.ledger), incidents)


def _bounds(books: Mapping[str, Book], incidents: Iterable[Incident]) -> dict[Key, Bounds]:
    """Return the bounds of figures of some incidents; `books` says by measure what they are worked out from."""
    return {
        (incident.id, row["measure"], row["affiliation"]): Bounds(row["low"], row["best"], row["high"])
        for incident in incidents
        for measure, book in books.items()
        for row in incident_figures(book, incident, (measure,))
    }


def _touched_incidents(desk: Desk, touched: frozenset[str]) -> list[Incident]:
    """Return the incidents of the touched claims, and those that one of them is a part of."""
    ids = reached((desk.incident_of[c] for c in touched if c in desk.incident_of), lambda i: desk.wholes_of.get(i, ()))
    return [desk.incident_by_id[i] for i in sorted(ids)]
