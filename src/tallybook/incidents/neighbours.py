"""Which events of a whole book one event is compared with, found without the rest: the pairs of `blocking`, one at a
time.

A pair hangs on its two events and on how many others stand in their block within a day, or share a word. So whoever
adds or takes events asks too which other pairs came or went by it (`crowded`, `crossing`, `opened`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from tallybook.incidents.blocking import (
    AT,
    DAYS_APART,
    IN,
    LEAST_SHARED,
    MOST_HOLDING,
    MOST_IN_WINDOW,
    UNDER,
    WORD,
    names_of,
)
from tallybook.incidents.events import Told
from tallybook.model.linked_event import EventKey, Near


class Index(Protocol):
    """The events of a book by the names under which they are found."""

    def meeting(self, names: tuple[str, ...], first: int, last: int) -> dict[EventKey, Near]:
        """Return the events under any of these names whose days touch a period, both ends inclusive."""
        ...

    def holds(self, name: str) -> bool:
        """Say whether any event is found under a name."""
        ...

    def holding(self, name: str, most: int | None = None) -> list[EventKey]:
        """Return the events under a name, `most` of them."""
        ...


class Found(NamedTuple):
    """An event with the names under which it is found."""

    near: Near
    names: frozenset[str]


def found(event: Told) -> Found:
    """Return an event as it is found by others."""
    first, last, _ = event.days
    return Found(Near(event.key, first, last, event.place.name if event.place else None), names_of(event))


def partners(event: Found, index: Index) -> set[EventKey]:
    """Return the events that an event of the index is compared with: those that `blocking.pairs` pairs it with."""
    met: set[EventKey] = set()
    for block in _blocks(event, index):
        met.update(other.key for other in block.values() if _paired(event.near, other, block))
    return met | _sharing_words(event, index)


def crowded(event: Found, index: Index) -> set[EventKey]:
    """Return the events around one that stand so densely that one more or less may part or join pairs of others."""
    dense = (block for block in _blocks(event, index) if len(block) > MOST_IN_WINDOW)
    return {key for block in dense for key in block}


def words_held(events: Iterable[Found], index: Index) -> dict[str, bool]:
    """Return by word of these events whether so few events hold it that it brings them together."""
    words = {name for event in events for name in event.names if name.startswith(WORD)}
    return {word: len(index.holding(word, MOST_HOLDING + 1)) <= MOST_HOLDING for word in sorted(words)}


def crossing(before: Mapping[str, bool], now: Mapping[str, bool], index: Index) -> set[EventKey]:
    """Return the events that hold a word which became too frequent, or rare enough, to bring them together."""
    turned = (word for word in sorted(before.keys() | now.keys()) if before.get(word, True) != now.get(word, True))
    return {key for word in turned for key in index.holding(word)}


def opened(events: Iterable[Found], index: Index) -> frozenset[str]:
    """Return the larger units that these events are set in and that some report names as its place: only then are the
    events inside compared."""
    names = {name.removeprefix(AT) for event in events for name in event.names if name.startswith(AT)}
    return frozenset(name for name in names if index.holds(f"{AT}{name}") and index.holds(f"{UNDER}{name}"))


def _blocks(event: Found, index: Index) -> Iterator[dict[EventKey, Near]]:
    """Yield, for each block that an event stands in, the events within a day of it, itself among them."""
    first, last = event.near.first - DAYS_APART, event.near.last + DAYS_APART
    for names in _names(event.names, index):
        yield index.meeting(names, first, last)


def _names(held: Collection[str], index: Index) -> Iterator[tuple[str, ...]]:
    for name in sorted(held):
        if name.startswith(AT):
            place = name.removeprefix(AT)
            yield from ((name,), (f"{IN}{place}", name), (f"{UNDER}{place}", name))
        elif name.startswith(IN):
            yield name, f"{AT}{name.removeprefix(IN)}"
        elif name.startswith(UNDER) and index.holds(at := f"{AT}{name.removeprefix(UNDER)}"):
            yield name, at


def _paired(event: Near, other: Near, block: Mapping[EventKey, Near]) -> bool:
    """Say whether two events of one block are compared, as `blocking` says it."""
    if event.key[0] == other.key[0]:
        return False
    early, late = sorted((event, other), key=_order)
    if early.last < late.first - DAYS_APART:
        return False
    if len(block) <= MOST_IN_WINDOW or (early.place is not None and early.place == late.place):
        return True
    around = sum(_order(b) < _order(late) and b.last >= late.first - DAYS_APART for b in block.values())
    return around <= MOST_IN_WINDOW


def _order(event: Near) -> tuple[int, EventKey]:
    return event.first, event.key


def _sharing_words(event: Found, index: Index) -> set[EventKey]:
    shared: Counter[EventKey] = Counter()
    for word in event.names:
        if word.startswith(WORD):
            holders = index.holding(word, MOST_HOLDING + 1)
            if len(holders) <= MOST_HOLDING:
                shared.update(key for key in holders if key[0] != event.near.key[0])
    return {key for key, words in shared.items() if words >= LEAST_SHARED}


class Remembered:
    """An index that does not change any more, and is asked the same again and again: answers are kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._meeting: dict[tuple[tuple[str, ...], int, int], dict[EventKey, Near]] = {}
        self._holds: dict[str, bool] = {}
        self._holding: dict[tuple[str, int | None], list[EventKey]] = {}

    def meeting(self, names: tuple[str, ...], first: int, last: int) -> dict[EventKey, Near]:
        """Return what the index does."""
        asked = names, first, last
        if asked not in self._meeting:
            self._meeting[asked] = self._index.meeting(names, first, last)
        return self._meeting[asked]

    def holds(self, name: str) -> bool:
        """Say what the index does."""
        if name not in self._holds:
            self._holds[name] = self._index.holds(name)
        return self._holds[name]

    def holding(self, name: str, most: int | None = None) -> list[EventKey]:
        """Return what the index does."""
        if (name, most) not in self._holding:
            self._holding[name, most] = self._index.holding(name, most)
        return self._holding[name, most]
