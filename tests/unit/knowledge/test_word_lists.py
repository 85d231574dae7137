"""Named word lists: merged in order, and refused with file and list where they do not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge.word_lists import WordLists, either


def read(folder: Path, name: str, text: str, lists: WordLists | None = None) -> WordLists:
    lists = lists or WordLists()
    (folder / name).write_text(text, encoding="utf-8")
    lists.readers()[name](folder / name)
    return lists


def test_later_pack_adds_words_and_repeats_none(tmp_path: Path) -> None:
    lists = read(tmp_path, "name_words.yaml", "openers: [the, an]")
    read(tmp_path, "name_words.yaml", "openers: [an, le]", lists)
    assert lists.names.openers == ("the", "an", "le")


def test_unit_has_the_rank_of_its_row(tmp_path: Path) -> None:
    lists = read(
        tmp_path, "place_units.yaml", "- {rank: 0, words: [ward], kinds: [ward]}\n- {rank: 6, kinds: [country]}"
    )
    assert lists.unit_rank == {"ward": 0}
    assert lists.kind_rank == {"ward": 0, "country": 6}


def test_space_in_an_entry_stands_for_any_white_space() -> None:
    assert either(["air force", "navy"]) == r"air\s+force|navy"


@pytest.mark.parametrize("name", ["people_words.yaml", "link_words.yaml"])
def test_plain_words_may_be_marks_that_no_pattern_could_be(tmp_path: Path, name: str) -> None:
    first = {"people_words.yaml": "linkers", "link_words.yaml": "skipped"}[name]
    lists = read(tmp_path, name, f"{first}: ['(', 'the']")
    assert ("(", "the") in (lists.people.linkers, lists.links.skipped)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("name_words.yaml", "opners: [the]", "no list is called 'opners'"),
        ("name_words.yaml", "openers: the", "openers is no list"),
        ("name_words.yaml", "openers: [on]", "openers has True"),
        ("name_words.yaml", "- the", "should be named lists"),
        ("place_words.yaml", "attacked: ['hit(']", "no regular expression"),
        ("name_words.yaml", "before_of: ['Wards?']", "before_of has 'Wards?', which is no regular expression"),
        ("place_units.yaml", "- {words: [ward]}", "has rank None"),
        ("place_units.yaml", "- {rank: 7, words: [moon]}", "has rank 7"),
    ],
)
def test_list_that_does_not_hold_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match="yaml") as caught:
        read(tmp_path, name, text)
    assert told in str(caught.value)
