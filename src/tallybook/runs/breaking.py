"""A figure broken down by month, place, author or weapon, or by whose word it is: one question each.

Lows of parts never add up to more than the whole, but for kinds of source, which tell of the same people.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tallybook.ledger import total
from tallybook.model import Claim, Figure, Query
from tallybook.runs.desk import Desk
from tallybook.runs.naming import one_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure: its name, and the figure of its own question."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure and its parts; who may be in several parts, or in none for certain, is in no part's bounds."""

    whole: Figure
    parts: tuple[Part, ...]
    overlapping: bool = False
    """Whether parts may count the same people."""

    @property
    def rest(self) -> int | None:
        """Return how many of the whole's low no part's low holds; None where the whole has no low or parts overlap."""
        if self.whole.low is None or self.overlapping:
            return None
        return max(0, self.whole.low - sum(p.figure.low or 0 for p in self.parts))


def breakdown(desk: Desk, query: Query, each: str) -> Breakdown:
    """Return a figure and its parts by month, place (the largest units below the one asked for), perpetrator, weapon or
    kind of claimant.

    Parts are disjoint, but for kinds of claimant, and those about which nothing is stated are left away. Each part is a
    question of its own, with an id that `why` takes.

    Raises: UsageError for another kind of part.
    """
    asked = _QUESTIONS[one_of("--each", each, EACH)]
    counted = [c for c in desk.claims if c.measure == query.measure]
    parts = ((name, total(desk.ledger, part)) for name, part in asked(desk, query, counted))
    whole = total(desk.ledger, query)
    told = tuple(Part(name, figure) for name, figure in parts if figure.counted)
    return Breakdown(whole, told, each == CLAIMANT_KIND)


def _months(desk: Desk, query: Query, claims: Iterable[Claim]) -> Iterator[tuple[str, Query]]:
    days = [c.date for c in claims if c.date and c.date.start and c.date.end and c.scope == "incident"]
    for month in sorted({(d.start or "")[:7] for d in days} | {(d.end or "")[:7] for d in days}):
        first, last = f"{month}-01", f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02}"
        since, until = max(first, query.since or first), min(last, query.until or last)
        if since <= until:
            yield month, replace(query, since=since, until=until)


def _places(desk: Desk, query: Query, claims: Iterable[Claim]) -> Iterator[tuple[str, Query]]:
    told = [c for c in claims if c.place]
    lands = {c.place.country for c in told if c.place}
    only = desk.knowledge.countries.by_iso.get(next(iter(lands)) or "") if len(lands) == 1 else None
    inside = query.place or (only.name if only else None)
    units = {unit for c in told for unit in [_unit(desk, c, inside)] if unit}
    yield from ((unit, replace(query, place=unit)) for unit in sorted(units))


def _unit(desk: Desk, claim: Claim, inside: str | None) -> str | None:
    """Return the largest unit of a claim's place that lies in another; of all places the country or largest unit."""
    place = claim.place
    assert place is not None
    chain = [place.name, *place.admin]
    if inside is None:
        country = desk.knowledge.countries.by_iso.get(place.country or "")
        return country.name if country else chain[-1]
    if inside in chain[1:]:
        return chain[chain.index(inside) - 1]
    country = desk.knowledge.countries.named(inside)
    return chain[-1] if country is not None and country.iso3 == place.country and place.precision != "country" else None


def _authors(desk: Desk, query: Query, claims: Iterable[Claim]) -> Iterator[tuple[str, Query]]:
    """Yield the authors named, without those that another one named includes."""
    named = sorted({p for c in claims for p in c.perpetrator})
    includes = desk.ledger.sides.includes
    for name in named:
        if not any(includes(other, name) and not includes(name, other) for other in named):
            yield name, replace(query, by=name)


def _weapons(desk: Desk, query: Query, claims: Iterable[Claim]) -> Iterator[tuple[str, Query]]:
    """Yield the weapons named; who was harmed with one of several is in none for certain."""
    yield from ((name, replace(query, weapon=name)) for name in sorted({w for c in claims for w in c.weapon}))


def kinds_told(desk: Desk, query: Query, claims: Iterable[Claim]) -> Iterator[tuple[str, Query]]:
    """Yield a question for each kind of source that says something; for the one that is asked for alone, if one is."""
    told = {desk.ledger.kind_of(c) for c in claims}
    kinds = (query.said_by,) if query.said_by else desk.ledger.kinds.names
    yield from ((kind, replace(query, said_by=kind)) for kind in kinds if kind in told)


CLAIMANT_KIND = "claimant-kind"
_QUESTIONS: dict[str, Callable[[Desk, Query, Iterable[Claim]], Iterator[tuple[str, Query]]]] = {
    "month": _months, "place": _places, "perpetrator": _authors, "weapon": _weapons,
    CLAIMANT_KIND: kinds_told,
}  # fmt: skip
EACH = tuple(_QUESTIONS)
"""What a figure can be broken down by."""
