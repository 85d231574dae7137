"""Words of what a report holds besides counts, section by section: who holds a place, footage, and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.inflect import verb_forms
from tallybook.knowledge.rows import yaml_file
from tallybook.model.claim import AFFILIATIONS, MEASURES

Words = tuple[str, ...]
"""Words or short regular expressions, in the order of the files."""
VERBS = {"verbs": True}
"""Marks a list whose verbs stand once in the files; it holds all their forms."""


@dataclass(slots=True)
class ControlWords:
    """Words that tell who holds a place."""

    units: Words = ()
    taken_units: Words = ()
    qualities: Words = ()
    hands: Words = ()
    sway: Words = ()
    degrees: Words = ()
    held: Words = ()
    falling: Words = ()
    people: Words = ()
    before: Words = ()
    taking: Words = ()
    no_place: Words = ()
    but: Words = ()


@dataclass(slots=True)
class EvidenceWords:
    """Words for footage and the like; `kinds` has by kind what it is called."""

    kinds: dict[str, Words] = field(default_factory=dict)
    show: Words = field(default=(), metadata=VERBS)
    showing: Words = ()
    held: Words = ()
    posted: Words = ()
    outlet: Words = ()


@dataclass(slots=True)
class ConductWords:
    """Words for what actors did, where nobody is counted as harmed, and for the forces that they are."""

    acts: Words = ()
    where: Words = ()
    whole: Words = ()
    units: Words = ()
    again: Words = ()
    state: Words = ()
    meant: Words = ()
    telling: Words = ()
    forces: Words = ()
    counting: Words = ()


@dataclass(slots=True)
class AllegationWords:
    """Words by which somebody accuses somebody."""

    accuse: Words = field(default=(), metadata=VERBS)
    blaming: Words = ()
    people_of: Words = ()
    doing: Words = ()


@dataclass(slots=True)
class RelationWords:
    """Words between two actors; `ties` has by relation what stands between them."""

    ties: dict[str, Words] = field(default_factory=dict)


@dataclass(slots=True)
class VictimWords:
    """Words around the names of people who were harmed."""

    naming: Words = ()
    dead: Words = ()
    harming: Words = ()
    age: str = field(default="", metadata={"groups": ("a", "b", "c", "d", "e", "male", "female")})
    killed: Words = ()
    hurt: Words = ()
    taken: Words = ()
    shot: Words = ()
    died: Words = ()
    apart: Words = ()
    female: Words = ()
    male: Words = ()
    told: Words = ()
    death: Words = ()
    harm: Words = ()
    accused: Words = ()
    victims: Words = ()
    listed: Words = ()
    groups: Words = ()
    speaking: Words = ()


@dataclass(slots=True)
class DenialWords:
    """Words that tell that nobody was harmed; tables have the beginnings of words by measure and by status."""

    none: Words = ()
    early: Words = ()
    word_of: Words = ()
    losses: Words = ()
    nobody: Words = ()
    people: Words = ()
    manner: Words = ()
    harmed: Words = ()
    not_suffered: Words = ()
    suffer: Words = ()
    suffered: Words = ()
    escaped: Words = ()
    unhurt: Words = ()
    bounding: Words = ()
    deny: Words = field(default=(), metadata=VERBS)
    denied: Words = ()
    measures: dict[str, Words] = field(default_factory=dict, metadata={"keys": MEASURES})
    people_by_status: dict[str, Words] = field(default_factory=dict, metadata={"keys": AFFILIATIONS})


@dataclass(slots=True)
class LaterDeathWords:
    """Words for people of a toll who died later than the others."""

    later: Words = ()
    of_them: Words = ()


@dataclass(slots=True)
class RecordWords:
    """The sections of `record_words.yaml` of all packs, merged."""

    control: ControlWords = field(default_factory=ControlWords)
    evidence: EvidenceWords = field(default_factory=EvidenceWords)
    conduct: ConductWords = field(default_factory=ConductWords)
    allegations: AllegationWords = field(default_factory=AllegationWords)
    relations: RelationWords = field(default_factory=RelationWords)
    victims: VictimWords = field(default_factory=VictimWords)
    denials: DenialWords = field(default_factory=DenialWords)
    later_deaths: LaterDeathWords = field(default_factory=LaterDeathWords)

    def read(self, path: Path) -> None:
        """Add the words of one file to those that are there.

        Raises: KnowledgeError naming file, section, list and entry of what does not hold.
        """
        for name, content in _named(path, "", yaml_file(path) or {}, self):
            section = getattr(self, name)
            for own, words in _named(path, name, content, section):
                setattr(section, own, _added(path, f"{name}, {own}", section, own, words))


def _named(path: Path, where: str, content: Any, target: Any) -> Iterator[tuple[str, Any]]:
    """Yield the named parts of a mapping; those that the target has no field for are refused."""
    known = [f.name for f in fields(target)]
    what, told = ("list", f"{where} should be named lists, each") if where else ("section", "should be sections, each")
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: {told} written as 'name:' with what belongs to it below.")
    for name, part in content.items():
        if name not in known:
            at = f"{where}: " if where else ""
            raise KnowledgeError(f"{path}: {at}no {what} is called {name!r}. Use one of {', '.join(known)}.")
        yield name, part


def _added(path: Path, where: str, section: Any, name: str, content: Any) -> str | Words | dict[str, Words]:
    """Return what a section holds under a name with what a file has there; a whole pattern takes the place of another."""
    held, about = getattr(section, name), next(f for f in fields(section) if f.name == name).metadata
    if isinstance(held, str):
        return _pattern(path, where, content, about["groups"])
    if not isinstance(held, dict):
        return _joined(held, _words(path, where, content, verbs=about == VERBS))
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: {where} is no table. Write it as 'name: [word, word]' lines below it.")
    keys = about.get("keys", tuple(content))
    odd = next((key for key in content if key not in keys), None)
    if odd is not None:
        raise KnowledgeError(f"{path}: {where} has no place for {odd!r}. Use one of {', '.join(keys)}.")
    return held | {k: _joined(held.get(k, ()), _words(path, f"{where}, {k}", v)) for k, v in content.items()}


def _pattern(path: Path, where: str, text: Any, groups: tuple[str, ...]) -> str:
    try:
        known = re.compile(text if isinstance(text, str) else "").groupindex
    except re.error as error:
        raise KnowledgeError(f"{path}: {where} is no regular expression: {error}.") from error
    lost = next((group for group in groups if group not in known), None)
    if lost is not None:
        raise KnowledgeError(f"{path}: {where} has nothing marked as {lost!r}. Put it in (?P<{lost}>...).")
    return str(text)


def _joined(held: Words, more: Words) -> Words:
    return tuple(dict.fromkeys((*held, *more)))


def _words(path: Path, where: str, content: Any, *, verbs: bool = False) -> Words:
    if not isinstance(content, list):
        raise KnowledgeError(f"{path}: {where} is no list. Write it as '[word, word]'.")
    for number, word in enumerate(content, 1):
        fault = _fault(word, verbs)
        if fault:
            raise KnowledgeError(f"{path}: {where}, entry {number} has {word!r}, which is {fault}")
    return tuple(form for word in content for form in _forms(word)) if verbs else tuple(content)


def _fault(word: Any, verb: bool) -> str | None:
    """Return why an entry cannot be used; None if it can."""
    if not isinstance(word, str) or not word:
        return "no word. Put quotes around it."
    if verb:
        return None if re.fullmatch("[a-z]+", word) else "no verb. Write one word in small letters: 'show'."
    try:
        groups, empty = re.compile(f"(?:x|{word})").groups, re.match(f"(?:{word})$", "") is not None
    except re.error as error:
        return f"no regular expression: {error}."
    if empty:
        return "a regular expression that no word at all matches too. Leave out what is only optional."
    return "a regular expression with a group of its own. Write (?:...) instead of (...)." if groups else None


def _forms(verb: str) -> list[str]:
    return sorted({form for forms in verb_forms(verb).values() for form in forms})
