"""Reports that a purge took words out of, or out altogether, when they come again.

A redacted report is known by what is left of it: the same letters wherever no mark stands. No hash of the name is kept.
A report that went whole is known by a slow, salted hash of its text.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tallybook.model import Document, Judgement
from tallybook.review.names_out import MARK, NamesOut, is_pseudonym
from tallybook.review.purging import purges, rehashed

SALT_BYTES = 16
COST, BLOCK, LANES = 2**14, 8, 1
"""Of scrypt: some 50 ms and 16 MB a try. It runs only for a text of the length of one that was purged."""
MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that is not taken again."""

    length: int
    salt: str
    digest: str
    number: int
    """Number of the purge that took it out."""


def fingerprint(text: str) -> dict[str, Any]:
    """Return, as JSON, what a text that goes whole is known by when it comes again. Another salt at each call."""
    salt = secrets.token_bytes(SALT_BYTES)
    return {"length": len(text), "salt": salt.hex(), "scrypt": _slow(text, salt)}


@lru_cache(maxsize=256)
def _slow(text: str, salt: bytes) -> str:
    told = text.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(told, salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY, dklen=32).hex()


class Returning:
    """Knows reports that were purged when they come again."""

    def __init__(self, log: Iterable[Judgement], document: Callable[[str], Document | None]) -> None:
        self._refused: dict[int, list[Refused]] = defaultdict(list)
        self._kept: dict[int, list[Document]] = defaultdict(list)
        seen: set[str] = set()
        for purge in purges(log):
            for plain in json.loads(purge.means or "{}").get("refused", ()):
                told = Refused(plain["length"], plain["salt"], plain["scrypt"], purge.number)
                self._refused[told.length].append(told)
            for key in purge.objects:
                kept = document(key) if key not in seen else None
                seen.add(key)
                if kept is not None:
                    self._kept[len(kept.text)].append(kept)

    def refused(self, document: Document) -> int | None:
        """Return the number of the purge that took this text out whole, or None."""
        for told in self._refused.get(len(document.text), ()):
            if _slow(document.text, bytes.fromhex(told.salt)) == told.digest:
                return told.number
        return None

    def redacted(self, document: Document) -> Document:
        """Return a report that comes again without what was taken out of it; any other report as it is."""
        for kept in self._kept.get(len(document.text), ()):
            if _left_of(document.text, kept.text):
                return _redacted_as(document, kept)
        return document


def _left_of(text: str, kept: str) -> bool:
    return all(a == b or b == MARK for a, b in zip(text, kept, strict=True))


def _redacted_as(document: Document, kept: Document) -> Document:
    words = NamesOut(tuple(sorted(_taken_out(document.text, kept.text))))
    publisher = kept.publisher if is_pseudonym(kept.publisher) else _again(document.publisher, kept.publisher, words)
    now = replace(
        document, text=kept.text, publisher=publisher, title=_again(document.title, kept.title, words),
        url=_again(document.url, kept.url, words), id=_again(document.id, kept.id, words) or kept.id,
        source=_again(document.source, kept.source, words) or kept.source,
    )  # fmt: skip
    return rehashed(now)


def _again(value: str | None, kept: str | None, words: NamesOut) -> str | None:
    if value is None:
        return None
    if kept is not None and len(kept) == len(value) and _left_of(value, kept):
        return kept
    return words.out_of(value)


def _taken_out(text: str, kept: str) -> set[str]:
    """Return the words of a text that stand where the kept one has marks."""
    found, at = set(), 0
    while (at := kept.find(MARK, at)) >= 0:
        end = at
        while end < len(kept) and kept[end] in (MARK, "\n"):
            end += 1
        word = text[at:end].strip()
        if word:
            found.add(word)
        at = end
    return found
