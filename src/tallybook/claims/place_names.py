"""A name with the words on both sides of it, which tell whether it is a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tallybook.claims.names import Name
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.knowledge.places import PlaceEntry
from tallybook.knowledge.small_letters import for_lowered, lowered

_DISTANCE = for_lowered(
    r"\b(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$|(?:\b\d[\d.,]*|\b(?:some|about|a\s+few|several|two|three|five|ten|\w+))\s*(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|mi)\b[^,.;]{0,40}?\b(?:of|from|outside)\s+(?:the\s+|the\s+capital\s*,?\s*|(?:city|town)\s+of\s+)?$",
)
_INSIDE = for_lowered(r"\bin\s+the\s+(?:\w+\s+)?(?:north|south|east|west)(?:-?(?:east|west))?\s+of\s+(?:the\s+)?$")
"""'in the north of': part of the place itself."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
FEW, NEARLY_ALL = 2, 0.8
"""Long words around a name from which they tell of capitals, and the share of them that must have one."""
INITIALS = 4
"""Most letters of a country's initials: 'USA'."""
UNITS_OF_NAMES = ("state", "region", "zone", "self-administered zone")
"""Units that belong to the names which end in them."""


@dataclass
class Around:
    """One name with the words on both sides of it; which place it is called after may be told later."""

    name: Name
    before: str
    after: str
    patterns: PlacePatterns
    known: PlaceEntry | None
    in_table: bool
    preposition: str | None = None
    """The preposition that it stands after, once that was asked."""

    @cached_property
    def led(self) -> str:
        """Return what stands before the name in small letters."""
        return lowered(self.before)

    @cached_property
    def unit_after(self) -> re.Match[str] | None:
        """Return the unit right after the name: 'Sarno district'."""
        return self.patterns.unit_after.match(self.after)

    @cached_property
    def unit_of(self) -> re.Match[str] | None:
        """Return the unit right before the name: 'the district of Sarno'."""
        return self.patterns.unit_of.search(self.led) or self.patterns.unit_before.search(self.led)

    @cached_property
    def own_unit(self) -> re.Match[str] | None:
        """Return the unit that ends the name itself."""
        return self.patterns.own_unit.search(self.name.text)

    @cached_property
    def apposition(self) -> re.Match[str] | None:
        """Return the unit told after a comma: 'Sarno, a village'."""
        return None if self.unit_after else self.patterns.apposition.match(self.after)

    @property
    def words(self) -> str:
        """Return the name's words."""
        return self.name.text

    @property
    def unit(self) -> re.Match[str] | None:
        """Return the word that says how large the place is."""
        return self.unit_after or self.unit_of or self.own_unit or self.apposition

    @property
    def country(self) -> bool:
        """Say whether it is a country."""
        return self.name.kind == "country"

    @property
    def unlisted(self) -> bool:
        """Say whether it is a name that no register has."""
        return self.name.kind == "unknown"

    @cached_property
    def every_capital(self) -> bool:
        """Say whether nearly all words around it begin with a capital too, as in headlines and telegrams."""
        words = _LONG_WORD.findall(f"{self.before} {self.after}")
        return len(words) >= FEW and sum(w[0].isupper() for w in words) >= NEARLY_ALL * len(words)

    @cached_property
    def at_distance(self) -> bool:
        """Say whether the name tells where from a distance is measured."""
        return measured_from(self.led)

    @property
    def shown(self) -> str:
        """Return the name as it is shown: without its unit, unless that is part of it as in 'Kayah State'."""
        own, after = self.own_unit, self.unit_after
        if after and after["unit"].lower() in ("state", "region") and self.after[:1] not in ("'", "\u2019"):
            return self.words + after.group()
        if own is None or own.start() <= 2 or own["unit"].lower() in UNITS_OF_NAMES:
            return self.words
        return self.words[: own.start()]


def measured_from(led: str) -> bool:
    """Say whether these words, in small letters, end with a distance or a direction from what follows: '40 km south of'."""
    return _DISTANCE.search(led) is not None and _INSIDE.search(led) is None


def around(text: str, start: int, name: Name, patterns: PlacePatterns, known: PlaceEntry | None) -> Around:
    """Return a name of the sentence `text`, which begins at `start`; `known` is its place in the gazetteer."""
    before, after = text[: name.start - start], text[name.end - start :]
    return Around(name, before, after, patterns, known, "|" in text)


def attributive(found: Around) -> bool:
    """Say whether a country's initials only describe what follows: 'U.S. soldiers', 'a UK charity'."""
    initials = found.name.text.replace(".", "")
    return (
        initials.isupper()
        and len(initials) <= INITIALS
        and re.match(r"\s+[a-z]\w+", found.after) is not None
        and re.match(
            r"\s+(?:and|or|in|on|at|as|to|by|for|is|was|has|had|said|says|who|which|that|when|after|since)\b",
            found.after,
        )
        is None
    )


def in_capitals(title: str) -> bool:
    """Say whether a title writes most of its longer words with a capital."""
    words = [w for w in re.findall(r"[^\W\d_]+", title) if len(w) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.8 * len(words)
