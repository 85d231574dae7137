"""Capture matrix: who is named by which list; never made of counts, never public."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tallybook.model import Span, Victim
from tallybook.release.layout import NotFit
from tallybook.release.manifest import Attribution
from tallybook.release.material import Material
from tallybook.release.profile import load_profile
from tallybook.release.writing import release
from tests.unit.factories import claim, day
from tests.unit.release import sample

BY = Attribution()


def person(record: str, name: str, claim_id: str, harm: str = "killed", sex: str | None = None) -> Victim:
    return Victim(record, name, Span(0, len(name)), ("x",), name, 30, 30, sex, None, harm, claim_id)


def two_lists(**more: Any) -> Material:
    """Return a book of two lists, one of which names both persons."""
    told = [
        claim(
            "c1", "2", origin="Hask Liberation Front", doc="d1", event="e1", place=sample.PASS, date=day("2024-03-10")
        ),
        claim(
            "c2", "1", origin="Orvanian Armed Forces", doc="d3", event="e1", place=sample.PASS, date=day("2024-03-10")
        ),
        claim("c3", "9", origin="Hask Radio", doc="d4", event="e9", place=sample.KARSK, date=day("2024-03-11")),
    ]
    named = (
        ("d1", person("v1", "Orin Talle", "c1", sex="male")), ("d1", person("v2", "Mira Kest", "c1")),
        ("d3", person("v3", "Orin Tale", "c2", "missing")),
    )  # fmt: skip
    return sample.material(told, victims=named, person_of={"v1": "p1", "v2": "p2", "v3": "p1"}, **more)


def written(target: Path, made: Material, profile: str = "internal", *layouts: str) -> Path:
    key = None if profile == "internal" else sample.key(profile)
    release(target, made, load_profile(profile), key, BY, wanted=layouts)
    return target


def rows(folder: Path) -> list[dict[str, str]]:
    text = (folder / "layouts/capture_matrix.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_person_has_one_row_and_each_list_one_column(tmp_path: Path) -> None:
    made = written(tmp_path / "out", two_lists())
    first, second = rows(made)
    lists = ("Hask Liberation Front", "Orvanian Armed Forces")
    assert [first[name] for name in lists] == ["1", "1"]
    assert [second[name] for name in lists] == ["1", "0"]
    assert (first["person"], first["harm"], first["sex"], first["lists_naming"]) == ("p1", "killed", "male", "2")
    assert (first["month"], first["admin1"]) == ("2024-03", "Hask")
    assert "Hask Radio" not in first


def test_what_it_flattens_is_told(tmp_path: Path) -> None:
    made = written(tmp_path / "out", two_lists())
    told = json.loads((made / "losses/capture.json").read_text(encoding="utf-8"))
    assert {r["rule"]: r["count"] for r in told["rules"]} == {
        "counts_left_out": 1, "harms_differ": 1, "listed_once": 1,
    }  # fmt: skip


def test_it_is_refused_where_there_are_counts_alone(tmp_path: Path) -> None:
    with pytest.raises(NotFit, match="counts such as '12 killed' do not say who is meant"):
        written(tmp_path / "out", sample.material(victims=()), "internal", "capture")
    assert not (tmp_path / "out").exists()
    made = written(tmp_path / "other", sample.material(victims=()))
    assert not (made / "layouts/capture_matrix.csv").exists()
    assert "A capture matrix is not made" in (made / "losses/README.md").read_text(encoding="utf-8")
    assert json.loads((made / "losses/capture.json").read_text(encoding="utf-8"))["refused"]


def test_one_list_alone_can_be_compared_with_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFit, match="only one list names persons"):
        written(tmp_path / "out", sample.material(), "internal", "capture")


def test_a_public_release_has_none(tmp_path: Path) -> None:
    with pytest.raises(NotFit, match="profile partner or internal"):
        written(tmp_path / "out", two_lists(), "public", "capture")
    made = written(tmp_path / "other", two_lists(), "public")
    assert not (made / "layouts/capture_matrix.csv").exists()


def test_partners_get_ids_and_no_names(tmp_path: Path) -> None:
    made = written(tmp_path / "out", two_lists(), "partner", "capture")
    assert [p.name for p in (made / "layouts").iterdir()] == ["capture_matrix.csv"]
    assert len(rows(made)) == 2
    assert "Talle" not in (made / "layouts/capture_matrix.csv").read_text(encoding="utf-8")
