"""People who are named as harmed in an incident: so many different ones at least, whatever the tolls say.

Names bound an incident from below and are never added to a toll. Where the tolls of the incident allow no fewer people
than are named, the names say nothing new and are left out. Where every toll stays below the names, the tolls' highs
cannot hold and stay open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from tallybook.ledger.book import Book
from tallybook.ledger.bounds import Bounds
from tallybook.ledger.cells import WHOLE, Cell
from tallybook.ledger.families import Family, NamedHere, families
from tallybook.ledger.positions import Position, Word
from tallybook.ledger.settle import settle
from tallybook.ledger.solve import extent
from tallybook.ledger.system import Disagreement
from tallybook.ledger.view import DENIALS, View

NAMES = "names"
"""Origin of a position that names alone make."""


@dataclass(frozen=True, slots=True)
class NamesAlone(Position):
    """At least so many people as are named in an incident that nobody counts."""

    people: tuple[tuple[str, ...], ...] = ()
    """For each person the claims that carry the name."""

    def statements(self) -> list[tuple[str, ...]]:
        """Return each claim by itself."""
        return [(claim,) for claim in self.claims]

    def bounds(self, without: Collection[str] = ()) -> Bounds | None:
        """Return how many people at least are named when the claims in `without` are left out; None: nobody is."""
        number = sum(any(c not in without for c in claims) for claims in self.people)
        return Bounds(number, None) if number else None


def families_of(book: Book, seen: View, as_of: str | None) -> list[Family]:
    """Return the families of a view of a book, with the names that bind them; computed once for a book."""
    key = (f"families {seen.measure}", as_of)
    made = book.views.get(key)
    if not isinstance(made, list):
        named = _named(book, seen)
        _stand_alone(seen, named)
        made = [_bound(family, named, seen) for family in families(seen, book.sides)]
        book.views[key] = made
    return made


def families_by_incident(book: Book, seen: View) -> dict[str, Family]:
    """Return the family of each incident of a view of a book; computed once for a book."""
    key = (f"families by incident {seen.measure}", None)
    known = book.views.get(key)
    if not isinstance(known, dict):
        known = book.views[key] = {i: f for f in families_of(book, seen, None) for i in f.incidents}
    return known


def _named(book: Book, seen: View) -> dict[str, dict[str, set[str]]]:
    """Return for each incident the people named in it, each with the claims that carry the name."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person in book.named:
        for measure, claim_id in person.claims:
            cell, claim = seen.cell_of.get(claim_id), seen.claims.get(claim_id)
            if measure == seen.measure and cell is not None and claim is not None and _holds(book, seen, claim_id):
                found[cell.incident][person.id].add(claim_id)
    return found


def _holds(book: Book, seen: View, claim_id: str) -> bool:
    """Say whether a claim may carry a name: not rejected, no denial, in no report that a newer one replaces."""
    claim = seen.claims[claim_id]
    return not (
        claim_id in book.decided.dropped
        or claim.document in book.reports.replaced
        or claim.measure is None
        or claim.stance in (*DENIALS, "retracted")
    )


def _stand_alone(seen: View, named: dict[str, dict[str, set[str]]]) -> None:
    """Give the incidents that nobody counts a position of their names alone."""
    counted = {cell.incident for cell in seen.positions}
    for incident in sorted(named.keys() - counted):
        people = tuple(sorted(tuple(sorted(claims)) for claims in named.pop(incident).values()))
        words = tuple(_word(seen, c) for c in sorted({c for claims in people for c in claims}))
        seen.positions[Cell(incident, WHOLE)] = {NAMES: NamesAlone(NAMES, words, (), people)}
        _release(seen, (w.claim.id for w in words))


def _word(seen: View, claim_id: str) -> Word:
    return Word(seen.claims[claim_id], NAMES, seen.published.get(claim_id), Bounds(1, None))


def _release(seen: View, claims: Iterable[str]) -> None:
    """Let claims count that carry names, though their own number is left out."""
    for claim in claims:
        seen.left.pop(claim, None)


def _bound(family: Family, named: dict[str, dict[str, set[str]]], seen: View) -> Family:
    """Return a family with the names that say more than its tolls do."""
    binding = []
    for incident in family.incidents:
        members = frozenset(a for a, atom in enumerate(family.atoms) if atom.incident == incident)
        told = named.get(incident)
        if told and members:
            here = NamedHere(incident, members, tuple(sorted(tuple(sorted(c)) for c in told.values())))
            if _says_more(family, here):
                binding.append(here)
                _release(seen, here.claims)
    return replace(family, named=tuple(binding)) if binding else family


def _says_more(family: Family, here: NamedHere) -> bool:
    try:
        low, _ = extent(settle(family).rows, here.members)
    except Disagreement:
        return False
    return here.number() > low
