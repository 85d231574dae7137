"""What a report holds besides counts."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.claim import Claim, DateRange, Place
from tallybook.model.described import described
from tallybook.model.document import Document
from tallybook.model.issue import Issue
from tallybook.model.span import Span


@dataclass(frozen=True, slots=True)
class Victim:
    """A named person who was harmed."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    name: str
    age_low: int | None = described("youngest age in years the words allow", default=None)
    age_high: int | None = described("oldest age in years the words allow", default=None)
    sex: str | None = described("female, male or None", default=None)
    circumstance: str | None = described("what the report says about the person", default=None)
    harm: str = described("killed, injured, missing or captured", default="killed")
    claim: str | None = described("id of the claim that counts this person", default=None)
    place: Place | None = described(
        "where, as a list tells it of this person; reports tell it in the claim", default=None
    )
    date: DateRange | None = described("when, as a list tells it of this person", default=None)
    line: int | None = described("line of the imported list, from 1, its header included", default=None)


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds a place."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    place: str
    holder: str
    since: DateRange | None = None
    exception: str | None = described("what part of the place somebody else holds", default=None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A video, photograph, document or list that shows something."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    kind: str
    holder: str | None
    shows: str | None


@dataclass(frozen=True, slots=True)
class Allegation:
    """Somebody accuses somebody of something."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    by: str
    against: str | None
    of: str


@dataclass(frozen=True, slots=True)
class Conduct:
    """An act reported with no count of people harmed."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    by: str | None  # canonical name of who did it, else the words for them; None: not told
    act: str  # kind of event
    where: str | None
    weapon: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """How two actors stand to each other."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    a: str
    relation: str
    b: str


@dataclass(frozen=True, slots=True)
class ForceSize:
    """A number of people who are a force, not casualties."""

    id: str
    quote: str
    span: Span
    claimants: tuple[str, ...]
    group: str | None
    low: int | None
    high: int | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text that did not become a claim, and the rule that decided so."""

    quote: str
    span: Span
    field: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader took from one document."""

    document: Document
    reader: str
    claims: tuple[Claim, ...] = ()
    victims: tuple[Victim, ...] = ()
    control: tuple[Control, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    conduct: tuple[Conduct, ...] = ()
    relations: tuple[Relation, ...] = ()
    force_sizes: tuple[ForceSize, ...] = ()
    issues: tuple[Issue, ...] = ()
    numbers: tuple[Number, ...] = described("numbers that are no claim, for --explain; not stored", default=())
