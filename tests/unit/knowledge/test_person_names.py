"""How names of persons are brought together across spellings and scripts."""

from __future__ import annotations

import pytest

from tallybook.knowledge.person_names import person_name


def sounds(name: str) -> list[str]:
    return [part.sound for part in person_name(name).parts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Qasim", "Muhamad Kassem"),
        ("Abd al-Rahman Darwish", "Abdulrahman Darweesh"),
        ("Oleksandr Shevchenko", "Олександр Шевченко"),
        ("Aleksandr Schewtschenko", "Олександр Шевченко"),
        ("Fatima Yousef", "Fatma Yusuf"),
        ("U Zaw Min", "Zaw Minn"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    found, expected = sounds(one), sounds(other)
    assert len(found) == len(expected)
    assert found[0] == expected[0]


def test_arabic_script_keeps_the_consonants_of_a_name() -> None:
    one, other = person_name("إبراهيم يوسف المصري"), person_name("Ibrahim Youssef al-Masri")
    assert [p.bones for p in one.parts] == [p.bones for p in other.parts]
    assert not any(p.voweled for p in one.parts)


def test_names_that_differ_in_their_vowels_stay_apart() -> None:
    assert sounds("Hassan") != sounds("Hussein")
    assert sounds("Ivan") != sounds("Ivana")


def test_honorific_is_no_part_of_a_name_and_tells_the_sex() -> None:
    name = person_name("Daw Khin Myo")
    assert [p.plain for p in name.parts] == ["khin", "myo"]
    assert name.sex == "female"


def test_name_that_is_an_honorific_alone_is_kept() -> None:
    assert [p.plain for p in person_name("Ko").parts] == ["ko"]


def test_words_without_letters_give_no_name() -> None:
    assert person_name("").parts == ()
    assert person_name("12 -- 7").parts == ()
