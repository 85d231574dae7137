"""Which pairs of events are worth comparing: those that share a place, at some level, within days.

Every event stands in the block of its place and of each larger unit, so that a report that only names a province
meets the one that names a village. A village and the village beside it meet in the block of their smallest unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tallybook.incidents.events import Told

DAYS_APART = 1
"""Days between two periods up to which they are compared. One: reports differ on the day around midnight."""
MOST_IN_WINDOW = 400
"""Events of one block within one window up to which all pairs are compared. Denser blocks are cities in war; there
only events that name the same place meet. Set from the pair rates of PERFORMANCE notes (1.3 million pairs a second
bare, some 40,000 with all features); guarded by benchmarks/ledger.py."""

Pair = tuple[int, int]


def pairs(told: Sequence[Told]) -> Iterator[Pair]:
    """Yield each pair of event numbers once, smaller first, in a stable order. Near linear in the pairs."""
    found: set[Pair] = set()
    for block in _blocks(told):
        found.update(_near(block, told))
    yield from sorted(found)


def _blocks(told: Sequence[Told]) -> Iterator[list[int]]:
    own: dict[str, list[int]] = defaultdict(list)
    holding: dict[str, list[int]] = defaultdict(list)
    for i, event in enumerate(told):
        if event.place is None:
            holding["nowhere"].append(i)
            continue
        own[event.place.name.casefold()].append(i)
        for unit in event.place.admin[:1]:
            holding[unit.casefold()].append(i)
        if event.place.precision in ("country", "unresolved"):
            holding[f"country {event.place.country}"].append(i)
    for name in sorted(own):
        yield own[name]
    for name in sorted(holding):
        yield sorted({*holding[name], *own.get(name, ())})
    yield from _larger(told, own)


def _larger(told: Sequence[Told], own: dict[str, list[int]]) -> Iterator[list[int]]:
    """Yield, for each unit that some report names as its place, the events inside it."""
    inside: dict[str, list[int]] = defaultdict(list)
    for i, event in enumerate(told):
        if event.place is not None:
            for unit in event.place.admin[1:]:
                inside[unit.casefold()].append(i)
    for name in sorted(inside):
        if name in own:
            yield sorted({*inside[name], *own[name]})


def _near(block: list[int], told: Sequence[Told]) -> Iterator[Pair]:
    """Yield the pairs of a block whose periods are at most a day apart and whose reports differ."""
    ordered = sorted(block, key=lambda i: (told[i].days[0], told[i].key))
    active: list[int] = []
    for i in ordered:
        first = told[i].days[0]
        active = [j for j in active if told[j].days[1] >= first - DAYS_APART]
        dense = len(active) > MOST_IN_WINDOW
        for j in active:
            if told[i].key[0] != told[j].key[0] and (not dense or _same_name(told[i], told[j])):
                yield (min(i, j), max(i, j))
        active.append(i)


def _same_name(a: Told, b: Told) -> bool:
    return a.place is not None and b.place is not None and a.place.name == b.place.name
