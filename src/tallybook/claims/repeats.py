"""One number told twice is one claim: lead and body, digit and word, weak and strong operator, confirmations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft, part_from
from tallybook.claims.groups import Group
from tallybook.claims.sources import Source
from tallybook.knowledge.word_lists import PeopleWords

STRENGTH = {"more_than": 6, "at_least": 5, "between": 4, "nearly": 4, "up_to": 4, "about": 3, "exact": 2, "vague": 1}
"""Which operator of two on one number is kept; gold codebook rule 2."""
DEATH_REACH = 4
"""Sentences within which a death is of the person who was shot, if the report tells two incidents."""
LEAD = 5
"""First sentences of a text, which its headline sums up."""
ROUNDED = {"more_than": (1.0, 1.25), "at_least": (1.0, 1.25), "nearly": (0.8, 1.0), "about": (0.85, 1.15)}
"""Shares of a round number in a headline between which the number of the text lies."""
_OFFICER = re.compile(
    r"\b(?:commander|general|gen|colonel|col|major|maj|captain|capt|lieutenant|lt|brigadier|brig|inspector|superintendent|admiral|chief)\b",
    re.IGNORECASE,
)
_UNIFORMED = re.compile(r"\b(?:army|military|police|forces|command|guard|corps|navy|defen[cs]e)\b", re.IGNORECASE)


def merged(drafts: Sequence[Draft], words: PeopleWords) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that stay and those that fall away, each with the rule; order of telling is kept.

    Two drafts are one claim if measure, incident or toll, number, and source agree or one has no source of its own.
    A headline only sums up its text: its number is one of the text, whoever it names for it.
    """
    kept: list[Draft] = []
    dropped: list[tuple[Draft, str]] = []
    for draft in sorted(drafts, key=lambda d: (d.headline, d.order)):
        twins = [k for k in kept if _is_repeat(k, draft) and not _on_two_sides(k, draft, words)]
        twin = next((k for k in twins if _sources_agree(k, draft)), None)
        if twin is None and draft.headline:
            twin = next((k for k in twins if k.facts.sentence.index <= LEAD), None)
        if twin is None:
            kept.append(draft)
            continue
        _absorb(twin, draft)
        dropped.append((draft, "repeat"))
    kept.sort(key=lambda d: d.order)
    for falls, rule in (
        (_died_of_it, "shot, then told dead"),
        (_vaguer_told_in_numbers, "vaguer lead"),
        (_rounded_headline, "rounded headline"),
    ):
        gone = [d for d in kept if falls(d, kept)]
        dropped += [(d, rule) for d in gone]
        kept = [d for d in kept if d not in gone]
    _rebind(kept, [d for d, _ in dropped])
    return kept, dropped


def _rebind(kept: Sequence[Draft], dropped: Sequence[Draft]) -> None:
    """Make parts of a repeat parts of what it repeats; parts of what is gone for good become wholes."""
    twins = {id(d): t for d in dropped if (t := next((k for k in kept if d in k.same_as), None)) is not None}
    for draft in kept:
        while draft.part_of is not None and twins.get(id(draft.part_of), draft) is not draft:
            draft.part_of = twins[id(draft.part_of)]
        if draft.part_of is draft:
            draft.part_of = None
    part_from(kept)


def number(draft: Draft) -> int | None:
    """Return the number that stands in the words, operator aside; None for vague words."""
    count = draft.count or draft.group.count
    if count.modifier == "vague" or count.modifier == "between":
        return None
    if draft.count is draft.group.count and draft.group.value is not None:
        return draft.group.value
    return count.low if count.low is not None else count.high


def _is_repeat(a: Draft, b: Draft) -> bool:
    """Say whether `b` tells again what `a` has told, if both have it from one source."""
    titled = a.headline or b.headline
    if a.measure is None or a.measure != b.measure or (a.scope != b.scope and not titled):
        return False
    if (a.part_of is not None and a.part_of is b) or (b.part_of is not None and b.part_of is a):
        return False
    if a.change != b.change and a.change is not None and b.change is not None:
        return False
    return (
        _numbers_agree(a, b)
        and (titled or a.scope != "incident" or a.event == b.event or _told_again(b))
        and (_same_phrase(a, b) if a.facts is b.facts else titled or not _somebody_else(a, b))
        and _people_agree(a, b)
    )


def _on_two_sides(a: Draft, b: Draft, words: PeopleWords) -> bool:
    """Say whether one is of soldiers and the other of those whom they fight."""
    nouns = {a.group.noun, b.group.noun}
    return not nouns.isdisjoint(words.of_the_state) and not nouns.isdisjoint(words.against_it)


def _numbers_agree(a: Draft, b: Draft) -> bool:
    if number(a) is not None and number(a) == number(b):
        return a.headline or b.headline or bool(a.sources) == bool(b.sources) or _can_be_one(a, b)
    return a.value == b.value and bool(a.count and b.count and a.count.modifier == b.count.modifier)


def _bounds(draft: Draft) -> tuple[int | None, int | None]:
    count = draft.count or draft.group.count
    return count.low, count.high


def _can_be_one(a: Draft, b: Draft) -> bool:
    """Say whether one number lies within the bounds of both: 'ten' and 'more than ten' are two."""
    (low, high), (lower, higher) = _bounds(a), _bounds(b)
    return not (low is not None and higher is not None and low > higher) and not (
        lower is not None and high is not None and lower > high
    )


def _told_again(b: Draft) -> bool:
    """'the five': people told before, on whatever day."""
    return b.group.definite and (number(b) or 0) > 1 and not b.own_date


def _same_phrase(a: Draft, b: Draft) -> bool:
    """'five men were shot ... the five men died': in one sentence only an article and the same noun tell again."""
    return b.group.definite and a.group.noun == b.group.noun


def _somebody_else(a: Draft, b: Draft) -> bool:
    """'a soldier', 'another man': one more, and not the one told before."""
    other = a.group.noun != b.group.noun or b.group.more or a.group.more
    return number(b) == 1 and not b.group.definite and other


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
    if (a.headline or b.headline) and (_named_within(one, two) or _named_within(two, one)):
        return True
    if "confirmed_by" in b.spans or "confirmed_by" in a.spans:
        return _bounds(a) == _bounds(b)
    if any(_OFFICER.search(s.speaker or "") and _UNIFORMED.search(o.origin) for s, o in ((one, two), (two, one))):
        return True
    words = {w.lower() for w in one.claimants}
    return bool(words & {w.lower() for w in two.claimants})


def _named_within(short: Source, full: Source) -> bool:
    """Say whether a headline's source is a word for the body's: 'Group', 'the monitoring group Witness Orvania'."""
    words, longer = short.words.casefold().split(), full.words.casefold().split()
    return bool(words) and set(words) < set(longer)


def _absorb(keep: Draft, repeat: Draft) -> None:
    """Let the kept draft take over what the repeat knows better."""
    keep.same_as.append(repeat)
    mine, other = keep.count or keep.group.count, repeat.count or repeat.group.count
    from_title = repeat.headline and not keep.headline
    if STRENGTH[other.modifier] > STRENGTH[mine.modifier] and not from_title:
        keep.count, keep.group = other, _group_of(keep, repeat)
        keep.facts, keep.trigger, keep.rule = repeat.facts, repeat.trigger, repeat.rule
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
    closer = repeat.mention is not None and (keep.mention is None or repeat.mention.rank < keep.mention.rank)
    if repeat.own_place and closer:
        keep.mention, keep.place = repeat.mention, repeat.place
    dayless = keep.date is None or (not keep.own_date and keep.date.start is None)
    if repeat.own_date and repeat.date is not None and dayless:
        keep.date = repeat.date
    if keep.part_of is None and repeat.part_of is not None and repeat.part_of is not keep:
        keep.part_of, keep.dimension = repeat.part_of, repeat.dimension


def _group_of(keep: Draft, repeat: Draft) -> Group:
    """Return the repeat's group, with the people of the kept draft where the repeat leaves them open."""
    group = repeat.group
    if group.person is None and keep.group.person is not None:
        group.person, group.noun = keep.group.person, keep.group.noun
    return group


def _vaguer_told_in_numbers(draft: Draft, kept: Sequence[Draft]) -> bool:
    """A lead's 'several killed' that the body of the same incident counts."""
    count = draft.count or draft.group.count
    if draft.part_of is not None or draft.measure is None or count.modifier != "vague":
        return False
    return any(
        k is not draft and k.measure == draft.measure and k.part_of is None
        and (draft.headline or (k.scope == draft.scope and k.event == draft.event))
        and (k.count or k.group.count).modifier != "vague" and _people_agree(draft, k) and _sources_agree(draft, k)
        and (number(k) or 0) >= (count.low or 0)
        for k in kept
    )  # fmt: skip


def _rounded_headline(draft: Draft, kept: Sequence[Draft]) -> bool:
    """'Over 60 killed' above a text that counts 64: the number of the text, made round."""
    count = draft.count or draft.group.count
    if not draft.headline or draft.measure is None or draft.part_of is not None or count.modifier not in ROUNDED:
        return False
    round_number = number(draft) or 0
    low, high = (share * round_number for share in ROUNDED[count.modifier])
    return any(
        not k.headline and k.measure == draft.measure and k.part_of is None and low <= (number(k) or 0) <= high
        and _people_agree(draft, k)
        for k in kept
    )  # fmt: skip


def _died_of_it(draft: Draft, kept: Sequence[Draft]) -> bool:
    """'A man was shot at noon ... The man was pronounced dead': he who was shot is counted where he is told dead."""
    if draft.measure != "injured" or not _is_shot(draft):
        return False
    return any(
        k.measure == "killed" and number(k) == number(draft) is not None and k.scope == draft.scope
        and (k.event == draft.event or abs(k.facts.sentence.index - draft.facts.sentence.index) <= DEATH_REACH)
        and k.facts is not draft.facts and _people_agree(draft, k)
        for k in kept
    )  # fmt: skip


def _is_shot(draft: Draft) -> bool:
    tokens = draft.facts.sentence.tokens
    return draft.trigger is not None and tokens[draft.trigger[0]].lower == "shot"
