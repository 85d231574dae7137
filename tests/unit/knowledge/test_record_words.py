"""Words of other records: merged over packs, and refused with file, section, list and entry where they do not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge.check import check
from tallybook.knowledge.record_words import RecordWords


def read(folder: Path, text: str, words: RecordWords | None = None) -> RecordWords:
    words = words or RecordWords()
    (folder / "record_words.yaml").write_text(text, encoding="utf-8")
    words.read(folder / "record_words.yaml")
    return words


def test_later_pack_adds_to_lists_and_tables_and_repeats_none(tmp_path: Path) -> None:
    words = read(tmp_path, "control: {taking: [took]}\nevidence: {kinds: {photo: [photo], video: [clip]}}")
    read(tmp_path, "control: {taking: [took, won]}\nevidence: {kinds: {video: [reel], map: [map]}}", words)
    assert words.control.taking == ("took", "won")
    assert words.evidence.kinds == {"photo": ("photo",), "video": ("clip", "reel"), "map": ("map",)}


def test_verb_stands_once_and_is_held_in_all_its_forms(tmp_path: Path) -> None:
    assert read(tmp_path, "evidence: {show: [depict]}").evidence.show == ("depict", "depicted", "depicting", "depicts")


BAD = [
    ("- took", "should be sections"),
    ("contrl: {taking: [took]}", "no section is called 'contrl'. Use one of control, evidence"),
    ("control: [took]", "control should be named lists"),
    ("control: {takin: [took]}", "control: no list is called 'takin'. Use one of units"),
    ("control: {taking: took}", "control, taking is no list"),
    ("control: {taking: [took, on]}", "control, taking, entry 2 has True, which is no word"),
    ("control: {taking: ['']}", "control, taking, entry 1 has '', which is no word"),
    ("control: {taking: ['took(']}", "control, taking, entry 1 has 'took(', which is no regular expression"),
    ("control: {taking: ['(?i)took']}", "which is no regular expression"),
    ("control: {taking: ['t(oo|a)k']}", "which is a regular expression with a group of its own"),
    ("control: {taking: ['(?:took)?']}", "which is a regular expression that no word at all matches too"),
    ("evidence: {kinds: [clip]}", "evidence, kinds is no table"),
    ("evidence: {kinds: {video: clip}}", "evidence, kinds, video is no list"),
    ("denials: {measures: {hurt: [maim]}}", "denials, measures has no place for 'hurt'. Use one of killed, injured"),
    ("victims: {age: '(?P<a>'}", "victims, age is no regular expression"),
    ("victims: {age: ', (?P<a>..)'}", "victims, age has nothing marked as 'b'"),
    ("victims: {age: [a]}", "victims, age has nothing marked as 'a'"),
    ("evidence: {show: ['shows?']}", "evidence, show, entry 1 has 'shows?', which is no verb"),
]


@pytest.mark.parametrize(("text", "told"), BAD)
def test_words_that_do_not_hold_are_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match=r"record_words\.yaml: ") as caught:
        read(tmp_path, text)
    assert told in str(caught.value)


def test_check_names_file_section_list_and_entry(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: kess\ntitle: Kess\nlicence: CC0\nsource: invented\n", encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "record_words.yaml").write_text("control: {taking: ['won(']}", encoding="utf-8")
    told = [f.line() for f in check(tmp_path).findings if f.grave]
    assert [line for line in told if "record_words.yaml: control, taking, entry 1 has 'won('" in line], told
