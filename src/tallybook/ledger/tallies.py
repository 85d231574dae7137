"""How figures move when few claims change: only what hangs together with them is worked out anew.

A figure is a sum over components, so a book's figure after a change is the figure before it, less the components that
the change touches, plus what these are now. Equal to working out both figures whole; a test holds them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tallybook.ledger.asking import ask
from tallybook.ledger.best import best, policy
from tallybook.ledger.book import Book
from tallybook.ledger.components import Component
from tallybook.ledger.disagreement import outcome
from tallybook.ledger.named import families_by_incident
from tallybook.ledger.sorting import sort_claims
from tallybook.ledger.totals import conflicts_of
from tallybook.ledger.view import view
from tallybook.model import Conflict, Query


@dataclass(frozen=True, slots=True)
class Tally:
    """What the components of one question add up to. Adds up itself, and can be taken off again."""

    low: int = 0
    """Sum of the lows that are stated."""
    lows: int = 0
    """Components that state a low."""
    high: int = 0
    opens: int = 0
    """Components without a high."""
    best: int = 0
    bests: int = 0
    components: int = 0
    counted: frozenset[str] = frozenset()
    """Ids of the claims that are counted."""
    conflicts: frozenset[Conflict] = frozenset()

    def less(self, other: Tally) -> Tally:
        """Return what is left without the components of another."""
        return Tally(
            self.low - other.low, self.lows - other.lows, self.high - other.high, self.opens - other.opens,
            self.best - other.best, self.bests - other.bests, self.components - other.components,
            self.counted - other.counted, self.conflicts - other.conflicts,
        )  # fmt: skip

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            self.low + other.low, self.lows + other.lows, self.high + other.high, self.opens + other.opens,
            self.best + other.best, self.bests + other.bests, self.components + other.components,
            self.counted | other.counted, self.conflicts | other.conflicts,
        )  # fmt: skip

    @property
    def bounds(self) -> tuple[int | None, int | None, int | None]:
        """Return low, best and high as the figure has them."""
        high = self.high if self.components and not self.opens else None
        return self.low if self.lows else None, self.best if self.bests else None, high


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after, and the tallies of what was touched."""

    before: Tally
    after: Tally
    old: Tally
    """What was touched, as it was: all of the book where it all hangs together."""
    new: Tally


@dataclass(frozen=True, slots=True)
class Part:
    """What hangs together with some claims, in a book before and after a change."""

    near: Around
    before: Book
    after: Book


def tally(book: Book, query: Query) -> Tally:
    """Return what a book's components add up to for one question; worked out once for a book."""
    key = (f"tally {query.measure}", repr(query))
    made = book.views.get(key)
    if not isinstance(made, Tally):
        made = book.views[key] = _tallied(book, query)
    return made


def is_known(book: Book, query: Query) -> bool:
    """Say whether what the components add up to was worked out already."""
    return (f"tally {query.measure}", repr(query)) in book.views


def change(before: Book, after: Book, query: Query, part: Part | None) -> Change:
    """Return how a figure moves between two books that differ only around some claims (None: anywhere).

    The books may differ otherwise only in what no figure of this measure hangs on. The figure of `after` is kept with
    it, so that the next change starts from there.
    """
    if part is None:
        old, new = tally(before, query), tally(after, query)
        return Change(old, new, old, new)
    old, new, was = tally(part.before, query), tally(part.after, query), tally(before, query)
    now = was
    if old != new:
        met = (was.conflicts - (old.conflicts - new.conflicts)) | (new.conflicts - old.conflicts)
        now = replace(was.less(old).plus(new), conflicts=met)
    after.views[f"tally {query.measure}", repr(query)] = now
    return Change(was, now, old, new)


@dataclass(frozen=True, slots=True)
class Around:
    """Claims of one measure that hang together with some, in two books, and incidents."""

    claims: frozenset[str]
    incidents: frozenset[str]
    met: frozenset[str] = frozenset()
    """Tolls among them that may count somebody of these: with any, all tolls of the measure are among the claims."""

    def part(self, book: Book) -> Book:
        """Return the part of a book that these are."""
        return book.part(self.claims, self.incidents)

    def plus(self, others: Iterable[Around]) -> Around:
        """Return these and others."""
        held = [self, *others]
        return Around(
            frozenset().union(*(a.claims for a in held)), frozenset().union(*(a.incidents for a in held)),
            frozenset().union(*(a.met for a in held)),
        )  # fmt: skip


def part_around(before: Book, after: Book, measure: str, touched: Collection[str]) -> Part | None:
    """Return what hangs together with the touched claims in either book; None where it must be sought everywhere."""
    near = around(before, after, measure, touched)
    return None if near is None else Part(near, near.part(before), near.part(after))


def around(before: Book, after: Book, measure: str, touched: Collection[str]) -> Around | None:
    """Return what hangs together with the touched claims in either book; None where one of them is a toll.

    Where tolls may count some of them, all tolls are in it, and what hangs together with those that may.
    """
    books = [_Nearby(book, measure) for book in (before, after)]
    if any(not near.tolls.isdisjoint(touched) for near in books):
        return None
    return closed(Around(frozenset(touched), frozenset()), books)


def closed(found: Around, books: Sequence[Nearby]) -> Around:
    """Return some claims and incidents with all that hangs together with them."""
    added: frozenset[str] = frozenset()
    while True:
        if found.met - added:
            found = found.plus([Around(books[0].all_tolls, frozenset()), *books[0].counted_by(found.met - added)])
            added = found.met
        more = found.plus(near.families(found) for near in books)
        met = more.met.union(*(near.tolls_met(more) for near in books))
        if more == found and met == added:
            return found
        found = replace(more, met=met)


class Nearby(Protocol):
    """One book's claims of a measure, by what they hang together with."""

    @property
    def all_tolls(self) -> frozenset[str]:
        """Claims of no incident, and those that take one back."""

    def families(self, some: Around) -> Around:
        """Return all claims and incidents of the families that these belong to."""

    def tolls_met(self, some: Around) -> frozenset[str]:
        """Return the tolls that may count somebody of these."""

    def counted_by(self, tolls: frozenset[str]) -> Iterable[Around]:
        """Yield what hangs together with some tolls."""


class _Nearby:
    def __init__(self, book: Book, measure: str) -> None:
        self._book, self._query = book, Query(measure)
        self._seen = view(book, measure)
        self._families = families_by_incident(book, self._seen)
        self._claims: dict[str, list[str]] = defaultdict(list)
        for claim, cell in self._seen.cell_of.items():
            self._claims[cell.incident].append(claim)
        self.tolls = frozenset(c for c in self._seen.claims if c not in self._seen.cell_of)
        """Claims of no incident."""
        self.all_tolls = self.tolls

    def families(self, some: Around) -> Around:
        near = {self._seen.cell_of[c].incident for c in some.claims if c in self._seen.cell_of} | some.incidents
        for incident in tuple(near):
            near.update(self._families[incident].incidents if incident in self._families else ())
        return Around(frozenset(c for i in near for c in self._claims.get(i, ())), frozenset(near))

    def tolls_met(self, some: Around) -> frozenset[str]:
        return tolls_met(self._book, self._query, self.tolls, some)

    def counted_by(self, tolls: frozenset[str]) -> Iterable[Around]:
        return counted_by(self._book, self._query, tolls)


def tolls_met(book: Book, query: Query, tolls: frozenset[str], some: Around) -> frozenset[str]:
    """Return which tolls may count somebody of some claims and incidents, and those that hang together with these."""
    if not tolls:
        return frozenset()
    asking = ask(book.part(some.claims | tolls, some.incidents), query)
    return tolls_of(c for c in asking.components if c.families or not c.claims.isdisjoint(some.met))


def counted_by(book: Book, query: Query, tolls: frozenset[str]) -> Iterable[Around]:
    """Yield what hangs together with some tolls in a book."""
    for component in components(book, query.measure):
        if not tolls.isdisjoint(tolls_of([component])):
            yield Around(component.claims, frozenset(i for f in component.families for i in f.family.incidents))


def components(book: Book, measure: str) -> list[Component]:
    """Return the components of a measure that have tolls; worked out once for a book."""
    key = (f"components {measure}", None)
    made = book.views.get(key)
    if not isinstance(made, list):
        made = book.views[key] = ask(book, Query(measure)).components
    return made


def tolls_of(components: Iterable[Component]) -> frozenset[str]:
    """Return the ids of all tolls of some components."""
    return frozenset(c for component in components for t in component.tolls for c in t.region.claims())


def _tallied(book: Book, query: Query) -> Tally:
    asking = ask(book, query)
    components = asking.all()
    outcomes = [outcome(c) for c in components]
    chosen = [best([c], [o.bounds], policy(query)) for c, o in zip(components, outcomes, strict=True)]
    told = sort_claims(asking, [(c, o.bounds, not o.sets) for c, o in zip(components, outcomes, strict=True)])
    lows = [o.bounds.low for o in outcomes if o.bounds.low is not None]
    highs = [o.bounds.high for o in outcomes if o.bounds.high is not None]
    bests = [b for b in chosen if b is not None]
    return Tally(
        sum(lows), len(lows), sum(highs), len(outcomes) - len(highs), sum(bests), len(bests), len(outcomes),
        frozenset(told.counted), frozenset(conflicts_of(asking, components, outcomes, told)),
    )  # fmt: skip
