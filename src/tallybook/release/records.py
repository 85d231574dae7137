"""The records of a release, as they are written: nothing in them needs hiding any more.

Their fields are the columns of the tables, their help texts the codebook of the data package.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model import Claim, Control, Incident, Judgement, Query, Victim
from tallybook.model.described import codebook, described
from tallybook.model.judgement import Judgement as _Judgement
from tallybook.release.places import Where

_CLAIM, _VICTIM = codebook(Claim), codebook(Victim)
_JUDGEMENT, _QUERY, _CONTROL = codebook(_Judgement), codebook(Query), codebook(Control)
_INCIDENT = codebook(Incident)
__all__ = ["Bounds", "Edition", "Event", "Figure", "Held", "Judgement", "Person", "Ruling", "Said", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """One report that claims were read from."""

    id: str = described("id of the report in this release")
    publisher: str | None = described("outlet or body that published it; empty: not stated, or withheld", default=None)
    published: str | None = described("ISO day of publication", default=None)
    title: str | None = described("headline", default=None)
    url: str | None = described("address of the report", default=None)
    language: str | None = described("ISO 639-1 code of its language", default=None)
    sha256: str | None = described("SHA-256 of its normalised text, hex", default=None)


@dataclass(frozen=True, slots=True)
class Said:
    """One claim: what one source said about one measure of harm."""

    id: str = described("id of the claim in this release")
    source: str = described("id of the report it stands in")
    incident: str | None = described("id of the incident it is about; empty for tolls over a period", default=None)
    measure: str | None = described(_CLAIM["measure"], default=None)
    low: int | None = described("smallest number the words allow, persons; empty: not stated, never 0", default=None)
    high: int | None = described("largest number the words allow, persons; empty: not stated, never 0", default=None)
    modifier: str | None = described("how the number was told, such as exact, at_least, nearly or vague", default=None)
    words: str | None = described("the words the number was read from", default=None)
    affiliation: str = described("civilian, combatant, mixed or unknown, as the report says it", default="unknown")
    group: str | None = described("organisation that the people belong to", default=None)
    sex: str | None = described("female, male; empty: not stated or not told", default=None)
    age: str | None = described("child, adult; empty: not stated or not told", default=None)
    stance: str = described(_CLAIM["stance"], default="asserted")
    about: str | None = described(_CLAIM["about"], default=None)
    claimants: tuple[str, ...] = described(_CLAIM["claimants"], default=())
    origin: str | None = described("independent source whose word it is", default=None)
    perpetrator: tuple[str, ...] = described("who is said to have done it; empty: not named", default=())
    event_type: str = described(_CLAIM["event_type"], default="other")
    weapon: tuple[str, ...] = described("weapons named, as the ontology writes them", default=())
    place: Where | None = described("where it happened", default=None)
    start: str | None = described("first day it may have happened, ISO; empty: open", default=None)
    end: str | None = described("last day it may have happened, ISO; empty: open", default=None)
    date_precision: str | None = described("how precisely the day is known", default=None)
    scope: str = described(_CLAIM["scope"], default="incident")
    part_of: str | None = described(_CLAIM["part_of"], default=None)
    dimension: str | None = described(_CLAIM["dimension"], default=None)
    change: str | None = described(_CLAIM["change"], default=None)
    review: str = described("unreviewed, reviewed or rejected: what people decided", default="unreviewed")
    quote: str | None = described(_CLAIM["quote"], default=None)
    reader: str = described(_CLAIM["reader"], default="")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is reported of one measure and status in an incident, persons."""

    measure: str
    affiliation: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """Claims held to be about one event, with what they add up to."""

    id: str = described("id of the incident in this release")
    event_type: str = described(_INCIDENT["event_type"])
    place: Where | None = described("where it happened", default=None)
    start: str | None = described("first day it may have happened, ISO", default=None)
    end: str | None = described("last day it may have happened, ISO", default=None)
    date_precision: str | None = described("day, night, week, month, year, range, since, before or unknown",
                                           default=None)  # fmt: skip
    figures: tuple[Bounds, ...] = described("low, best and high by measure and affiliation", default=())
    claims: tuple[str, ...] = described("ids of its claims", default=())
    sources: tuple[str, ...] = described("ids of its reports", default=())
    parts: tuple[str, ...] = described(_INCIDENT["parts"], default=())

    def bounds(self, measure: str, affiliation: str = "any") -> Bounds | None:
        """Return what is reported of a measure and status; None where nothing is."""
        return next((b for b in self.figures if (b.measure, b.affiliation) == (measure, affiliation)), None)


@dataclass(frozen=True, slots=True)
class Person:
    """One record of a person who is named as harmed; several may name one person."""

    id: str = described("id in this release of the record that names the person")
    person: str = described("id in this release of the person: one for all records that name the same one")
    source: str = described("id of the report that names the person")
    claim: str | None = described("id of the claim that counts the person", default=None)
    incident: str | None = described("id of the incident", default=None)
    name: str | None = described("name; empty: withheld", default=None)
    age_low: int | None = described("youngest age in years; empty: not stated, or withheld", default=None)
    age_high: int | None = described("oldest age in years; empty: not stated, or withheld", default=None)
    age: str | None = described("child (under 18) or adult; empty: not stated or not told", default=None)
    sex: str | None = described("female, male; empty: not stated or not told", default=None)
    harm: str = described(_VICTIM["harm"], default="killed")
    circumstance: str | None = described(_VICTIM["circumstance"], default=None)
    quote: str | None = described("the words that name the person", default=None)


@dataclass(frozen=True, slots=True)
class Held:
    """Who is said to hold which place."""

    id: str = described("id of the record in this release")
    source: str = described("id of the report that says so")
    place: Where | None = described("the place, or the unit it was taken to", default=None)
    holder: str | None = described("who is said to hold it", default=None)
    start: str | None = described("first day it may have begun, ISO", default=None)
    end: str | None = described("last day it may have begun, ISO", default=None)
    exception: str | None = described(_CONTROL["exception"], default=None)
    claimants: tuple[str, ...] = described("who says so", default=())
    quote: str | None = described("the words", default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """What all claims of the release add up to for one question."""

    id: str = described("id of the figure in this release")
    kind: str = described("headline, month, year or place: what the figure is broken down by")
    measure: str = described(_QUERY["measure"])
    who: str = described("any, civilian, combatant, unknown, children or women")
    by: str | None = described(_QUERY["by"], default=None)
    place: str | None = described(_QUERY["place"], default=None)
    since: str | None = described(_QUERY["since"], default=None)
    until: str | None = described(_QUERY["until"], default=None)
    low: int | None = described("smallest number that all counted claims allow; empty: none stated", default=None)
    best: int | None = described("the latest word of each source, inside low and high", default=None)
    high: int | None = described("largest number that all counted claims allow; empty: open", default=None)
    counted: tuple[str, ...] = described("ids of the claims that are counted", default=())
    left_out: tuple[str, ...] = described("why claims of the measure are not counted, with how many", default=())
    conflicts: int = described("sets of claims that cannot all be true", default=0)
    unreviewed: int = described("counted claims that no person has judged", default=0)
    note: str | None = described("what the profile does to this figure", default=None)
    proof: tuple[str, ...] = described("the claims that it rests on, in sentences", default=())


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of a person about the record."""

    id: str = described("id of the judgement in this release")
    number: int = described(_JUDGEMENT["number"])
    verb: str = described(_JUDGEMENT["verb"])
    objects: tuple[str, ...] = described("ids in this release of what it is about")
    field: str | None = described(_JUDGEMENT["field"], default=None)
    value: str | None = described(_JUDGEMENT["value"], default=None)
    because: str | None = described(_JUDGEMENT["because"], default=None)
    author: str | None = described(_JUDGEMENT["author"], default=None)
    at: str | None = described(_JUDGEMENT["at"], default=None)


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that a release tells, in the order in which it is written."""

    profile: str
    as_of: str
    claims: tuple[Said, ...] = ()
    incidents: tuple[Event, ...] = ()
    victims: tuple[Person, ...] = ()
    control: tuple[Held, ...] = ()
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    judgements: tuple[Ruling, ...] = ()
