"""In which tolls a group of people may be counted at once.

A membership is the set of tolls that count somebody. It is possible unless two of its tolls exclude each other, or
unless what is known of the person already places it inside a toll that is missing from the set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from tallybook.ledger.reach import Inside, Reach, World
from tallybook.ledger.system import Bits, bits

Membership = frozenset[int]
NEVER = date.max.toordinal() + 1
MOST = 1024
"""Memberships looked at for one group before the wider, simpler bounds are used. A guard against tolls whose areas
cannot be compared; ordinary books stay below a hundred."""
STEPS = 20_000
"""Decisions taken for one group before the wider bounds are used: dead ends cost as much as memberships."""


class TooMany(Exception):
    """More memberships than can be listed. Never leaves the ledger."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a person, held against every toll: what puts it inside, field by field, and what keeps it out.

    The last field is time.
    """

    inside: tuple[Bits, ...]
    apart: Bits


NOTHING = _Known((0, 0, 0, 0, 0), 0)


class Overlaps:
    """What of the tolls of one component overlaps, and which of it the question asks for."""

    def __init__(self, reaches: Sequence[Reach], asked: Reach, world: World) -> None:
        self._reaches = list(reaches)
        self._asked = asked
        self._world = world
        self._known: dict[Reach, frozenset[Membership] | None] = {}
        """What was listed; None where there were too many."""
        self._tests: tuple[Callable[[Reach, Reach], Inside], ...] = (
            world.people, world.act, world.author, world.area, world.time,
        )  # fmt: skip

    def of(self, reach: Reach) -> frozenset[Membership]:
        """Return the possible memberships of people of an incident.

        Raises: TooMany where they cannot be listed.
        """
        if reach not in self._known:
            relations = [self._world.inside(reach, r) for r in self._reaches]
            sure = bits(i for i, x in enumerate(relations) if x is Inside.YES)
            able = [i for i, x in enumerate(relations) if x is Inside.OPEN]
            try:
                found = _Listing(self._exclude, self._forces, able, self._relate(reach, able)).all(sure)
                self._known[reach] = frozenset(found)
            except TooMany:
                self._known[reach] = None
        listed = self._known[reach]
        if listed is None:
            raise TooMany
        return listed

    @cached_property
    def unrecorded(self) -> tuple[tuple[Membership, bool], ...]:
        """Return the memberships of people whom no incident records, and whether the question asks for them.

        Raises: TooMany where they cannot be listed.
        """
        found: set[tuple[Membership, bool]] = set()
        timeless = [tests[:-1] for tests in self._forces]
        for piece in self._pieces():
            active = [i for i, r in enumerate(self._reaches) if _holds(r, piece)]
            in_time = _holds(self._asked, piece)
            for members in _Listing(self._exclude_in_time, timeless, active, NOTHING).all(0):
                if members:
                    if in_time and self._may_be_asked(bits(members), active):
                        found.add((members, True))
                    if self._may_be_other(bits(members), in_time):
                        found.add((members, False))
            if len(found) > MOST:
                raise TooMany
        return tuple(sorted(found, key=lambda x: (sorted(x[0]), x[1])))

    @cached_property
    def _forces(self) -> list[tuple[Bits, ...]]:
        """For each toll and field, the tolls whose people lie inside it."""
        return [
            tuple(bits(k for k, r in enumerate(self._reaches) if test(r, toll) is Inside.YES) for test in self._tests)
            for toll in self._reaches
        ]

    @cached_property
    def _exclude(self) -> list[Bits]:
        """For each toll, the tolls that nobody in it can be in."""
        return [bits(k for k, r in enumerate(self._reaches) if self._world.apart(r, t)) for t in self._reaches]

    @cached_property
    def _exclude_in_time(self) -> list[Bits]:
        return [bits(k for k, r in enumerate(self._reaches) if self._world.apart(r, t, True)) for t in self._reaches]

    @cached_property
    def _of_asked(self) -> _Known:
        return self._relate(self._asked, range(len(self._reaches)))

    @cached_property
    def _in_asked(self) -> tuple[Bits, ...]:
        """For each field, the tolls whose people lie inside the question."""
        return tuple(
            bits(k for k, r in enumerate(self._reaches) if test(r, self._asked) is Inside.YES) for test in self._tests
        )

    def _relate(self, reach: Reach, tolls: Sequence[int]) -> _Known:
        told = [(i, self._reaches[i]) for i in tolls]
        inside = tuple(bits(i for i, r in told if test(reach, r) is Inside.YES) for test in self._tests)
        return _Known(inside, bits(i for i, r in told if self._world.apart(reach, r)))

    def _may_be_asked(self, members: Bits, active: Sequence[int]) -> bool:
        if self._of_asked.apart & members:
            return False
        told = self._of_asked.inside[:-1]
        return not any(not members >> i & 1 and _all_met(self._forces[i][:-1], members, told, i) for i in active)

    def _may_be_other(self, members: Bits, in_time: bool) -> bool:
        return not (in_time and all(tolls & members for tolls in self._in_asked[:-1]))

    def _pieces(self) -> list[tuple[int, int]]:
        """Cut time at every edge of a toll or of the question, into half-open ranges of day numbers."""
        spans = [_days(r) for r in (*self._reaches, self._asked)]
        marks = sorted({first for first, _ in spans} | {after for _, after in spans})
        return list(pairwise(marks))


def _all_met(forces: Sequence[Bits], members: Bits, told: Sequence[Bits], toll: int) -> bool:
    """Say whether in every field a toll of the membership, or what is told of the person, places it inside a toll."""
    return all(tolls & members or own >> toll & 1 for tolls, own in zip(forces, told, strict=True))


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
        self, exclude: Sequence[Bits], forces: Sequence[Sequence[Bits]], able: Sequence[int], known: _Known
    ) -> None:
        self._exclude, self._forces, self._able = exclude, forces, able
        self._told = known.inside[: len(forces[0])] if forces else ()
        self._apart = known.apart
        self._found: list[Membership] = []
        self._steps = 0

    def all(self, sure: Bits) -> list[Membership]:
        """Return the possible memberships that hold all of `sure`, the empty one among them."""
        self._decide(0, sure, [], [])
        return self._found

    def _decide(self, at: int, members: Bits, out: list[int], changed: Sequence[int]) -> None:
        """Decide the tolls from `at` on; of those left out only the `changed` may have become certain."""
        self._steps += 1
        if len(self._found) > MOST or self._steps > STEPS:
            raise TooMany
        if any(_all_met(self._forces[i], members, self._told, i) for i in changed):
            return
        if at == len(self._able):
            self._found.append(frozenset(i for i in range(members.bit_length()) if members >> i & 1))
            return
        toll = self._able[at]
        if not (self._exclude[toll] & members or self._apart >> toll & 1):
            self._decide(at + 1, members | 1 << toll, out, out)
        self._decide(at + 1, members, [*out, toll], (toll,))
