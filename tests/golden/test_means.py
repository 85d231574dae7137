"""Who did harm, in what kind of event and with what, in invented sentences: one construction each."""

from __future__ import annotations

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader
from tallybook.model import Claim

NO_STRIKE = [
    "A mine blew up a truck near Karsk. Its three wounded were evacuated by helicopter to Sarno.",
    "A mine blew up beside an Air Force bus near Karsk, and three airmen were wounded.",
    "A mine killed three farmers near Karsk. A relief plane was due there on Monday.",
]


def claims_of(reader: Reader, text: str) -> list[Claim]:
    """Return the counted claims of a text in its order."""
    return [c for c in reader.read(document("q", "2021-06-16", text=text)).claims if c.measure]


@pytest.mark.parametrize("text", NO_STRIKE)
def test_craft_that_carry_are_no_strike(reader: Reader, text: str) -> None:
    assert {c.event_type for c in claims_of(reader, text)} == {"ied_or_mine"}


def test_claims_of_one_incident_share_its_weapon(reader: Reader) -> None:
    text = "A roadside bomb killed three soldiers in Karsk on Monday. Five others were wounded."
    assert [c.weapon for c in claims_of(reader, text)] == [("roadside bomb",), ("roadside bomb",)]


@pytest.mark.parametrize("booty", ["Two rifles and a pistol were recovered.", "The army seized nine mortars."])
def test_weapons_that_were_taken_harmed_nobody(reader: Reader, booty: str) -> None:
    assert claims_of(reader, f"Soldiers killed three rebels in Karsk. {booty}")[0].weapon == ()


def test_bullets_alone_name_no_weapon(reader: Reader) -> None:
    assert claims_of(reader, "Three farmers were hit by bullets and died in Karsk.")[0].weapon == ()


def test_police_without_an_article_arrest(reader: Reader) -> None:
    assert claims_of(reader, "A crowd burned a gate in Karsk. Police arrested 31 people.")[0].perpetrator == ("police",)


def test_a_town_called_after_a_group_names_no_side(reader: Reader) -> None:
    text = "LASHKAR GAH, Afghanistan - A bomb killed nine wedding guests on Monday."
    assert claims_of(reader, text)[0].perpetrator == ()
