"""Gold folders as they may be laid out."""

import json
from pathlib import Path

import pytest
from evals.gold_files import corpus_hash, gold_reports

GOLD = "document: {id: raid, publisher: Kessa Post, published: 2024-03-03, sealed: true}\nclaims: []\n"


def test_a_text_may_stand_beside_its_gold_file(tmp_path: Path) -> None:
    (tmp_path / "raid.yaml").write_text(GOLD)
    (tmp_path / "raid.txt").write_text("Nobody was hurt.\n")
    (told,) = gold_reports(tmp_path)
    assert (told.id, told.publisher, told.sealed) == ("raid", "Kessa Post", True)
    assert told.document.text == "Nobody was hurt.\n"
    assert told.document.published == "2024-03-03"


def test_texts_may_stand_in_one_jsonl(tmp_path: Path) -> None:
    (tmp_path / "raid.yaml").write_text(GOLD)
    (tmp_path / "docs.jsonl").write_text(json.dumps({"id": "raid", "text": "Quiet.", "title": "Calm"}) + "\n")
    (told,) = gold_reports(tmp_path)
    assert (told.document.text, told.document.title) == ("Quiet.", "Calm")


def test_a_gold_file_without_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "raid.yaml").write_text(GOLD)
    with pytest.raises(FileNotFoundError, match=r"raid\.yaml has no text"):
        gold_reports(tmp_path)


def test_a_folder_without_gold_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No gold report"):
        gold_reports(tmp_path)


def test_the_hash_changes_with_any_text_and_not_with_line_ends(tmp_path: Path) -> None:
    (tmp_path / "raid.yaml").write_text(GOLD)
    (tmp_path / "raid.txt").write_bytes(b"One.\nTwo.\n")
    before = corpus_hash(tmp_path)
    (tmp_path / "raid.txt").write_bytes(b"One.\r\nTwo.\r\n")
    assert corpus_hash(tmp_path) == before
    (tmp_path / "raid.txt").write_bytes(b"One.\nThree.\n")
    assert corpus_hash(tmp_path) != before
