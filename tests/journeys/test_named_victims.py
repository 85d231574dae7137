"""A recorder with two reports and a list of the dead: one person however often named, never counted twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.journeys.driving import Said
from tests.journeys.driving import tallybook as tb

FIRST = "Shelling killed three people in Karsk on 5 March 2024, police said. Sabir Orhal, 34, was killed there.\n"
SECOND = "Three people were killed on 5 March 2024 when shells hit Karsk. Saber Orhal, 34, was killed, they said.\n"
LIST = """Full name,Years,Sex,Town,Date of death,Outcome,Informant
Saber Orhal,34,M,Karsk,05/03/2024,dead,family
Mira Venn,29,F,Karsk,05/03/2024,dead,hospital
Nela Korr,3 months,F,Karsk,05/03/2024,dead,hospital
Tarik Venn,41,M,Karsk,05/03/2024,dead,hospital
,50,M,Karsk,05/03/2024,dead,hospital
"=HYPERLINK(""http://x"")",x,M,Karsk,05/03/2024,wounded,
"""
MAPPING = """columns:
  {name: Full name, age: Years, sex: Sex, place: Town, date: Date of death, status: Outcome, source: Informant}
dates: day-first
publisher: Health Office
published: 2024-03-20
"""
BOOK = ("--book", "war.db")
ANA = ("--author", "Ana", "--because", "asked the family")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    for name, text, publisher in (("first", FIRST, "Herald"), ("second", SECOND, "Courier")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        said = tb("add", f"{name}.txt", "--publisher", publisher, "--published", "2024-03-06", *BOOK, at=folder)
        assert said.code == 0, said.err
    (folder / "dead.csv").write_text(LIST, encoding="utf-8")
    (folder / "dead.yaml").write_text(MAPPING, encoding="utf-8")
    imported = load(folder)
    assert imported.code == 0, imported.err
    assert "named victims 5, rows left out 1" in imported.out
    assert "dead.csv line 6: it names nobody" in imported.err
    assert "dead.csv line 7: age says 'x'" in imported.err
    return folder


def load(at: Path, file: str = "dead.csv") -> Said:
    return tb("import", file, "--as", "dead.yaml", *BOOK, at=at)


def victims(at: Path, *more: str) -> list[dict[str, Any]]:
    return tb("victims", *more, *BOOK, "--format", "json", at=at).objects()


def killed(at: Path) -> tuple[int | None, int | None]:
    (figure,) = tb("total", "killed", *BOOK, "--format", "json", at=at).objects()
    return figure["low"], figure["high"]


def records_of(at: Path, name: str) -> list[dict[str, Any]]:
    return [v for v in victims(at) if v["name"] == name]


def test_a_victim_of_two_reports_and_a_list_is_one_person(at: Path) -> None:
    records = [v for v in victims(at) if "Orhal" in v["name"]]
    assert sorted(v["document"] for v in records) == ["dead", "first", "second"]
    assert len({v["person"] for v in records}) == 1
    assert 0.5 < records[0]["sure"] < 1
    assert records[0]["person_documents"] == ["dead", "first", "second"]
    table = tb("victims", *BOOK, at=at).out
    assert table.count("Orhal") == 1
    told = tb("why", records[0]["person"], *BOOK, at=at)
    assert "named in 3 records" in told.out
    assert "line 2" in told.out


def test_rows_keep_their_line_and_quote(at: Path) -> None:
    (mira,) = records_of(at, "Mira Venn")
    assert (mira["line"], mira["claimants"], mira["age"]) == (3, ["hospital"], {"low": 29, "high": 29})
    assert mira["quote"].startswith("line 3 | name: Mira Venn")


def test_importing_twice_changes_nothing(at: Path) -> None:
    before = tb("verify", *BOOK, at=at).out
    again = load(at)
    assert again.code == 0
    assert "nothing changed" in again.out
    assert tb("verify", *BOOK, at=at).out == before


def test_four_names_outdo_a_toll_of_three(at: Path) -> None:
    assert killed(at) == (4, None)
    (incident,) = [i for i in tb("incidents", *BOOK, "--format", "json", at=at).objects() if len(i["documents"]) == 3]
    why = tb("why", incident["id"], *BOOK, at=at)
    assert "at least 4" in why.out


def test_a_person_decides_that_two_are_one_and_takes_it_back(at: Path) -> None:
    (mira,), (tarik,) = records_of(at, "Mira Venn"), records_of(at, "Tarik Venn")
    said = tb("decide", "same", mira["id"], tarik["person"], *ANA, *BOOK, at=at)
    assert said.code == 0, said.err
    assert "killed, any: 4.. -> 3..3" in said.out
    assert records_of(at, "Mira Venn")[0]["person"] == records_of(at, "Tarik Venn")[0]["person"]
    assert killed(at) == (3, 3)
    clash = tb("decide", "different", mira["id"], tarik["id"], *ANA, *BOOK, at=at)
    assert clash.code == 2
    assert "cannot hold" in clash.err
    assert tb("undo", "1", *ANA, *BOOK, at=at).code == 0
    assert killed(at) == (4, None)


def test_a_person_parts_what_the_program_joined(at: Path) -> None:
    one, other, *_ = [v for v in victims(at) if "Orhal" in v["name"]]
    said = tb("decide", "different", one["id"], other["id"], *ANA, *BOOK, at=at)
    assert said.code == 0, said.err
    assert len({v["person"] for v in victims(at) if "Orhal" in v["name"]}) == 2
    number = tb("log", *BOOK, "--format", "json", at=at).objects()[-1]["number"]
    assert tb("undo", str(number), *ANA, *BOOK, at=at).code == 0


def test_a_list_reread_with_another_date_keeps_its_rows(at: Path) -> None:
    said = tb("decide", "set-published", "dead", "2024-03-25", *ANA, *BOOK, at=at)
    assert said.code == 0, said.err
    assert len(records_of(at, "Mira Venn")) == 1


def test_wrong_calls_are_told_in_a_line(at: Path) -> None:
    (mira,) = records_of(at, "Mira Venn")
    for words in (("same", mira["id"]), ("same", mira["id"], "v-nothing"), ("part-of", mira["id"], mira["person"])):
        said = tb("decide", *words, *ANA, *BOOK, at=at)
        assert said.code == 2, words
        assert len(said.err.splitlines()) == 1
    assert tb("import", "none.csv", "--as", "dead.yaml", *BOOK, at=at).code == 1
    assert tb("import", "dead.csv", "--as", "none.yaml", *BOOK, at=at).code == 2


def test_a_workbook_is_the_same_list(at: Path) -> None:
    book = openpyxl.Workbook()
    for line in LIST.splitlines()[:3]:
        book.worksheets[0].append(line.split(","))
    book.save(at / "more.xlsx")
    said = load(at, "more.xlsx")
    assert said.code == 0, said.err
    assert "named victims 2" in said.out
    assert killed(at) == (4, None)
