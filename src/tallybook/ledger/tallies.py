"""How figures move when few claims change: only what hangs together with them is worked out anew.

A figure is a sum over components, so a book's figure after a change is the figure before it, less the components that
the change touches, plus what these are now. Equal to working out both figures whole; a test holds them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tallybook.ledger.asking import ask
from tallybook.ledger.best import best, policy
from tallybook.ledger.book import Book
from tallybook.ledger.components import Component
from tallybook.ledger.disagreement import outcome
from tallybook.ledger.families import Family
from tallybook.ledger.named import families_of
from tallybook.ledger.sorting import sort_claims
from tallybook.ledger.view import View, view
from tallybook.model import Query


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

    def less(self, other: Tally) -> Tally:
        """Return what is left without the components of another."""
        return Tally(
            self.low - other.low, self.lows - other.lows, self.high - other.high, self.opens - other.opens,
            self.best - other.best, self.bests - other.bests, self.components - other.components,
            self.counted - other.counted,
        )  # fmt: skip

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            self.low + other.low, self.lows + other.lows, self.high + other.high, self.opens + other.opens,
            self.best + other.best, self.bests + other.bests, self.components + other.components,
            self.counted | other.counted,
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


def tally(book: Book, query: Query) -> Tally:
    """Return what a book's components add up to for one question; worked out once for a book."""
    key = (f"tally {query}", None)
    made = book.views.get(key)
    if not isinstance(made, Tally):
        made = book.views[key] = _tallied(book, query)
    return made


def change(before: Book, after: Book, query: Query, near: Around | None) -> Change:
    """Return how a figure moves between two books that differ only around some claims (None: anywhere).

    The books may differ otherwise only in what no figure of this measure hangs on. The figure of `after` is kept with
    it, so that the next change starts from there.
    """
    old, new = (tally(near.part(book) if near else book, query) for book in (before, after))
    if near is None or old == new:
        whole = old if near is None else tally(before, query)
        return Change(whole, new if near is None else whole, old, new)
    was = tally(before, query)
    now = was.less(old).plus(new)
    after.views[f"tally {query}", None] = now
    return Change(was, now, old, new)


@dataclass(frozen=True, slots=True)
class Around:
    """Claims of one measure that hang together with some, in two books, and incidents."""

    claims: frozenset[str]
    incidents: frozenset[str]

    def part(self, book: Book) -> Book:
        """Return the part of a book that these are."""
        return book.part(self.claims, self.incidents)

    def plus(self, others: Iterable[Around]) -> Around:
        """Return these and others."""
        held = [self, *others]
        return Around(frozenset().union(*(a.claims for a in held)), frozenset().union(*(a.incidents for a in held)))


def around(before: Book, after: Book, measure: str, touched: Collection[str]) -> Around | None:
    """Return what hangs together with the touched claims in either book; None where one of them is a toll.

    Where tolls may count some of them, all tolls are in it, and what hangs together with those that may.
    """
    books = [_Nearby(book, measure) for book in (before, after)]
    if any(not near.tolls.isdisjoint(touched) for near in books):
        return None
    found = Around(frozenset(touched), frozenset())
    while True:
        more = found.plus(near.families(found) for near in books)
        met = frozenset().union(*(near.tolls_met(more) for near in books))
        if met:
            more = more.plus([Around(books[0].tolls, frozenset()), *books[0].counted_by(met)])
        if more == found:
            return found
        found = more


class _Nearby:
    """One book's claims of a measure, by what they hang together with."""

    def __init__(self, book: Book, measure: str) -> None:
        self._book, self._query = book, Query(measure)
        self._seen = view(book, measure)
        self._families = _by_incident(book, self._seen)
        self._claims: dict[str, list[str]] = defaultdict(list)
        for claim, cell in self._seen.cell_of.items():
            self._claims[cell.incident].append(claim)
        self.tolls = frozenset(c for c in self._seen.claims if c not in self._seen.cell_of)
        """Claims of no incident."""

    def families(self, some: Around) -> Around:
        """Return all claims and incidents of the families that these belong to."""
        near = {self._seen.cell_of[c].incident for c in some.claims if c in self._seen.cell_of} | some.incidents
        for incident in tuple(near):
            near.update(self._families[incident].incidents if incident in self._families else ())
        return Around(frozenset(c for i in near for c in self._claims.get(i, ())), frozenset(near))

    def tolls_met(self, some: Around) -> frozenset[str]:
        """Return the tolls that may count somebody of these."""
        if not self.tolls:
            return frozenset()
        asking = ask(self._book.part(some.claims | self.tolls, some.incidents), self._query)
        return _tolls(c for c in asking.components if c.families)

    def counted_by(self, tolls: frozenset[str]) -> Iterable[Around]:
        """Yield what hangs together with some tolls."""
        key = (f"components {self._query.measure}", None)
        made = self._book.views.get(key)
        if not isinstance(made, list):
            made = self._book.views[key] = ask(self._book, self._query).components
        for component in made:
            if not tolls.isdisjoint(_tolls([component])):
                yield Around(component.claims, frozenset(i for f in component.families for i in f.family.incidents))


def _tolls(components: Iterable[Component]) -> frozenset[str]:
    return frozenset(c for component in components for t in component.tolls for c in t.region.claims())


def _by_incident(book: Book, seen: View) -> dict[str, Family]:
    return {i: f for f in families_of(book, seen, None) for i in f.incidents}


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
        frozenset(told.counted),
    )  # fmt: skip
