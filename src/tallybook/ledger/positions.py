"""From an origin's claims on one cell to its current word.

The latest publication holds; equal times span; numbers told as more are added to every older position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tallybook.ledger.bounds import Bounds, hull
from tallybook.model import Claim
from tallybook.model.moments import Moment, by_day, key, order

ADDED = "added"
NOBODY = Bounds(0, 0)


@dataclass(frozen=True, slots=True)
class Word:
    """One claim as its origin and its moment make it count."""

    claim: Claim
    origin: str
    at: Moment | None
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Addition:
    """A number told as more. `sure` is false where it may or may not be in the older toll already."""

    word: Word
    sure: bool

    def bounds(self) -> Bounds:
        """Return what it adds."""
        return self.word.bounds if self.sure else Bounds(0, self.word.bounds.high)


@dataclass(frozen=True, slots=True)
class Position:
    """An origin's current word on one cell: one claim, or several of one moment."""

    origin: str
    words: tuple[Word, ...]
    additions: tuple[Addition, ...] = ()

    @property
    def at(self) -> Moment | None:
        """Return when it was published."""
        return self.words[0].at

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the ids of all claims that make the position."""
        return tuple(w.claim.id for w in self.words) + tuple(a.word.claim.id for a in self.additions)

    def statements(self) -> list[tuple[str, ...]]:
        """Return the claims by what they state: copies and relays of one number are one statement."""
        alike: dict[Bounds, list[str]] = defaultdict(list)
        for word in self.words:
            alike[word.bounds].append(word.claim.id)
        return [tuple(sorted(ids)) for ids in alike.values()] + [(a.word.claim.id,) for a in self.additions]

    def bounds(self, without: Collection[str] = ()) -> Bounds | None:
        """Return what the position allows when the claims in `without` are left out; None: nothing is left."""
        told = [w.bounds for w in self.words if w.claim.id not in without]
        if not told:
            return None
        return _plus_additions(hull(told), [a for a in self.additions if a.word.claim.id not in without])


def _plus_additions(told: Bounds, additions: Sequence[Addition]) -> Bounds:
    if not additions or told.empty:
        return told
    sums: dict[str, Bounds] = {}
    for addition in additions:
        sums[addition.word.origin] = sums.get(addition.word.origin, NOBODY).plus(addition.bounds())
    more = hull(sums.values())
    low = None if told.low is None else told.low + (more.low or 0)
    high = None if told.high is None or more.high is None else told.high + more.high
    return Bounds(low, high)


def current(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Split one origin's words on one cell into those that hold and those that a later one replaced."""
    dated = [w for w in words if w.at is not None]
    if not dated:
        return list(words), []
    days = by_day(w.at for w in dated)
    times = {w.claim.id: key(w.at, days) for w in dated if w.at is not None}
    latest = max(times.values())
    now = [w for w in words if times.get(w.claim.id) == latest]
    return now, [w for w in words if times.get(w.claim.id) != latest]


def with_additions(position: Position, additions: Iterable[Word]) -> Position:
    """Add to a position what was told as more after it; what its own report or an older one told is contained."""
    added = [a for a in (_addition(position, word) for word in additions) if a is not None]
    return replace(position, additions=tuple(sorted(added, key=lambda a: a.word.claim.id)))


def _addition(position: Position, more: Word) -> Addition | None:
    if any(w.claim.document == more.claim.document for w in position.words):
        return None
    when = order(more.at, position.at)
    return None if when == -1 else Addition(more, sure=when == 1)


def told_once(additions: Iterable[Word]) -> list[Word]:
    """Keep one telling of each number told as more: relays of one origin on one day are one statement.

    Equal numbers in one report are several deaths; in several reports of one day they are the same ones.
    """
    alike: dict[tuple[str, str, Bounds], dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for word in sorted(additions, key=lambda w: w.claim.id):
        statement = (word.origin, word.at.day if word.at else "", word.bounds)
        alike[statement][word.claim.document].append(word)
    fullest = [min(by.items(), key=lambda item: (-len(item[1]), item[0]))[1] for by in alike.values()]
    return sorted((w for words in fullest for w in words), key=lambda w: w.claim.id)


def vague(position: Position) -> bool:
    """Say whether only vague words ('several', 'dozens') state the position."""
    return all(w.claim.count is not None and w.claim.count.modifier == "vague" for w in position.words)


def repeats(position: Position, others: Iterable[Position]) -> bool:
    """Say whether vague words only repeat another position of their cell: their bounds hold it."""
    mine = position.bounds()
    if mine is None or mine.empty or not vague(position):
        return False
    for other in others:
        theirs = other.bounds()
        if other is position or theirs is None or theirs.empty or not mine.holds(theirs):
            continue
        if theirs != mine or not vague(other):
            return True
    return False
