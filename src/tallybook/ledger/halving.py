"""Statements that clash, found by halving: few tries however large a component.

Source: QuickXplain, Junker 2004. What was found to agree agrees with less of it too, and what clashes clashes with
more beside it, so that a search that is repeated with less asks little anew.
"""

from __future__ import annotations

from collections.abc import Collection

from tallybook.ledger.components import Component
from tallybook.ledger.possible import Possible
from tallybook.ledger.selfclash import Statement
from tallybook.ledger.system import Bits, bits


class Clashes:
    """Searches one component for statements that clash, tolls before incidents."""

    def __init__(self, component: Component, possible: Possible) -> None:
        tolls = {c for t in component.tolls for c in t.region.claims()}
        self._statements = sorted(component.statements, key=lambda s: (not tolls.issuperset(s), s))
        self._standing_of = [(tolls.issuperset(s), -len(s), s) for s in self._statements]
        self._claims = component.claims
        self._possible = possible
        self._agreeing: list[Bits] = []
        self._clashing: list[Bits] = []

    def among(self, gone: Collection[str]) -> list[Statement]:
        """Return statements that clash when some claims are left out, and of which none can be spared."""
        left = bits(i for i, s in enumerate(self._statements) if not set(s) <= set(gone))
        found = self._search(0, False, left, (0, len(self._statements)))
        return [s for i, s in enumerate(self._statements) if found >> i & 1]

    def beyond_agreement(self) -> set[str]:
        """Return the claims of the statements that do not agree with those taken in before them.

        Incidents are taken in before tolls, and of tolls those that more claims repeat first; then by their claim ids.
        What is returned restores agreement, and nothing of it can be spared; other, smaller sets may do so too.
        """
        order = sorted(range(len(self._statements)), key=lambda i: self._standing_of[i])
        kept: Bits = 0
        gone: set[str] = set()
        queue = [order]
        while queue:
            some = queue.pop()
            more = kept | bits(some)
            if not self._clash(more):
                kept = more
            elif len(some) == 1:
                gone.update(self._statements[some[0]])
            else:
                queue += [some[len(some) // 2 :], some[: len(some) // 2]]
        return gone

    def _search(self, background: Bits, added: bool, left: Bits, span: tuple[int, int]) -> Bits:
        """Search the statements of `left`, all of whose numbers lie in `span`.

        The span is halved, not what is left of it, so that searches with less ask of the same halves.
        """
        if added and self._clash(background):
            return 0
        if not left & (left - 1):
            return left
        middle = sum(span) // 2
        second = left >> middle << middle
        first = left ^ second
        if not first or not second:
            return self._search(background, False, left, (span[0], middle) if first else (middle, span[1]))
        late = self._search(background | first, True, second, (middle, span[1]))
        early = self._search(background | late, bool(late), first, (span[0], middle))
        return early | late

    def _clash(self, kept: Bits) -> bool:
        if any(not kept & ~known for known in self._agreeing):
            return False
        if any(not known & ~kept for known in self._clashing):
            return True
        held = {c for i, s in enumerate(self._statements) if kept >> i & 1 for c in s}
        agree = self._possible(self._claims - held)
        (self._agreeing if agree else self._clashing).append(kept)
        return not agree
