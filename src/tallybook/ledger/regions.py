"""Cumulative claims: which of them are one region, and what its positions are.

Tolls that agree in all but their ends are one region if the ends fall within seven days, grouped from the latest
end backwards; in it each origin's latest is its position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tallybook.ledger.bounds import Bounds, hull
from tallybook.ledger.cells import people_of_toll
from tallybook.ledger.positions import ADDED, Position, Word, current, repeats, told_once, with_additions
from tallybook.ledger.reach import Reach
from tallybook.ledger.view import REPEATED, SUPERSEDED
from tallybook.model import Claim
from tallybook.model.moments import order

SAME_END_DAYS = 7
"""Days between the ends of tolls that are still one region: fixed by the ledger's definition of a figure."""


@dataclass(frozen=True, slots=True)
class Region:
    """One group of people over a period, an area and a class of acts, whose total somebody states."""

    name: str
    reach: Reach
    positions: tuple[Position, ...]

    def bounds(self, without: Collection[str] = ()) -> Bounds | None:
        """Span the positions; None where nothing is left."""
        told = [b for p in self.positions if (b := p.bounds(without)) is not None]
        return hull(told) if told else None

    def claims(self) -> tuple[str, ...]:
        """Return the ids of all its claims."""
        return tuple(sorted(c for p in self.positions for c in p.claims))


def toll_reach(word: Word) -> Reach:
    """Return what a cumulative claim covers, at its widest."""
    return claim_reach(word.claim)


def claim_reach(claim: Claim) -> Reach:
    """Return what a claim says it covers, at its widest."""
    when = claim.date
    return Reach(
        start=when.start if when else None,
        end=when.end if when else None,
        place=claim.place,
        event_type=claim.event_type,
        authors=tuple(sorted(claim.perpetrator)),
        weapons=tuple(sorted(claim.weapon)),
        people=people_of_toll(claim),
    )


def regions(tolls: Sequence[Word]) -> tuple[list[Region], dict[str, str]]:
    """Group tolls into regions, sorted by name; and the claims that no longer hold, with the reason."""
    left: dict[str, str] = {}
    kept = _without_lower(sorted(tolls, key=lambda w: w.claim.id), left)
    alike: dict[Reach, list[Word]] = defaultdict(list)
    for word in kept:
        reach = toll_reach(word)
        alike[_without_end(reach)].append(word)
    made = [
        _region(_without_end(toll_reach(group[0])), group, left) for words in alike.values() for group in _by_end(words)
    ]
    return sorted((r for r in made if r is not None), key=lambda r: r.name), left


def _without_end(reach: Reach) -> Reach:
    place = reach.place
    bare = replace(place, span=None, candidates=(), lat=None, lon=None, radius_km=None) if place else None
    return replace(reach, end=None, place=bare, weapons=())


def _without_lower(tolls: list[Word], left: dict[str, str]) -> list[Word]:
    """Drop what the same origin replaced by a later, longer and lower toll."""
    by_origin: dict[tuple[str, Reach], list[Word]] = defaultdict(list)
    for word in tolls:
        by_origin[word.origin, replace(_without_end(toll_reach(word)), start=None)].append(word)
    for words in by_origin.values():
        for old in words:
            if any(_later_longer_lower(new, old) for new in words):
                left[old.claim.id] = SUPERSEDED
    return [w for w in tolls if w.claim.id not in left]


def _later_longer_lower(new: Word, old: Word) -> bool:
    if new.claim.change == ADDED or old.claim.change == ADDED or order(new.at, old.at) != 1:
        return False
    a, b = toll_reach(new), toll_reach(old)
    longer = a.first <= b.first and b.last <= a.last and (a.first, a.last) != (b.first, b.last)
    return longer and not new.bounds.empty and _top(new) < _top(old)


def _top(word: Word) -> int:
    """Return the number a toll names: its low, or its high where no low is stated."""
    return word.bounds.low if word.bounds.low is not None else (word.bounds.high or 0)


def _by_end(words: list[Word]) -> list[list[Word]]:
    """Group by end, from the latest backwards; a group spans at most seven days."""
    ordered = sorted(words, key=lambda w: (toll_reach(w).last, w.claim.id), reverse=True)
    groups: list[list[Word]] = []
    for word in ordered:
        if groups and _days(toll_reach(word).last, toll_reach(groups[-1][0]).last) <= SAME_END_DAYS:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _region(reach: Reach, group: list[Word], left: dict[str, str]) -> Region | None:
    by_origin: dict[str, list[Word]] = defaultdict(list)
    more = [w for w in group if w.claim.change == ADDED]
    for word in group:
        if word.claim.change != ADDED:
            by_origin[word.origin].append(word)
    if not by_origin:
        by_origin.update({w.origin: [w] for w in more})
        more = []
    positions = []
    for origin, words in sorted(by_origin.items()):
        now, replaced = current(words)
        left.update((w.claim.id, SUPERSEDED) for w in replaced)
        positions.append(with_additions(Position(origin, tuple(now)), told_once(more)))
    said_again = [p for p in positions if repeats(p, positions)]
    held = tuple(p for p in positions if p not in said_again)
    counted = {c for p in held for c in p.claims}
    left.update((c, REPEATED) for p in said_again for c in p.claims if c not in counted)
    ends = [toll_reach(w).end for p in held for w in p.words]
    end = None if None in ends else max(e for e in ends if e is not None)
    claims = tuple(sorted(c for p in held for c in p.claims))
    weapons = _weapons([toll_reach(w) for p in held for w in p.words])
    return Region(claims[0], replace(reach, end=end, claims=claims, weapons=weapons), held)


def _weapons(reaches: Sequence[Reach]) -> tuple[str, ...]:
    """Return the weapons that a region is about: none where one of its claims names none."""
    told = [set(r.weapons) for r in reaches]
    return tuple(sorted(set().union(*told))) if all(told) else ()
