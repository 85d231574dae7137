"""Which language a report is in: never misfiring on English."""

from __future__ import annotations

import pytest

from tallybook.documents.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Seven killed",
        "12 KILLED IN KARSK ATTACK - ARMY",
        "THE ARMY SAID THAT 12 REBELS WERE KILLED IN THE HILLS.",
        "Ba Oo, Nawng Sant, Namkham, Konkyan, Shee Shan, Laukkai, Muse: 12 dead, 5 hurt",
        "Air raids: Deir ez-Zor, Raqqa, Idlib, Jisr al-Shughour, Maarat al-Numan, Khan Sheikhoun",
        "12, 13, 14",
        "",
    ],
)
def test_short_loud_and_foreign_sounding_english_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Al menos doce personas murieron el lunes en un ataque contra un mercado de la ciudad.", "es"),
        ("Au moins douze personnes ont été tuées lundi dans une attaque contre un marché.", "fr"),
        ("Mindestens zwölf Menschen wurden am Montag bei einem Angriff auf einen Markt getötet.", "de"),
        ("По меньшей мере двенадцать человек погибли в понедельник.", "ru"),
        ("ရန်ကုန်မြို့တွင် လူ ၁၂ ဦး သေဆုံး", "my"),
        ("قتل اثنا عشر شخصا على الأقل في هجوم على سوق يوم الاثنين", "ar"),
    ],
)
def test_other_languages_are_known_for_what_they_are(text: str, code: str) -> None:
    assert language_of(text) == code


def test_declared_language_holds_only_where_the_text_leaves_doubt() -> None:
    assert language_of("Zwölf Tote", "de-DE") == "de"
    assert language_of("The army said that five of the rebels were killed on Monday.", "de") == "en"
