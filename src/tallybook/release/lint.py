"""Reads the files of a release back as an adversary would, and names every leak."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tallybook.errors import UsageError
from tallybook.knowledge.folding import fold_words
from tallybook.release.folder import Folder
from tallybook.release.reading_back import Corner, beside_the_picture, corners, readings
from tallybook.release.secrets import Secrets
from tallybook.release.terms import Stream, Term, Terms

MOST_TOLD = 10
"""Leaks that the refusal names, at most."""
TAIL = 8_192
"""Characters of the piece before that are looked at again with each piece of a file."""
_TOKEN = re.compile(r"[0-9A-Za-z_-]{6,}")
_BETWEEN_TOKENS = bytes(n if _TOKEN.fullmatch(chr(n) * 6) else 32 for n in range(256))
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,3}\.\d+(?![\w.])|(?<![\w.-])-?\d{1,3}(?![\w.])")
_DECIMAL = re.compile(r"\d{1,3}\.\d+")
Found = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Something that a file tells and must not."""

    file: str
    what: str
    secret: str


class Leaking(UsageError):
    """A release would tell what its profile withholds; nothing was written."""

    code = "TB-106"

    def __init__(self, leaks: list[Leak]) -> None:
        told = "; ".join(f"{x.file} tells the {x.what} {x.secret!r}" for x in leaks[:MOST_TOLD])
        more = f"; and {len(leaks) - MOST_TOLD} more" if len(leaks) > MOST_TOLD else ""
        super().__init__(
            f"No release was written, since it would tell what its profile withholds: {told}{more}. "
            "Please report it, or take a narrower filter."
        )


def lint(folder: Folder, secrets: Secrets) -> list[Leak]:
    """Return every leak in the files of a folder, their names too. Linear in the bytes; memory is that of a piece."""
    search = _Search(secrets)
    found: set[Leak] = set()
    for name in folder.names():
        path = folder.root / name
        found.update(Leak(name, what, secret) for what, secret in search.in_pieces([name]))
        for told in readings(path):
            found.update(Leak(name, what, secret) for what, secret in search.in_pieces(told))
        found.update(Leak(name, what, secret) for what, secret in search.among(corners(path)))
        found.update(Leak(name, "metadata", part) for part in beside_the_picture(path))
    return sorted(found)


class _Search:
    def __init__(self, secrets: Secrets) -> None:
        self._what: dict[Term, str] = {tuple(t.split()): what for t, what in secrets.words.items()}
        self._words = Terms((*self._what, *(tuple(t.split()) for t in secrets.allowed)) if secrets.words else ())
        self._tokens = {t.encode(): (what, t) for t, what in secrets.tokens.items() if _TOKEN.fullmatch(t)}
        self._addresses: dict[Term, list[Found]] = {}
        for token, what in secrets.tokens.items():
            if not _TOKEN.fullmatch(token):
                self._addresses.setdefault(tuple(fold_words(token)), []).append((what, token))
        self._wordless = self._addresses.pop((), [])
        self._address_terms = Terms(self._addresses)
        self._near = _by_first(secrets.points)
        self._sizes = {abs(n) for lat, lons in self._near.items() for n in (lat, *lons) if not n.is_integer()}

    def in_pieces(self, pieces: Iterable[str]) -> Iterator[Found]:
        """Yield what is found in a text that comes in pieces, as (what, secret)."""
        words, addresses, tail = Stream(self._words), Stream(self._address_terms), ""
        for piece in pieces:
            window = tail + piece
            folded = fold_words(piece)
            yield from self._hidden(words.feed(folded))
            yield from self._spelt(addresses.feed(folded), window)
            yield from self._in_window(window)
            tail = window[-TAIL:]
            tail = tail[_first_gap(tail) :] if len(tail) == TAIL else tail
        yield from self._hidden(words.end())
        yield from self._spelt(addresses.end(), tail)

    def among(self, points: Iterable[Corner]) -> Iterator[Found]:
        """Yield the coordinates of the book among points."""
        for one, other in points:
            yield from self._pair(one, other)
            yield from self._pair(other, one)

    def _hidden(self, terms: Iterable[Term]) -> Iterator[Found]:
        return ((self._what[t], " ".join(t)) for t in terms if t in self._what)

    def _spelt(self, terms: Iterable[Term], text: str) -> Iterator[Found]:
        return (found for t in set(terms) for found in self._addresses[t] if found[1] in text)

    def _in_window(self, text: str) -> Iterator[Found]:
        if self._tokens:
            told = text.encode("ascii", "replace").translate(_BETWEEN_TOKENS).split()
            yield from (self._tokens[t] for t in self._tokens.keys() & set(told))
        yield from (found for found in self._wordless if found[1] in text)
        if self._sizes:
            yield from self._points(text)

    def _points(self, text: str) -> Iterator[Found]:
        """Yield coordinates: two numbers beside each other, in either order, that are a place of the book."""
        decimals = {d for d in set(_DECIMAL.findall(text)) if float(d) in self._sizes}
        if not decimals:
            return
        for line in text.splitlines():
            if not decimals.isdisjoint(_DECIMAL.findall(line)):
                numbers = [float(n) for n in _NUMBER.findall(line)]
                for one, other in pairwise(numbers):
                    yield from self._pair(one, other)
                    yield from self._pair(other, one)

    def _pair(self, lat: float, lon: float) -> Iterator[Found]:
        if lat in self._near and lon in self._near[lat]:
            yield "coordinates", f"{lat}, {lon}"


def _first_gap(text: str) -> int:
    """Return where the first word of a text ends; 0 where it is one word."""
    return min((at for at in (text.find("\n"), text.find(" ")) if at >= 0), default=0)


def _by_first(points: frozenset[tuple[float, float]]) -> dict[float, frozenset[float]]:
    """Return longitudes by latitude; two whole numbers beside each other may be anything, and are not searched for."""
    found: dict[float, set[float]] = {}
    for lat, lon in points:
        if not (lat.is_integer() and lon.is_integer()):
            found.setdefault(lat, set()).add(lon)
    return {lat: frozenset(lons) for lat, lons in found.items()}
