"""Which pairs of events are worth comparing: those that share a place, at some level, within days.

Every event stands in the block of its place and of each larger unit, so that a report that only names a province
meets the one that names a village. A village and the village beside it meet in the block of their smallest unit.
Reports that share rare words (names, streets) meet whatever place and day they give.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import combinations, islice

from tallybook.incidents.events import Told
from tallybook.model.claim import OF_BOOK

DAYS_APART = 1
"""Days between two periods up to which they are compared. One: reports differ on the day around midnight."""
MOST_IN_WINDOW = 400
"""Events of one block within one window up to which all pairs are compared. Denser blocks are cities in war; there
only events that name the same place meet. Set from the pair rates of PERFORMANCE notes (1.3 million pairs a second
bare, some 40,000 with all features); guarded by benchmarks/ledger.py."""

RAREST_HELD, LEAST_SHARED = 20, 2
"""Of the twenty rarest words of two events, how many must be the same for them to be compared: of pairs that are one
event in the sets that may be fitted on (first half of longtail, gvc train) nineteen in twenty are compared so."""
MOST_HOLDING = 200
"""Events that share a rare word up to which it brings them together; a word of more is no rare word in this book."""

LONGEST_NAME = 200
"""Letters of a name under which an event is found; PostgreSQL indexes some 2,700 bytes."""

Pair = tuple[int, int]


def pairs(told: Sequence[Told]) -> Iterator[Pair]:
    """Yield each pair of event numbers once, smaller first, in a stable order. Near linear in the pairs."""
    found: set[Pair] = set()
    for block in _blocks(told):
        found.update(_near(block, told))
    found.update(_alike(told))
    yield from sorted(found)


AT, IN, UNDER, WORD, LISTED = "at ", "in ", "under ", "word ", "listed "
"""What the names begin with under which an event is found: the name of its place; its smallest unit, or that it has
none; its larger units; its rarest words; the id that a list or another book gives it, and the hash of the
report it is from there."""


def names_of(event: Told) -> frozenset[str]:
    """Return the names under which an event is found by `neighbours`; those that share one may be compared."""
    found = [f"{WORD}{_short(word)}" for word in islice(event.own, RAREST_HELD)]
    if OF_BOOK in event.key[1] or event.key[1].startswith("i-"):
        found += [f"{LISTED}{event.key[1].partition(OF_BOOK)[0]}", f"{LISTED}{event.report_hash}"]
    if event.place is None:
        return frozenset((f"{IN}nowhere", *found))
    found += [f"{AT}{_short(event.place.name)}", *(f"{UNDER}{_short(u)}" for u in event.place.admin[1:])]
    found += [f"{IN}{_short(unit)}" for unit in event.place.admin[:1]]
    if event.place.precision in ("country", "unresolved"):
        found.append(f"{IN}country {event.place.country}")
    return frozenset(found)


def _short(name: str) -> str:
    """Fold a name; one that no index of a database takes (noise that looks like a word) is known by its hash."""
    folded = name.casefold()
    return folded if len(folded) <= LONGEST_NAME else sha256(folded.encode()).hexdigest()


def _alike(told: Sequence[Told]) -> Iterator[Pair]:
    """Yield the pairs that share several of their rarest words, wherever and whenever they are set."""
    holding: dict[str, list[int]] = defaultdict(list)
    for i, event in enumerate(told):
        for word in islice(event.own, RAREST_HELD):
            holding[word].append(i)
    shared: Counter[Pair] = Counter()
    for word in sorted(holding):
        if len(holding[word]) <= MOST_HOLDING:
            shared.update(p for p in combinations(holding[word], 2) if told[p[0]].key[0] != told[p[1]].key[0])
    yield from (pair for pair, words in shared.items() if words >= LEAST_SHARED)


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
