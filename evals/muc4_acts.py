"""Acts that a report tells without counting anybody, as MUC-4 asks for them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from tallybook.model import Conduct, Reading

ACTS = {
    "ied_or_mine": "BOMBING",
    "arson_or_destruction": "ARSON",
    "ground_attack": "ATTACK",
    "execution_or_massacre": "ATTACK",
    "arrest_or_abduction": "KIDNAPPING",
}
"""MUC-4 types of acts that a report tells without harm to people; shelling and air strikes are fighting of forces."""

ARREST = re.compile(r"arrest|detain|detention|captur|jail|imprison|apprehend|custody|prison", re.IGNORECASE)
"""Words for people held by the law or taken in battle, not kidnapped."""

Act = tuple[str, Conduct]
"""MUC-4 type and act."""


def acts_of(reading: Reading) -> list[Act]:
    """Return the acts of a reading that MUC-4 asks for, in the order of the text."""
    return [(ACTS[c.act], c) for c in reading.conduct if c.act in ACTS and not ARREST.search(c.quote)]


def apart(acts: Sequence[Act], told: Container[str]) -> Iterator[Act]:
    """Yield the acts that are incidents of their own: of a type not told otherwise, or at a place, each place once."""
    seen: set[tuple[str, str | None]] = set()
    kinds: set[str] = set()
    for kind, act in acts:
        if (kind, act.where) in seen or (act.where is None and (kind in told or kind in kinds)):
            continue
        seen.add((kind, act.where))
        kinds.add(kind)
        yield kind, act
