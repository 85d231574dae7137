"""Which families and tolls hang together: those that may count the same people are one component."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tallybook.ledger.components import Asked, Component, Toll
from tallybook.ledger.reach import Inside, Reach, World


def split(
    families: Sequence[Asked], tolls: Sequence[Toll], asked: Reach, world: World
) -> tuple[list[Component], list[Component]]:
    """Return the components with tolls, and those of one family each; families that bound nothing are dropped."""
    touching = [_touched(f, tolls, world) if tolls else [] for f in families]
    leader = list(range(len(tolls)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    def join(group: Sequence[int]) -> None:
        for other in group[1:]:
            a, b = find(group[0]), find(other)
            leader[max(a, b)] = min(a, b)

    for group in touching:
        join(group)
    for i, a in enumerate(tolls):
        join([i, *(j for j in range(i) if not world.apart(a.region.reach, tolls[j].region.reach))])
    held: dict[int, list[Asked]] = defaultdict(list)
    lone = []
    for family, group in zip(families, touching, strict=True):
        if group:
            held[find(group[0])].append(family)
        elif family.wanted:
            lone.append(Component([family], [], asked, world))
    joined = [
        Component(held[head], [t for i, t in enumerate(tolls) if find(i) == head], asked, world)
        for head in sorted({find(i) for i in range(len(tolls))})
    ]
    return [c for c in joined if c.contributes], lone


def _touched(asked: Asked, tolls: Sequence[Toll], world: World) -> list[int]:
    """Return the numbers of the tolls that may count somebody of a family; periods are compared first, being cheap."""
    first, last = min(r.first for r in asked.reaches), max(r.last for r in asked.reaches)
    return [
        i
        for i, t in enumerate(tolls)
        if t.region.reach.first <= last
        and first <= t.region.reach.last
        and any(world.inside(r, t.region.reach) is not Inside.NO for r in asked.reaches)
    ]
