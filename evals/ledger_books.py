"""Builds small books out of short rows: one row a claim, numbers in words, places by name. Every name is invented.

A row may hold `id`, `count` ("12", "at least 12", "several", "nobody" for a denial), `who` ("civilian", "combatant
women"), `group`, `origin` (null: the outlet), `named` (false for "officials"), `report`, `event`, `place`, `date`
("2024-03-01", "2024-03-01..2024-03-05", "..2024-03-05"; `~` for vague ends), `scope`, `type`, `by`, `weapon`, `noun`,
`part_of`, `dimension`, `whole_exact`, `change`, `stance`, `measure`, `responds_to`, `quote`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tallybook.ledger import Book
from tallybook.ledger.protocols import BookPlaces
from tallybook.model import Claim, Count, DateRange, Document, Incident, Judgement, Place, Span, Target
from tallybook.model.claim import DIMENSIONS, EVENT_TYPES, MEASURES, STANCES

Row = Mapping[str, Any]
COUNTRY = "QQQ"
FIRST_REPORT, FIRST_DAY = "d1", "2024-03-10"
"""The report of a row that names none, and when a report appeared that states no day."""

NOBODY = "nobody"
VAGUE = {
    "some": None, "a couple": 2, "a few": 3, "several": 3, "dozens": 24, "scores": 40, "hundreds": 200,
    "thousands": 2000,
}  # fmt: skip
"""Words without digits and the least number that they mean."""
OPERATORS = {
    "": ("exact", 0, 0), "about": ("about", 0, 0), "at least": ("at_least", 0, None),
    "more than": ("more_than", 1, None), "nearly": ("nearly", None, 0), "up to": ("up_to", None, 0),
    "fewer than": ("up_to", None, -1),
}  # fmt: skip
"""Words before digits: modifier, and what to add to the number for low and high; None leaves that end open."""
SEXES = {
    "women": ("female", "adult"),
    "men": ("male", "adult"),
    "children": (None, "child"),
    "girls": ("female", "child"),
}
STATUSES = ("civilian", "combatant", "mixed", "unknown")
KEYS = frozenset((
    "id", "count", "who", "group", "origin", "named", "report", "event", "place", "date", "scope", "type", "by",
    "weapon", "noun", "part_of", "dimension", "whole_exact", "change", "stance", "measure", "responds_to", "quote",
))  # fmt: skip
CHOICES: dict[str, Sequence[str]] = {
    "scope": ("incident", "cumulative"), "type": EVENT_TYPES, "dimension": DIMENSIONS, "change": ("added",),
    "stance": STANCES, "measure": MEASURES,
}  # fmt: skip


class Malformed(Exception):
    """A row says something that no book can hold."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a book knows beside its claims: the world's places, who is part of whom, reports and decisions."""

    places: Mapping[str, Place] = field(default_factory=dict)
    sides: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reports: Mapping[str, Row] = field(default_factory=dict)
    decisions: Sequence[str] = ()


class NamedParts:
    """Actors whose parts are listed by name."""

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        self._parts = parts

    def includes(self, outer: str, inner: str) -> bool:
        """Say whether `inner` is `outer` or listed as a part of it, at any depth."""
        return outer == inner or any(self.includes(part, inner) for part in self._parts.get(outer, ()))


def places_of(rows: Mapping[str, Row]) -> dict[str, Place]:
    """Read `NAME: {admin: [...], precision: ...}` rows; without precision a place is exact.

    Raises: Malformed if a row has another key.
    """
    for name, row in rows.items():
        _no_other_keys(row, {"admin", "precision", "country"}, f"place {name}")
    return {
        name: Place(
            name, tuple(row.get("admin", ())), row.get("country", COUNTRY), precision=row.get("precision", "exact")
        )
        for name, row in rows.items()
    }


def book_of(rows: Sequence[Row], setting: Setting | None = None) -> Book:
    """Build a book; claims with one `event` are one incident, in all reports, and parts follow `part_of`.

    Raises: Malformed if a row holds a key or a value that no claim has.
    """
    told = setting or Setting()
    claims = [claim_of(row, told.places) for row in rows]
    _check_ids(claims)
    reports: dict[str, Row] = {c.document: {} for c in claims} | dict(told.reports)
    documents = [_document(key, row) for key, row in sorted(reports.items())]
    judged = [_judgement(number, words) for number, words in enumerate(told.decisions, start=1)]
    geography = BookPlaces(told.places.values()) if told.places else None
    return Book(claims, documents, _incidents(claims), judged, geography, NamedParts(told.sides))


def claim_of(row: Row, places: Mapping[str, Place]) -> Claim:
    """Build one claim.

    Raises: Malformed if the row holds a key or a value that no claim has.
    """
    name = f"claim {row.get('id', '?')}"
    _no_other_keys(row, KEYS, name)
    for key, allowed in CHOICES.items():
        if row.get(key) is not None and row[key] not in allowed:
            raise Malformed(f"{name}: {key} is {row[key]!r}; it must be one of {', '.join(allowed)}")
    try:
        return _claim(row, places)
    except KeyError as missing:
        raise Malformed(f"{name}: {missing} is missing") from missing
    except ValueError as wrong:
        raise Malformed(f"{name}: {wrong}") from wrong


def _claim(row: Row, places: Mapping[str, Place]) -> Claim:
    words, origin, measure = str(row["count"]), row.get("origin", "police"), row.get("measure", "killed")
    denied = words == NOBODY
    scope = row.get("scope", "incident")
    return Claim(
        id=str(row["id"]),
        document=row.get("report", FIRST_REPORT),
        reader="by hand/1",
        quote=row.get("quote", f"{words} {measure}, said {origin or 'the outlet'}"),
        span=Span(0, 10),
        measure=None if denied else measure,
        about=measure if denied else None,
        count=None if denied else count_of(words),
        stance=row.get("stance", "denied" if denied else "asserted"),
        origin=origin,
        origin_named=row.get("named", True),
        claimants=(origin,) if origin else (),
        target=_target(str(row.get("who", "unknown")), row.get("group"), row.get("noun")),
        event=row.get("event", "e1") if scope == "incident" else None,
        place=_place(row["place"], places) if row.get("place") else None,
        date=date_of(str(row["date"])) if row.get("date") else None,
        scope=scope,
        event_type=row.get("type", "other"),
        perpetrator=_several(row.get("by")),
        weapon=_several(row.get("weapon")),
        **{k: row[k] for k in ("part_of", "dimension", "whole_exact", "change", "responds_to") if k in row},
    )


def count_of(words: str) -> Count:
    """Read a number in words: '12', 'at least 12', 'nearly 100', '5-8', 'dozens', 'some'.

    Raises: ValueError if the words are none of these.
    """
    if words in VAGUE:
        return Count(VAGUE[words], None, "vague", words)
    between = re.fullmatch(r"(\d+)-(\d+)", words)
    if between:
        return Count(int(between[1]), int(between[2]), "between", words)
    told = re.fullmatch(r"(?:([a-z ]+) )?(\d+)", words)
    if told is None or (told[1] or "") not in OPERATORS:
        raise ValueError(f"{words!r} is no number in words")
    modifier, below, above = OPERATORS[told[1] or ""]
    n = int(told[2])
    return Count(None if below is None else n + below, None if above is None else n + above, modifier, words)


def date_of(words: str) -> DateRange:
    """Read a day, `START..END` with either end left open, or `START~END` for vague ends.

    Raises: ValueError if the words are none of these.
    """
    day = r"\d{4}-\d\d-\d\d"
    told = re.fullmatch(rf"({day})?(?:(\.\.|~)({day})?)?", words)
    if told is None or not words:
        raise ValueError(f"{words!r} is no date")
    if told[2] is None:
        return DateRange(told[1], told[1], "day")
    return DateRange(told[1], told[3], "range", vague=told[2] == "~")


def _target(who: str, group: str | None, noun: str | None) -> Target:
    words = who.split()
    wrong = [w for w in words if w not in STATUSES and w not in SEXES]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no population")
    status = next((w for w in words if w in STATUSES), "unknown")
    people = next((w for w in words if w in SEXES), "people")
    sex, age = SEXES.get(people, (None, None))
    return Target(status, group, sex, age, noun or people)


def _place(name: str, places: Mapping[str, Place]) -> Place:
    if name not in places:
        raise ValueError(f"place {name!r} is not in the list of places")
    return places[name]


def _several(told: str | Sequence[str] | None) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told or ())


def _document(key: str, row: Row) -> Document:
    _no_other_keys(row, {"published", "publisher", "url", "text"}, f"report {key}")
    text = row.get("text", f"text of {key}")
    digest = sha256(text.encode()).hexdigest()
    published = row.get("published", FIRST_DAY)
    return Document(
        key,
        key,
        text,
        f"{key}.txt",
        digest,
        digest,
        publisher=row.get("publisher", f"Outlet {key}"),
        published=None if published is None else str(published),
        language="en",
        url=row.get("url"),
    )


def _judgement(number: int, words: str) -> Judgement:
    verb, *objects = words.split()
    return Judgement(f"j{number}", number, verb, tuple(objects), "Recorder", "by hand", "2024-04-01T00:00:00Z")


def _check_ids(claims: Sequence[Claim]) -> None:
    ids = {c.id for c in claims}
    for n, c in enumerate(claims):
        if any(c.id == other.id for other in claims[:n]):
            raise Malformed(f"claim {c.id} stands twice")
        if c.part_of and c.part_of not in ids:
            raise Malformed(f"claim {c.id}: part_of names {c.part_of}, which is no claim of this book")


def _incidents(claims: Sequence[Claim]) -> list[Incident]:
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for c in claims:
        if c.event:
            grouped[c.event].append(c)
    event_of = {c.id: c.event for c in claims}
    inner: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        outer = event_of.get(c.part_of or "")
        if outer and c.event and outer != c.event:
            inner[outer].add(f"i-{c.event}")
    return [_incident(event, mine, sorted(inner[event])) for event, mine in grouped.items()]


def _incident(event: str, mine: Sequence[Claim], parts: Sequence[str]) -> Incident:
    return Incident(
        f"i-{event}",
        tuple(sorted(c.id for c in mine)),
        tuple(sorted({c.document for c in mine})),
        next((c.event_type for c in mine if c.event_type != "other"), "other"),
        next((c.place for c in mine if c.place), None),
        next((c.date for c in mine if c.date), None),
        tuple(parts),
    )


def _no_other_keys(row: Row, allowed: Iterable[str], what: str) -> None:
    other = sorted(set(row) - set(allowed))
    if other:
        raise Malformed(f"{what}: there is no key {other[0]!r}; there are {', '.join(sorted(allowed))}")
