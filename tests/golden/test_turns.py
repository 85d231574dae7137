"""Turns of phrase that told the wrong harm once: who acts and who is hurt, two numbers beside two words of harm."""

from __future__ import annotations

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader

Told = tuple[str | None, int | None, int | None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two Kessan gunmen shot dead four people near Sarno.", {("killed", 4, 4)}),
        ("Two gunmen shot and killed four people in Sarno.", {("killed", 4, 4)}),
        ("Two men were shot and killed in Sarno.", {("killed", 2, 2)}),
        (
            "Shelling left at least 45 civilians dead and wounded more than 80.",
            {("killed", 45, None), ("injured", 81, None)},
        ),
        ("The raid left 640 dead and wounded.", {(None, 640, 640)}),
        ("No survivors were found among the nine passengers of the bus, which hit a landmine.", {("killed", 9, 9)}),
        ("The blast cost four farmers their legs.", {("injured", 4, 4)}),
        ("A bomb killed 11 people. Three of the dead were children.", {("killed", 11, 11), ("killed", 3, 3)}),
        ("Gunmen shot two boys of 15 and 16 dead.", {("killed", 2, 2)}),
    ],
)
def test_harm_falls_on_those_who_suffer_it(
    reader: Reader, text: str, told: set[tuple[str | None, int | None, int | None]]
) -> None:
    claims = reader.read(document("q", text=text)).claims
    assert {(c.measure, c.count.low, c.count.high) for c in claims if c.count} == told


def test_militants_of_a_people_are_not_its_army(reader: Reader) -> None:
    claim = reader.read(document("q", text="Somali militants killed five people in Afgoye on Friday.")).claims[0]
    assert claim.perpetrator == ("Somali militants",)
