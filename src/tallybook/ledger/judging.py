"""A book that is judged otherwise: the same records, some claims of which count now, or count no more.

Only what hangs together with these claims is worked out anew; the rest is taken over from the book before. A test holds
every answer equal to that of a book that is worked out whole.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from tallybook.ledger import contradictions
from tallybook.ledger.asking import ask
from tallybook.ledger.book import Book
from tallybook.ledger.clashes import place_of
from tallybook.ledger.named import families_by_incident, families_of
from tallybook.ledger.reach import Inside, Reach, World
from tallybook.ledger.reaches import Reaches, reaches_of
from tallybook.ledger.regions import regions
from tallybook.ledger.tallies import Around, Part, closed, components, counted_by, tolls_met, tolls_of
from tallybook.ledger.view import REJECTED, SUPERSEDED, View, view
from tallybook.model import Conflict, Query
from tallybook.model.reaching import reached

Parts = Mapping[str, Part | None]
"""By measure: what hangs together with claims that are judged otherwise; None: anything may."""
T = TypeVar("T")


def same_records(one: Book, other: Book) -> bool:
    """Say whether two books differ in nothing but what people decided on their claims."""
    return (
        one.claims is other.claims
        and one.incidents is other.incidents
        and one.documents is other.documents
        and one.named is other.named
    )


def parts_judged(before: Book, after: Book, touched: Collection[str]) -> dict[str, Part | None]:
    """Return by measure what hangs together with the claims that are judged otherwise in two books of the same
    records."""
    measures = {m for c in touched if c in before.claims for m in (before.claims[c].measure, before.claims[c].about)}
    return {m: _part(before, after, m, touched) for m in sorted(filter(None, measures))}


def _part(before: Book, after: Book, measure: str, touched: Collection[str]) -> Part | None:
    seen = view(before, measure)
    mine = frozenset(c for c in touched if c in seen.claims)
    if any(seen.claims[c].stance == "retracted" for c in mine):
        return None
    nearby = [_Nearby(book, before, seen) for book in (before, after)]
    start = Around(mine, frozenset())
    if not nearby[0].tolls.isdisjoint(mine):
        start = start.plus([nearby[0].met_by_tolls(after)])
    near = closed(start, nearby)
    return Part(near, near.part(before), near.part(after))


class _Nearby:
    """What hangs together in one of two books of the same records; which incidents do is the same in both."""

    def __init__(self, book: Book, before: Book, seen: View) -> None:
        self._book, self._before, self._seen = book, before, seen
        self._query = Query(seen.measure)

    @cached_property
    def _claims(self) -> Mapping[str, list[str]]:
        key = (f"claims by incident {self._seen.measure}", None)
        known = self._before.views.get(key)
        if isinstance(known, dict):
            return known
        made: dict[str, list[str]] = defaultdict(list)
        for claim, cell in self._seen.cell_of.items():
            made[cell.incident].append(claim)
        self._before.views[key] = made
        return made

    @cached_property
    def _beside(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for whole, parts in self._seen.parts.items():
            for part in parts:
                found[whole].add(part)
                found[part].add(whole)
        return found

    @cached_property
    def tolls(self) -> frozenset[str]:
        """Claims of no incident."""
        key = (f"tolls {self._seen.measure}", None)
        made = self._before.views.get(key)
        if not isinstance(made, frozenset):
            made = frozenset(c for c in self._seen.claims if c not in self._seen.cell_of)
            self._before.views[key] = made
        return made

    @cached_property
    def all_tolls(self) -> frozenset[str]:
        """Tolls, and the claims that take one back."""
        told = (self._seen.claims[c] for c, why in self._seen.left.items() if why in (SUPERSEDED, REJECTED))
        backs = (c.id for c in told if c.stance == "retracted" and c.responds_to in self.tolls)
        return self.tolls.union(backs)

    def families(self, some: Around) -> Around:
        own = {self._seen.cell_of[c].incident for c in some.claims if c in self._seen.cell_of} | some.incidents
        near = own | reached(own, lambda i: self._beside.get(i, ()))
        return Around(frozenset(c for i in near for c in self._claims.get(i, ())), frozenset(near))

    def tolls_met(self, some: Around) -> frozenset[str]:
        return tolls_met(self._book, self._query, self.all_tolls, some)

    def counted_by(self, tolls: frozenset[str]) -> Iterable[Around]:
        return counted_by(self._before, self._query, tolls)

    def met_by_tolls(self, after: Book) -> Around:
        """Return what the tolls may count that one of the books has and the other has not."""
        tolls = after.part(self.all_tolls, ())
        one, other = ({r.name: r for r in regions(v.tolls)[0]} for v in (self._seen, view(tolls, self._seen.measure)))
        differing = [r for a, b in ((one, other), (other, one)) for n, r in a.items() if b.get(n) != r]
        world = World(self._before.geography, self._before.sides)
        told = reaches_of(self._before, self._seen, None)
        counted = [
            family.incidents for n, family in enumerate(told.families)
            if any(_may_count(r.reach, told.atoms(n), world) for r in differing)
        ]  # fmt: skip
        met = frozenset(c for r in differing for c in r.claims())
        return Around(self.all_tolls, frozenset(i for incidents in counted for i in incidents), met)


def _may_count(toll: Reach, atoms: Iterable[Reach], world: World) -> bool:
    return any(toll.first <= r.last and r.first <= toll.last and world.inside(r, toll) is not Inside.NO for r in atoms)


def take_over(before: Book, after: Book, parts: Parts, touched: Collection[str]) -> None:
    """Give a book what was worked out for the one before, where the claims that are judged otherwise have no part."""
    for (name, of), made in before.views.copy().items():
        if (name, of) != contradictions.KEPT and name.rpartition(" ")[2] not in parts:
            after.views.setdefault((name, of), made)
    known = before.views.get(contradictions.KEPT)
    if isinstance(known, tuple) and all(parts.values()):
        found = [_conflicts(book, parts, touched, at) for at, book in enumerate((before, after))]
        after.views[contradictions.KEPT] = _exchanged(known, found[0] - found[1], found[1] - found[0])
    for measure, part in parts.items():
        if part is not None:
            _take_over(before, after, measure, part)


def _exchanged(known: tuple[Conflict, ...], gone: set[Conflict], new: set[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts in their order without some and with others; those that stay are the same objects."""
    claims = {c.claims for c in gone}
    kept = [c for c in known if c.claims not in claims or c not in gone] if gone else list(known)
    held = {c.claims for c in kept} if new else set()
    for conflict in (c for c in new if c.claims not in held or c not in kept):
        insort(kept, conflict, key=place_of)
    return tuple(kept)


def _conflicts(book: Book, parts: Parts, touched: Collection[str], at: int) -> set[Conflict]:
    found: set[Conflict] = set()
    for measure, part in parts.items():
        if part is not None:
            found.update(contradictions.of_measure((part.before, part.after)[at], measure))
    incidents = sorted({book.incident_of[c] for c in touched if c in book.incident_of})
    found.update(contradictions.of_incidents(book, incidents))
    return found


def _take_over(before: Book, after: Book, measure: str, part: Part) -> None:
    """Put a part that was worked out anew in the place of what it was, in all that a book knows of one measure."""
    gone = part.near.incidents
    old, new = (families_of(b, view(b, measure), None) for b in (before, part.after))  # names bind views in them
    kept = [f for f in old if f.incidents[0] not in gone]
    families = sorted([*kept, *new], key=lambda f: f.incidents[0])
    seen = _view(before, measure, part)
    by_incident = families_by_incident(before, view(before, measure))
    made: dict[str, object] = {
        measure: seen,
        f"families {measure}": families,
        f"families by incident {measure}": _without(by_incident, gone) | {i: f for f in new for i in f.incidents},
        f"claims by incident {measure}": before.views.get((f"claims by incident {measure}", None)),
        f"tolls {measure}": before.views.get((f"tolls {measure}", None)),
    }
    known = before.views.get((f"reaches {measure}", None))
    if isinstance(known, Reaches):
        made[f"reaches {measure}"] = known.judged(seen, families, part.after.claims)
    if (f"components {measure}", None) in before.views:
        met = part.near.met
        beyond = [c for c in components(before, measure) if met.isdisjoint(tolls_of([c]))]
        fresh = ask(part.after, Query(measure)).components if met else []
        made[f"components {measure}"] = [*beyond, *(c for c in fresh if not met.isdisjoint(tolls_of([c])))]
    after.views.update(((name, None), what) for name, what in made.items() if what is not None)


def _view(before: Book, measure: str, part: Part) -> View:
    old, new = view(before, measure), view(part.after, measure)
    gone, claims = part.near.incidents, part.after.claims
    return replace(
        old,
        cell_of={**old.cell_of, **new.cell_of},
        positions={cell: told for cell, told in old.positions.items() if cell.incident not in gone} | new.positions,
        tolls=new.tolls if any(c not in old.cell_of for c in claims) else old.tolls,
        left=_without(old.left, claims) | new.left,
        denials=sorted([*(d for d in old.denials if d.claim.id not in claims), *new.denials], key=lambda d: d.claim.id),
        exact={key: ids for key, ids in old.exact.items() if key[0].incident not in gone} | new.exact,
        parts=_without(old.parts, gone) | new.parts,
        published=_without(old.published, claims) | new.published,
        leans=_without(old.leans, claims) | new.leans,
    )


def _without(known: Mapping[str, T], gone: Collection[str]) -> dict[str, T]:
    return {name: what for name, what in known.items() if name not in gone}
