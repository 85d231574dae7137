"""The count view of MUC-4: numbers of people killed, injured or kidnapped, as (measure, number) in each document.

From the key: HUM TGT NUMBER of targets whose EFFECT is DEATH or INJURY, and of all targets of a kidnapping; each string
of a document once, PLURAL left out. From a reading: claims that MUC-4 asks for, and named victims that no claim counts.
Optional fills that nobody gave do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evals.muc4_key import EFFECT, NUMBER, TYPE, Fill, Template
from evals.muc4_slots import numeral
from evals.muc4_templates import wanted, wanted_victims
from evals.ratios import Hits
from tallybook.model import Reading

EFFECT_MEASURES = {"DEATH": "killed", "INJURY": "injured"}

Counted = tuple[str, int]
"""Measure and number of persons."""


def key_counts(templates: Sequence[Template]) -> tuple[Counter[Counted], Counter[Counted]]:
    """Return the counts of a document's templates: those that must be given, and those that may be."""
    seen: dict[tuple[str, tuple[str, ...]], tuple[Counted, bool]] = {}
    for template in templates:
        for fill, measure in _measured(template):
            value = next((n for n in map(numeral, fill.values) if n is not None), None)
            if value is not None:
                seen.setdefault((measure, fill.about), ((measure, value), fill.optional or template.optional))
    must = Counter(counted for counted, optional in seen.values() if not optional)
    return must, Counter(counted for counted, optional in seen.values() if optional)


def read_counts(reading: Reading) -> Counter[Counted]:
    """Return the counts of one reading."""
    counts: Counter[Counted] = Counter()
    singles: set[str] = set()
    for claim in reading.claims:
        if wanted(claim) and claim.measure and claim.count and claim.target.text and claim.count.modifier != "vague":
            value = claim.count.low if claim.count.low is not None else claim.count.high
            if value is not None:
                counts[claim.measure, value - (claim.count.modifier == "more_than")] += 1
                singles |= {claim.id} if value == 1 else set()
    for victim in wanted_victims(reading):
        if victim.claim in singles:
            singles.remove(victim.claim)
        else:
            counts[victim.harm, 1] += 1
    return counts


def count_hits(must: Counter[Counted], may: Counter[Counted], read: Counter[Counted]) -> Hits:
    """Return hits of (measure, number); an optional one that was read counts as one that was there."""
    right = (must & read).total()
    extra = ((read - must) & may).total()
    return Hits(right + extra, read.total(), must.total() + extra)


def _measured(template: Template) -> Iterable[tuple[Fill, str]]:
    kidnapping = any("KIDNAPPING" in fill.values for fill in template.fills(TYPE))
    for fill in template.fills(NUMBER):
        effect = _effect(fill, template.fills(EFFECT))
        if effect in EFFECT_MEASURES:
            yield fill, EFFECT_MEASURES[effect]
        elif kidnapping:
            yield fill, "captured"


def _effect(number: Fill, effects: Sequence[Fill]) -> str:
    """Return the effect on the target that a number belongs to, or nothing."""
    told = (effect for effect in effects if set(number.about) & set(effect.about))
    return next((value for effect in told for value in effect.values if value in EFFECT_MEASURES), "")
