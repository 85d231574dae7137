"""Reads the files of a release back as an adversary would, and names every leak."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tallybook.errors import UsageError
from tallybook.knowledge.folding import fold
from tallybook.release.folder import Folder
from tallybook.release.geometry import points_of
from tallybook.release.parquet import parquet_text
from tallybook.release.secrets import Secrets

MOST_TOLD = 10
"""Leaks that the refusal names, at most."""
_TOKEN = re.compile(r"[0-9A-Za-z_-]{6,}")
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,3}\.\d+(?![\w.])|(?<![\w.-])-?\d{1,3}(?![\w.])")
_SCHEME = "://"
HEAD = 12
"""Characters from '://' by which addresses are told apart before they are searched for."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    """Return every leak in the files of a folder, their names too. Linear in the bytes."""
    search = _Search(secrets)
    found: set[Leak] = set()
    for name in folder.names():
        found.update(Leak(name, what, secret) for what, secret in search.in_text(name))
        for text in _texts(folder.root / name):
            found.update(Leak(name, what, secret) for what, secret in search.in_text(text))
    return sorted(found)


def _texts(path: Path) -> Iterator[str]:
    """Yield the text of a file: as bytes, and as whoever opens it sees it."""
    if path.suffix in (".sqlite", ".gpkg"):
        with closing(sqlite3.connect(path)) as connection:
            yield "\n".join(connection.iterdump())
            yield _corners(connection)
    if path.suffix == ".parquet":
        yield parquet_text(path)
    text = path.read_bytes().decode("utf-8", "replace")
    yield _CONTROL.sub(" ", text)
    if path.suffix == ".html":
        yield html.unescape(text)


def _corners(connection: sqlite3.Connection) -> str:
    """Return the corners of all polygons of a GeoPackage in figures, a line each."""
    held = connection.execute("select name from sqlite_master where name = 'gpkg_geometry_columns'").fetchall()
    tables = connection.execute("select table_name, column_name from gpkg_geometry_columns").fetchall() if held else []
    blobs = (row[0] for t, c in tables for row in connection.execute(f'select "{c}" from "{t}"') if row[0] is not None)
    return "\n".join(f"{lon}, {lat}" for blob in blobs for lon, lat in points_of(blob))


class _Search:
    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._terms: dict[tuple[str, ...], str | None] = {tuple(t.split()): what for t, what in secrets.words.items()}
        self._terms |= dict.fromkeys((tuple(t.split()) for t in secrets.allowed), None)
        self._terms.pop((), None)
        self._lengths = _lengths(self._terms)
        self._addresses = _by_head({t: what for t, what in secrets.tokens.items() if not _TOKEN.fullmatch(t)})
        self._near: Mapping[float, frozenset[float]] = _by_first(secrets.points)

    def in_text(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what is found, as (what, secret)."""
        yield from self._words(text)
        if self._secrets.tokens:
            for token in self._secrets.tokens.keys() & set(_TOKEN.findall(text)):
                yield self._secrets.tokens[token], token
        for head in self._addresses.keys() & set(_heads(text)):
            yield from ((what, t) for t, what in self._addresses[head] if t in text)
        yield from self._points(text)

    def _words(self, text: str) -> Iterator[tuple[str, str]]:
        if not self._secrets.words:
            return
        words = [word for line in text.splitlines() for word in fold.__wrapped__(line).split()]
        words.append("")
        passed = 0
        for at in (n for n, word in enumerate(words) if word in self._lengths):
            if at < passed:
                continue
            term = self._term(words, at)
            if term is not None:
                passed = at + len(term)
                what = self._terms[term]
                if what is not None:
                    yield what, " ".join(term)

    def _term(self, words: Sequence[str], at: int) -> tuple[str, ...] | None:
        """Return the longest term that begins at a word; None where none does."""
        after = self._lengths[words[at]]
        for length in (*after.get(words[at + 1], ()), *after.get("", ())):
            term = tuple(words[at : at + length])
            if term in self._terms:
                return term
        return None

    def _points(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield coordinates: two numbers beside each other, in either order, that are a place of the book."""
        for line in text.splitlines() if self._near else ():
            numbers = [float(n) for n in _NUMBER.findall(line)]
            for at in (n for n, number in enumerate(numbers) if number in self._near):
                lat = numbers[at]
                for lon in numbers[max(0, at - 1) : at + 2 : 2] if at else numbers[1:2]:
                    if lon in self._near[lat]:
                        yield "coordinates", f"{lat}, {lon}"


def _lengths(terms: Iterable[tuple[str, ...]]) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return how long terms are, longest first, by their first and second word; the second of single words is ''."""
    found: dict[str, dict[str, set[int]]] = {}
    for term in terms:
        found.setdefault(term[0], {}).setdefault(term[1] if len(term) > 1 else "", set()).add(len(term))
    return {
        first: {second: tuple(sorted(lengths, reverse=True)) for second, lengths in after.items()}
        for first, after in found.items()
    }


def _by_head(addresses: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Return addresses by '://' and the characters after it; by '' those that have none, or too few."""
    found: dict[str, list[tuple[str, str]]] = {}
    for address, what in addresses.items():
        at = address.find(_SCHEME)
        head = address[at : at + HEAD] if at >= 0 else ""
        found.setdefault(head if len(head) == HEAD else "", []).append((address, what))
    return found


def _heads(text: str) -> Iterator[str]:
    """Yield the heads of whatever looks like an address in a text, and ''."""
    yield ""
    at = text.find(_SCHEME)
    while at >= 0:
        yield text[at : at + HEAD]
        at = text.find(_SCHEME, at + 1)


def _by_first(points: frozenset[tuple[float, float]]) -> dict[float, frozenset[float]]:
    """Return longitudes by latitude; two whole numbers beside each other may be anything, and are not searched for."""
    found: dict[float, set[float]] = {}
    for lat, lon in points:
        if not (lat.is_integer() and lon.is_integer()):
            found.setdefault(lat, set()).add(lon)
    return {lat: frozenset(lons) for lat, lons in found.items()}
