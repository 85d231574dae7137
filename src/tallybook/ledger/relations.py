"""How claims stand to one another: same, copy, update, part, inside a toll, contradiction, withdrawal, answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tallybook.ledger.asking import ask
from tallybook.ledger.book import Book
from tallybook.ledger.contradictions import conflicts
from tallybook.ledger.origins import published
from tallybook.ledger.positions import ADDED
from tallybook.ledger.reach import Inside, World
from tallybook.ledger.view import View, view
from tallybook.model import MEASURES, Claim, Query
from tallybook.model.described import described

SAME, COPY_OF, UPDATE_OF, ADDS_TO, PART_OF = "same", "copy_of", "update_of", "adds_to", "part_of"
INSIDE, CONTRADICTS, RETRACTS, RESPONDS_TO = "inside", "contradicts", "retracts", "responds_to"
KINDS = (COPY_OF, SAME, UPDATE_OF, ADDS_TO, PART_OF, INSIDE, CONTRADICTS, RETRACTS, RESPONDS_TO)


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """One claim's relation to another."""

    claim: str = described("id of the claim that stands in the relation")
    kind: str = described("one of KINDS")
    other: str = described("id of the claim that it stands to")
    why: str = described("what shows it, in words")


def relations(book: Book) -> tuple[Relation, ...]:
    """Return the relations between the claims of a book, sorted.

    `same`: another claim of one incident, measure and people that states the number of an earlier one; `update_of`:
    an origin's next word on the same people; `inside`: an incident's claim that lies wholly in a toll. Claims that
    clash are paired with the first of them.
    """
    found: set[Relation] = set()
    for measure in MEASURES:
        seen = view(book, measure)
        found.update(_told_again(book, seen))
        found.update(_inside_tolls(book, measure))
    found.update(_stated(book))
    found.update(_copied(book))
    for clash in conflicts(book):
        why = f"{clash.kind}, explained by {clash.explained_by}" if clash.explained_by else clash.kind
        first, *others = clash.claims
        found.update(Relation(other, CONTRADICTS, first, why) for other in others)
    return tuple(sorted(found))


def _stated(book: Book) -> Iterator[Relation]:
    """Yield what the words of the claims themselves tell."""
    for claim in book.claims.values():
        if claim.part_of in book.claims:
            yield Relation(claim.id, PART_OF, str(claim.part_of), claim.dimension or "told as a part")
        if claim.responds_to in book.claims:
            kind = RETRACTS if claim.stance == "retracted" else RESPONDS_TO
            yield Relation(claim.id, kind, str(claim.responds_to), claim.stance)


def _copied(book: Book) -> Iterator[Relation]:
    """Yield claims whose passage another report printed first."""
    printed: dict[tuple[str, str | None, tuple[int | None, int | None]], list[str]] = defaultdict(list)
    for claim in book.claims.values():
        printed[claim.document, claim.measure or claim.about, _bounds(claim)].append(claim.id)
    for claim in book.claims.values():
        passage = book.copies.passage(claim)
        first = passage.document if passage else book.reports.first.get(claim.document)
        if first is None or first.key == claim.document:
            continue
        originals = printed[first.key, claim.measure or claim.about, _bounds(claim)]
        if originals:
            why = "the same text" if passage is None else "word for word" if passage.exact else "edited"
            yield Relation(claim.id, COPY_OF, originals[0], why)


def _told_again(book: Book, seen: View) -> Iterator[Relation]:
    """Yield, inside each group of people of an incident, who repeats and who updates whom."""
    told: dict[object, list[Claim]] = defaultdict(list)
    for claim_id, cell in seen.cell_of.items():
        if seen.claims[claim_id].measure is not None:
            told[cell].append(seen.claims[claim_id])
    for claims in told.values():
        if len(claims) > 1:
            ordered = sorted(claims, key=lambda c: (_time(book, c), c.id))
            yield from _same(ordered)
            yield from _updates(book, ordered)


def _same(ordered: Iterable[Claim]) -> Iterator[Relation]:
    first: dict[tuple[int | None, int | None], Claim] = {}
    for claim in ordered:
        known = first.setdefault(_bounds(claim), claim)
        if known.document != claim.document and claim.change != ADDED:
            yield Relation(claim.id, SAME, known.id, "one incident, the same people and number")


def _updates(book: Book, ordered: Iterable[Claim]) -> Iterator[Relation]:
    by_origin: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        by_origin[book.origins.of(claim)].append(claim)
    for origin, claims in by_origin.items():
        for old, new in pairwise(claims):
            if _time(book, old) != _time(book, new) and _bounds(old) != _bounds(new):
                kind = ADDS_TO if new.change == ADDED else UPDATE_OF
                yield Relation(new.id, kind, old.id, f"the later word of {origin}")


def _inside_tolls(book: Book, measure: str) -> Iterator[Relation]:
    world = World(book.geography, book.sides)
    for component in ask(book, Query(measure)).components:
        for asked in component.families:
            for toll in component.tolls:
                if all(world.inside(r, toll.region.reach) is Inside.YES for r in asked.reaches):
                    words = sorted(toll.region.claims())
                    for claim in sorted(asked.family.claims):
                        yield Relation(claim, INSIDE, words[0], "place, days, people and acts lie in the toll's")


def _bounds(claim: Claim) -> tuple[int | None, int | None]:
    return (claim.count.low, claim.count.high) if claim.count else (None, None)


def _time(book: Book, claim: Claim) -> str:
    at = published(claim, book.reports, book.copies)
    return (at.instant or at.day) if at else "~"
