"""Places told again by the word for what they are: 'in the state', 'in that town'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.place_mentions import HINT, REGION, TOWN, TOWNSHIP, PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.model.span import Span

AGAIN = "again"
"""Role of a place that its sentence does not name."""
SIZES = {"admin1": REGION, "admin2": 4, "admin3": TOWNSHIP, "exact": TOWN}
"""Ranks of what the gazetteer has found."""
_REPUBLIC = "republic"


def told_again(facts: Sequence[SentenceFacts], places: PlaceFinder) -> list[tuple[int, PlaceMention]]:
    """Return the places that sentences tell by their unit alone, each with the number of its sentence."""
    return [(i, m) for i, f in enumerate(facts) if f.field == "body" for m in _of_sentence(facts, i, places)]


def _of_sentence(facts: Sequence[SentenceFacts], i: int, places: PlaceFinder) -> Iterator[PlaceMention]:
    sentence = facts[i].sentence
    for match in places.patterns.again.finditer(sentence.lower):
        rank = REGION if match["unit"] == _REPUBLIC else places.patterns.rank(match["unit"])
        start, end = sentence.start + match.start("unit"), sentence.start + match.end("unit")
        told = [(f, m) for f in facts[: i + 1] for m in f.places if m.start < start or f is not facts[i]]
        earlier = [m for _, m in told]
        called = [m for f, m in told if match["unit"] in _words(f, m)]
        part = _named(called, rank, places) or _named(earlier, rank, places) or _around(earlier, rank, places)
        if part is not None:
            yield PlaceMention(start, end, part, AGAIN, match["prep"] or "")


def _named(earlier: Sequence[PlaceMention], rank: int, places: PlaceFinder) -> tuple[tuple[str, int, Span], ...] | None:
    """Return the place of that size that was told last, with what holds it."""
    for m in reversed(earlier):
        if m.role == HINT:
            continue
        sizes = [_size(m, places), *(size for _, size, _ in m.parts[1:])]
        at = next((k for k, size in enumerate(sizes) if _like(size, rank)), None)
        if at is not None:
            return m.parts[at:]
    return None


def _size(m: PlaceMention, places: PlaceFinder) -> int:
    """Return the rank of a place as the gazetteer has it, else as its words tell."""
    place = places.resolve(m)
    return SIZES.get(place.precision, m.rank) if place.id is not None else m.rank


def _words(f: SentenceFacts, m: PlaceMention) -> str:
    """Return the words of a mention in small letters, its unit with them."""
    return f.sentence.lower[m.start - f.sentence.start : m.end - f.sentence.start]


def _like(size: int, rank: int) -> bool:
    """Say whether a place of one size may be called by the word for another: a village is called a town as well."""
    return size == rank if rank >= TOWNSHIP else size < TOWNSHIP


def _around(
    earlier: Sequence[PlaceMention], rank: int, places: PlaceFinder
) -> tuple[tuple[str, int, Span], ...] | None:
    """Return the largest unit around the place told last, as the gazetteer has it; None for smaller ones."""
    if rank != REGION:
        return None
    for m in reversed(earlier):
        units = places.resolve(m).admin if m.role == "at" else ()
        if units:
            return ((units[-1], REGION, m.parts[0][2]),)
    return None
