"""Whatever a user names, to documents, issues and errors."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tallybook.documents import Arrival, Intake, Stated, documents_from
from tallybook.documents.identity import id_from_text
from tallybook.errors import BadDate

TODAY = "2026-06-01"
INTAKE = Intake(Stated.of(TODAY))


def arrivals(*sources: object, intake: Intake = INTAKE) -> list[Arrival]:
    return list(documents_from([str(s) for s in sources], intake))


def only(*sources: object, intake: Intake = INTAKE) -> Arrival:
    (arrival,) = arrivals(*sources, intake=intake)
    return arrival


def test_plain_text_keeps_its_name_and_every_character(tmp_path: Path) -> None:
    path = tmp_path / "my report.v2.txt"
    path.write_bytes(b"  Five people died.\r\n")
    document = only(path).document
    assert document is not None
    assert document.id == "my report.v2"
    assert document.text == "  Five people died.\n"
    assert document.published is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7 some words", "PDF"),
        (b"word " * 5_000_000, "larger than 20 MB"),
    ],
)
def test_what_is_no_report_is_refused_by_name(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    error = only(path).error
    assert error is not None
    assert words in str(error)
    assert "bad.txt" in str(error)


def test_a_zip_bomb_under_another_name_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.html"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", "0" * 5_000_000)
    assert "ZIP" in str(only(path).error)


def test_a_page_over_five_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    path.write_bytes(b"<html><body>" + b"<p>word</p>" * 500_000)
    assert "larger than 5 MB" in str(only(path).error)


def test_a_missing_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "there.txt"
    path.write_text("Five died.", encoding="utf-8")
    first, second = arrivals(tmp_path / "missing.txt", path)
    assert "no such file" in str(first.error)
    assert second.document is not None


def test_folder_is_read_in_order_with_its_subfolders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("c.txt", "b/ပြည်.txt", "a b.html", ".hidden/x.txt"):
        (tmp_path / name).write_text("Five died in Karsk.", encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")
    found = arrivals(tmp_path)
    assert [a.document.id for a in found if a.document] == ["a b", "ပြည်", "c"]
    assert [i.code for a in found for i in a.issues] == ["files-passed-over"]


def test_folder_with_nothing_readable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    assert "nothing that can be read" in str(only(tmp_path).error)


def test_standard_input_is_named_by_its_text() -> None:
    intake = Intake(Stated.of(TODAY), io.BytesIO("Five died in Züri.".encode()))
    document = only("-", intake=intake).document
    assert document is not None
    assert document.id == id_from_text("Five died in Züri.")


def test_rows_need_only_a_text(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    rows = [
        {"text": "Five died."},
        {"id": 7, "text": "Six died.", "title": "Six dead", "publisher": "OPA", "published": "2024-03-01", "url": "https://a.example"},
        {"doc_id": "x", "text": "Seven died.", "dct": "2 March 2024"},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    documents = [a.document for a in arrivals(path) if a.document]
    assert [d.id for d in documents] == ["corpus", "7", "x"]
    assert (documents[1].title, documents[1].publisher, documents[1].url) == ("Six dead", "OPA", "https://a.example")
    assert documents[2].published == "2024-03-02"
    assert documents[2].published_from == "metadata"


def test_rows_without_text_are_one_issue_a_file(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": 1}\n{"text": ""}\n{"text": "Five died."}\n\n{"text": 3}\n', encoding="utf-8")
    found = arrivals(path)
    assert sum(a.document is not None for a in found) == 1
    (issue,) = [i for a in found for i in a.issues]
    assert issue.code == "rows-without-text"
    assert "3" in issue.message


def test_a_broken_row_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(b'{"text": "Five died."}\nnot json\n[1]\n{"text": "\xff"}\n')
    errors = [str(a.error) for a in arrivals(path) if a.error]
    assert [e.partition("corpus.jsonl, ")[2].partition(":")[0] for e in errors] == ["line 2", "line 3", "line 4"]


def test_what_no_database_can_hold_is_replaced_one_for_one(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"text": "Five\\u0000 died \\ud800."}', encoding="utf-8")
    document = only(path).document
    assert document is not None
    assert document.text == "Five\ufffd died \ufffd."


def test_own_date_wins_over_option_and_option_over_dateline(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    text = "CAPITAL, May 13, 2025 (Agency) - Four people died."
    path.write_text(json.dumps({"text": text, "published": "2025-05-14"}) + "\n" + json.dumps({"text": text}))
    stated = Intake(Stated.of(TODAY, "2025-05-15", "Me"))
    assert [(a.document.published, a.document.published_from) for a in arrivals(path, intake=stated) if a.document] == [
        ("2025-05-14", "metadata"), ("2025-05-15", "option"),
    ]  # fmt: skip
    assert [a.document.published_from for a in arrivals(path) if a.document] == ["metadata", "dateline"]


def test_dates_of_metadata_that_cannot_be_true_are_issues(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    rows = [
        {"text": "A", "published": "2031-01-01"},
        {"text": "B", "published": "soon"},
        {"text": "C", "published": "2024-03-01T10:00"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [i.code for a in arrivals(path) for i in a.issues] == [
        "published-in-future", "published-unreadable", "published-no-offset",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["2031-01-01", "soon", "2024-02-31"])
def test_a_stated_date_that_cannot_be_true_is_wrong_usage(words: str) -> None:
    with pytest.raises(BadDate):
        Stated.of(TODAY, words)


def test_the_four_together_are_the_identity(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    base = {"text": "Five died.", "publisher": "OPA", "published": "2024-03-01", "url": "https://a.example"}
    changed = [
        {**base, k: v}
        for k, v in (("publisher", "Courier"), ("published", "2024-03-02"), ("url", None), ("text", "Six died."))
    ]
    rows = [base, {**base, "id": "other", "title": "Title"}, *changed]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    keys = [a.document.key for a in arrivals(path) if a.document]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 5
    assert all(len(k) == 32 for k in keys)


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        ("“Zürich”".encode(), "“Zürich”", False),
        ("\ufeff“Zürich”".encode(), "“Zürich”", False),
        ("“Zürich”".encode("utf-16"), "“Zürich”", False),
        (("The café in Zürich “burned” down, and five people died there. " * 3).encode("cp1252"),
         "The café in Zürich “burned” down, and five people died there. " * 3, True),
        ("Пять человек погибли в понедельник утром в городе. ".encode("cp1251") * 5, None, True),
        (b"Five in Z\xc3\xbcrich and Caf\xc3\xa9 died\xff today", "Five in Zürich and Café died\ufffd today", True),
    ],
)  # fmt: skip
def test_charsets(tmp_path: Path, data: bytes, text: str | None, guessed: bool) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    arrival = only(path)
    assert arrival.document is not None
    assert text is None or arrival.document.text == text
    assert ("charset-guessed" in [i.code for i in arrival.issues]) is guessed


def test_charset_that_a_page_declares_is_used(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(
        '<html><head><meta charset="windows-1251"></head><p>Пять человек погибли в городе.</p></html>'.encode("cp1251")
    )
    arrival = only(path)
    assert arrival.document is not None
    assert arrival.document.text == "Пять человек погибли в городе."
    assert arrival.issues == ()
