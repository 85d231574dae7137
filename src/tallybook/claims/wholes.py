"""What a group of people may be a part of: the drafts told before it."""

from __future__ import annotations

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group

MEASURE_OF = {
    "dead": "killed", "killed": "killed", "victims": "killed", "deceased": "killed", "fatalities": "killed", "slain": "killed", "casualties": None,
    "wounded": "injured", "injured": "injured", "hurt": "injured", "missing": "missing", "abducted": "captured", "kidnapped": "captured",
    "captured": "captured", "detained": "captured", "martyred": "killed", "fallen": "killed", "abductees": "captured", "detainees": "captured", "displaced": "displaced",
}  # fmt: skip


def last_in(facts: SentenceFacts, group: Group, made: dict[int, Draft], measure: str | None = None) -> Draft | None:
    """Return the nearest draft before `group` in its own sentence."""
    found = [
        made[id(g)]
        for g in facts.groups
        if id(g) in made and g.start < group.start and (measure is None or made[id(g)].measure == measure)
    ]
    return found[-1] if found else None


def whole_of(draft: Draft) -> Draft:
    """Return the whole that a part belongs to, through parts of parts."""
    while draft.part_of is not None and draft.rule in ("including", "of-them", "elliptic-part", "were"):
        draft = draft.part_of
    return draft


def describe(facts: SentenceFacts, group: Group) -> None:
    """Give 'five of them' the noun that follows: 'children', '... were soldiers'."""
    from_words = facts.sentence.tokens[group.last + 1 : group.last + 7]
    group.note = " ".join(t.lower for t in from_words)
