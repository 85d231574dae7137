"""Reads the files of a release back as an adversary would, and names every leak."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import decimal

from tallybook.errors import UsageError
from tallybook.knowledge.folding import fold_words
from tallybook.release.folder import Folder
from tallybook.release.near_points import Points
from tallybook.release.reading_back import beside_the_picture, compressed, corners, readings
from tallybook.release.secrets import Secrets
from tallybook.release.terms import Stream, Term, Terms

MOST_TOLD = 10
"""Leaks that the refusal names, at most."""
LEAST_BY_CHANCE = 8
"""Characters from which a secret does not stand in compressed bytes by chance: once in 10^17 places."""
TAIL = 8_192
"""Characters of the piece before that are looked at again with each piece of a file."""
_TOKEN = re.compile(r"[0-9A-Za-z_-]{6,}")
_BETWEEN_TOKENS = bytes(n if _TOKEN.fullmatch(chr(n) * 6) or n == ord(".") else 32 for n in range(256))
_ASCII = bytes(range(128))
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
    linter = Linter(folder, secrets)
    return sorted({leak for name in folder.names() for leak in linter.leaks(name)})


class Linter:
    """Reads the files of one folder back."""

    def __init__(self, folder: Folder, secrets: Secrets) -> None:
        self._folder, self._search = folder, _Search(secrets)

    def leaks(self, name: str) -> set[Leak]:
        """Return every leak in a file and in its name."""
        search, path = self._search, self._folder.root / name
        found = set(search.in_pieces([name]))
        for told in readings(path):
            found.update(search.in_pieces(told))
        found.update(f for f in search.in_pieces(compressed(path)) if len(f[1]) >= LEAST_BY_CHANCE)
        found.update(search.points.among(corners(path)))
        found.update(("metadata", part) for part in beside_the_picture(path))
        return {Leak(name, what, secret) for what, secret in found}


class _Search:
    def __init__(self, secrets: Secrets) -> None:
        self._what: dict[Term, str] = {_term(t.split()): what for t, what in secrets.words.items()}
        self._words = Terms((*self._what, *(_term(t.split()) for t in secrets.allowed)) if secrets.words else ())
        self._tokens = {t.encode(): what for t, what in secrets.tokens.items() if _TOKEN.fullmatch(t)}
        self._addresses: dict[Term, list[Found]] = {}
        for token, what in secrets.tokens.items():
            if not _TOKEN.fullmatch(token):
                self._addresses.setdefault(_term(fold_words(token)), []).append((what, token))
        self._wordless = self._addresses.pop((), [])
        self._address_terms = Terms(self._addresses)
        self.points = Points(secrets.points)

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

    def _hidden(self, terms: Iterable[Term]) -> Iterator[Found]:
        return ((self._what[t], " ".join(t)) for t in terms if t in self._what)

    def _spelt(self, terms: Iterable[Term], text: str) -> Iterator[Found]:
        return (found for t in set(terms) for found in self._addresses[t] if found[1] in text)

    def _in_window(self, text: str) -> Iterator[Found]:
        runs = _runs(text)
        dotted = [run for run in runs if b"." in run]
        tokens = self._tokens.keys() & runs.union(*(run.split(b".") for run in dotted))
        yield from ((self._tokens[t], t.decode("ascii")) for t in tokens)
        yield from (found for found in self._wordless if found[1] in text)
        if self.points.sizes:
            spelt = _in_ascii_digits(text)
            if spelt is not text:
                dotted = [run for run in _runs(spelt) if b"." in run]
            decimals = {d for run in dotted for d in _DECIMAL.findall(run.decode("ascii"))}
            yield from self._beside_each_other(text, {d for d in decimals if float(d) in self.points.sizes})

    def _beside_each_other(self, text: str, decimals: set[str]) -> Iterator[Found]:
        """Yield coordinates: two numbers beside each other, in either order, that are a place of the book.

        `decimals` are those of the text that a place of the book has. Lines that cannot hold a pair are passed over.
        """
        may_pair = self.points.may_pair
        if not may_pair(decimals):
            return
        for line in text.splitlines():
            held = decimals.intersection(_DECIMAL.findall(_in_ascii_digits(line)))
            if held and may_pair(held):
                yield from self.points.among(pairwise(float(n) for n in _NUMBER.findall(line)))


def _term(words: Iterable[str]) -> Term:
    """Return words as a term. Equal words are one in memory: quotes share most of theirs."""
    return tuple(map(sys.intern, words))


def _runs(text: str) -> set[bytes]:
    """Return the runs of ASCII letters, digits, full stops, hyphens and underlines of a text, each once."""
    return set(text.encode("ascii", "replace").translate(_BETWEEN_TOKENS).split())


def _in_ascii_digits(text: str) -> str:
    """Return a text with the digits of other scripts as those of ASCII: `float` reads them as numbers too."""
    if text.isascii():
        return text
    beyond = set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    digits = {ord(c): str(decimal(c)) for c in beyond if c.isdecimal()}
    return text.translate(digits) if digits else text


def _first_gap(text: str) -> int:
    """Return where the first word of a text ends; 0 where it is one word."""
    return min((at for at in (text.find("\n"), text.find(" ")) if at >= 0), default=0)
