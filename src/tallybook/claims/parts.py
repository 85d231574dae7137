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
MAX_POOL = 14
"""Most numbers among which a sum is sought; among more some add up by chance."""
NEARLY, ABOUT, MORE = 0.88, 0.1, 0.15
"""Shares of a number by which a sum may miss it: at least this much of 'nearly'; up to so much beside 'about', over 'more than'."""

_MANNER = re.compile(r"\b(?:executed|shot|beheaded|burned|burnt|stabbed|hanged|drowned|hacked)\b")


def relate(drafts: Sequence[Draft], targets: dict[int, Target]) -> None:
    """Bind parts to wholes among the drafts of one report, and name the dimension of each part."""
    _headline_sums(drafts)
    for draft in drafts:
        if draft.part_of is not None and not _can_hold(draft.part_of, draft):
            draft.part_of = None
        if draft.part_of is not None:
            _share_sides(draft, draft.part_of)
            draft.dimension = draft.dimension or _dimension(draft, targets)


def _share_sides(part: Draft, whole: Draft) -> None:
    """Give a part whose people the whole tells its side, and the doer with it: 20 of the rebels are rebels.

    A book can only hold a part inside its whole if both are of one side.
    """
    if whole.group_name is None or part.affiliation not in (whole.affiliation, "unknown"):
        return
    if part.group_name is not None and part.part_words:
        return
    part.group_name = whole.group_name
    if not part.perpetrator or whole.group_name in part.perpetrator:
        part.perpetrator = whole.perpetrator if whole.group_name not in whole.perpetrator else ()
        part.spans.pop("perpetrator", None)


def _can_hold(whole: Draft, part: Draft) -> bool:
    if whole.measure != part.measure:
        return False
    big, small = whole.count or whole.group.count, part.count or part.group.count
    least = small.low if small.low is not None else 0
    return big.high is None or least <= big.high


def _headline_sums(drafts: Sequence[Draft]) -> None:
    """Find wholes that the report itself adds up: the title's or lead's number is the sum of two to five later ones."""
    for whole in sorted(drafts, key=lambda d: (d.facts.field != "title", d.facts.sentence.index)):
        if not _may_be_sum(whole) or _is_listed(whole, drafts):
            continue
        pool = [d for d in drafts if _may_be_term(d, whole)]
        if 2 <= len(pool) <= MAX_POOL:
            for term in _sum_of(whole, pool):
                term.part_of, term.part_words = whole, False


def _may_be_sum(whole: Draft) -> bool:
    """Say whether a number may add up others of the report: no part, and no toll of a longer time."""
    if whole.part_of is not None or whole.measure is None:
        return False
    long = whole.date is not None and whole.date.precision in ("since", "year", "month")
    return not (whole.scope == "cumulative" and long)


def _is_listed(whole: Draft, drafts: Sequence[Draft]) -> bool:
    """Say whether a list right after the number tells its parts already."""
    dimensions = (None, "place", "day", "side")
    return any(d.part_of is whole and d.rule == "elliptic-part" and d.dimension in dimensions for d in drafts)


def _may_be_term(term: Draft, whole: Draft) -> bool:
    """Say whether a number may be part of a sum: of the title's anything, else what is asserted anew after it."""
    if term is whole or term.measure != whole.measure or term.part_of is not None or term.scope != "incident":
        return False
    anew = term.change is None and term.stance in ("asserted", "alleged") and term.order > whole.order
    return anew or whole.facts.field == "title"


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
        return NEARLY * high <= total <= high
    if modifier == "about" and low is not None:
        return abs(total - low) <= max(1, ABOUT * low)
    if modifier == "more_than" and low is not None:
        return low <= total <= low + max(2, MORE * low)
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
    if any(_of_others(whole, t) for t in terms):
        return len({t.sources[0].origin for t in terms if t.sources}) <= 1
    return True


def _of_others(whole: Draft, term: Draft) -> bool:
    """Say whether a whole and a term are the words of two sources with names."""
    if not (term.sources and whole.sources):
        return False
    one, two = term.sources[0], whole.sources[0]
    return one.origin != two.origin and one.named and two.named


def _dimension(draft: Draft, targets: dict[int, Target]) -> str:
    """Return by what a part stands apart from its whole: sex or age first, then place, day, manner, status."""
    whole = draft.part_of
    mine, theirs = targets[id(draft)], targets.get(id(whole))
    if mine.sex or mine.age == "child":
        return "sex_age"
    if whole is not None and _elsewhere(draft, whole):
        return "place"
    if whole is not None and _on_another_day(draft, whole):
        return "day"
    if _MANNER.search(draft.group.note or ""):
        return "manner"
    if theirs is not None and mine.affiliation != theirs.affiliation:
        return "status" if theirs.affiliation != "mixed" else "side"
    return "nationality" if _names_people(draft) else "status"


def _elsewhere(draft: Draft, whole: Draft) -> bool:
    if draft.mention is None or whole.mention is None or not draft.own_place:
        return False
    return draft.mention.name != whole.mention.name


def _on_another_day(draft: Draft, whole: Draft) -> bool:
    if draft.date is None or whole.date is None or not draft.own_date or draft.event == whole.event:
        return False
    return (draft.date.start, draft.date.end) != (whole.date.start, whole.date.end)


def _names_people(draft: Draft) -> bool:
    """Say whether the group's words have a people's name: 'three Kessans'."""
    start = draft.facts.sentence.start
    words = draft.facts.sentence.text[draft.group.start - start : draft.group.end - start].split()[1:]
    return any(w[:1].isupper() and w.lower().endswith(("an", "ese", "ish", "i", "ians")) for w in words)
