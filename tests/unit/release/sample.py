"""A small invented book of Orvania for the tests of releases: named people, fine places, a hospital, two sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tallybook.knowledge import Knowledge, load
from tallybook.ledger import BookPlaces
from tallybook.model import Claim, Control, Document, Judgement, Place, Query, Span, Victim
from tallybook.release.keys import Key
from tallybook.release.material import Material, Passing
from tests.unit.factories import claim, day, document, incidents_of

AS_OF = "2024-06-01"
KEY = bytes(range(32))
ARMY, FRONT = "Orvanian Armed Forces", "Hask Liberation Front"
ULSTEN = Place("Ulsten", ("Karsk district", "Dovrin"), "XOV", -46.95, -18.52, 3.0, "exact", "XOV13")
KARSK = Place("Karsk", ("Karsk district", "Dovrin"), "XOV", -47.02, -18.45, 6.0, "exact", "XOV11")
PASS = Place("Marrow Pass", ("Hask",), "XOV", -46.21, -18.77, 8.0, "exact", "XOV21")
SECRET_NAME, WITNESS, AUTHOR = "Mirel Ostrava", "Aron Feld", "Ilse Brandt"


@cache
def knowledge() -> Knowledge:
    """Return the shipped packs with the demo's."""
    return load([Path(str(files("tallybook.runs.demo").joinpath("orvania")))])


def key(profile: str = "public") -> Key:
    """Return a key that every test shares."""
    return Key(KEY, profile)


def claims() -> list[Claim]:
    """Return the claims of three incidents and one toll."""
    return [
        claim("c00000000000001", "12", "civilian", "residents", "d1", "e1", place=ULSTEN, date=day("2024-03-12"),
              event_type="airstrike", perpetrator=("Orvanian Air Force",),
              quote="Twelve villagers of Ulsten were killed, said residents"),
        claim("c00000000000002", "2", "civilian children", "residents", "d1", "e1", place=ULSTEN,
              date=day("2024-03-12"), event_type="airstrike", part_of="c00000000000001", dimension="sex_age",
              quote="including two children"),
        claim("c00000000000003", "9", "civilian", WITNESS, "d2", "e1", place=ULSTEN, date=day("2024-03-12"),
              event_type="airstrike", quote="nine were dead, Aron Feld told us"),
        claim("c00000000000004", "at least 20", "combatant", FRONT, "d3", "e2", place=PASS, date=day("2024-03-10"),
              event_type="armed_clash", group=ARMY, perpetrator=(FRONT,), quote="at least 20 soldiers fell"),
        claim("c00000000000005", "3", "unknown", ARMY, "d4", "e3", place=KARSK, date=day("2024-05-28"),
              event_type="shelling", quote="three dead at the edge of Karsk"),
        replace(claim("c00000000000006", "at least 40", "civilian", "Witness Orvania", "d3", None,
                      place=Place("Dovrin", (), "XOV", -47.1, -18.2, 90.0, "admin1", "XOV1"),
                      quote="at least 40 civilians since March"), scope="cumulative",
                date=day("2024-03-01", "2024-04-30")),
    ]  # fmt: skip


def documents() -> dict[str, Document]:
    """Return the reports, by key."""
    made = [
        document("d1", "2024-03-13", publisher="Dovrin Herald", title="Mirel Ostrava among the dead of Ulsten",
                 url="https://herald.example/ulsten"),
        document("d2", "2024-03-14", publisher="Aron Feld"),
        document("d3", "2024-05-02", publisher="Hask Radio"),
        document("d4", "2024-05-29", publisher="Orvania Press Agency"),
    ]  # fmt: skip
    return {d.key: d for d in made}


def victims() -> tuple[tuple[str, Victim], ...]:
    """Return one named person."""
    quote = f"{SECRET_NAME}, 41, a baker"
    person = Victim("v0000000000001", quote, Span(0, len(quote)), ("residents",), SECRET_NAME, 41, 41, "female",
                    "baker", "killed", "c00000000000001")  # fmt: skip
    return (("d1", person),)


def material(
    told: Iterable[Claim] | None = None, *, log: tuple[Judgement, ...] = (), as_of: str = AS_OF, **more: Any
) -> Material:
    """Return the book, or one of other claims."""
    mine = tuple(claims() if told is None else told)
    incidents = tuple(incidents_of(mine))
    control = (
        ("d3", Control("k00000000000001", "the front holds Marrow Pass", Span(0, 5), (FRONT,), "Marrow Pass", FRONT,
                       day("2024-03-12"))),
    )  # fmt: skip
    persons = more.pop("victims", victims())
    return Material(
        documents=more.pop("documents", documents()), claims=mine, incidents=incidents, victims=persons,
        control=more.pop("control", control), log=log, judgements=log, copies=(), named=(),
        person_of=more.pop("person_of", {}),
        geography=BookPlaces([c.place for c in mine if c.place]), knowledge=knowledge(), organisations=frozenset(),
        asked=more.pop("asked", Query("")),
        passing=more.pop("passing", None) or Passing(
            frozenset(c.id for c in mine), frozenset(i.id for i in incidents), frozenset(v.id for _, v in persons),
            frozenset(c.id for _, c in control),
        ),
        as_of=as_of, consented=more.pop("consented", frozenset()), state="0123456789ab", readers=("test/1",), **more,
    )  # fmt: skip


def judgement() -> Judgement:
    """Return a decision by a person whose name is nobody's business."""
    return Judgement("j00000000000001", 1, "accept", ("c00000000000001",), AUTHOR, "I spoke to the baker's brother",
                     "2024-03-20T10:11:12Z")  # fmt: skip
