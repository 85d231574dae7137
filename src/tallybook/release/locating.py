"""The places that a book's records name."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.model import Place
from tallybook.release.material import Material


def places_of(material: Material) -> Iterable[Place]:
    """Yield every place that the records of a book name, those of victims and of control too."""
    seen: set[Place] = set()
    told = [c.place for c in material.claims] + [i.place for i in material.incidents]
    told += [v.place for _, v in material.victims]
    for place in (*told, *(located(c.place, material) for _, c in material.control)):
        if place is not None and place not in seen:
            seen.add(place)
            yield place


def located(name: str, material: Material) -> Place:
    """Return the place of a name as the gazetteer knows it; unresolved where it does not."""
    found = material.knowledge.places.find(name)
    if not found:
        return Place(name)
    entry = material.knowledge.places.get(found[0].id)
    if entry is None:
        return Place(name)
    level = entry.kind if entry.kind in ("country", "admin1", "admin2", "admin3") else "exact"
    return Place(entry.name, entry.admin, entry.country, entry.lat, entry.lon, entry.radius_km, level, entry.id)
