"""One number told twice is one claim: lead and body, digit and word, weak and strong operator, confirmations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft

STRENGTH = {"more_than": 6, "at_least": 5, "between": 4, "nearly": 4, "up_to": 4, "about": 3, "exact": 2, "vague": 1}
"""Which operator of two on one number is kept; gold codebook rule 2."""

DEATH_REACH = 4
"""Sentences within which a death is of the person who was shot, if the report tells two incidents."""


def merged(drafts: Sequence[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that stay and those that fall away, each with the rule; order of telling is kept.

    Two drafts are one claim if measure, incident or toll, number, and source agree or one has no source of its own.
    """
    kept: list[Draft] = []
    dropped: list[tuple[Draft, str]] = []
    for draft in sorted(drafts, key=lambda d: d.order):
        twin = next((k for k in kept if _is_repeat(k, draft)), None)
        if twin is None:
            kept.append(draft)
            continue
        _absorb(twin, draft)
        dropped.append((draft, "repeat"))
    died = [d for d in kept if _died_of_it(d, kept)]
    dropped += [(d, "shot, then told dead") for d in died]
    kept = [d for d in kept if d not in died]
    vaguer = [d for d in kept if _vaguer_told_in_numbers(d, kept)]
    dropped += [(d, "vaguer lead") for d in vaguer]
    kept = [d for d in kept if d not in vaguer]
    gone = {
        id(d): t for d, t in ((d, next((k for k in kept if d in k.same_as), None)) for d, _ in dropped) if t is not None
    }
    for draft in kept:
        while draft.part_of is not None and id(draft.part_of) in gone and gone[id(draft.part_of)] is not draft:
            draft.part_of = gone[id(draft.part_of)]
        if draft.part_of is draft or (draft.part_of is not None and draft.part_of not in kept):
            draft.part_of = None
    return kept, dropped


def number(draft: Draft) -> int | None:
    """Return the number that stands in the words, operator aside; None for vague words."""
    count = draft.count or draft.group.count
    if count.modifier == "vague" or count.modifier == "between":
        return None
    return (
        draft.group.value
        if draft.count is draft.group.count and draft.group.value is not None
        else count.low
        if count.low is not None
        else count.high
    )


def _is_repeat(a: Draft, b: Draft) -> bool:
    if (
        a.measure != b.measure
        or a.measure is None
        or (a.scope != b.scope and "title" not in (a.facts.field, b.facts.field))
    ):
        return False
    if (a.part_of is not None and a.part_of is b) or (b.part_of is not None and b.part_of is a):
        return False
    if a.change != b.change and a.change is not None and b.change is not None:
        return False
    same_number = number(a) is not None and number(a) == number(b)
    if not same_number and not (a.value == b.value and a.count and b.count and a.count.modifier == b.count.modifier):
        return False
    retold = b.group.definite and (number(b) or 0) > 1 and not b.own_date
    if a.scope == "incident" and a.event != b.event and not retold and "title" not in (a.facts.field, b.facts.field):
        return False
    if a.facts is b.facts and not (_again(b) and a.group.noun == b.group.noun):
        return False
    if (
        number(b) == 1
        and not (b.group.definite or "title" in (a.facts.field, b.facts.field))
        and a.facts is not b.facts
        and (a.group.noun != b.group.noun or b.group.more or a.group.more)
    ):
        return False
    if not _people_agree(a, b):
        return False
    return _sources_agree(a, b)


def _again(b: Draft) -> bool:
    return b.group.definite


def _people_agree(a: Draft, b: Draft) -> bool:
    statuses = {a.affiliation, b.affiliation} - {"unknown"}
    if len(statuses) > 1:
        return False
    pa, pb = a.group.person, b.group.person
    if pa and pb and pa.sex and pb.sex and pa.sex != pb.sex:
        return False
    if pa and pb and a.part_of is not None and b.part_of is not None and a.group.noun != b.group.noun:
        return False
    return not (bool(a.part_of) != bool(b.part_of) and (a.part_words or b.part_words) and a.group.noun != b.group.noun)


def _sources_agree(a: Draft, b: Draft) -> bool:
    if not a.sources or not b.sources:
        return True
    one, two = a.sources[0], b.sources[0]
    if one.origin == two.origin:
        return True
    if "confirmed_by" in b.spans or "confirmed_by" in a.spans:
        return True
    if any(_OFFICER.search(s.speaker or "") and _UNIFORMED.search(o.origin) for s, o in ((one, two), (two, one))):
        return True
    words = {w.lower() for w in one.claimants}
    return bool(words & {w.lower() for w in two.claimants})


_OFFICER = re.compile(
    r"\b(?:commander|general|gen|colonel|col|major|maj|captain|capt|lieutenant|lt|brigadier|brig|inspector|superintendent|admiral|chief)\b",
    re.IGNORECASE,
)
_UNIFORMED = re.compile(r"\b(?:army|military|police|forces|command|guard|corps|navy|defen[cs]e)\b", re.IGNORECASE)


def _absorb(keep: Draft, repeat: Draft) -> None:
    """Let the kept draft take over what the repeat knows better."""
    keep.same_as.append(repeat)
    mine, other = keep.count or keep.group.count, repeat.count or repeat.group.count
    if STRENGTH[other.modifier] > STRENGTH[mine.modifier] and not (
        keep.facts.field == "body" and repeat.facts.field == "title"
    ):
        keep.count = other
        keep.facts, keep.group, keep.trigger, keep.rule = (
            repeat.facts,
            _group_of(keep, repeat),
            repeat.trigger,
            repeat.rule,
        )
    if not keep.sources and repeat.sources:
        keep.sources, keep.relay, keep.owned = repeat.sources, repeat.relay, repeat.owned
        keep.stance = repeat.stance if keep.stance == "asserted" else keep.stance
        keep.spans["claimants"] = repeat.sources[0].span
    if keep.affiliation == "unknown":
        keep.affiliation = repeat.affiliation
        if repeat.group.person is not None and keep.group.person is None:
            keep.group.person, keep.group.noun = repeat.group.person, repeat.group.noun
    keep.group_name = keep.group_name or repeat.group_name
    keep.perpetrator = keep.perpetrator or repeat.perpetrator
    if (
        repeat.own_place
        and repeat.mention is not None
        and (keep.mention is None or repeat.mention.rank < keep.mention.rank)
    ):
        keep.mention, keep.place = repeat.mention, repeat.place
    if (
        repeat.own_date
        and repeat.date is not None
        and (keep.date is None or (not keep.own_date and keep.date.start is None))
    ):
        keep.date = repeat.date
    if keep.part_of is None and repeat.part_of is not None and repeat.part_of is not keep:
        keep.part_of, keep.dimension = repeat.part_of, repeat.dimension


def _group_of(keep: Draft, repeat: Draft):  # type: ignore[no-untyped-def]
    group = repeat.group
    if group.person is None and keep.group.person is not None:
        group.person, group.noun = keep.group.person, keep.group.noun
    return group


def _vaguer_told_in_numbers(draft: Draft, kept: Sequence[Draft]) -> bool:
    """A lead's 'several killed', or a headline's other number, that the body of the same incident counts."""
    if draft.part_of is not None or draft.measure is None:
        return False
    count = draft.count or draft.group.count
    if count.modifier == "vague":
        return any(
            k is not draft and k.measure == draft.measure and k.scope == draft.scope and (k.event == draft.event or draft.facts.field == "title") and k.part_of is None
            and (k.count or k.group.count).modifier != "vague" and _people_agree(draft, k) and _sources_agree(draft, k)
            and (number(k) or 0) >= (count.low or 0)
            for k in kept
        )  # fmt: skip
    return False


def _died_of_it(draft: Draft, kept: Sequence[Draft]) -> bool:
    """'A man was shot at noon ... The man was pronounced dead': he who was shot is counted where he is told dead."""
    if draft.measure != "injured" or draft.trigger is None or not _is_shot(draft):
        return False
    return any(
        k.measure == "killed" and number(k) == number(draft) is not None and k.scope == draft.scope
        and (k.event == draft.event or abs(k.facts.sentence.index - draft.facts.sentence.index) <= DEATH_REACH)
        and k.facts is not draft.facts and _people_agree(draft, k)
        for k in kept
    )  # fmt: skip


def _is_shot(draft: Draft) -> bool:
    assert draft.trigger is not None
    return draft.facts.sentence.tokens[draft.trigger[0]].lower == "shot"
