"""Scores response templates against key templates: all templates, best alignment, one tally a slot.

possible = fills of the key that had to be given; actual = fills of the response; partial credit counts half.
Recall = credit / possible, precision = credit / actual. Optional fills and optional templates that nobody gave are not
possible; given ones count as any other. A response fill that meets nothing is spurious, a template that meets none is
spurious as a whole. Source: Chinchor, "MUC-4 evaluation metrics" (1992), ALL TEMPLATES row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evals.muc4_key import (
    DATE,
    DESCRIPTION,
    INDIVIDUAL,
    LOCATION,
    NAME,
    ORGANIZATION,
    SLOTS,
    TYPE,
    Fill,
    Template,
)
from evals.muc4_slots import credit
from evals.ratios import Hits

CONTENT_SLOTS = (INDIVIDUAL, ORGANIZATION, NAME, DESCRIPTION)
"""Slots of which one must agree at least in part for two templates to be about one incident."""

Tally = dict[str, Hits]
"""Hits by slot; `right` is credit, `printed` actual, `there` possible."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A key template with the response that met it; one of the two may be missing."""

    key: Template | None
    response: Template | None


def align(keys: Sequence[Template], responses: Sequence[Template]) -> list[Aligned]:
    """Pair templates one to one so that the sum of credit is highest; unpaired ones stand alone.

    Only templates that may be about one incident are paired: the types agree at least in part, and so does a
    perpetrator, a human target, or both date and place. Exact; cost grows with 2 to the number of keys.
    """
    worth = [[_worth(key, response) for key in keys] for response in responses]

    @cache
    def best(row: int, free: int) -> tuple[float, tuple[int | None, ...]]:
        if row == len(responses):
            return 0.0, ()
        chosen = best(row + 1, free)
        options = [(chosen[0], (None, *chosen[1]))]
        for column in range(len(keys)):
            if free >> column & 1 and worth[row][column] > 0:
                rest = best(row + 1, free & ~(1 << column))
                options.append((rest[0] + worth[row][column], (column, *rest[1])))
        return max(options, key=lambda option: option[0])

    places = best(0, (1 << len(keys)) - 1)[1]
    pairs = [Aligned(None if p is None else keys[p], r) for p, r in zip(places, responses, strict=True)]
    return pairs + [Aligned(key, None) for i, key in enumerate(keys) if i not in places]


def tally(pairs: Sequence[Aligned]) -> Tally:
    """Return the hits of each slot over aligned templates."""
    return {slot: sum((slot_hits(pair, slot) for pair in pairs), Hits()) for slot in SLOTS}


def slot_hits(pair: Aligned, slot: str) -> Hits:
    """Return credit, actual and possible of one slot of one pair."""
    given = pair.response.fills(slot) if pair.response else ()
    if pair.key is None:
        return Hits(0, len(given), 0)
    wanted = pair.key.fills(slot)
    if pair.response is None:
        return Hits(0, 0, 0 if pair.key.optional else sum(not fill.optional for fill in wanted))
    matches = match_fills(slot, wanted, given)
    met = {i for i, _, _ in matches}
    possible = sum(not fill.optional or i in met for i, fill in enumerate(wanted))
    return Hits(sum(worth for _, _, worth in matches), len(given), possible)


def match_fills(slot: str, wanted: Sequence[Fill], given: Sequence[Fill]) -> list[tuple[int, int, float]]:
    """Pair fills one to one, best credit first; return (key place, response place, credit) where there is any."""
    possible = [(credit(slot, key, told), i, j) for i, key in enumerate(wanted) for j, told in enumerate(given)]
    matches: list[tuple[int, int, float]] = []
    for worth, i, j in sorted(possible, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if worth and all(i != a and j != b for a, b, _ in matches):
            matches.append((i, j, worth))
    return matches


def _worth(key: Template, response: Template) -> float:
    if not _may_be_one(key, response):
        return 0.0
    return sum(slot_hits(Aligned(key, response), slot).right for slot in SLOTS)


def _may_be_one(key: Template, response: Template) -> bool:
    def agrees(slot: str) -> bool:
        return bool(match_fills(slot, key.fills(slot), response.fills(slot)))

    return agrees(TYPE) and (any(agrees(slot) for slot in CONTENT_SLOTS) or (agrees(DATE) and agrees(LOCATION)))
