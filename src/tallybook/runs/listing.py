"""The lists of a book as JSON-ready objects, each in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import islice

from tallybook.incidents.spread import spread
from tallybook.knowledge.folding import fold
from tallybook.knowledge.proposals import proposals
from tallybook.ledger import conflicts, incident_figures
from tallybook.ledger.relations import relations as claim_relations
from tallybook.model import Conflict, Document, Incident, Victim
from tallybook.model.surrounding import sentence_at
from tallybook.model.wire import Json, control_json, incident_json, issue_json, reading_json, victim_json
from tallybook.review.correcting import Correction
from tallybook.runs.desk import Desk
from tallybook.runs.filtering import Filter

MOST_SENTENCES = 5
"""Sentences that a proposed actor is shown with; the number of its claims tells the rest."""


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
    for key, victim in desk.victims_told:
        if passing.victim(victim):
            yield {
                "schema": "tallybook.victims/1", "document": desk.documents[key].id, **victim_json(victim),
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


def actors(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield the names of actors that claims tell and no pack knows, most often named first, and what was decided."""
    claims_now = desk.claim_of
    told = (c for c in desk.read_claims if passing.claim(claims_now[c.id]))
    for proposal in proposals(told, desk.knowledge.actors):
        decided = desk.applied.actors.get(fold(proposal.name))
        status = "proposed" if decided is None else "merged" if decided.into else "accepted"
        yield {
            "schema": "tallybook.actors/1",
            "name": proposal.name,
            "spellings": list(proposal.spellings),
            "roles": list(proposal.roles),
            "countries": list(proposal.countries),
            "claims": list(proposal.claims),
            "sentences": _sentences(proposal.claims, desk),
            "status": status,
            "kind": decided.kind if decided else None,
            "into": decided.into if decided else None,
            "judgement": decided.judgement if decided else None,
        }


def _sentences(claims: Iterable[str], desk: Desk) -> list[str]:
    """Return what names an actor: the first sentences, by claim id."""
    told = (desk.claim_of[claim] for claim in claims)
    found = (sentence_at(_field(desk.received[c.document], c.field), c.span) for c in told)
    return list(islice(dict.fromkeys(found), MOST_SENTENCES))


def _field(document: Document, field: str) -> str:
    return document.title or "" if field == "title" else document.text


def control(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield who holds which place, by document id."""
    for key, record in desk.control_told:
        if passing.control(record):
            yield {"schema": "tallybook.control/1", "document": desk.documents[key].id, **control_json(record)}


def issues(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield issues: those about no document first, incidents among them, then by document id; filtered by claims."""
    if passing.is_open:
        for note in desk.store.notes():
            yield {"schema": "tallybook.issues/1", "document": None, **issue_json(note)}
    for incident in desk.incidents:
        wide = spread(incident, (desk.claim_of[c] for c in incident.claims))
        if wide is not None and passing.incident(incident):
            yield {"schema": "tallybook.issues/1", "document": None, **issue_json(wide)}
    shown = {key for key in desk.documents if passing.is_open or any(map(passing.claim, desk.claims_in.get(key, ())))}
    for key, issue in desk.issues_told:
        if key in shown:
            yield {"schema": "tallybook.issues/1", "document": desk.documents[key].id, **issue_json(issue)}


def contradictions(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield the conflicts one of whose claims passes, in the ledger's order."""
    return (contradiction(conflict, desk) for conflict in conflicts_passing(desk, passing))


def conflicts_passing(desk: Desk, passing: Filter) -> Iterator[Conflict]:
    """Yield the conflicts one of whose claims passes, in the ledger's order."""
    return (c for c in conflicts(desk.ledger) if passing.is_open or _passes(c, desk, passing))


def contradiction(conflict: Conflict, desk: Desk) -> Json:
    """Return a conflict with its documents and incidents."""
    return {
        "schema": "tallybook.conflicts/1",
        "document": _documents(desk, conflict.claims),
        "kind": conflict.kind,
        "claims": list(conflict.claims),
        "explained_by": conflict.explained_by,
        "incidents": sorted({desk.incident_of[c] for c in conflict.claims if c in desk.incident_of}),
    }


def relations(desk: Desk, passing: Filter) -> Iterator[Json]:
    """Yield how the claims that pass stand to others, by claim."""
    for relation in claim_relations(desk.ledger):
        if passing.claim(desk.claim_of[relation.claim]):
            documents = [desk.documents[desk.claim_of[c].document].id for c in (relation.claim, relation.other)]
            yield {"schema": "tallybook.relations/1", **asdict(relation), "documents": documents}


def _passes(conflict: Conflict, desk: Desk, passing: Filter) -> bool:
    return any(passing.claim(desk.claim_of[c]) for c in conflict.claims if c in desk.claim_of)


def _documents(desk: Desk, claim_ids: Iterable[str]) -> list[str]:
    known = [desk.claim_of[c].document for c in claim_ids if c in desk.claim_of]
    return sorted({desk.documents[key].id for key in known})
