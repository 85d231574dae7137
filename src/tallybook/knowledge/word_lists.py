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


@dataclass(slots=True)
class NameWords:
    """Words in capitals that are no proper names by themselves."""

    openers: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


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


@dataclass(slots=True)
class ActorWords:
    """Words around the names of those who fight."""

    forces: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    attacked: tuple[str, ...] = ()
    attackers: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    rebel: tuple[str, ...] = ()
    armed: tuple[str, ...] = ()
    rebel_names: tuple[str, ...] = ()
    state_nouns: tuple[str, ...] = ()
    state_words: tuple[str, ...] = ()
    rebel_nouns: tuple[str, ...] = ()
    police_nouns: tuple[str, ...] = ()
    unofficial: tuple[str, ...] = ()


@dataclass(slots=True)
class DateWords:
    """Words around days."""

    before: tuple[str, ...] = ()


@dataclass(slots=True)
class WordLists:
    """The word lists of all packs, merged."""

    names: NameWords = field(default_factory=NameWords)
    places: PlaceWords = field(default_factory=PlaceWords)
    actors: ActorWords = field(default_factory=ActorWords)
    dates: DateWords = field(default_factory=DateWords)
    unit_rank: dict[str, int] = field(default_factory=dict)
    kind_rank: dict[str, int] = field(default_factory=dict)

    def readers(self) -> dict[str, Callable[[Path], None]]:
        """Return what reads each file, by its name. A reader raises KnowledgeError naming file and list or row."""
        return {
            "name_words.yaml": lambda path: _read(path, self.names),
            "place_words.yaml": lambda path: _read(path, self.places),
            "actor_words.yaml": lambda path: _read(path, self.actors),
            "date_words.yaml": lambda path: _read(path, self.dates),
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


def _read(path: Path, lists: NameWords | PlaceWords | ActorWords | DateWords) -> None:
    """Add the lists of one file."""
    known = [f.name for f in fields(lists)]
    content = yaml_file(path) or {}
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: should be named lists, each written as 'name: [word, word]'.")
    for name, words in content.items():
        if name not in known:
            raise KnowledgeError(f"{path}: no list is called {name!r}. Use one of {', '.join(known)}.")
        added = _words(path, name, words)
        setattr(lists, name, tuple(dict.fromkeys((*getattr(lists, name), *added))))


def _words(path: Path, name: str, words: Any) -> tuple[str, ...]:
    if not isinstance(words, list):
        raise KnowledgeError(f"{path}: {name} is no list. Write it as '{name}: [word, word]'.")
    for word in words:
        if not isinstance(word, str) or not word:
            raise KnowledgeError(f"{path}: {name} has {word!r}, which is no word. Put quotes around it.")
        try:
            re.compile(word)
        except re.error as error:
            raise KnowledgeError(f"{path}: {name} has {word!r}, which is no regular expression: {error}.") from error
    return tuple(words)
