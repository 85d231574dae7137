"""Lists of persons to named victims, and to the claims that count them: so many rows, so many people at least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tallybook.claims.notes import record_id
from tallybook.documents.list_rows import ListRow, is_list, rows
from tallybook.knowledge import Knowledge
from tallybook.model.claim import NAMED_ROWS, Claim, Count, DateRange, Place, PlaceCandidate
from tallybook.model.document import Document
from tallybook.model.records import Reading, Victim
from tallybook.model.span import Span

__all__ = ["is_list", "list_reading"]

AREAS = ("country", "admin1", "admin2", "admin3")


def list_reading(document: Document, reader: str, knowledge: Knowledge) -> Reading:
    """Return the victims of a list of persons, one a row, and a claim for the rows of each event.

    Rows that name an incident, or a day and a place, are of one event. The others are one toll for each harm: they say
    how many at least, and not in which incident.
    """
    held = [row for row in rows(document.text) if row.told("name") and row.told("status")]
    places = {row.told("place"): _place(row.told("place"), knowledge) for row in held}
    claims, victims = [], []
    for (harm, event), group in groupby(held, key=_event):
        mine = list(group)
        claim = _claim(document, reader, mine, harm, event, [places[r.told("place")] for r in mine])
        claims.append(claim)
        victims += [_victim(document, row, claim, places[row.told("place")]) for row in mine]
    return Reading(document, reader, tuple(claims), tuple(victims))


def _event(row: ListRow) -> tuple[str, tuple[str, ...] | None]:
    """Return the harm of a row, and what names its event; None where nothing does."""
    harm, incident, place, day = (row.told(f) for f in ("status", "incident", "place", "date"))
    if incident:
        return harm or "", (incident,)
    return harm or "", (place, day) if place and day and "/" not in day else None


def _claim(
    document: Document,
    reader: str,
    group: list[ListRow],
    harm: str,
    event: tuple[str, ...] | None,
    at: list[Place | None],
) -> Claim:
    span = Span(group[0].span.start, group[-1].span.end)
    quote = span.of(document.text)
    number = Count(len(group), None, "at_least", quote, span)
    key = None if event is None else event[0] if len(event) == 1 else f"list {' '.join(event)}"
    return Claim(
        record_id(document, "claim", span, harm), document.key, reader, quote, span, harm, number,
        claimants=_said(document), place=_shared(at), date=_window(_date(r.told("date")) for r in group),
        scope="incident" if event else "cumulative", event=key, rule=NAMED_ROWS,
    )  # fmt: skip


def _victim(document: Document, row: ListRow, claim: Claim, place: Place | None) -> Victim:
    low, high = _age(row.told("age"))
    source = row.told("source")
    return Victim(
        record_id(document, "victim", row.span), row.span.of(document.text), row.span,
        (source,) if source else _said(document), row.told("name") or "", low, high, row.told("sex"),
        row.told("circumstance"), row.told("status") or "", claim.id, place, _date(row.told("date")), row.line,
    )  # fmt: skip


def _said(document: Document) -> tuple[str, ...]:
    return (document.publisher,) if document.publisher else ()


def _age(told: str | None) -> tuple[int | None, int | None]:
    if told is None:
        return None, None
    low, _, high = told.partition("-")
    return int(low), int(high or low)


def _date(told: str | None) -> DateRange | None:
    if told is None:
        return None
    start, _, end = told.partition("/")
    return DateRange(start, end or start, "range" if end else "day", told)


def _window(dates: Iterable[DateRange | None]) -> DateRange | None:
    """Return the days that all rows lie in; None where a row tells none."""
    told = list(dates)
    known = [d for d in told if d is not None and d.start and d.end]
    if len(known) < len(told) or not known:
        return None
    start, end = min(d.start or "" for d in known), max(d.end or "" for d in known)
    return DateRange(start, end, "day" if start == end else "range")


def _shared(places: list[Place | None]) -> Place | None:
    """Return the place that all rows name; None where they name several, or a row none."""
    return places[0] if all(p == places[0] for p in places) else None


def _place(told: str | None, knowledge: Knowledge) -> Place | None:
    """Return the place that words name; where they may mean several, or none that is known, it stays unresolved."""
    if told is None:
        return None
    first, *larger = (part.strip() for part in told.split(","))
    found = [e for e in knowledge.places.entries(first) if _in(e.admin, e.country, larger, knowledge)]
    own = [e for e in found if e.from_pack] or found
    if len(own) == 1:
        e = own[0]
        precision = e.kind if e.kind in AREAS else "exact"
        return Place(e.name, e.admin, e.country, e.lat, e.lon, e.radius_km, precision, e.id)
    candidates = tuple(_candidates(first, {e.id for e in own}, knowledge))
    return Place(first, tuple(larger), candidates=candidates)


def _candidates(name: str, able: set[str], knowledge: Knowledge) -> Iterator[PlaceCandidate]:
    yield from [c for c in knowledge.places.find(name) if c.id in able][:10]


def _in(admin: tuple[str, ...], country: str | None, larger: list[str], knowledge: Knowledge) -> bool:
    known = knowledge.countries.by_iso.get(country or "")
    units = {u.casefold() for u in (*admin, country or "", known.name if known else "")}
    return all(unit.casefold() in units for unit in larger)
