"""FollowTheMoney layout: events, reports, organisations and named persons as statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from tallybook.knowledge import Knowledge
from tallybook.release.cells import csv_pieces, safe_cell
from tallybook.release.laying import Told, events
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Edition, Person, Source
from tallybook.release.telling import bounds

EVENT, ARTICLE, ORGANISATION, PERSON, LINK = "Event", "Article", "Organization", "Person", "UnknownLink"
NO_NAME = "report not named here"

Property = tuple[str, str, str, str]
"""Id of an entity, its schema, a property and its value."""


def lay(edition: Edition, mapping: LayoutMapping, knowledge: Knowledge) -> Laid:
    """Lay out an edition as statements, sorted by entity, property and value."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative":
            losses.note(claim.id, "cumulative_toll")
    dataset = mapping.codes["dataset"].format(profile=edition.profile)
    told = {p for p in _properties(edition, mapping, knowledge, losses) if p[3]}
    count, ordered = len(told), sorted(told)
    del told
    rows = (_row(p, mapping, dataset, edition.as_of) for p in ordered)
    return Laid(csv_pieces([mapping.columns], rows), count, losses)


LAYOUT = Layout("followthemoney", "statements.csv", lay)


def _properties(
    edition: Edition, mapping: LayoutMapping, knowledge: Knowledge, losses: Losses
) -> Iterator[Property]:  # fmt: skip
    for source in edition.sources:
        yield from _article(source)
    for told in events(edition):
        yield from _event(told, knowledge, losses)
        yield from _doers(told, mapping)
    for victim in edition.victims:
        if victim.name is None:
            losses.note(victim.id, "name_withheld")
        else:
            yield from _person(victim, mapping)


def _article(source: Source) -> Iterator[Property]:
    yield source.id, ARTICLE, "name", source.title or source.publisher or NO_NAME
    for prop, value in (("title", source.title), ("publisher", source.publisher), ("publishedAt", source.published),
                        ("sourceUrl", source.url)):  # fmt: skip
        yield source.id, ARTICLE, prop, value or ""


def _event(told: Told, knowledge: Knowledge, losses: Losses) -> Iterator[Property]:
    event, where = told.event, told.event.place
    kind = event.event_type.replace("_", " ")
    area = ", ".join(n for n in ((where.name, *where.admin) if where else ()) if n)
    days = " to ".join(dict.fromkeys(d for d in (event.start, event.end) if d))
    country = knowledge.countries.by_iso.get(where.country or "") if where else None
    losses.note(event.id, "numbers_as_text")
    if len(told.claims) > 1:
        losses.note(event.id, "claims_flattened")
    if where and where.lat is not None:
        losses.note(event.id, "radius_dropped")
    code = country.iso2.lower() if country and country.iso2 else ""
    if where and where.country and not code:
        losses.note(event.id, "country_unknown", where.country)
    values = [("name", ", ".join(filter(None, (f"reported {kind}", area, days)))), ("startDate", event.start or ""),
              ("endDate", event.end or ""), ("location", area), ("country", code), ("keywords", kind),
              ("recordId", event.id)]  # fmt: skip
    values += [
        ("summary", f"reported {b.measure}: {bounds(b.low, b.high)}") for b in event.figures if b.affiliation == "any"
    ]
    values += [("proof", source.id) for source in told.sources]
    yield from ((event.id, EVENT, prop, value) for prop, value in values)


def _doers(told: Told, mapping: LayoutMapping) -> Iterator[Property]:
    for name in told.doers():
        doer = _id("organisation", name)
        yield doer, ORGANISATION, "name", name
        proof = {c.source for c in told.claims if name in c.perpetrator}
        yield from _link(doer, told.event.id, mapping.codes["links"]["perpetrator"], proof)


def _person(victim: Person, mapping: LayoutMapping) -> Iterator[Property]:
    yield victim.person, PERSON, "name", victim.name or ""
    yield victim.person, PERSON, "gender", victim.sex or ""
    yield victim.person, PERSON, "proof", victim.source
    if victim.incident:
        role = mapping.codes["links"]["harmed"].format(harm=victim.harm)
        yield from _link(victim.person, victim.incident, role, {victim.source})


def _link(subject: str, about: str, role: str, proof: Iterable[str]) -> Iterator[Property]:
    name = _id("link", subject, about, role)
    yield name, LINK, "subject", subject
    yield name, LINK, "object", about
    yield name, LINK, "role", role
    yield from ((name, LINK, "proof", source) for source in proof)


def _id(kind: str, *parts: str) -> str:
    return f"{kind}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:16]}"


def _row(told: Property, mapping: LayoutMapping, dataset: str, as_of: str) -> list[Any]:
    entity, schema, prop, plain = told
    value = str(safe_cell(plain))
    name = hashlib.sha1(f"{dataset}.{entity}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()
    kind = mapping.codes["types"][schema][prop]
    return [entity, entity, prop, kind, schema, value, dataset, None, None, None, "f", as_of, as_of, name]
