"""Who is a named victim and who is only named beside one, in invented sentences: one construction each."""

from __future__ import annotations

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader

Told = list[tuple[str, str, int | None]]


def victims(reader: Reader, text: str) -> Told:
    return [(v.name, v.harm, v.age_low) for v in reader.read(document("q", text=text)).victims]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A police constable, Ano Petrick, was killed outside his house on Monday.", [("Ano Petrick", "killed", None)]),
        ("Ano Petrick of Brackton was killed in the blast on Monday.", [("Ano Petrick of Brackton", "killed", None)]),
        ("The driver, Ano Petrick, 38, and his passenger were killed.", [("Ano Petrick", "killed", 38)]),
        ("Gunmen shot and killed Ano Carpenter on Monday.", [("Ano Carpenter", "killed", None)]),
        ("An aunt held a photo of Ano Petrick, who was fatally shot on Sunday.", [("Ano Petrick", "killed", None)]),
        ("Three people, among them the singer Ano Petrick (60), lost their lives.", [("Ano Petrick", "killed", 60)]),
        ("Ano Petrick (60) lost his life and 15 people were injured on Monday.", [("Ano Petrick", "killed", 60)]),
        ("Ano Petrick, 34, was wounded and later taken home on Monday.", [("Ano Petrick", "injured", 34)]),
    ],
)
def test_people_who_are_named_as_harmed(reader: Reader, text: str, told: Told) -> None:
    assert victims(reader, text) == told


@pytest.mark.parametrize(
    "text",
    [
        "KARSKA, 4 May 2024 - Fourteen civilians were killed when shells hit the market, the police said.",
        "- Hnaw Yinna, 10 May: a smaller unit shot dead four farmers.",
        "According to the mayor, Ano Petrick, 24 people were killed on Monday.",
        "According to the spokesman, Ano Petrick, 43 soldiers were killed on Monday.",
        "Its spokesman Ano Petrick claims 63 soldiers died on Monday.",
        'Regional head Ano Petrick: "The man has died in hospital."',
        "A soldier of the Royal Brackton Fusiliers was killed on Monday.",
        "A soldier assigned to Task Force Brackton died of his wounds on Monday.",
        "Four soldiers loyal to President Ano Petrick died in clashes on Monday.",
        "Two Yugoslav soldiers were killed and a third was hurt on Monday.",
        "Three of the wounded were South Africans, a diplomat said.",
        "He belonged to dissidents of the rebels known as the Ano Petrick front. A man was wounded on Monday.",
        "The deputy Ano Petrick, whose own amendment was shot down by 212 votes, left the room.",
        "Six Villagers Burned, 11 Soldiers Killed in Brackton",
    ],
)
def test_people_and_bodies_that_are_only_named_beside_harm(reader: Reader, text: str) -> None:
    assert victims(reader, text) == []
