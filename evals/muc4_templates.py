"""Readings to MUC-4 templates: one for each event that a reading tells.

What MUC-4 leaves out is left out here too (`wanted`). People named as harmed whom no claim counts make a template of
their own.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from evals.heads import head_word
from evals.muc4_acts import ARREST, Act, acts_of, apart
from evals.muc4_key import (
    DATE,
    DESCRIPTION,
    EFFECT,
    INDIVIDUAL,
    INSTRUMENT,
    LOCATION,
    NAME,
    NUMBER,
    ORGANIZATION,
    TYPE,
    Fill,
    Template,
)
from evals.muc4_slots import MONTHS
from evals.told_words import Words
from tallybook.model import Claim, Conduct, Count, DateRange, Place, Reading, Victim

TYPES = {
    "ied_or_mine": "BOMBING",
    "arrest_or_abduction": "KIDNAPPING",
    "arson_or_destruction": "ARSON",
    "surrender_or_capture": None,
}
"""MUC-4 types of our event types; the others are ATTACK, None is no act of MUC-4."""

EFFECTS = {"killed": "DEATH", "injured": "INJURY"}

MEASURES = ("killed", "injured", "captured")

NEAR = 150
"""Characters about a name in which words tell of an arrest."""

DATELINE = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})[A-Z]* \d{{2}}\b")

COLLECTIVE = frozenset({"forces"})
"""Heads in the plural that name an organisation."""

CountryName = Callable[[str], str | None]
"""ISO 3166-1 alpha-3 code to the country's English name."""

CountryOf = Callable[[str], str | None]
"""The text of a report to the name of the country that it is of."""

KnownActor = Callable[[str], bool]
"""Says whether a perpetrator is a named organisation, not a description."""


class Templates:
    """Makes templates of readings; what the world calls countries and actors is handed in."""

    def __init__(
        self,
        country_name: CountryName,
        known_actor: KnownActor,
        country_of: CountryOf = lambda text: None,
        words: Words | None = None,
    ) -> None:
        self._country_of, self._words = country_of, words or Words({}, {})
        self._country_name = country_name
        self._known_actor = known_actor

    def of(self, reading: Reading) -> list[Template]:
        """Return the templates of one reading, in the order of its events."""
        events: dict[str | None, list[Claim]] = defaultdict(list)
        for claim in filter(wanted, reading.claims):
            events[claim.event].append(claim)
        templates = [self._template(reading, claims, _named(reading, claims)) for claims in events.values()]
        left = [victim for victim in wanted_victims(reading) if victim.claim is None]
        if left:
            templates.append(self._template(reading, (), left))
        acts = acts_of(reading)
        made = [self._filled(template, acts, reading) for template in templates if template is not None]
        told = {fill.values[0] for template in made for fill in template.fills(TYPE)}
        return made + [self._unharmed(kind, act, reading) for kind, act in apart(acts, told)]

    def _unharmed(self, kind: str, act: Conduct, reading: Reading) -> Template:
        """Return the template of an act that harmed nobody, as far as the report counts."""
        where = ": ".join(filter(None, (self._country(reading), act.where))).upper()
        return Template(
            {
                DATE: _one([_dateline(reading.document.text)]),
                LOCATION: _one([where]),
                TYPE: (Fill((kind,)),),
                INSTRUMENT: self._instruments([act], reading),
                INDIVIDUAL: self._doers([act]),
                ORGANIZATION: _each(
                    self._words.organization(name, reading.document.text, act.span.start)
                    for name in (act.by,)
                    if name and self._organization(name)
                ),
            }
        )

    def _filled(self, template: Template, acts: Sequence[Act], reading: Reading) -> Template:
        """Return a template with weapon and people of the first act of its type that tells them, where it has none."""
        alike = [act for kind, act in acts if any(kind in fill.values for fill in template.fills(TYPE))]
        more = {INSTRUMENT: self._instruments(alike, reading), INDIVIDUAL: self._doers(alike)}
        return Template({**template.slots, **{slot: template.fills(slot) or more[slot] for slot in more}})

    def _instruments(self, acts: Sequence[Conduct], reading: Reading) -> tuple[Fill, ...]:
        armed = next((act for act in acts if act.weapon), None)
        text = reading.document.text
        return _each(self._words.weapon(name, text, armed.span.start) for name in armed.weapon) if armed else ()

    def _doers(self, acts: Sequence[Conduct]) -> tuple[Fill, ...]:
        return _each([next((act.by for act in acts if act.by and not self._organization(act.by)), None)])

    def _template(self, reading: Reading, claims: Sequence[Claim], victims: Sequence[Victim]) -> Template | None:
        """Return the template of one event: its claims, or people named as harmed whom no claim counts."""
        kind = _type(claims) if claims else "KIDNAPPING" if _all_captured(victims) else "ATTACK"
        if kind is None:
            return None
        return Template(
            {
                DATE: _one(_date(claim.date) for claim in claims) or _one([_dateline(reading.document.text)]),
                LOCATION: _one(self._location(claim.place, reading) for claim in claims)
                or _one([self._country(reading)]),
                TYPE: (Fill((kind,)),),
                INSTRUMENT: _each(
                    self._words.weapon(weapon, reading.document.text, claim.span.start)
                    for claim in claims
                    for weapon in claim.weapon
                ),
                INDIVIDUAL: _each(words for claim in claims for words in self._individuals(claim, reading)),
                ORGANIZATION: _each(n for claim in claims for n in self._organizations(claim, reading)),
                NAME: _each(victim.name for victim in victims),
                DESCRIPTION: _each(_noun(claim) for claim in claims) + _descriptions(victims),
                NUMBER: _pairs((_number(claim.count), _noun(claim)) for claim in claims) + _ones(victims, claims),
                EFFECT: _effects(claims) + _victim_effects(victims),
            }
        )

    def _individuals(self, claim: Claim, reading: Reading) -> Iterable[str]:
        named = [words for words in claim.perpetrator if not self._organization(words)]
        return dict.fromkeys((*named, *_spoken(claim, reading)))

    def _organizations(self, claim: Claim, reading: Reading) -> Iterable[str]:
        """Yield the named organisations, and those whose name opens the words for the doers: 'ELN GUERRILLAS'."""
        for name in claim.perpetrator:
            if self._organization(name):
                yield self._words.organization(name, reading.document.text, claim.span.start)
        for words in _spoken(claim, reading):
            opening = words.rpartition(" ")[0]
            if opening and self._known_actor(opening):
                yield opening

    def _organization(self, words: str) -> bool:
        """Say whether words name an organisation: a known one, or by a head in the singular ("army", "front")."""
        last = head_word(words)
        return self._known_actor(words) or last in COLLECTIVE or not last.endswith(("s", "men", "people"))

    def _country(self, reading: Reading) -> str | None:
        country = self._country_of(reading.document.text)
        return country.upper() if country else None

    def _location(self, place: Place | None, reading: Reading) -> str | None:
        if place is None:
            return None
        country = self._country_name(place.country) if place.country else self._country(reading)
        units = [country, *reversed(place.admin), place.name]
        return ": ".join(dict.fromkeys(unit.upper() for unit in units if unit))


def _spoken(claim: Claim, reading: Reading) -> list[str]:
    text = (reading.document.title or "") if claim.field == "title" else reading.document.text
    return [" ".join(span.of(text).split()) for name, span in claim.spans if name == "perpetrator"]


def _dateline(text: str) -> str | None:
    """Return "up to" the day in the dateline: what MUC-4 fills in for an incident whose day nobody tells."""
    day = DATELINE.search(text)
    return f"- {day.group()}" if day else None


def wanted(claim: Claim) -> bool:
    """Say whether MUC-4 asks for a claim: harm to people in one terrorist act.

    Its guidelines leave out fighting between armed forces and their losses, arrests by the law, and tolls over time.
    """
    if claim.measure not in MEASURES or claim.scope != "incident" or claim.event_type == "armed_clash":
        return False
    return claim.target.affiliation != "combatant" and (claim.measure != "captured" or _abducted(claim))


def wanted_victims(reading: Reading) -> list[Victim]:
    """Return the named people whom MUC-4 asks for: those of such a claim, and those whom no claim counts.

    People held by the law are left out of the second as they are of the first.
    """
    held = {claim.id for claim in reading.claims if wanted(claim)}
    return [
        victim
        for victim in reading.victims
        if victim.harm in MEASURES
        and (victim.claim in held if victim.claim else victim.harm != "captured" or not _by_law(victim, reading))
    ]


def _by_law(victim: Victim, reading: Reading) -> bool:
    """Say whether words near a name tell of an arrest."""
    text = reading.document.text
    return ARREST.search(text, max(0, victim.span.start - NEAR), victim.span.end + NEAR) is not None


def _abducted(claim: Claim) -> bool:
    return claim.event_type == "arrest_or_abduction" and not ARREST.search(claim.quote)


def _named(reading: Reading, claims: Sequence[Claim]) -> list[Victim]:
    held = {claim.id for claim in claims}
    return [victim for victim in reading.victims if victim.claim in held]


def _all_captured(victims: Sequence[Victim]) -> bool:
    return all(victim.harm == "captured" for victim in victims)


def _type(claims: Sequence[Claim]) -> str | None:
    kinds = [TYPES.get(claim.event_type, "ATTACK") for claim in claims]
    return next((kind for kind in kinds if kind), None)


def _noun(claim: Claim) -> str | None:
    return claim.target.text or claim.target.group


def _number(count: Count | None) -> str | None:
    if count is None:
        return None
    value = count.low if count.low is not None else count.high
    return "PLURAL" if value is None or count.modifier == "vague" else str(value)


def _date(date: DateRange | None) -> str | None:
    if date is None or date.end is None:
        return None
    if date.start is None:
        return f"- {_day(date.end)}"
    return _day(date.end) if date.start == date.end else f"{_day(date.start)} - {_day(date.end)}"


def _day(iso: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def _one(values: Iterable[str | None]) -> tuple[Fill, ...]:
    """Return the most specific value as the only fill: the longest, the first of equals."""
    told = [value for value in values if value]
    return (Fill((max(told, key=len),)),) if told else ()


def _each(values: Iterable[str | None]) -> tuple[Fill, ...]:
    return tuple(Fill((value,)) for value in dict.fromkeys(v.upper() for v in values if v))


def _pairs(values: Iterable[tuple[str | None, str | None]]) -> tuple[Fill, ...]:
    told = dict.fromkeys((value, (noun or "").upper()) for value, noun in values if value)
    return tuple(Fill((value,), (noun,) if noun else ()) for value, noun in told)


def _effects(claims: Sequence[Claim]) -> tuple[Fill, ...]:
    return _pairs((EFFECTS.get(claim.measure or ""), _noun(claim)) for claim in claims)


def _victim_effects(victims: Sequence[Victim]) -> tuple[Fill, ...]:
    return _pairs((EFFECTS.get(victim.harm), victim.name) for victim in victims)


def _descriptions(victims: Sequence[Victim]) -> tuple[Fill, ...]:
    return _pairs(((victim.circumstance or "").upper(), victim.name) for victim in victims)


def _ones(victims: Sequence[Victim], claims: Sequence[Claim]) -> tuple[Fill, ...]:
    """Return "1" for each named victim that no claim of one person counts."""
    singles = {claim.id for claim in claims if claim.count and claim.count.high == 1}
    return _pairs(("1", victim.name) for victim in victims if victim.claim not in singles)
