"""What a release is made of: a book's records before anything is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.knowledge import Knowledge
from tallybook.ledger import Geography
from tallybook.ledger.book import NamedPerson
from tallybook.model import Claim, Control, Document, Incident, Judgement, Query, Victim
from tallybook.model.described import described


@dataclass(frozen=True, slots=True)
class Passing:
    """Ids of the records that pass the filters of a release."""

    claims: frozenset[str]
    incidents: frozenset[str]
    victims: frozenset[str]
    control: frozenset[str]


@dataclass(frozen=True, slots=True)
class Material:
    """A book's records as people set them, what was asked of them, and what is known of the world."""

    documents: Mapping[str, Document] = described("by key")
    claims: tuple[Claim, ...] = described("all claims, those too that the filters leave out: they may bound a figure")
    incidents: tuple[Incident, ...] = described("all incidents, by id")
    victims: tuple[tuple[str, Victim], ...] = described("document key and person named as harmed")
    control: tuple[tuple[str, Control], ...] = described("document key and record of who holds a place")
    log: tuple[Judgement, ...] = described("all judgements as people made them, by number")
    judgements: tuple[Judgement, ...] = described("the standing ones, about the claims that they stand for now")
    copies: tuple[tuple[str, str], ...] = described("pairs of document keys, copy and original")
    named: tuple[NamedPerson, ...] = described("persons, as the ledger takes them")
    person_of: Mapping[str, str] = described("id of the person that a record of a victim names, by the record's id")
    geography: Geography = described("which place lies in which")
    knowledge: Knowledge = described("what the packs know")
    organisations: frozenset[str] = described("names that people took into the book's register of actors")
    asked: Query = described("the filters of the release; its measure may be empty: all")
    passing: Passing = described("what passes the filters")
    as_of: str = described("ISO day that the release describes the book of")
    state: str = described("hash of the book's state")
    consented: frozenset[str] = described("ids of the records of victims whose names may be shown to others")
    readers: tuple[str, ...] = described("names and versions of the readers whose claims these are")
