"""One event meets, looked up alone, whom it meets where all are paired at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from benchmarks.ledger import invented

from tallybook.incidents import blocking, neighbours
from tallybook.incidents.blocking import LONGEST_NAME, names_of, pairs
from tallybook.incidents.events import Told, events
from tallybook.incidents.neighbours import Found, Remembered, crowded, found, partners
from tallybook.model.linked_event import EventKey, Near
from tests.unit.factories import claim, document, place


class Held:
    """An index in memory."""

    def __init__(self, told: list[Told]) -> None:
        self.asked = 0
        self._under: dict[str, list[Near]] = defaultdict(list)
        for one in map(found, told):
            for name in one.names:
                self._under[name].append(one.near)

    def meeting(self, names: tuple[str, ...], first: int, last: int) -> dict[EventKey, Near]:
        self.asked += 1
        near = (n for name in names for n in self._under.get(name, ()))
        return {n.key: n for n in near if n.last >= first and n.first <= last}

    def holds(self, name: str) -> bool:
        return name in self._under

    def holding(self, name: str, most: int | None = None) -> list[EventKey]:
        return [n.key for n in self._under.get(name, ())][:most]


@pytest.mark.parametrize("most", [2, 5, 400])
def test_partners_are_those_of_all_pairs(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (blocking, neighbours):
        monkeypatch.setattr(module, "MOST_IN_WINDOW", most)
    claims, documents = invented(1_500)
    units = [c.place for c in claims if c.place and c.place.admin]
    for n, name in enumerate((None, "District 3", "State 1", "Village 7")):
        area = place(name, *units[0].admin[1:], precision="admin2") if name else None
        claims[40 * n : 40 * n + 20] = [replace(c, place=area) for c in claims[40 * n : 40 * n + 20]]
    told = events(claims, documents, {})
    index = Remembered(Held(told))
    met = {(min(e.key, other), max(e.key, other)) for e in told for other in partners(found(e), index)}
    assert met == {(told[a].key, told[b].key) for a, b in pairs(told)}
    assert len(met) > 200


def test_only_dense_blocks_are_crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    told = events([claim(f"c{n}", doc=f"d{n}", place=place("Karsk")) for n in range(5)], {}, {})
    one: Found = found(told[0])
    assert crowded(one, Held(told)) == set()
    monkeypatch.setattr(neighbours, "MOST_IN_WINDOW", 4)
    assert crowded(one, Held(told)) == {t.key for t in told}


def test_noise_that_looks_like_a_word_is_known_by_its_hash() -> None:
    report = document("d", text="x" * 9_000 + " died in Karsk")
    (told,) = events([claim("c", doc="d")], {"d": report}, {})
    assert all(len(name) <= LONGEST_NAME + 10 for name in names_of(told))


def test_a_remembered_index_is_asked_once() -> None:
    held = Held(events([claim("c", doc="d", place=place("Karsk"))], {}, {}))
    index = Remembered(held)
    assert index.meeting(("at karsk",), 0, 9) == index.meeting(("at karsk",), 0, 9)
    assert held.asked == 1
