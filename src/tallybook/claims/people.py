"""Who was harmed: status, sex, age and organisation, as the report says it."""

from __future__ import annotations

import re

from tallybook.claims.drafts import Draft
from tallybook.claims.groups import Grouper
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.model.claim import Target
from tallybook.model.span import Span


def target_of(draft: Draft, grouper: Grouper, *, fights: bool = False) -> Target:
    """Return the target of a draft: its noun first, then what the words beside it say.

    `fights`: the group they belong to is an armed one.
    """
    group = draft.group
    person, noun = group.person, group.noun
    if group.note and (person is None or person.affiliation == "unknown"):
        person, noun = _from_note(group.note, grouper) or (person, noun)
    if (
        noun in ("dead", "deaths", "fatalities", "wounded", "injured", "injuries", "bodies", "lives", "others", None)
        or person is None
    ):
        qualified = _qualified(draft, grouper)
        if qualified is not None and (person is None or person.affiliation == "unknown"):
            person, noun = qualified
    affiliation = person.affiliation if person else "unknown"
    if (
        affiliation == "unknown"
        and fights
        and noun
        in (
            "members",
            "member",
            "men",
            "man",
            "people",
            "person",
            "cadres",
            "leaders",
            "leader",
            "operatives",
            "prisoners",
            "prisoner",
            None,
            "others",
            "martyrs",
            "dead",
            "wounded",
            "comrades",
        )
    ):
        affiliation = "combatant"
    words = " ".join(group.words)
    if re.search(r"\bcivilian\b|\bunarmed\b", words):
        affiliation = "civilian"
    elif (
        re.search(
            r"\b(?:rebel|junta|regime|military|army|armed|police|militant|insurgent|guerrilla|enemy|paramilitary|security)\b",
            words,
        )
        and affiliation == "unknown"
    ):
        affiliation = "combatant"
    if noun and ("and" in noun.split() and "women" in noun):
        affiliation = "civilian"
    span = Span(group.sentence.tokens[group.first].start, group.end)
    return Target(
        affiliation, draft.group_name, person.sex if person else None, person.age if person else None, noun, span
    )


def _from_note(note: str, grouper: Grouper) -> tuple[PersonNoun, str] | None:
    words = re.findall(r"[\w'-]+", note)
    for i in range(len(words)):
        if words[i] in ("said", "in", "when", "after", "while"):
            return None
        for size in (3, 2, 1):
            noun = " ".join(words[i : i + size])
            if noun in grouper.persons and len(words[i : i + size]) == size:
                return grouper.persons[noun], noun
    return None


def _qualified(draft: Draft, grouper: Grouper) -> tuple[PersonNoun, str] | None:
    """'12 dead, all civilians', '44 killed, most of them fighters' keep unknown; 'five civilian deaths', '20 troops dead' do not."""
    group = draft.group
    for word in group.words:
        if word in grouper.persons and word not in ("dead", "wounded", "injured", "others", "other", "people"):
            return grouper.persons[word], word
    if "civilian" in group.words:
        return PersonNoun("civilian"), "civilians"
    after = draft.facts.sentence.text[group.end - draft.facts.sentence.start :][:60]
    match = re.match(r"[\w\s]{0,25},?\s*(?:all|both)\s+(?:of\s+(?:them|whom)\s+(?:were\s+)?)?(?P<noun>\w+)", after)
    if match and match["noun"].lower() in grouper.persons:
        return grouper.persons[match["noun"].lower()], match["noun"].lower()
    return None
