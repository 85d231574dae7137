"""Finds many terms of several words in a stream of words, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

Term = tuple[str, ...]


class Terms:
    """What is sought: terms told apart by their first two words, then by their length.

    Memory is that of the terms. An automaton over letters would take a node for each letter of each quote.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {t for t in terms if t}
        self._single = {t[0] for t in self._terms if len(t) == 1}
        self._seconds: dict[str, dict[str, tuple[int, ...]]] = _lengths(self._terms)
        self.longest = max(map(len, self._terms), default=0)

    def within(self, words: Sequence[str], until: int) -> tuple[list[Term], int]:
        """Return the terms that begin before `until`, and the index of the first word that none of them took.

        Of terms that begin at one word the longest is taken, and none begins inside it.
        """
        seconds, single, last = self._seconds, self._single, len(words) - 1
        firsts = compress(range(len(words)), map(seconds.__contains__, words))
        starts = [n for n in firsts if words[n] in single or (n < last and words[n + 1] in seconds[words[n]])]
        found, passed = [], 0
        for at in starts:
            if passed <= at < until:
                term = self._longest_at(words, at)
                if term is not None:
                    found.append(term)
                    passed = at + len(term)
        return found, passed

    def _longest_at(self, words: Sequence[str], at: int) -> Term | None:
        after = self._seconds[words[at]]
        for length in after.get(words[at + 1], ()) if at + 1 < len(words) else ():
            term = tuple(words[at : at + length])
            if term in self._terms:
                return term
        return (words[at],) if words[at] in self._single else None


class Stream:
    """Words that come in pieces; a term may begin in one piece and end in a later one."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._held: list[str] = []

    def feed(self, words: list[str]) -> list[Term]:
        """Return the terms that are decided with these words."""
        if not self._terms.longest:
            return []
        told = self._held + words
        until = max(0, len(told) - self._terms.longest + 1)
        found, passed = self._terms.within(told, until)
        self._held = told[max(passed, until) :]
        return found

    def end(self) -> list[Term]:
        """Return the terms among the last words."""
        held, self._held = self._held, []
        return self._terms.within(held, len(held))[0]


def _lengths(terms: Iterable[Term]) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return how long terms of two words and more are, longest first, by their first and second word."""
    found: dict[str, dict[str, set[int]]] = {}
    for term in terms:
        after = found.setdefault(term[0], {})
        if len(term) > 1:
            after.setdefault(term[1], set()).add(len(term))
    return {
        first: {second: tuple(sorted(lengths, reverse=True)) for second, lengths in after.items()}
        for first, after in found.items()
    }
