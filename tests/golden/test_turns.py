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
        ("Five people were shot at Club 21 in Sarno on Sunday, police said.", {("injured", 5, 5)}),
        ("Five soldiers were shot at by rebels near Sarno.", set()),
        ("A man opened fire at a market in Sarno, sending five people to the hospital.", {("injured", 5, 5)}),
        ("The report said 142 murders were reported in September.", {("killed", 142, 142)}),
        (
            "Two are listed in critical condition and the other three received minor injuries in the blast in Sarno.",
            {("injured", 2, 2), ("injured", 3, 3)},
        ),
        ("He is accused of fatally shooting three people at a checkpoint near Sarno.", {("killed", 3, 3)}),
        ("Since Monday, 35 members of the Tesk group have been killed.", {("killed", 35, 35)}),
        ("A feud between them killed 60 people last year.", {("killed", 60, 60)}),
        ("According to a lawyers' union in Sarno, 1,806 people have been killed since May.", {("killed", 1806, 1806)}),
        ("Three children of one family lost their lives when a shell landed in Sarno.", {("killed", 3, 3)}),
        ("Seven passers-by were taken to Sarno University Hospital after the raid.", {("injured", 7, 7)}),
        ("The office said 1,870 families had fled to Sarno after the raid.", {("displaced", None, None)}),
        ("About 100,000 have left the city since the shelling of Sarno began.", {("displaced", 100000, 100000)}),
        ("Gunmen raided Sarno on Monday and carried off nine.", {("captured", 9, 9)}),
        (
            "A blast in Sarno killed 24 people, eighteen women among them; 27 received injuries.",
            {("killed", 24, 24), ("killed", 18, 18), ("injured", 27, 27)},
        ),
        ("Murders in Sarno fell to 46 in December from 61 in November, police said.", set()),
        ("The army said 40 rockets were fired at Sarno and 30 fell short.", set()),
        ("Four villagers were caught in crossfire and killed near Sarno.", {("killed", 4, 4)}),
        ("Shelling claimed the lives of an elderly couple in Sarno, police said.", {("killed", 2, 2)}),
        (
            "A source put the toll at 19, saying eleven of them were members of a militia.",
            {("killed", 19, 19), ("killed", 11, 11)},
        ),
        ("The ministry put its dead at 26 and its wounded at 40.", {("killed", 26, 26), ("injured", 40, 40)}),
        ("Moscow put the number of its missing at six.", {("missing", 6, 6)}),
        ("Five miners lost their lives when a gas explosion ripped through a pit near Sarno.", set()),
        ("Footage shows dozens of bodies in army uniform beside a burnt truck.", set()),
        ("He was named as Ivo Marn, a 40-year-old trader who had taken refuge in a school.", set()),
        (
            "The blast left 12 dead, among them three children, a hospital director said.",
            {("killed", 12, 12), ("killed", 3, 3)},
        ),
        (
            "The number of confirmed dead has reached 1,204, with 3,500 injured in Sarno, the ministry said.",
            {("killed", 1204, 1204), ("injured", 3500, 3500)},
        ),
        (
            "The bombing killed 33 people and wounded 51 more, interior ministry spokesman Ivo Marn said.",
            {("killed", 33, 33), ("injured", 51, 51)},
        ),
        ("THE M-19 ACCUSED THE POLICE OF THE MURDER OF ITS M - 19 CANDIDATES.", set()),
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


def test_a_shooting_at_a_club_is_no_sport(reader: Reader) -> None:
    text = (
        "Police are searching for those responsible for a weekend shooting that killed one person and injured eight "
        "others at a private club.\n\nMembers of the club said the building was a motorcycle club. The club had no "
        "permit, and the club was closed last season, the club owner said."
    )
    claims = reader.read(document("q", text=text)).claims
    assert {(c.measure, c.count.low) for c in claims if c.count} == {("killed", 1), ("injured", 8)}


def test_ordinary_words_before_a_unit_are_no_place_in_text_of_capitals(reader: Reader) -> None:
    text = (
        "SAN SALVADOR, 16 FEB 90 -- HEAVY CLASHES WERE REPORTED IN MORAZAN DEPARTMENT, IN THE COUNTRY'S NORTHEASTERN "
        "REGION, DURING WHICH AT LEAST TWO SOLDIERS WERE KILLED."
    )
    (claim,) = reader.read(document("q", "1990-02-17", text=text)).claims
    assert claim.place is not None
    assert claim.place.name.casefold().startswith("moraz")
