"""Files with HXL hashtags: which columns hold what, what is left out and why. Every row is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tallybook.documents.arrival import Stated
from tallybook.documents.hxl_files import ROW, HxlArrival, hxl_arrival
from tallybook.documents.record_rows import record_rows
from tallybook.errors import DocumentError

STATED = Stated("2024-06-01", None, "Orvania Protection Cluster")
HEAD = (
    "Event,When,Region,Town,Dead,Children dead,Hurt\n"
    "#event+id,#date,#adm1+name,#loc+name,{dead},{few},#affected+injured\n"
)
KILLED = "#affected+killed"


def arrived(path: Path, body: str, dead: str = KILLED, few: str = f"{KILLED}+children") -> HxlArrival:
    path.write_text(HEAD.format(dead=dead, few=few) + body, encoding="utf-8")
    return hxl_arrival(path, STATED)


def claims(made: HxlArrival) -> list[dict[str, Any]]:
    assert made.arrival.document is not None
    return [dict(row.fields) for row in record_rows(made.arrival.document.text) if row.kind == "claim"]


def test_numbers_become_claims_and_some_people_are_part_of_all(tmp_path: Path) -> None:
    made = arrived(tmp_path / "f.csv", "e1,2024-03-12,Dovrin,Ulsten,12,2,\n")
    whole, part = claims(made)
    assert (whole["measure"], whole["low"], whole["high"], whole["modifier"]) == ("killed", 12, 12, "exact")
    assert (part["age"], part["part_of"], part["low"]) == ("child", whole["id"], 2)
    assert whole["place"] == {"name": "Ulsten", "admin": ["Dovrin"], "precision": "unresolved"}
    assert (whole["start"], whole["end"]) == ("2024-03-12", "2024-03-12")
    assert made.arrival.document is not None
    assert made.arrival.document.publisher == "Orvania Protection Cluster"


def test_bounds_are_bounds_whatever_the_order_of_attributes(tmp_path: Path) -> None:
    made = arrived(tmp_path / "f.csv", "e1,2024-03-12,Dovrin,,4,9,\n", "#affected +min +killed", "#affected+killed+max")
    (claim,) = claims(made)
    assert (claim["low"], claim["high"], claim["modifier"]) == (4, 9, "between")


def test_an_empty_cell_is_not_stated_and_makes_no_claim(tmp_path: Path) -> None:
    made = arrived(tmp_path / "f.csv", "e1,2024-03-12,Dovrin,Ulsten,,,\ne2,2024-03-13,Dovrin,Ulsten,,,3\n")
    assert [(c["measure"], c["low"]) for c in claims(made)] == [("injured", 3)]
    assert (made.rows, made.left_out) == (1, 0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("e2,2024-03-12,Dovrin,Ulsten,many,,", "'many' is no whole number of people"),
        ("e2,in spring,Dovrin,Ulsten,3,,", "'in spring' is no date"),
        ("e2,2024-03-12,Dovrin,Ulsten,-3,,", "'-3' is no whole number"),
    ],
)
def test_a_bad_row_is_an_issue_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    made = arrived(tmp_path / "f.csv", f"e1,2024-03-12,Dovrin,Ulsten,3,,\n{row}\n")
    assert (made.rows, made.left_out) == (1, 1)
    (issue,) = [i for i in made.arrival.issues if i.code == ROW]
    assert issue.message.startswith("f.csv line 4: ")
    assert told in issue.message


def test_a_file_without_hashtags_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="no row of HXL hashtags"):
        hxl_arrival(tmp_path / "f.csv", STATED)
    (tmp_path / "g.csv").write_text("a,b\n#date,#adm1\n1,2\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="no hashtag counts people"):
        hxl_arrival(tmp_path / "g.csv", STATED)
