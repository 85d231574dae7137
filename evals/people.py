"""People who do not exist, and the reports and lists that name them, with the noise that real ones have.

A world is drawn from a seed: incidents with their place and day, people harmed in them, and records of these people:
spelt in other ways and scripts, with slips of the pen, words swapped or left out, initials, honorifics; without age,
sex, day or place, or with a day or year that is off by one. Hard cases are drawn on purpose: twins and other children
of one father killed together, a father and a son of one name, namesakes in other incidents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tallybook.incidents.sightings import Sighting
from tallybook.knowledge.person_names import person_name
from tallybook.model import DateRange, Place, Span, Victim

PARTS = Path(__file__).parent / "name_parts.yaml"
FIRST_DAY, DAYS = date(2023, 1, 1), 700
REGIONS, PLACES_EACH = 14, 12
MEAN_RECORDS = (0.34, 0.27, 0.17, 0.11, 0.07, 0.04)
"""Shares of people who are named in one record, in two, ... in six."""
TWINS, OTHER_CHILDREN, SAME_NAME_KIN, NAMESAKES = 0.02, 0.08, 0.004, 0.03
"""Shares of people who are drawn as twin of another one killed with them, as another child of the father of one, as
kin of the same name killed with them, and as namesake of somebody killed elsewhere."""
SPELT_OTHERWISE, OTHER_SCRIPT, SLIP, WORD_LEFT_OUT, INITIAL, SWAPPED, HONORIFIC = (
    0.35,
    0.06,
    0.06,
    0.06,
    0.04,
    0.05,
    0.4,
)
"""Shares of words, of names and of records that the noise touches; of honorifics, where the culture has them."""
NO_AGE, AGE_OFF_BY_ONE, AGE_ROUND, AGE_IN_WORDS = 0.3, 0.1, 0.03, 0.05
NO_SEX, WRONG_SEX, NO_DAY, DAY_OFF_BY_ONE, NO_PLACE, LARGER_PLACE = 0.25, 0.005, 0.1, 0.07, 0.1, 0.1
LINKED, LINKED_WRONGLY = 0.7, 0.05
"""Shares of records whose claim the linker has put into the right incident, and of these into another half of it."""


@dataclass(frozen=True)
class Truth:
    """A person who does not exist."""

    number: int
    culture: str
    sex: str
    words: tuple[tuple[str, str], ...]
    """Role and spellings of each word of the name."""
    age: int
    incident: int


@dataclass(frozen=True)
class World:
    """Records with the number of the person that each names."""

    seen: tuple[Sighting, ...]
    person: Mapping[str, int]
    """Record id to number of the person."""
    culture: Mapping[str, str] = field(default_factory=dict)
    """Record id to the culture of the name."""


@cache
def _parts() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(PARTS.read_text(encoding="utf-8"))
    return told


def world(seed: int, records: int) -> World:
    """Return a world with at least so many records; one seed gives one world."""
    return _Maker(seed, records).make()


class _Maker:
    def __init__(self, seed: int, records: int) -> None:
        self._draw = random.Random(seed)
        self._wanted = records
        self._places = list(self._made_places())
        self._people: list[Truth] = []
        self._incidents: list[tuple[Place, date, str]] = []

    def make(self) -> World:
        people = self._populate()
        seen: list[Sighting] = []
        person: dict[str, int] = {}
        culture: dict[str, str] = {}
        reports: dict[int, list[int]] = {}
        for one in people:
            told = self._draw.choices(range(1, 7), MEAN_RECORDS)[0]
            sources = reports.setdefault(one.incident, [])
            while len(sources) < 6:
                sources.append(len(sources))
            for source in self._draw.sample(sources, told):
                record = self._sighting(one, source, len(seen))
                seen.append(record)
                person[record.victim.id] = one.number
                culture[record.victim.id] = one.culture
        self._draw.shuffle(seen)
        return World(tuple(seen), person, culture)

    def _populate(self) -> list[Truth]:
        mean = sum(n * share for n, share in enumerate(MEAN_RECORDS, 1))
        wanted = round(self._wanted * 1.02 / mean) + 1
        cultures = list(_parts())
        weights = [_parts()[c]["weight"] for c in cultures]
        while len(self._people) < wanted:
            place = self._draw.choice(self._places)
            day = FIRST_DAY + timedelta(self._draw.randrange(DAYS))
            culture = self._draw.choices(cultures, weights)[0]
            self._incidents.append((place, day, culture))
            size = min(max(1, round(self._draw.lognormvariate(1.3, 1.1))), 80)
            here: list[Truth] = []
            for _ in range(size):
                here.append(self._person(culture, len(self._incidents) - 1, here))
                self._people.append(here[-1])
        return self._people

    def _person(self, culture: str, incident: int, here: Sequence[Truth]) -> Truth:
        number, draw = len(self._people), self._draw
        kind = draw.random()
        sex = draw.choices(("male", "female"), (0.7, 0.3))[0]
        age = min(max(0, round(draw.gauss(30, 17))), 95)
        words = self._name(culture, sex)
        if here and kind < TWINS + OTHER_CHILDREN:
            kin = draw.choice(here)
            twin = kind < TWINS
            words = tuple((r, w) for r, w in words if r in ("given", "word"))[: max(1, len(kin.words) - 1)]
            family = tuple((r, w) for r, w in kin.words if r not in ("given", "word"))
            given = tuple(w for w in words if w not in kin.words) or words
            if family:
                return Truth(number, culture, sex, (given[0], *family), kin.age if twin else age, incident)
        elif here and kind < TWINS + OTHER_CHILDREN + SAME_NAME_KIN:
            kin = draw.choice(here)
            return Truth(number, culture, kin.sex, kin.words, (kin.age + draw.randint(18, 40)) % 90, incident)
        elif kind > 1 - NAMESAKES:
            others = [p for p in draw.sample(self._people, min(60, len(self._people))) if p.culture == culture]
            if others:
                return Truth(number, culture, others[0].sex, others[0].words, age, incident)
        return Truth(number, culture, sex, self._name(culture, sex), age, incident)

    def _name(self, culture: str, sex: str) -> tuple[tuple[str, str], ...]:
        told, draw = _parts()[culture], self._draw
        words: list[tuple[str, str]] = []
        for role in told["order"]:
            if role == "words":
                number = draw.choices((2, 3, 4), (0.3, 0.5, 0.2))[0]
                words += [("word", w) for w in draw.sample(told[sex], number)]
            elif role == "given":
                words.append((role, draw.choice(told[sex])))
            elif role in ("father", "grandfather"):
                words.append((role, draw.choice(told["male"])))
            else:
                words.append((role, draw.choice(told["family"])))
        return tuple(words)

    def _made_places(self) -> Iterator[Place]:
        for region in range(REGIONS):
            for number in range(PLACES_EACH):
                lat, lon = 10 + region * 2 + self._draw.random(), 30 + region * 2 + self._draw.random()
                yield Place(
                    f"Town {region}-{number}", (f"Region {region}",), "XXA", round(lat, 4), round(lon, 4), 2.0, "exact"
                )

    def _sighting(self, one: Truth, source: int, number: int) -> Sighting:
        draw = self._draw
        place, day, _ = self._incidents[one.incident]
        name, sex = self._written(one), one.sex
        if draw.random() < NO_SEX:
            told_sex = None
        else:
            told_sex = ("female" if sex == "male" else "male") if draw.random() < WRONG_SEX else sex
        low, high = self._age(one.age)
        when = day + timedelta(draw.choice((-1, 1))) if draw.random() < DAY_OFF_BY_ONE else day
        date_told = None if draw.random() < NO_DAY else DateRange(when.isoformat(), when.isoformat(), "day")
        place_told: Place | None = place
        if draw.random() < NO_PLACE:
            place_told = None
        elif draw.random() < LARGER_PLACE:
            place_told = Place(place.admin[0], (), place.country, None, None, None, "admin1")
        incident = None
        if draw.random() < LINKED:
            incident = f"i-{one.incident}" + ("b" if draw.random() < LINKED_WRONGLY else "")
        victim = Victim(
            f"v{number:06}",
            name,
            Span(0, len(name)),
            (),
            name,
            low,
            high,
            told_sex,
            None,
            "killed",
            None,
            place_told,
            date_told,
        )
        days = None if date_told is None else (when.toordinal(), when.toordinal())
        parsed = person_name(name)
        key = f"d{one.incident}-{source}"
        return Sighting(
            victim, key, (f"{day.isoformat()}", victim.id), parsed, told_sex or parsed.sex, incident, place_told, days
        )

    def _age(self, age: int) -> tuple[int | None, int | None]:
        draw = self._draw
        if draw.random() < NO_AGE:
            return None, None
        if draw.random() < AGE_IN_WORDS and age >= 20:
            return age // 10 * 10, age // 10 * 10 + 9
        if draw.random() < AGE_ROUND and age >= 15:
            near = round(age / 5) * 5
            return near, near
        if draw.random() < AGE_OFF_BY_ONE:
            near = max(0, age + draw.choice((-1, 1)))
            return near, near
        return age, age

    def _written(self, one: Truth) -> str:
        told, draw = _parts()[one.culture], self._draw
        kept = [(r, w) for r, w in one.words if draw.random() >= told.get(f"drop_{r}", 0.0)]
        if len(kept) > 2 and draw.random() < WORD_LEFT_OUT:
            kept.pop(draw.randrange(1, len(kept)))
        scripted = told.get("script") is not None and draw.random() < OTHER_SCRIPT
        words = [self._word(w, scripted, told.get("script")) for _, w in kept]
        if not scripted:
            words = [self._slipped(w) if draw.random() < SLIP else w for w in words]
            if len(words) > 1 and draw.random() < INITIAL:
                words[0] = f"{words[0][0]}."
        if len(words) > 1 and draw.random() < told.get("swap", SWAPPED) and told["order"] != ["words"]:
            words = [words[-1], *words[:-1]]
        titles = told.get("honorifics", {}).get(one.sex)
        if titles and draw.random() < HONORIFIC:
            words.insert(0, draw.choice(titles))
        return " ".join(words)

    def _word(self, spellings: str, scripted: bool, script: str | None) -> str:
        every = spellings.split("|")
        latin = every[:-1] if script else every
        if scripted:
            return every[-1]
        return self._draw.choice(latin) if self._draw.random() < SPELT_OTHERWISE else latin[0]

    def _slipped(self, word: str) -> str:
        draw = self._draw
        if len(word) < 4:
            return word
        at = draw.randrange(1, len(word) - 1)
        kind = draw.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        letter = draw.choice("aeiounrlstmkh")
        return word[:at] + letter + word[at + (kind == 2) :]
