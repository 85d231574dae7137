"""The JSON that commands print: `tallybook.claims/1` and the record types beside it.

Keys and shapes are fixed by the project's contract; more keys may be added, none may go.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallybook.model.claim import Claim, Count, DateRange, Place
from tallybook.model.document import Document
from tallybook.model.figure import Figure
from tallybook.model.incident import Incident
from tallybook.model.issue import Issue
from tallybook.model.records import Reading, Victim
from tallybook.model.span import Span

Json = dict[str, Any]


def span_json(span: Span | None) -> list[int] | None:
    """Return `[start, end]`, or None."""
    return [span.start, span.end] if span else None


def one_or_many(values: tuple[str, ...]) -> str | list[str] | None:
    """Return None for none, the string for one, a list for several."""
    return None if not values else values[0] if len(values) == 1 else list(values)


def document_json(document: Document, *, with_text: bool = True) -> Json:
    """Return the document object; with its normalised text where asked for."""
    shown = {
        "id": document.id,
        "key": document.key,
        "source": document.source,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "published_from": document.published_from,
        "url": document.url,
        "language": document.language,
        "sha256": document.sha256,
        "sha256_bytes": document.sha256_bytes,
    }
    return {**shown, "text": document.text} if with_text else shown


def count_json(count: Count | None) -> Json | None:
    """Return bounds, modifier, words and their span."""
    if count is None:
        return None
    return {
        "low": count.low,
        "high": count.high,
        "modifier": count.modifier,
        "text": count.text,
        "span": span_json(count.span),
    }


def place_json(place: Place | None) -> Json | None:
    """Return the place with its chain and candidates."""
    if place is None:
        return None
    return {
        "name": place.name,
        "admin": list(place.admin),
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "precision": place.precision,
        "id": place.id,
        "span": span_json(place.span),
        "candidates": [
            {
                "id": c.id, "name": c.name, "admin": list(c.admin), "country": c.country,
                "lat": c.lat, "lon": c.lon, "probability": c.probability,
            }
            for c in place.candidates
        ],
    }  # fmt: skip


def date_json(date: DateRange | None) -> Json | None:
    """Return the interval, its words and what they were resolved against."""
    if date is None:
        return None
    return {
        "start": date.start,
        "end": date.end,
        "precision": date.precision,
        "text": date.text,
        "span": span_json(date.span),
        "vague": date.vague,
        "anchor": date.anchor,
        "edtf": edtf(date),
    }


def edtf(date: DateRange) -> str | None:
    """Write an interval in EDTF: one day, a closed or an open interval, `~` where vague. None where nothing is known.

    Source: ISO 8601-2:2019, levels 0 to 2.
    """
    mark = "~" if date.vague else ""
    if date.start is None and date.end is None:
        return None
    if date.start == date.end:
        return f"{date.start}{mark}"
    return f"{date.start + mark if date.start else '..'}/{date.end + mark if date.end else '..'}"


def claim_json(claim: Claim, incident: str | None = None) -> Json:
    """Return one claim object; `incident` is filled in once reports are linked."""
    return {
        "id": claim.id,
        "quote": claim.quote,
        "span": span_json(claim.span),
        "field": claim.field,
        "claimants": list(claim.claimants),
        "relay": list(claim.relay),
        "origin": claim.origin,
        "interest": claim.interest,
        "stance": claim.stance,
        "about": claim.about,
        "responds_to": claim.responds_to,
        "event_type": claim.event_type,
        "perpetrator": one_or_many(claim.perpetrator),
        "target": {
            "affiliation": claim.target.affiliation,
            "group": claim.target.group,
            "sex": claim.target.sex,
            "age": claim.target.age,
            "text": claim.target.text,
        },
        "measure": claim.measure,
        "count": count_json(claim.count),
        "place": place_json(claim.place),
        "date": date_json(claim.date),
        "time": claim.time,
        "weapon": one_or_many(claim.weapon),
        "scope": claim.scope,
        "part_of": claim.part_of,
        "dimension": claim.dimension,
        "change": claim.change,
        "incident": incident,
        "spans": {name: span_json(span) for name, span in claim.spans},
        "reader": claim.reader,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "confidences": dict(claim.confidences),
    }


def victim_json(victim: Victim) -> Json:
    """Return a named victim."""
    return {
        "id": victim.id,
        "name": victim.name,
        "age": {"low": victim.age_low, "high": victim.age_high},
        "sex": victim.sex,
        "circumstance": victim.circumstance,
        "harm": victim.harm,
        "killed_in": victim.claim if victim.harm == "killed" else None,
        "claim": victim.claim,
        "claimants": list(victim.claimants),
        "quote": victim.quote,
        "span": span_json(victim.span),
        "place": place_json(victim.place),
        "date": date_json(victim.date),
        "line": victim.line,
    }


def issue_json(issue: Issue) -> Json:
    """Return an issue."""
    return {"code": issue.code, "message": issue.message, "object": issue.object, "span": span_json(issue.span)}


def _said(record: Any) -> Json:
    return {
        "id": record.id,
        "quote": record.quote,
        "span": span_json(record.span),
        "claimants": list(record.claimants),
    }


def control_json(record: Any) -> Json:
    """Return a record of territorial control."""
    return {
        "place": record.place,
        "holder": record.holder,
        "since": date_json(record.since),
        "except": record.exception,
        **_said(record),
    }


def reading_json(reading: Reading, incidents: Mapping[str, str] | None = None, *, with_text: bool = True) -> Json:
    """Return the `tallybook.claims/1` object of one document; `incidents` maps claim ids to incident ids."""
    known = incidents or {}
    return {
        "schema": "tallybook.claims/1",
        "document": document_json(reading.document, with_text=with_text),
        "claims": [claim_json(c, known.get(c.id)) for c in reading.claims],
        "victims": [victim_json(v) for v in reading.victims],
        "control": [control_json(c) for c in reading.control],
        "evidence": [{"kind": e.kind, "holder": e.holder, "shows": e.shows, **_said(e)} for e in reading.evidence],
        "allegations": [{"by": a.by, "against": a.against, "of": a.of, **_said(a)} for a in reading.allegations],
        "conduct": [
            {"by": c.by, "act": c.act, "where": c.where, "weapon": list(c.weapon), **_said(c)} for c in reading.conduct
        ],
        "relations": [{"a": r.a, "relation": r.relation, "b": r.b, **_said(r)} for r in reading.relations],
        "force_sizes": [
            {"group": f.group, "count": {"low": f.low, "high": f.high}, "place": f.place, **_said(f)}
            for f in reading.force_sizes
        ],
        "issues": [issue_json(i) for i in reading.issues],
    }


def incident_json(incident: Incident, figures: list[Json]) -> Json:
    """Return the `tallybook.incident/1` object with its figures."""
    return {
        "schema": "tallybook.incident/1",
        "id": incident.id,
        "claims": list(incident.claims),
        "documents": list(incident.documents),
        "parts": list(incident.parts),
        "aliases": list(incident.aliases),
        "maybe_same": [{"claims": [x.a, x.b], "score": x.score, "reason": x.reason} for x in incident.doubts],
        "event_type": incident.event_type,
        "place": place_json(incident.place),
        "date": date_json(incident.date),
        "figures": figures,
    }


def figure_json(figure: Figure) -> Json:
    """Return the `tallybook.figure/1` object."""
    query = figure.query
    return {
        "schema": "tallybook.figure/1",
        "id": figure.id,
        "query": {
            "measure": query.measure, "who": list(query.who), "by": query.by, "in": query.place,
            "since": query.since, "until": query.until, "as_of": query.as_of,
            "policy": query.policy, "origins": list(query.origins), "weapon": query.weapon,
            "said_by": query.said_by,
        },
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "counted": list(figure.counted),
        "left_out": [{"claim": x.claim, "reason": x.reason, "field": x.field} for x in figure.left_out],
        "conflicts": [
            {"kind": c.kind, "claims": list(c.claims), "explained_by": c.explained_by} for c in figure.conflicts
        ],
        "unreviewed": figure.unreviewed,
        "proof": [{"text": s.text, "claims": list(s.claims), "rule": s.rule} for s in figure.proof],
    }  # fmt: skip
