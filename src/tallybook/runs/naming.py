"""Names and dates as a user types them, to a checked Query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.documents.dates import read_stamp
from tallybook.errors import AmbiguousName, BadDate, UnknownName, UsageError
from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.model import MEASURES, Place, Query
from tallybook.review.registering import meant
from tallybook.runs.desk import Desk

WHO = ("any", "civilian", "combatant", "unknown", "children", "women")
POLICIES = ("latest", "lowest", "median", "origin-ranked")
NEAREST = 3
"""Names that an unknown one is answered with."""

CANDIDATES = 10
"""Places that an ambiguous name is answered with, at most."""

AREAS = ("country", "admin1", "admin2", "admin3")
"""Kinds of place that are areas: the precision of a place of such a kind."""

ALIKE = 60.0
"""Similarity, 0..100, below which a name is not worth showing: 'Karks' for 'Karsk' scores 80, other names below 50."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or filter as it was typed."""

    measure: str | None = None
    who: str | None = None
    by: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    policy: str = "latest"
    origins: str | None = None
    weapon: str | None = None
    said_by: str | None = None


def query_from(asked: Asked, desk: Desk) -> Query:
    """Check what was asked and put names in their canonical form.

    Raises: UsageError, UnknownName, BadDate
    """
    since, until = day("--since", asked.since), day("--until", asked.until)
    if since and until and since > until:
        raise BadDate(f"--since {since} lies after --until {until}. Swap them.")
    origins = listed(asked.origins)
    policy = one_of("--policy", asked.policy, POLICIES)
    if policy == "origin-ranked" and not origins:
        raise UsageError("--policy origin-ranked needs the order: give --origins A,B.")
    return Query(
        measure=one_of("measure", asked.measure or "", MEASURES),
        who=who(asked.who),
        by=actor(asked.by, desk) if asked.by else None,
        place=place(asked.place, desk) if asked.place else None,
        since=since,
        until=until,
        as_of=day("--as-of", asked.as_of),
        policy=policy,
        origins=tuple(_origin(name, desk) for name in origins),
        weapon=weapon(asked.weapon, desk) if asked.weapon else None,
        said_by=one_of("--said-by", asked.said_by, desk.ledger.kinds.names) if asked.said_by else None,
    )


def one_of(what: str, word: str, words: tuple[str, ...]) -> str:
    """Return `word` if it is one of `words`.

    Raises: UsageError
    """
    if word not in words:
        raise UsageError(f"{what} {word!r} is not known. Give one of: {', '.join(words)}.")
    return word


def listed(words: str | None) -> tuple[str, ...]:
    """Return the words between commas."""
    return tuple(word.strip() for word in words.split(",") if word.strip()) if words else ()


def who(words: str | None) -> tuple[str, ...]:
    """Return the populations asked for, in the order given, each once; `any` where none is.

    Raises: UsageError
    """
    return tuple(dict.fromkeys(one_of("--who", word, WHO) for word in listed(words))) or ("any",)


def day(option: str, words: str | None) -> str | None:
    """Return the ISO day of a typed date.

    Raises: BadDate
    """
    if words is None:
        return None
    stamp = read_stamp(words)
    if stamp is None:
        raise BadDate(f"{option} {words!r} is no date. Write it as YYYY-MM-DD.")
    return stamp.day


def weapon(name: str, desk: Desk) -> str:
    """Return the name of a weapon as the claims of the book give it.

    Raises: UnknownName with the nearest names.
    """
    told = {w for claim in desk.claims for w in claim.weapon}
    return _among(name, told) or _unknown("weapon", name, told)


def actor(name: str, desk: Desk) -> str:
    """Return the canonical name of an actor that the packs or the book know.

    Raises: UnknownName with the nearest names.
    """
    merged = meant(name, desk.applied.actors)
    if merged is not None:
        return str(merged.into)
    known = desk.knowledge.actors.canonical(name)
    if known:
        return known
    told = {p for claim in desk.claims for p in (*claim.perpetrator, claim.target.group) if p}
    return _among(name, told) or _unknown("actor", name, [*told, *desk.knowledge.actors.names()])


def place(name: str, desk: Desk) -> str:
    """Return the name of a place that the packs or the book know, as they write it.

    Raises: UnknownName with the nearest names.
    """
    told = {n for claim in desk.claims if claim.place for n in (claim.place.name, *claim.place.admin)}
    own = _among(name, told)
    if own:
        return own
    candidates = desk.knowledge.places.find(name)
    exact = next((c.name for c in candidates if fold(c.name) == fold(name)), None)
    if exact or candidates:
        return exact or candidates[0].name
    return _unknown("place", name, [*told, *desk.knowledge.places.names()])


def located(name: str, desk: Desk) -> Place:
    """Return the place that an id or a name means in the packs; 'Name, larger unit' tells places of one name apart.

    A row of a pack outranks the world's places.

    Raises: UnknownName with the nearest names; AmbiguousName with the candidates and their ids.
    """
    gazetteer = desk.knowledge.places
    first, *larger = (part.strip() for part in name.split(","))
    known = gazetteer.get(name.strip())
    found = [known] if known else [e for e in gazetteer.entries(first) if _lies_in(e, larger, desk)]
    found = [e for e in found if fold(e.name) == fold(first)] or found
    found = [e for e in found if e.from_pack] or found
    if not found:
        _unknown("place", name, gazetteer.names())
    if len(found) > 1:
        more = [f"and {len(found) - CANDIDATES} more"] if len(found) > CANDIDATES else []
        raise AmbiguousName("place", name, [*map(_candidate, found[:CANDIDATES]), *more])
    entry = found[0]
    precision = entry.kind if entry.kind in AREAS else "exact"
    return Place(entry.name, entry.admin, entry.country, entry.lat, entry.lon, entry.radius_km, precision, entry.id)


def _lies_in(entry: PlaceEntry, larger: Iterable[str], desk: Desk) -> bool:
    """Say whether all the larger units, or the country, that were typed after a name are those of a place."""
    country = desk.knowledge.countries.by_iso.get(entry.country or "")
    units = {fold(u) for u in (*entry.admin, entry.country or "", country.name if country else "")}
    return all(fold(unit) in units for unit in larger)


def _candidate(entry: PlaceEntry) -> str:
    return f"{entry.id} {', '.join(filter(None, (entry.name, *entry.admin, entry.country)))} ({entry.kind})"


def _origin(name: str, desk: Desk) -> str:
    known = desk.knowledge.actors.canonical(name)
    if known:
        return known
    told = {o for c in desk.claims for o in (c.origin, *c.claimants) if o}
    told |= {d.publisher for d in desk.documents.values() if d.publisher}
    return _among(name, told) or _unknown("origin", name, told)


def _among(name: str, names: Iterable[str]) -> str | None:
    return next((n for n in sorted(names) if fold(n) == fold(name)), None)


def _unknown(kind: str, name: str, names: Iterable[str]) -> str:
    raise UnknownName(kind, name, nearest(name, names))


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Return the names that are most like one, the likest first; few, and none that is not alike."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name,
        sorted(set(names)),
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=NEAREST,
        score_cutoff=ALIKE,
    )
    return [match for match, _, _ in found]
