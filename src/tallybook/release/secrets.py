"""What a release must not tell: each name, place, source, id and coordinate of the book that the profile hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

from tallybook.knowledge.folding import fold
from tallybook.model import EVENT_TYPES, MEASURES, MODIFIERS
from tallybook.model.earth import Point
from tallybook.release.keys import Key
from tallybook.release.laying import circle
from tallybook.release.locating import places_of
from tallybook.release.material import Material
from tallybook.release.naming import UNNAMED
from tallybook.release.places import Where, cell
from tallybook.release.profile import Profile
from tallybook.release.records import Edition
from tallybook.release.tables import TABLES

SHORTEST_QUOTE = 4
"""Words from which a quote is searched for: 'two children' stands in any text, and tells nobody apart."""
SHORTEST_TOKEN = 6
"""Characters from which an id is searched for; those that Tallybook gives have twelve and more."""
FIXED = (".yaml", ".md", ".html", ".css", ".js", "telling.py", "charting.py", "withheld.py", "moved.py", "differing.py")
"""Ends of the names of files whose words stand in releases."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What may stand nowhere in the files of a release."""

    words: dict[str, str]
    """Folded words and what they are: victim, place, source, person, quote or title."""
    tokens: dict[str, str]
    """Ids, hashes and the key, as they are written, and what they are."""
    points: frozenset[tuple[float, float]]
    """Latitude and longitude of places, as the book has them."""
    allowed: frozenset[str]
    """Folded names that the release tells; a secret inside one of them is no leak."""
    common: tuple[str, ...]
    """Secrets that are words of the program's own texts too, so that finding them tells nothing. Not searched for."""

    @property
    def searched(self) -> int:
        """How many secrets are searched for."""
        return len(self.words) + len(self.tokens) + len(self.points)


def secrets_of(whole: Material, edition: Edition, profile: Profile, key: Key | None) -> Secrets:
    """Return what a book holds and a release of it must not tell; whatever was held back is among it."""
    countries = whole.knowledge.countries.by_iso
    lands = [countries[w.country].name for w in _wheres(edition) if w.country in countries]
    allowed = frozenset(fold(n) for n in (*_told(edition), *lands) if n)
    words = {fold(name): what for name, what in _names(whole, profile)}
    hidden = {w: what for w, what in words.items() if w and w not in allowed}
    fixed = fixed_words()
    common = tuple(sorted(w for w, what in hidden.items() if what != "quote" and w in fixed))
    tokens = {t: what for t, what in _tokens(whole, profile) if len(t) >= SHORTEST_TOKEN}
    if key is not None:
        tokens[key.secret.hex()] = "the key"
    points = frozenset(_points(whole) - _shown(edition, profile, key))
    return Secrets({w: x for w, x in hidden.items() if w not in fixed}, tokens, points, allowed, common)


def _shown(edition: Edition, profile: Profile, key: Key | None) -> set[Point]:
    """Return the points that a release may tell: those of the book where the profile shows them, else what is drawn.

    The middle of a cell, and the circle around it, follow from key and cell alone. They are the same wherever in the
    cell a place lies, so that one that happens to lie in the very middle is told by them no more than any other.
    """
    found: set[Point] = set()
    for where in set(_wheres(edition)):
        if where.lat is None or where.lon is None:
            continue
        point = (where.lat, where.lon)
        if not profile.grid_km:
            found.add(point)
        elif key is not None and cell(point, profile.grid_km, key)[:2] == point:
            found |= _drawn(point, where.radius_km or 0.0)
    return found


def _drawn(middle: Point, radius: float) -> set[Point]:
    """Return all pairs of numbers that stand beside each other where a layout writes or draws an area."""
    lat, lon = middle
    numbers = [n for corner in circle(lat, lon, radius) for n in corner]
    west, east, south, north = min(numbers[::2]), max(numbers[::2]), min(numbers[1::2]), max(numbers[1::2])
    told = (*pairwise((lat, lon, radius, lat)), *pairwise(numbers), (west, south), (east, north))
    return {pair for one, other in told for pair in ((one, other), (other, one))}


def _names(whole: Material, profile: Profile) -> Iterator[tuple[str, str]]:
    if profile.names != "show":
        yield from ((victim.name, "victim") for _, victim in whole.victims)
        yield from ((p.name, "victim") for p in whole.named)
    if profile.places != "exact":
        yield from ((place.name, "place") for place in places_of(whole))
        yield from ((unit, "place") for place in places_of(whole) for unit in place.admin)
    if profile.claimants != "all":
        for claim in whole.claims:
            people = (*claim.claimants, *claim.relay, claim.origin, *claim.perpetrator, claim.target.group)
            yield from ((name, "source") for name in people if name and name != name.lower())
        said = [n for _, v in whole.victims for n in v.claimants] + [n for _, c in whole.control for n in c.claimants]
        yield from ((name, "source") for name in said if name != name.lower())
        yield from ((d.publisher, "source") for d in whole.documents.values() if d.publisher)
    if profile.text == "withhold":
        quotes = [c.quote for c in whole.claims]
        quotes += [v.quote for _, v in whole.victims] + [c.quote for _, c in whole.control]
        yield from ((q, "quote") for q in quotes if len(fold(q).split()) >= SHORTEST_QUOTE)
        yield from ((d.title, "title") for d in whole.documents.values() if d.title)
        yield from ((j.because, "reason") for j in whole.log if len(fold(j.because).split()) >= SHORTEST_QUOTE)
    if profile.authors == "withhold":
        yield from ((j.author, "author") for j in whole.log)


def _tokens(whole: Material, profile: Profile) -> Iterator[tuple[str, str]]:
    if profile.text == "withhold":
        for document in whole.documents.values():
            yield from ((t, "hash") for t in (document.sha256, document.sha256_bytes))
            yield document.url or "", "address"
    if profile.ids == "keyed":
        yield from ((c.id, "claim id") for c in whole.claims)
        yield from ((name, "incident id") for i in whole.incidents for name in (i.id, *i.aliases))
        yield from ((name, "document id") for d in whole.documents.values() for name in (d.key, d.id))
        yield from ((v.id, "victim id") for _, v in whole.victims)
        yield from ((p.id, "person id") for p in whole.named)
        yield from ((c.id, "control id") for _, c in whole.control)
        yield from ((j.id, "judgement id") for j in whole.log)


def _points(whole: Material) -> set[Point]:
    told = [(p.lat, p.lon) for p in places_of(whole)]
    told += [(c.lat, c.lon) for p in places_of(whole) for c in p.candidates]
    return {(float(lat), float(lon)) for lat, lon in told if lat is not None and lon is not None}


def _told(edition: Edition) -> Iterator[str | None]:
    """Yield the names that a release tells."""
    for where in _wheres(edition):
        yield from (where.name, *where.admin)
    for said in edition.claims:
        yield from (*said.claimants, said.origin, said.group, *said.perpetrator)
    yield from (s.publisher for s in edition.sources)
    yield from (v.name for v in edition.victims)
    yield from (name for h in edition.control for name in (h.holder, *h.claimants))
    yield from (name for f in edition.figures for name in (f.place, f.by))
    yield UNNAMED


def _wheres(edition: Edition) -> Iterable[Where]:
    told = [c.place for c in edition.claims] + [i.place for i in edition.incidents] + [h.place for h in edition.control]
    return (place for place in told if place is not None)


@cache
def fixed_words() -> frozenset[str]:
    """Return every run of up to three words that the program itself writes: pages, mappings, codebook, code lists."""
    texts = [t for f in _texts(files("tallybook.release")) for t in f.read_text(encoding="utf-8").splitlines()]
    texts += [f"{table.title} {c.name} {c.help}" for table in TABLES for c in table.columns()]
    texts += [*MEASURES, *MODIFIERS, *(e.replace("_", " ") for e in EVENT_TYPES)]
    found: set[str] = set()
    for text in texts:
        words = fold(text).split()
        found.update(" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words) + 1)))
    return frozenset(found)


def _texts(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.is_dir() and item.name != "__pycache__":
            yield from _texts(item)
        elif item.name.endswith(FIXED):
            yield item
