"""Wholes and parts: told by the words, or by numbers that add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from tallybook.claims.drafts import Draft
from tallybook.claims.repeats import number
from tallybook.model.claim import Target

MAX_TERMS = 5
"""Most terms of a sum that is sought; 31 of 32 sums in the catalogue of reports have at most five."""


def relate(drafts: Sequence[Draft], targets: dict[int, Target]) -> None:
    """Bind parts to wholes among the drafts of one report, and name the dimension of each part."""
    _headline_sums(drafts)
    for draft in drafts:
        if draft.part_of is not None and not _can_hold(draft.part_of, draft):
            draft.part_of = None
        if draft.part_of is not None:
            draft.dimension = draft.dimension or _dimension(draft, targets)


def _can_hold(whole: Draft, part: Draft) -> bool:
    if whole.measure != part.measure:
        return False
    big, small = whole.count or whole.group.count, part.count or part.group.count
    least = small.low if small.low is not None else 0
    return big.high is None or least <= big.high


def _headline_sums(drafts: Sequence[Draft]) -> None:
    """Find wholes that the report itself adds up: the title's or lead's number is the sum of two to five later ones."""
    for whole in sorted(drafts, key=lambda d: (d.facts.field != "title", d.facts.sentence.index)):
        if (
            whole.part_of is not None
            or whole.measure is None
            or (
                whole.scope == "cumulative"
                and whole.date is not None
                and whole.date.precision in ("since", "year", "month")
            )
        ):
            continue
        if any(
            d.part_of is whole
            for d in drafts
            if d.dimension in (None, "place", "day", "side") and d.rule in ("elliptic-part",)
        ):
            continue
        pool = [
            d
            for d in drafts
            if (
                d is not whole
                and d.measure == whole.measure
                and d.part_of is None
                and d.scope == "incident"
                and d.change is None
                and d.stance in ("asserted", "alleged")
                and d.order > whole.order
            )
            or (
                d is not whole
                and whole.facts.field == "title"
                and d.measure == whole.measure
                and d.part_of is None
                and d.scope == "incident"
            )
        ]
        if len(pool) < 2 or len(pool) > 14:
            continue
        terms = _sum_of(whole, pool)
        for term in terms:
            term.part_of, term.part_words = whole, False


def _sum_of(whole: Draft, pool: Sequence[Draft]) -> tuple[Draft, ...]:
    total = whole.count or whole.group.count
    found: list[tuple[Draft, ...]] = []
    for size in range(2, min(MAX_TERMS, len(pool)) + 1):
        for terms in combinations(pool, size):
            if _adds_up(total.low, total.high, total.modifier, terms) and _one_story(whole, terms):
                found.append(terms)
        if found:
            break
    return found[0] if found else ()


def _adds_up(low: int | None, high: int | None, modifier: str, terms: Sequence[Draft]) -> bool:
    numbers = [number(t) for t in terms]
    if any(n is None or n == 0 for n in numbers):
        return False
    total = sum(n or 0 for n in numbers)
    if modifier == "nearly" and high is not None:
        return 0.88 * high <= total <= high
    if modifier == "about" and low is not None:
        return abs(total - low) <= max(1, 0.1 * low)
    if modifier == "more_than" and low is not None:
        return low <= total <= low + max(2, 0.15 * low)
    if modifier == "exact":
        return total == low
    return total in (low, high)


def _one_story(whole: Draft, terms: Sequence[Draft]) -> bool:
    """Say whether the terms may make up the whole: other people, place or day than each other, statuses that fit."""
    keys = {(t.event, t.affiliation, t.group.noun, t.group.more, t.mention.name if t.mention else None) for t in terms}
    if len(keys) < len(terms) and not any(t.group.more for t in terms):
        return False
    if whole.affiliation in ("civilian", "combatant") and any(
        t.affiliation not in (whole.affiliation, "unknown") for t in terms
    ):
        return False
    if any(
        t.sources
        and whole.sources
        and t.sources[0].origin != whole.sources[0].origin
        and t.sources[0].named
        and whole.sources[0].named
        for t in terms
    ):
        both = {t.sources[0].origin for t in terms if t.sources}
        return len(both) <= 1
    return True


def _dimension(draft: Draft, targets: dict[int, Target]) -> str:
    whole = draft.part_of
    assert whole is not None
    mine, theirs = targets[id(draft)], targets.get(id(whole))
    if mine.sex or mine.age == "child":
        return "sex_age"
    if (
        draft.mention is not None
        and whole.mention is not None
        and draft.mention.name != whole.mention.name
        and draft.own_place
    ):
        return "place"
    if (
        draft.date is not None
        and whole.date is not None
        and draft.own_date
        and (draft.date.start, draft.date.end) != (whole.date.start, whole.date.end)
        and draft.event != whole.event
    ):
        return "day"
    if re.search(r"\b(?:executed|shot|beheaded|burned|burnt|stabbed|hanged|drowned|hacked)\b", draft.group.note or ""):
        return "manner"
    if theirs is not None and mine.affiliation != theirs.affiliation:
        return "status" if theirs.affiliation != "mixed" else "side"
    if any(
        w[:1].isupper() and w.lower().endswith(("an", "ese", "ish", "i", "ians"))
        for w in draft.facts.sentence.text[
            draft.group.start - draft.facts.sentence.start : draft.group.end - draft.facts.sentence.start
        ].split()[1:]
    ):
        return "nationality"
    return "status"
