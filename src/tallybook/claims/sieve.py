"""Patterns sorted out by pieces of words that must stand in what they match, before any of them is tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Sieve(Generic[T]):
    """Things in the order in which they are sought, each with the pieces that it needs."""

    def __init__(self, things: Iterable[tuple[T, Sequence[Sequence[str]]]]) -> None:
        """Take each thing with its needs: of each of them one piece, in small letters, stands in whatever it matches."""
        kept = [(thing, [tuple(pieces) for pieces in needs]) for thing, needs in things]
        self._pieces = list(dict.fromkeys(pieces for _, needs in kept for pieces in needs))
        number = {pieces: n for n, pieces in enumerate(self._pieces)}
        self._needs = [(thing, sum(1 << number[p] for p in dict.fromkeys(needs))) for thing, needs in kept]

    def that_may_match(self, lower: str) -> list[T]:
        """Return the things that have what they need in a text, given in small letters."""
        missing = 0
        for n, pieces in enumerate(self._pieces):
            for piece in pieces:
                if piece in lower:
                    break
            else:
                missing |= 1 << n
        return [thing for thing, needs in self._needs if not needs & missing]
