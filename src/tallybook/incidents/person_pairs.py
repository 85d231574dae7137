"""Which pairs of victim records are worth comparing: those that share a word of the name and something else.

A record stands in a block for each word of its name (by sound, and by its consonants) with each of: its incident; its
days, and the day before; its place; its age, and the year before, with a second word. People of one
small incident all meet, however their names are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from tallybook.incidents.blocking import Pair
from tallybook.incidents.sightings import Sighting

MOST_IN_BLOCK = 300
"""Records of one block up to which all pairs are compared. A larger one is a common name in a city at war, which tells
nobody apart; narrower blocks hold its records too. Guarded by the eval `victims`."""
SMALL_INCIDENT = 40
"""Records that name people of one incident up to which all of them are compared."""
LONGEST_PERIOD = 4
"""Days of a period up to which a record stands in a block for each of them."""


def pairs(seen: Sequence[Sighting]) -> Iterator[Pair]:
    """Yield each pair of sighting numbers once, smaller first, sorted; records of one document never meet."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, sighting in enumerate(seen):
        for key in set(_keys(sighting)):
            blocks[key].append(i)
    found: set[Pair] = set()
    for key, block in blocks.items():
        most = SMALL_INCIDENT if isinstance(key, tuple) and key[0] == "incident alone" else MOST_IN_BLOCK
        if 1 < len(block) <= most:
            found.update(p for p in combinations(block, 2) if seen[p[0]].document != seen[p[1]].document)
    yield from sorted(found)


def _keys(sighting: Sighting) -> Iterator[Hashable]:
    words = _words(sighting)
    two = list(combinations(words, 2))
    if sighting.incident is not None:
        yield "incident alone", sighting.incident
        yield from (("incident", sighting.incident, w) for w in words)
    for day in _days(sighting):
        yield from (("day", day, w) for w in words)
    if sighting.place is not None:
        place = sighting.place.name.casefold()
        yield from (("place", place, w) for w in words)
    low, high = sighting.victim.age_low, sighting.victim.age_high
    if low is not None and low == high:
        yield from (("age", age, w) for age in (low - 1, low) for w in (two or words))


def _words(sighting: Sighting) -> list[str]:
    """Return the consonants of each word of the name, sorted; initials stay out where there are words."""
    words = {p.bones for p in sighting.name.parts if not p.initial}
    return sorted(words or {p.plain for p in sighting.name.parts})


def _days(sighting: Sighting) -> Iterable[int]:
    if sighting.days is None or sighting.days[1] - sighting.days[0] > LONGEST_PERIOD:
        return ()
    return range(sighting.days[0] - 1, sighting.days[1] + 1)
