"""In which tolls a group of people may be counted at once.

A membership is the set of tolls that count somebody. It is possible unless two of its tolls exclude each other, or
unless what is known of the person already places it inside a toll that is missing from the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

from tallybook.ledger.reach import Inside, Reach, World

Membership = frozenset[int]
NEVER = date.max.toordinal() + 1
MOST = 4096
"""Memberships looked at for one group before the wider, simpler bounds are used. A guard against tolls whose areas
cannot be compared; ordinary books stay below a hundred."""


class TooMany(Exception):
    """More memberships than can be listed. Never leaves the ledger."""


class Overlaps:
    """What of the tolls of one component overlaps, and which of it the question asks for."""

    def __init__(self, reaches: Sequence[Reach], asked: Reach, world: World) -> None:
        self._reaches = list(reaches)
        self._asked = asked
        self._world = world
        self._known: dict[Reach, frozenset[Membership]] = {}

    def of(self, reach: Reach) -> frozenset[Membership]:
        """Return the possible memberships of people of an incident.

        Raises: TooMany where they cannot be listed.
        """
        if reach not in self._known:
            relations = [self._world.inside(reach, r) for r in self._reaches]
            sure = [i for i, x in enumerate(relations) if x is Inside.YES]
            able = [i for i, x in enumerate(relations) if x is Inside.OPEN]
            found = _Listing(self._reaches, self._world, able, sure, [reach], timeless=False)
            self._known[reach] = frozenset(found.all())
        return self._known[reach]

    @cached_property
    def unrecorded(self) -> tuple[tuple[Membership, bool], ...]:
        """Return the memberships of people whom no incident records, and whether the question asks for them.

        Raises: TooMany where they cannot be listed.
        """
        found: set[tuple[Membership, bool]] = set()
        for piece in self._pieces():
            active = [i for i, r in enumerate(self._reaches) if _holds(r, piece)]
            in_time = _holds(self._asked, piece)
            for members in _Listing(self._reaches, self._world, active, [], [], timeless=True).all():
                if in_time and self._may_be_asked(members, active):
                    found.add((members, True))
                if self._may_be_other(members, in_time):
                    found.add((members, False))
        return tuple(sorted(found, key=lambda x: (sorted(x[0]), x[1])))

    def _may_be_asked(self, members: Membership, active: Sequence[int]) -> bool:
        told = [self._reaches[i] for i in members]
        if any(self._world.apart(r, self._asked) for r in told):
            return False
        known = [*told, self._asked]
        return not any(self._world.forced(known, self._reaches[i]) for i in active if i not in members)

    def _may_be_other(self, members: Membership, in_time: bool) -> bool:
        return not (in_time and self._world.forced([self._reaches[i] for i in members], self._asked))

    def _pieces(self) -> list[tuple[int, int]]:
        """Cut time at every edge of a toll or of the question, into half-open ranges of day numbers."""
        spans = [_days(r) for r in (*self._reaches, self._asked)]
        marks = sorted({first for first, _ in spans} | {after for _, after in spans})
        return list(pairwise(marks))


def _days(reach: Reach) -> tuple[int, int]:
    first = date.fromisoformat(reach.start).toordinal() if reach.start else 0
    after = date.fromisoformat(reach.end).toordinal() + 1 if reach.end else NEVER
    return first, max(after, first + 1)


def _holds(reach: Reach, piece: tuple[int, int]) -> bool:
    first, after = _days(reach)
    return first <= piece[0] and piece[1] <= after


class _Listing:
    """Lists memberships by deciding one toll after another."""

    def __init__(
        self,
        reaches: Sequence[Reach],
        world: World,
        able: Sequence[int],
        sure: Sequence[int],
        known: Sequence[Reach],
        timeless: bool,
    ) -> None:
        self._reaches, self._world, self._able = reaches, world, able
        self._sure, self._known, self._timeless = list(sure), list(known), timeless
        self._found: list[Membership] = []

    def all(self) -> list[Membership]:
        """Return the possible memberships; for unrecorded people the empty one is none."""
        self._decide(0, self._sure, [])
        return self._found

    def _decide(self, at: int, members: list[int], out: list[int]) -> None:
        if len(self._found) > MOST:
            raise TooMany
        told = [*self._known, *(self._reaches[i] for i in members)]
        if any(self._forced(told, self._reaches[i]) for i in out):
            return
        if at == len(self._able):
            if members or self._known:
                self._found.append(frozenset(members))
            return
        toll = self._able[at]
        if not any(self._world.apart(r, self._reaches[toll], self._timeless) for r in told):
            self._decide(at + 1, [*members, toll], out)
        self._decide(at + 1, members, [*out, toll])

    def _forced(self, known: list[Reach], reach: Reach) -> bool:
        return bool(known) and self._world.forced(known, reach, self._timeless)
