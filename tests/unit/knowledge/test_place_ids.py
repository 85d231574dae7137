"""Places by id."""

from __future__ import annotations

from tallybook.knowledge import load


def test_places_of_packs_and_of_the_world_are_found_by_id() -> None:
    places = load([]).places
    for name in ("Kyiv", "Namkham", "Syria"):
        entry = places.entries(name)[0]
        assert places.get(entry.id) == entry
    assert places.get("gn0") is None
    assert places.get("no such id") is None
