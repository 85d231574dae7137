"""ACLED layout: one row for each event and day, 31 columns, one number of deaths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tallybook.knowledge import Knowledge
from tallybook.knowledge.actors import INTER
from tallybook.knowledge.folding import fold
from tallybook.release.cells import csv_text
from tallybook.release.laying import CIVILIANS, Told, country_name, days, events, middle, step, units
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Edition
from tallybook.release.telling import bounds

UNIDENTIFIED = "Unidentified Armed Group"
OTHER_MEASURES = ("injured", "missing", "captured", "displaced")
AGAINST_CIVILIANS = "Violence against civilians"
BATTLES = "Battles"


def lay(edition: Edition, mapping: LayoutMapping, knowledge: Knowledge) -> Laid:
    """Lay out an edition; events that ACLED would not record are losses."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative":
            losses.note(claim.id, "cumulative_toll")
    stamp = int(datetime.fromisoformat(edition.as_of).replace(tzinfo=UTC).timestamp())
    rows = [row for told in events(edition) for row in _rows(told, mapping, knowledge, losses, stamp)]
    cells = [[row.get(column) for column in mapping.columns] for row in rows]
    return Laid(csv_text([mapping.columns], cells), len(rows), losses)


LAYOUT = Layout("acled", "acled.csv", lay)


def _rows(
    told: Told, mapping: LayoutMapping, knowledge: Knowledge, losses: Losses, stamp: int
) -> Iterator[dict[str, object]]:
    event, when = told.event, days(told.event)
    precision = step((when[1] - when[0]).days + 1, mapping.codes["time_precision"]) if when else None
    where = event.place
    left_out = (
        "whole_of_parts" if event.parts
        else "no_date" if when is None or precision is None
        else "no_place" if where is None or where.precision not in mapping.codes["geo_precision"] or where.lat is None
        else None
    )  # fmt: skip
    if left_out or when is None:
        losses.note(event.id, left_out or "no_date")
        return
    _note_losses(told, losses)
    deaths = fatalities(told, mapping, losses)
    shared = {
        **_kind(told, mapping, knowledge, losses), **_place(told, mapping, knowledge, losses),
        "source": "; ".join(sorted({s.publisher or "Undisclosed Source" for s in told.sources})),
        "timestamp": stamp,
    }  # fmt: skip
    several = divided_days(told, mapping)
    shares = divided(deaths, len(several)) if several else [deaths]
    if several:
        losses.note(event.id, "divided", f"{deaths} over {len(several)} days")
    for number, share in enumerate(shares):
        day = several[number] if several else middle(*when)
        yield {
            **shared, "event_id_cnty": _id(told, number if several else None), "event_date": day.isoformat(),
            "year": day.year, "time_precision": 1 if several else precision, "fatalities": share,
            "notes": _notes(told, deaths, len(several)),
        }  # fmt: skip


def fatalities(told: Told, mapping: LayoutMapping, losses: Losses) -> int:
    """Return the one number of deaths: the lowest told, the codebook's number for words without one, 0 for nothing."""
    killed, record = told.event.bounds("killed"), told.event.id
    claims = [c for c in told.killed() if c.part_of is None]
    words = [c for c in claims if c.modifier == "vague"]
    if claims and len(words) == len(claims):
        told_words = {w for c in words for w in fold(c.words or "").split()}
        numbers = [n for word, n in mapping.codes["vague"].items() if word in told_words]
        floor = min((c.low for c in words if c.low is not None), default=None)
        vague = min(numbers) if numbers else _nearest_vague(floor, mapping)
        if vague is not None:
            losses.note(record, "vague_word", str(vague))
            return vague
    if killed is None or (killed.low is None and killed.best is None):
        losses.note(record, "not_stated_is_zero", bounds(None, killed.high) if killed else "")
        return 0
    lowest = killed.low if killed.low is not None else killed.best
    if killed.low != killed.high:
        losses.note(record, "lowest_taken", bounds(killed.low, killed.high))
    return int(lowest or 0)


def _nearest_vague(floor: int | None, mapping: LayoutMapping) -> int | None:
    """Return the codebook's number for words that are withheld, by the bound they were read as."""
    if floor is None:
        return None
    return max((n for n in mapping.codes["vague"].values() if n <= floor), default=None)


def divided_days(told: Told, mapping: LayoutMapping) -> list[date]:
    """Return the days of a toll that its sources tell over several days of one action; none where days only differ."""
    killed, when = told.killed(), days(told.event)
    if when is None or not killed or any(c.date_precision != "range" for c in killed):
        return []
    if len({(c.start, c.end) for c in killed}) > 1:
        return []
    length = (when[1] - when[0]).days + 1
    if not 1 < length <= mapping.codes["longest_division"]:
        return []
    return [when[0] + timedelta(days=n) for n in range(length)]


def divided(deaths: int, parts: int) -> list[int]:
    """Divide deaths among days: what is left over goes to the first. 13 over 3 days: 5, 4, 4."""
    share, rest = divmod(deaths, parts)
    return [share + rest, *([share] * (parts - 1))]


def _id(told: Told, part: int | None) -> str:
    where = told.event.place
    country = (where.country if where else None) or "XXX"
    digits = told.event.id.rsplit("-", 1)[-1]
    return f"{country}{digits}" + (f"-{part + 1}" if part is not None else "")


def _kind(told: Told, mapping: LayoutMapping, knowledge: Knowledge, losses: Losses) -> dict[str, object]:
    concept = knowledge.ontology.get("event", told.event.event_type)
    kind, _, sub = (concept.acled if concept and concept.acled else "Strategic developments / Other").partition(" / ")
    civilian = any(told.event.bounds(m, "civilian") for m in ("killed", "injured", "captured"))
    doers = told.doers()
    actor1 = doers[0] if doers else UNIDENTIFIED
    if not doers:
        losses.note(told.event.id, "actor_unknown")
    groups = [g for g in told.groups() if g != actor1]
    others = [d for d in doers[1:] if d != actor1]
    targeted = kind == AGAINST_CIVILIANS or (civilian and kind != BATTLES and not groups)
    actor2 = CIVILIANS if targeted and not groups else next(iter((*groups, *others)), None)
    inter1, inter2 = _inter(actor1, mapping, knowledge), _inter(actor2, mapping, knowledge)
    return {
        "disorder_type": mapping.codes["disorder"].get(kind), "event_type": kind, "sub_event_type": sub,
        "actor1": actor1, "inter1": inter1, "actor2": actor2, "inter2": inter2,
        "interaction": "-".join(x for x in (inter1, inter2) if x) or None,
        "civilian_targeting": mapping.codes["civilians_targeted"] if targeted else None,
    }  # fmt: skip


def _inter(actor: str | None, mapping: LayoutMapping, knowledge: Knowledge) -> str | None:
    if actor is None:
        return None
    if actor == CIVILIANS:
        return str(mapping.codes["inter"][7])
    canonical = knowledge.actors.canonical(actor)
    found = next((a for a in knowledge.actors if a.name == canonical), None) if canonical else None
    code = (found.inter or INTER.get(found.kind)) if found else None
    return mapping.codes["inter"].get(code) if code else None


def _place(told: Told, mapping: LayoutMapping, knowledge: Knowledge, losses: Losses) -> dict[str, object]:
    where = told.event.place
    assert where is not None
    first, second, third = units(where)
    losses.note(told.event.id, "area_flattened", f"radius {where.radius_km} km" if where.radius_km else "")
    return {
        "country": country_name(where.country, knowledge), "admin1": first, "admin2": second, "admin3": third,
        "location": where.name, "latitude": where.lat, "longitude": where.lon,
        "geo_precision": mapping.codes["geo_precision"][where.precision],
    }  # fmt: skip


def _note_losses(told: Told, losses: Losses) -> None:
    event = told.event
    for measure in OTHER_MEASURES:
        if event.bounds(measure):
            losses.note(event.id, "injured_dropped", measure)
    if event.bounds("killed", "combatant") or event.bounds("killed", "civilian"):
        losses.note(event.id, "sides_dropped")
    if len(told.claimants()) > 1:
        losses.note(event.id, "claimant_flattened")


def _notes(told: Told, deaths: int, parts: int) -> str:
    event, killed = told.event, told.event.bounds("killed")
    said = f"Reported killed: {bounds(killed.low, killed.high) if killed else 'not stated'}"
    said += f", according to {', '.join(told.claimants())}."
    hurt = event.bounds("injured")
    said += f" Reported injured: {bounds(hurt.low, hurt.high)}." if hurt else ""
    return said + (f" {deaths} deaths divided over {parts} days." if parts else "")
