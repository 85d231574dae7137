"""Cue words of a pack: read, checked, refused with file, row and field."""

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge.cues import PREPOSITIONS, CueWords


def words(folder: Path, rows: str) -> CueWords:
    file = folder / "attribution.yaml"
    file.write_text(rows, encoding="utf-8")
    found = CueWords()
    found.read(file)
    return found


def test_every_form_of_a_verb_cues(tmp_path: Path) -> None:
    rows = "- {kind: verb, needs: [clause], words: [say, claim], forms: {say: [said, saying]}, source: own}"
    assert set(words(tmp_path, rows).verbs) == {
        "say",
        "says",
        "said",
        "saying",
        "claim",
        "claims",
        "claimed",
        "claiming",
    }


def test_words_after_the_first_are_particles(tmp_path: Path) -> None:
    (cue,) = words(tmp_path, "- {kind: verb, words: [point out], source: own}").verbs["pointed"]
    assert (cue.lemma, cue.particles, cue.needs) == ("point", {"out"}, {"nothing"})


def test_row_may_name_its_own_prepositions(tmp_path: Path) -> None:
    rows = "- {kind: verb, needs: [preposition], prepositions: [about], words: [speak], source: own}"
    assert words(tmp_path, rows).verbs["speaks"][0].prepositions == {"about"}
    assert (
        words(tmp_path, "- {kind: verb, words: [speak], source: own}").verbs["speaks"][0].prepositions == PREPOSITIONS
    )


def test_nouns_cue_in_both_numbers(tmp_path: Path) -> None:
    assert set(words(tmp_path, "- {kind: noun, words: [inquiry], source: own}").nouns) == {"inquiry", "inquiries"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("- {kind: gesture, words: [nod], source: own}", "row 1 has kind 'gesture'"),
        ("- {kind: verb, needs: [noise], words: [hum], source: own}", "row 1 has needs 'noise'"),
        ("- {kind: verb, subject: dog, words: [bark], source: own}", "row 1 has subject 'dog'"),
        ("- {kind: verb, words: [say]}", "lacks 'source'"),
        ("- {kind: verb, source: own}", "lacks 'words'"),
        ("say: 1", "should be a list of rows"),
    ],
)
def test_row_that_does_not_hold_is_refused(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match=told):
        words(tmp_path, row)
