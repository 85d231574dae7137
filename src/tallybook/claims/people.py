"""Who was harmed: status, sex, age and organisation, as the report says it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallybook.claims.drafts import Draft
from tallybook.claims.groups import Group
from tallybook.knowledge.lexicon import Lexicon, PersonNoun
from tallybook.model.claim import Target
from tallybook.model.span import Span

AFTER = 60
"""Characters after a number within which 'all of them soldiers' is told."""
LONGEST = 3
"""Most words of a noun that the lexicon lists."""
_ALL = re.compile(r"[\w\s]{0,25},?\s*(?:all|both)\s+(?:of\s+(?:them|whom)\s+(?:were\s+)?)?(?P<noun>\w+)")

Known = tuple[PersonNoun, str]
"""What a noun says of people, and the noun."""


class People:
    """Say who the people of a draft are; compiled once and shared by all documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words.people
        self.persons = lexicon.persons
        self.unsaid, self.unqualified = frozenset(words.unsaid), frozenset(words.unqualified)
        self.of_group, self.note_ends = frozenset(words.of_group), frozenset(words.note_ends)
        self.civilian, self.fighting = _any_of(words.civilian), _any_of(words.fighting)

    def target(self, draft: Draft, *, fights: bool = False) -> Target:
        """Return the target of a draft: its noun first, then what the words beside it say.

        `fights`: the group they belong to is an armed one.
        """
        group = draft.group
        person, noun = self._known(draft)
        status = self._status(group, person, noun, fights=fights)
        span = Span(group.sentence.tokens[group.first].start, group.end)
        return Target(
            status, draft.group_name, person.sex if person else None, person.age if person else None, noun, span
        )

    def _known(self, draft: Draft) -> tuple[PersonNoun | None, str | None]:
        """Return what is known of the people: by their noun, else by the words that follow or stand beside it."""
        group = draft.group
        person, noun = group.person, group.noun
        if group.note and _open(person):
            person, noun = self._from_note(group.note) or (person, noun)
        if _open(person) and (person is None or noun is None or noun in self.unsaid):
            return self._qualified(draft) or (person, noun)
        return person, noun

    def _status(self, group: Group, person: PersonNoun | None, noun: str | None, *, fights: bool) -> str:
        """Return civilian, combatant or what the noun alone says."""
        words = " ".join(group.words)
        if (noun and "and" in noun.split() and "women" in noun) or self.civilian.search(words):
            return "civilian"
        if not _open(person):
            return person.affiliation if person else "unknown"
        armed = (fights and (noun is None or noun in self.of_group)) or self.fighting.search(words)
        return "combatant" if armed else "unknown"

    def _from_note(self, note: str) -> Known | None:
        """Return whom the words after a number name first."""
        words = re.findall(r"[\w'-]+", note)
        for i, word in enumerate(words):
            if word in self.note_ends:
                return None
            for size in range(LONGEST, 0, -1):
                noun = " ".join(words[i : i + size])
                if noun in self.persons and i + size <= len(words):
                    return self.persons[noun], noun
        return None

    def _qualified(self, draft: Draft) -> Known | None:
        """'12 dead, all civilians', 'five civilian deaths', '20 troops dead'; '44 killed, most of them fighters' says nothing."""
        group, sentence = draft.group, draft.facts.sentence
        for word in group.words:
            if word in self.persons and word not in self.unqualified:
                return self.persons[word], word
        if "civilian" in group.words:
            return PersonNoun("civilian"), "civilians"
        match = _ALL.match(sentence.text[group.end - sentence.start :][:AFTER])
        noun = match["noun"].lower() if match else ""
        return (self.persons[noun], noun) if noun in self.persons else None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _open(person: PersonNoun | None) -> bool:
    """Say whether a noun leaves open whether the people bear arms."""
    return person is None or person.affiliation == "unknown"
