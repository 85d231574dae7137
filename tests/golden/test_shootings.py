"""Who was shot and how they fared, in invented sentences: one construction each."""

from __future__ import annotations

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader
from tallybook.model import Reading


def read(reader: Reader, text: str) -> Reading:
    return reader.read(document("q", text=text))


def told(reading: Reading) -> list[tuple[str | None, int | None]]:
    return [(c.measure, c.count.low if c.count else None) for c in reading.claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Four people were shot outside a club in Brackton on Friday, police said.", [("injured", 4)]),
        ("Two men were shot dead outside a club in Brackton on Friday, police said.", [("killed", 2)]),
        ("Three people were shot and killed in Brackton on Friday, police said.", [("killed", 3)]),
        ("A man was shot in Brackton on Friday. The man was pronounced dead at the scene.", [("killed", 1)]),
        ("A 19-year-old was killed in Brackton on Friday, police said.", [("killed", 1)]),
        ("3 of 16 A man died in Brackton on Friday, police said.", [("killed", 1)]),
        ("Three soldiers were shot at near Brackton on Friday, police said.", []),
    ],
)
def test_people_shot(reader: Reader, text: str, claims: list[tuple[str, int]]) -> None:
    assert told(read(reader, text)) == claims


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Ano Petrick, 24, was shot in the leg in Brackton on Friday.", [("Ano Petrick", "injured")]),
        ("Ano Petrick, 24, was shot and killed in Brackton on Friday.", [("Ano Petrick", "killed")]),
        ("Two men died. Police identified the suspect as Ano Petrick, 24.", []),
        ("A boy died. He was taken to Brackton Hospital, where he was pronounced dead.", []),
    ],
)
def test_named_people(reader: Reader, text: str, victims: list[tuple[str, str]]) -> None:
    assert [(v.name, v.harm) for v in read(reader, text).victims] == victims


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        (
            "ANO PETRICK VALDO, MAYOR OF BRACKTON, WHO WAS KIDNAPPED ON FRIDAY, WAS FOUND DEAD TODAY, POLICE SAID.",
            [("ANO PETRICK VALDO", "mayor of brackton")],
        ),
        (
            "THE GOVERNMENT CONDEMNED THE ASSASSINATION OF FORMER DEFENSE MINISTER CARLOS PETRICK VALDO TODAY.",
            [("CARLOS PETRICK VALDO", "former defense minister")],
        ),
        ("THE GUERRILLAS ATTACKED A POST IN SAN MARCO LATE LAST NIGHT, KILLING TWO SOLDIERS OF THE NATIONAL ARMY.", []),
    ],
)
def test_people_named_in_capitals(reader: Reader, text: str, victims: list[tuple[str, str]]) -> None:
    assert [(v.name, v.circumstance) for v in read(reader, text).victims] == victims


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("VELIA CONDEMNED MAYOR TADEO PETRICK VALDO'S MURDER IN BRACKTON ON MONDAY.", ["killed"]),
        ("GUERRILLAS LEFT ON MONDAY. THOSE WHO WERE KIDNAPPED ARE TADEO PETRICK VALDO, 55, AND OTHERS.", ["captured"]),
        ("A BOMB WENT OFF IN BRACKTON ON MONDAY. AMONG THE INJURED HERE IS TADEO PETRICK VALDO, 53.", ["injured"]),
        ("THE MAYOR'S DEATH WAS CONDEMNED BY TADEO PETRICK VALDO IN BRACKTON.", []),
    ],
)
def test_names_in_capitals_that_own_the_harm_or_stand_in_its_list(
    reader: Reader, text: str, victims: list[str]
) -> None:
    assert [v.harm for v in read(reader, text).victims] == victims
