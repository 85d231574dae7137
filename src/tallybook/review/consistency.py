"""Whether decisions on what is one incident can hold together, and if not, which of them clash."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from tallybook.incidents.decisions import DIFFERENT, PART_OF, SAME
from tallybook.model import Judgement

ON_INCIDENTS = (SAME, DIFFERENT, PART_OF)
Pair = tuple[str, str, Judgement]


def clash(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return judgements that cannot all hold, by number; empty where all can. Takes standing ones, carried to claims.

    What is the same as the same thing is the same; it can then be neither different nor a part, and nothing is a part
    of its own part.
    """
    mine = [j for j in judgements if j.verb in ON_INCIDENTS]
    same = _Joined(p for j in mine if j.verb == SAME for p in _pairs(j))
    for judgement in mine:
        if judgement.verb != SAME:
            for a, b, _ in _pairs(judgement):
                if same.root(a) == same.root(b):
                    return _by_number([judgement, *same.path(a, b)])
    return _ring([p for j in mine if j.verb == PART_OF for p in _pairs(j)], same)


def _pairs(judgement: Judgement) -> Iterator[Pair]:
    """Yield pairs of claims; for part-of the part first, the whole second."""
    if judgement.verb == PART_OF:
        *parts, whole = judgement.objects
        yield from ((part, whole, judgement) for part in parts)
    else:
        yield from ((a, b, judgement) for a, b in combinations(judgement.objects, 2))


class _Joined:
    """Claims joined by `same`, and the judgements on the way from one to another."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._next: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
        for a, b, judgement in pairs:
            self._next[a].append((b, judgement))
            self._next[b].append((a, judgement))
        self._roots: dict[str, str] = {}
        for start in sorted(self._next):
            if start not in self._roots:
                self._roots.update(dict.fromkeys(self._reached(start), start))

    def _reached(self, start: str) -> dict[str, tuple[str, Judgement] | None]:
        came: dict[str, tuple[str, Judgement] | None] = {start: None}
        queue = deque([start])
        while queue:
            at = queue.popleft()
            for other, judgement in self._next.get(at, ()):
                if other not in came:
                    came[other] = (at, judgement)
                    queue.append(other)
        return came

    def root(self, claim: str) -> str:
        return self._roots.get(claim, claim)

    def path(self, start: str, end: str) -> list[Judgement]:
        """Return the judgements that make two claims the same, on a shortest way."""
        came = self._reached(start)
        found: list[Judgement] = []
        step = came.get(end)
        while step is not None:
            found.append(step[1])
            step = came[step[0]]
        return found


def _ring(parts: Sequence[Pair], same: _Joined) -> tuple[Judgement, ...]:
    """Return the judgements that make something a part of itself, or nothing."""
    above: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    for part, whole, judgement in parts:
        above[same.root(part)].append((same.root(whole), judgement))
    for start in sorted(above):
        found = _way_back(start, above)
        if found:
            return _by_number(found)
    return ()


def _way_back(start: str, above: dict[str, list[tuple[str, Judgement]]]) -> list[Judgement]:
    came: dict[str, list[Judgement]] = {start: []}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        for whole, judgement in above.get(at, ()):
            if whole == start:
                return [*came[at], judgement]
            if whole not in came:
                came[whole] = [*came[at], judgement]
                queue.append(whole)
    return []


def _by_number(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(sorted({j.id: j for j in judgements}.values(), key=lambda j: j.number))
