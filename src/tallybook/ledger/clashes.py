"""Claims that clash: over count, status, whether it happened, who did it, when and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tallybook.ledger.book import Book
from tallybook.ledger.components import Asked
from tallybook.ledger.families import Family, NamedHere
from tallybook.ledger.positions import Position
from tallybook.ledger.reach import Inside, Reach, World
from tallybook.ledger.regions import Region
from tallybook.ledger.settle import settle
from tallybook.ledger.solve import extent
from tallybook.ledger.system import Disagreement
from tallybook.ledger.view import View
from tallybook.model import Claim, Conflict
from tallybook.model.moments import order

TIME, POPULATION, SCOPE = "time", "population", "scope"


def count_conflict(positions: Sequence[Position], claims: dict[str, Claim]) -> Conflict | None:
    """Return the conflict of positions that have no number in common, with what explains it."""
    counting = [p for p in positions if any(w.claim.measure is not None for w in p.words)]
    told = [(p, b) for p in counting if (b := p.bounds()) is not None and not b.empty]
    if all(a.meets(b) for i, (_, a) in enumerate(told) for _, b in told[i + 1 :]):
        return None
    ids = tuple(sorted(c for p, _ in told for c in p.claims))
    return Conflict("count", ids, _explained([p for p, _ in told], claims))


def _explained(positions: Sequence[Position], claims: dict[str, Claim]) -> str | None:
    if _only_rise(positions):
        return TIME
    told = [claims[p.words[0].claim.id] for p in positions]
    if len({(c.target.affiliation, c.target.group, c.target.sex, c.target.age) for c in told}) > 1:
        return POPULATION
    periods = {(c.date.start, c.date.end) for c in told if c.date}
    places = {(c.place.name, c.place.admin) for c in told if c.place}
    return SCOPE if len(periods) > 1 or len(places) > 1 else None


def _only_rise(positions: Sequence[Position]) -> bool:
    """Say whether each position that is newer states more, and none is as old as another that states something else."""
    for i, a in enumerate(positions):
        for b in positions[i + 1 :]:
            when = order(a.at, b.at)
            low, high = a.bounds(), b.bounds()
            if when is None or low is None or high is None:
                return False
            early, late = (low, high) if when < 0 else (high, low)
            if when == 0 and low != high:
                return False
            if (late.low or 0) < (early.low or 0) or (early.high or 0) > (late.high or early.high or 0):
                return False
    return True


def family_conflicts(asked: Asked, claims: dict[str, Claim]) -> list[Conflict]:
    """Return conflicts of count and of status in one family."""
    found = []
    for _, by_origin in sorted(asked.family.positions.items()):
        clash = count_conflict(list(by_origin.values()), claims) if len(by_origin) > 1 else None
        if clash is not None:
            found.append(clash)
    found += [c for here in asked.family.named if (c := _fewer_than_named(asked.family, here)) is not None]
    try:
        found += [Conflict("status", tuple(sorted(ids))) for ids in settle(asked.family).clashes]
    except Disagreement:
        return found
    return found


def _fewer_than_named(family: Family, here: NamedHere) -> Conflict | None:
    """Return the conflict of names with the tolls of their incident where all of these allow fewer people."""
    try:
        _, high = extent(settle(replace(family, named=())).rows, here.members)
    except Disagreement:
        return None
    if high is None or high >= here.number():
        return None
    mine = [p for cell, by in family.positions.items() if cell.incident == here.incident for p in by.values()]
    return Conflict("count", tuple(sorted({c for p in mine for c in p.claims} | here.claims)))


def region_conflict(region: Region, claims: dict[str, Claim]) -> Conflict | None:
    """Return the conflict of tolls of one region that have no number in common."""
    return count_conflict(region.positions, claims)


def denials(seen: View, incidents: Iterable[str]) -> list[Conflict]:
    """Return one conflict for each denial of what somebody counts in these incidents."""
    wanted = set(incidents)
    counted: dict[str, list[str]] = defaultdict(list)
    for cell, by_origin in seen.positions.items():
        if cell.incident in wanted:
            for origin, position in by_origin.items():
                if not all(w.claim.measure is None for w in position.words):
                    counted[cell.incident].extend(f"{origin}\n{c}" for c in position.claims)
    found = []
    for denial in seen.denials:
        held = seen.cell_of.get(denial.claim.id)
        told = [x.split("\n", 1) for x in counted.get(held.incident, ())] if held else []
        clashing = [c for origin, c in told if origin != denial.origin and _denied(denial.claim, seen.claims[c])]
        if clashing:
            found.append(Conflict("happened", tuple(sorted({denial.claim.id, *clashing}))))
    return found


def _denied(denial: Claim, claim: Claim) -> bool:
    """Say whether a denial speaks of the people that a claim counts."""
    status = denial.target.affiliation
    return status not in ("civilian", "combatant") or claim.target.affiliation in (status, "unknown", "mixed")


def of_incident(claims: Sequence[Claim], book: Book, world: World) -> list[Conflict]:
    """Return conflicts over author, date and place among the claims of one incident."""
    found = []
    reaches = [
        (
            c.id,
            Reach(
                start=c.date.start if c.date else None,
                end=c.date.end if c.date else None,
                place=c.place,
                authors=tuple(sorted(c.perpetrator)),
            ),
        )
        for c in sorted(claims, key=lambda c: c.id)
        if c.part_of is None and c.id not in book.decided.dropped
    ]
    for kind, compare in (("responsibility", world.author), ("date", world.time), ("place", world.area)):
        clashing: set[str] = set()
        for i, (a, left) in enumerate(reaches):
            for b, right in reaches[i + 1 :]:
                if compare(left, right) is Inside.NO and compare(right, left) is Inside.NO:
                    clashing |= {a, b}
        if clashing:
            found.append(Conflict(kind, tuple(sorted(clashing))))
    return found


def in_order(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts once each, by kind and claims."""
    return tuple(sorted(set(conflicts), key=place_of))


def place_of(conflict: Conflict) -> tuple[str, tuple[str, ...], str]:
    """Return what conflicts are sorted by."""
    return conflict.kind, conflict.claims, conflict.explained_by or ""
