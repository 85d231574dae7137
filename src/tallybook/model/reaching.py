"""What is reached from a start by going on and on."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def reached(start: Iterable[str], nexts: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return the start and all that follows from it, step by step; circles end."""
    found: set[str] = set()
    queue = list(start)
    while queue:
        here = queue.pop()
        if here not in found:
            found.add(here)
            queue.extend(nexts(here))
    return frozenset(found)
