"""Covering names in records and texts: texts keep their length, so that every span still points at its words."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from tallybook.knowledge.folding import fold

R = TypeVar("R")
BLOCK = "█"
LONGEST_CLEAN, MOST_CLEAN = 200, 200_000
"""Characters, and number, of words that are remembered to hold no name."""

FEW = 10_000
"""Covered records beyond those in use that may stay."""

WORD = re.compile(r"[^\W_]+")
TEXTS = frozenset(("text", "quote", "title"))
"""Fields whose length must stay: spans count in them."""

SHORTEST_PART = 2
"""Letters of a part of a name that is covered on its own: 'Li' is, an initial is not."""

Hidden = dict[str, frozenset[str]]
"""Names that are covered, by the key of the document that they stand in."""


class Cover:
    """Covers names: whole ones wherever they stand, their parts in the documents where the person is named."""

    def __init__(self, hidden: Hidden, known: frozenset[str]) -> None:
        self.hidden = hidden
        self.known = known
        self._salt = secrets.token_bytes(16)
        self._sequences: dict[str, list[tuple[str, ...]]] = {}
        self._singles: set[str] = set()
        self._unspaced: list[str] = []
        self._names = {fold(name) for names in hidden.values() for name in names}
        for name in {name for names in hidden.values() for name in names}:
            self._take(name)
        for sequences in self._sequences.values():
            sequences.sort(key=len, reverse=True)
        self._unspaced.sort(key=len, reverse=True)
        self._telling_unspaced = sorted({p for n in self._unspaced for p in self._parts_of(n)})
        self._parts = {key: frozenset(p for n in names for p in self._parts_of(n)) for key, names in hidden.items()}
        self._telling = frozenset(self._sequences) | self._singles | frozenset().union(*self._parts.values())
        self._clean: set[str] = set()
        self._made: dict[int, tuple[Any, Any]] = {}

    def _take(self, name: str) -> None:
        if not has_case(name):
            self._unspaced.append(name)
            return
        told = tuple(folded_word(w.group()) for w in WORD.finditer(name))
        if len(told) == 1:
            self._singles.add(told[0])
        elif told:
            self._sequences.setdefault(told[0], []).append(told)

    def _parts_of(self, name: str) -> Iterator[str]:
        """Yield the parts of a name that are covered alone: not initials, not particles, not names of places."""
        if not has_case(name):
            yield from (part for part in name.split() if len(part) >= SHORTEST_PART and part != name)
            return
        for word in WORD.finditer(name):
            part = word.group()
            if part[0].isupper() and len(part) >= SHORTEST_PART and folded_word(part) not in self.known:
                yield folded_word(part)

    def text(self, words: str, *documents: str) -> str:
        """Return words with the names in them covered, character by character."""
        if not self._names or not words or self._is_clean(words):
            return words
        parts = frozenset().union(*(self._parts.get(key, frozenset()) for key in documents)) | self._singles
        found = list(WORD.finditer(words))
        folded = [folded_word(w.group()) for w in found]
        spans: list[tuple[int, int]] = []
        at = 0
        while at < len(found):
            told = next((s for s in self._sequences.get(folded[at], ()) if tuple(folded[at : at + len(s)]) == s), None)
            if told is not None:
                spans.append((found[at].start(), found[at + len(told) - 1].end()))
                at += len(told)
                continue
            if folded[at] in parts and not found[at].group().islower():
                spans.append(found[at].span())
            at += 1
        covered = list(words)
        for start, end in spans:
            covered[start:end] = [c if c.isspace() else BLOCK for c in words[start:end]]
        made = "".join(covered)
        for name in (*self._unspaced, *(p for p in parts if not has_case(p))):
            if name in made:
                made = made.replace(name, BLOCK * len(name))
        return made

    def _is_clean(self, words: str) -> bool:
        """Say whether no part of any name stands in words, in whatever report; most words are asked for again."""
        if words in self._clean:
            return True
        if any(name in words for name in self._unspaced) or self._holds_part(words):
            return False
        if len(words) <= LONGEST_CLEAN and len(self._clean) < MOST_CLEAN:
            self._clean.add(words)
        return True

    def _holds_part(self, words: str) -> bool:
        if any(folded_word(w) in self._telling for w in WORD.findall(words)):
            return True
        return any(part in words for part in self._telling_unspaced)

    def name(self, name: str, *documents: str) -> str:
        """Return a name as it is shown: one that is covered is told apart from others, and nothing more."""
        folded = fold(name)
        if folded and folded in self._names:
            mark = hmac.new(self._salt, folded.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:6]
            return f"name withheld ({mark})"
        return self.text(name, *documents)

    def record(self, value: R, *documents: str) -> R:
        """Return a record, or JSON-ready values, with all names covered; what holds none is returned as it is."""
        made: Any = self._covered(value, documents, "")
        return made  # type: ignore[no-any-return]

    def kept(self, record: R, *documents: str) -> R:
        """Return a record covered; one that was covered before is not covered again, as long as it lives here."""
        known = self._made.get(id(record))
        if known is None:
            known = self._made[id(record)] = (record, self.record(record, *documents))
        made: R = known[1]
        return made

    def forget_all_but(self, records: Iterable[object]) -> None:
        """Let go of covered records that are of no use any more, where there are many."""
        alive = {id(record) for record in records}
        if len(self._made) > 2 * len(alive) + FEW:
            self._made = {key: made for key, made in self._made.items() if key in alive}

    def _covered(self, value: Any, documents: tuple[str, ...], name: str) -> Any:
        if value is None or isinstance(value, (int, float)):
            return value
        if isinstance(value, str):
            return self.text(value, *documents) if name in TEXTS else self.name(value, *documents)
        if isinstance(value, dict):
            return {
                self._covered(k, documents, ""): self._covered(v, documents, k if isinstance(k, str) else "")
                for k, v in value.items()
            }
        if isinstance(value, (list, tuple, frozenset, set)):
            made = [self._covered(v, documents, name) for v in value]
            return value if all(a is b for a, b in zip(value, made, strict=True)) else type(value)(made)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {}
            for field in _fields(type(value)):
                was = getattr(value, field)
                now = self._covered(was, documents, field)
                if now is not was and now != was:
                    changed[field] = now
            return replace(value, **changed) if changed else value
        return value


@lru_cache(maxsize=100)
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def has_case(words: str) -> bool:
    return words.lower() != words.upper()


@lru_cache(maxsize=200_000)
def folded_word(word: str) -> str:
    return fold(word).replace(" ", "")
