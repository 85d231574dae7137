"""Named lists of words: what each list is for stands beside it; a list that nobody reads is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.rows import listed, yaml_file, yaml_rows

LARGEST_RANK = 6
"""Rank of a country; places are ranked from 0, a ward, up to it."""
ENDING = {"ending": True}
"""Marks a list whose words end what stands before a cut: each is of one length, and stands as it is written."""


@dataclass(slots=True)
class NameWords:
    """Words in capitals that are no proper names by themselves, or no names of people."""

    openers: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    no_person: tuple[str, ...] = ()
    no_person_in_capitals: tuple[str, ...] = ()
    placing: tuple[str, ...] = ()
    military: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    name_links: tuple[str, ...] = ()
    before_of: tuple[str, ...] = field(default=(), metadata=ENDING)
    before_the: tuple[str, ...] = field(default=(), metadata=ENDING)


@dataclass(slots=True)
class PlaceWords:
    """Words around the names of places."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    attacked: tuple[str, ...] = ()
    attacks_on: tuple[str, ...] = ()
    attacks_of: tuple[str, ...] = ()
    inside_of: tuple[str, ...] = ()
    fighters: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    happenings: tuple[str, ...] = ()
    units_before: tuple[str, ...] = ()
    not_unit: tuple[str, ...] = ()
    of_country: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    no_place: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    not_again: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    brought: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    seated: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    of_person: tuple[str, ...] = ()
    bordering: tuple[str, ...] = ()
    border: tuple[str, ...] = ()


@dataclass(slots=True)
class ActorWords:
    """Words around the names of those who fight."""

    forces: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    attackers: tuple[str, ...] = ()
    attacked: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    rebel: tuple[str, ...] = ()
    bare_state: tuple[str, ...] = ()
    police: tuple[str, ...] = ()
    armed: tuple[str, ...] = ()
    rebel_names: tuple[str, ...] = ()
    state_nouns: tuple[str, ...] = ()
    state_words: tuple[str, ...] = ()
    rebel_nouns: tuple[str, ...] = ()
    police_nouns: tuple[str, ...] = ()
    unofficial: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    doer_marks: tuple[str, ...] = ()
    marked_doers: tuple[str, ...] = ()
    doer_acts: tuple[str, ...] = ()
    doer_deeds: tuple[str, ...] = ()
    doer_openings: tuple[str, ...] = ()
    doer_helpers: tuple[str, ...] = ()
    doer_apart: tuple[str, ...] = ()
    doer_ends: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    own_dead: tuple[str, ...] = ()
    mission_names: tuple[str, ...] = ()
    peacekeepers: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    attacking: tuple[str, ...] = ()
    claim: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()


@dataclass(slots=True)
class AttackWords:
    """Words for attacks that a report tells without counting anybody."""

    things: tuple[str, ...] = ()
    went_off: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    not_done: tuple[str, ...] = ()


@dataclass(slots=True)
class DateWords:
    """Words around days."""

    before: tuple[str, ...] = ()
    since_then: tuple[str, ...] = ()
    since_told: tuple[str, ...] = ()


@dataclass(slots=True)
class PeopleWords:
    """Words around counted people."""

    linkers: tuple[str, ...] = ()
    linkers_after_of: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    them: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    harmed: tuple[str, ...] = ()
    dead_or_hurt: tuple[str, ...] = ()
    harmed_nouns: tuple[str, ...] = ()
    units_of_men: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    unqualified: tuple[str, ...] = ()
    of_group: tuple[str, ...] = ()
    civilian: tuple[str, ...] = ()
    fighting: tuple[str, ...] = ()
    note_ends: tuple[str, ...] = ()
    taken_over: tuple[str, ...] = ()
    households: tuple[str, ...] = ()
    one_more: tuple[str, ...] = ()
    dead_and_hurt: tuple[str, ...] = ()
    plainly_civilian: tuple[str, ...] = ()
    plainly_combatant: tuple[str, ...] = ()
    of_the_state: tuple[str, ...] = ()
    against_it: tuple[str, ...] = ()


@dataclass(slots=True)
class LinkWords:
    """Words between counted people and the harm that befell them."""

    skipped: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    going_on: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after_total: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    no_death: tuple[str, ...] = ()
    souls: tuple[str, ...] = ()
    of_people: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    at_place: tuple[str, ...] = ()
    not_hit: tuple[str, ...] = ()
    armed: tuple[str, ...] = ()


Lists = NameWords | PlaceWords | ActorWords | AttackWords | DateWords | PeopleWords | LinkWords


@dataclass(slots=True)
class WordLists:
    """The word lists of all packs, merged."""

    names: NameWords = field(default_factory=NameWords)
    places: PlaceWords = field(default_factory=PlaceWords)
    actors: ActorWords = field(default_factory=ActorWords)
    attacks: AttackWords = field(default_factory=AttackWords)
    dates: DateWords = field(default_factory=DateWords)
    people: PeopleWords = field(default_factory=PeopleWords)
    links: LinkWords = field(default_factory=LinkWords)
    unit_rank: dict[str, int] = field(default_factory=dict)
    kind_rank: dict[str, int] = field(default_factory=dict)

    def readers(self) -> dict[str, Callable[[Path], None]]:
        """Return what reads each file, by its name. A reader raises KnowledgeError naming file and list or row."""
        return {
            "name_words.yaml": lambda path: _read(path, self.names),
            "place_words.yaml": lambda path: _read(path, self.places),
            "actor_words.yaml": lambda path: _read(path, self.actors),
            "attack_words.yaml": lambda path: _read(path, self.attacks),
            "date_words.yaml": lambda path: _read(path, self.dates),
            "people_words.yaml": lambda path: _read(path, self.people, patterns=False),
            "link_words.yaml": lambda path: _read(path, self.links, patterns=False),
            "place_units.yaml": self._read_units,
        }

    def _read_units(self, path: Path) -> None:
        for where, row in yaml_rows(path, ()):
            rank = row.get("rank")
            if type(rank) is not int or not 0 <= rank <= LARGEST_RANK:
                raise KnowledgeError(
                    f"{path}: {where} has rank {rank!r}. Give a whole number from 0 to {LARGEST_RANK}."
                )
            self.unit_rank.update(dict.fromkeys(listed(row.get("words")), rank))
            self.kind_rank.update(dict.fromkeys(listed(row.get("kinds")), rank))


def either(words: Iterable[str]) -> str:
    """Return the alternatives of a regular expression in the order given; a space stands for any white space."""
    return "|".join(word.replace(" ", r"\s+") for word in words)


def _read(path: Path, lists: Lists, *, patterns: bool = True) -> None:
    """Add the lists of one file; `patterns` says whether its words are regular expressions, or plain."""
    known = {f.name: f.metadata == ENDING for f in fields(lists)}
    content = yaml_file(path) or {}
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: should be named lists, each written as 'name: [word, word]'.")
    for name, words in content.items():
        if name not in known:
            raise KnowledgeError(f"{path}: no list is called {name!r}. Use one of {', '.join(known)}.")
        added = _words(path, name, words, "(?<={})" if known[name] else "{}" if patterns else "")
        setattr(lists, name, tuple(dict.fromkeys((*getattr(lists, name), *added))))


def _words(path: Path, name: str, words: Any, pattern: str) -> tuple[str, ...]:
    """Return the words of a list; `pattern` is the regular expression in which each of them has to stand."""
    if not isinstance(words, list):
        raise KnowledgeError(f"{path}: {name} is no list. Write it as '{name}: [word, word]'.")
    for word in words:
        if not isinstance(word, str) or not word:
            raise KnowledgeError(f"{path}: {name} has {word!r}, which is no word. Put quotes around it.")
        try:
            re.compile(pattern.format(word))
        except re.error as error:
            raise KnowledgeError(f"{path}: {name} has {word!r}, which is no regular expression: {error}.") from error
    return tuple(words)
