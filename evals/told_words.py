"""The words of a report for what a reading prints under a canonical name: keys are strings of the text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from functools import cache

from tallybook.knowledge import Knowledge
from tallybook.knowledge.word_lists import either

NOTHING = r"(?!)"
"""A pattern that matches no text."""


class Words:
    """Finds the words for organisations and weapons; make one for a knowledge."""

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        weapons: Mapping[str, Iterable[str]],
        states: Container[str] = (),
        state: str = NOTHING,
    ) -> None:
        """Take names of actors and words of weapons by canonical name; which are of states, and a pattern for those."""
        self._names = {name: tuple(words) for name, words in names.items()}
        self._weapons = {name: tuple(words) for name, words in weapons.items()}
        self._states, self._state = states, re.compile(state, re.IGNORECASE)

    def organization(self, name: str, text: str, at: int) -> str:
        """Return the name by which a text tells of an organisation, nearest to `at`; the canonical one if by none.

        A state's forces that the text has by no name of their own are told as 'the army', 'the armed forces'.
        """
        own = _nearest(_pattern(self._names.get(name, (name,))), text, at)
        return own or (_nearest(self._state, text, at) if name in self._states else None) or name

    def weapon(self, name: str, text: str, at: int) -> str:
        """Return the words by which a text tells of a weapon, nearest to `at`; the canonical name if by none."""
        return _nearest(_pattern(self._weapons.get(name) or (name,)), text, at) or name


def words_of(knowledge: Knowledge) -> Words:
    """Return the words of the packs."""
    names: dict[str, dict[str, None]] = {}
    for actor in knowledge.actors:
        names.setdefault(actor.name, {}).update(dict.fromkeys((actor.name, *actor.aliases)))
    weapons = {weapon.name: (weapon.name, *weapon.words) for weapon in knowledge.lexicon.weapons}
    states = {actor.name for actor in knowledge.actors if actor.kind == "state_forces"}
    return Words(names, weapons, states, rf"\b(?:{either(knowledge.lexicon.words.actors.state)})\b")


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    either_of = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    return re.compile(rf"(?<!\w)(?:{either_of})(?!\w)", re.IGNORECASE)


def _nearest(pattern: re.Pattern[str], text: str, at: int) -> str | None:
    """Return the match that begins nearest to a place of the text, in single spaces."""
    found = min(pattern.finditer(text), key=lambda match: abs(match.start() - at), default=None)
    return " ".join(found.group().split()) if found else None
