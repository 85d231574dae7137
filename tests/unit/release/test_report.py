"""The situation report: what it tells, what it withholds, and that the file tells nothing of who made it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tallybook.errors import KnowledgeError, UsageError
from tallybook.release.lint import Leaking
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.report_file import write_report
from tallybook.release.reporting import template_at
from tests.unit.release import sample
from tests.unit.release.test_attacks import HIDDEN

BY = Attribution("Recorders of Orvania", "CC-BY-4.0")


def written(target: Path, profile: str = "public", template: Path | None = None) -> Path:
    key = None if profile == "internal" else sample.key(profile)
    made = sample.material(log=(sample.judgement(),))
    write_report(target, made, load_profile(profile), key, BY, template_at(template))
    return target


def words(path: Path) -> str:
    made = Document(str(path))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells])


def test_it_tells_ranges_incidents_contradictions_sources_and_method(tmp_path: Path) -> None:
    told = words(written(tmp_path / "r.docx"))
    for heading in ("Reported figures", "Incidents of the period", "Where sources contradict", "Sources", "Method"):
        assert heading in told
    assert "at least 60" in told
    assert "2024-03-12" in told
    assert "Karsk district" in told
    assert "residents" in told
    assert "9 civilians reported killed" in told
    assert "12 civilians reported killed" in told


@pytest.mark.parametrize("secret", HIDDEN)
def test_a_public_report_holds_no_secret_in_any_part(tmp_path: Path, secret: str) -> None:
    path = written(tmp_path / "r.docx")
    with zipfile.ZipFile(path) as archive:
        parts = b"\n".join(archive.read(name) for name in archive.namelist())
    assert secret.casefold() not in parts.decode("utf-8", "replace").casefold()


def test_the_file_tells_neither_author_nor_hour(tmp_path: Path) -> None:
    path = written(tmp_path / "r.docx")
    core = Document(str(path)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.created is not None
    assert core.created.isoformat().startswith("2024-06-01T00:00:00")
    with zipfile.ZipFile(path) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "a.docx").read_bytes() == written(tmp_path / "b.docx").read_bytes()


def test_a_template_changes_words_and_order(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        "title: Weekly brief\nsubtitle: 'until {until}'\nmost_incidents: 1\nmost_contradictions: 1\n"
        "sections:\n- {section: sources, heading: Who says so}\n- {section: incidents, heading: Events}\n",
        encoding="utf-8",
    )
    told = words(written(tmp_path / "r.docx", template=path))
    assert "Weekly brief" in told
    assert "Who says so" in told
    assert "And 1 more." in told
    assert "Method" not in told


RUMOURS = (
    "title: a\nsubtitle: b\nmost_incidents: 1\nmost_contradictions: 1\nsections: [{section: rumours, heading: x}]\n"
)


@pytest.mark.parametrize("content", ["title: x\n", "[1]", RUMOURS])
def test_a_template_that_does_not_hold_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError):
        template_at(tmp_path / "t.yaml")


def test_a_template_that_tells_a_secret_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        "title: 'With thanks to Aron Feld'\nsubtitle: x\nmost_incidents: 1\nmost_contradictions: 1\n"
        "sections: [{section: sources, heading: y}]\n", encoding="utf-8",
    )  # fmt: skip
    with pytest.raises(Leaking, match="aron feld"):
        written(tmp_path / "r.docx", template=tmp_path / "t.yaml")
    assert not (tmp_path / "r.docx").exists()


def test_other_kinds_of_file_and_files_that_are_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.docx or a \.pdf"):
        written(tmp_path / "r.txt")
    written(tmp_path / "r.docx")
    with pytest.raises(UsageError, match="never overwritten"):
        written(tmp_path / "r.docx")


def test_a_pdf_opens_and_tells_the_same(tmp_path: Path) -> None:
    pytest.importorskip("fpdf")
    from pypdf import PdfReader

    path = written(tmp_path / "r.pdf")
    read = PdfReader(io.BytesIO(path.read_bytes()))
    told = " ".join(page.extract_text() for page in read.pages)
    assert "Reported figures" in told
    assert "at least 60" in told
    assert not [secret for secret in HIDDEN if secret.casefold() in told.casefold()]
    assert "author" not in {str(k).strip("/").lower() for k in (read.metadata or {})}
    assert json.dumps(str((read.metadata or {}).get("/CreationDate"))).startswith('"D:20240601000000')
    assert not re.search(rb"/(home|tmp|Users)/", path.read_bytes())
