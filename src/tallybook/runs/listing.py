"""The lists of a book as JSON-ready objects, each in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tallybook.ledger import conflicts, incident_figures
from tallybook.model import Conflict, Document, Incident, Reading, Victim
from tallybook.model.wire import Json, control_json, incident_json, issue_json, reading_json, victim_json
from tallybook.review.correcting import Correction
from tallybook.runs.desk import Desk
from tallybook.runs.filtering import Filter


def claims(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield every document with the claims that pass, by document id."""
    for reading in desk.readings():
        kept = replace(reading, claims=tuple(c for c in reading.claims if passing.claim(c)))
        yield _with_corrections(reading_json(kept, desk.incident_of), desk)


def _with_corrections(item: Json, desk: Desk) -> Json:
    """Add to a document and its claims which fields people set, what they were, and by which judgement."""
    document = item["document"]
    document["mended"] = [correction_json(c) for c in desk.applied.mended.get(document["key"], ())]
    for claim in item["claims"]:
        claim["corrected"] = [correction_json(c) for c in desk.applied.corrections.get(claim["id"], ())]
    return item


def correction_json(correction: Correction) -> Json:
    """Return a field that a judgement set, and what it was."""
    return {"field": correction.field, "was": correction.was, "judgement": correction.judgement}


def incidents(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield the incidents that pass with their figures, by id."""
    for incident in desk.incidents:
        if passing.incident(incident):
            yield incident_object(desk, incident)


def incident_object(desk: Desk, incident: Incident) -> Json:
    """Return one incident with its figures and the ids of its documents."""
    ids = tuple(sorted({desk.documents[key].id for key in incident.documents}))
    return incident_json(replace(incident, documents=ids), incident_figures(desk.ledger, incident))


def victims(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield the records of named victims that pass, by document id, each with the person whom it names."""
    for reading in desk.readings():
        for victim in reading.victims:
            if passing.victim(victim):
                yield {
                    "schema": "tallybook.victims/1", **_document(reading), **victim_json(victim),
                    "incident": desk.incident_of.get(victim.claim or ""), **_person(victim, desk),
                }  # fmt: skip


def _person(victim: Victim, desk: Desk) -> Json:
    """Return whom a record names: the person, how sure that is, and all records, reports and sources that name them."""
    person = desk.person_of[victim.id]
    records = [(desk.document_of[v], desk.victim_by_id[v]) for v in person.victims]
    return {
        "person": person.id,
        "sure": person.sure,
        "person_name": person.name,
        "person_records": list(person.victims),
        "person_documents": sorted({desk.documents[key].id for key, _ in records}),
        "person_sources": sorted({s for key, v in records for s in _sources(v, desk.documents[key])}),
    }


def _sources(victim: Victim, document: Document) -> tuple[str, ...]:
    return victim.claimants or ((document.publisher,) if document.publisher else ())


def control(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield who holds which place, by document id."""
    for reading in desk.readings():
        for record in reading.control:
            if passing.control(record):
                yield {"schema": "tallybook.control/1", **_document(reading), **control_json(record)}


def issues(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield issues: those about no document first, then by document id; filtered by the claims of the document."""
    if passing.is_open:
        for note in desk.store.notes():
            yield {"schema": "tallybook.issues/1", "document": None, **issue_json(note)}
    for reading in desk.readings():
        if passing.is_open or any(passing.claim(c) for c in reading.claims):
            for issue in reading.issues:
                yield {"schema": "tallybook.issues/1", **_document(reading), **issue_json(issue)}


def contradictions(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield the conflicts one of whose claims passes, in the ledger's order."""
    for conflict in conflicts(desk.ledger):
        if _passes(conflict, desk, passing):
            yield {
                "schema": "tallybook.conflicts/1",
                "document": _documents(desk, conflict.claims),
                "kind": conflict.kind,
                "claims": list(conflict.claims),
                "explained_by": conflict.explained_by,
                "incidents": sorted({desk.incident_of[c] for c in conflict.claims if c in desk.incident_of}),
            }


def _passes(conflict: Conflict, desk: Desk, passing: Filter) -> bool:
    return any(passing.claim(desk.claim_of[c]) for c in conflict.claims if c in desk.claim_of)


def _documents(desk: Desk, claim_ids: Iterable[str]) -> list[str]:
    known = [desk.claim_of[c].document for c in claim_ids if c in desk.claim_of]
    return sorted({desk.documents[key].id for key in known})


def _document(reading: Reading) -> Json:
    return {"document": reading.document.id}
