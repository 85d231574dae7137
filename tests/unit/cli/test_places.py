"""`places import`: what each kind of file becomes, and that a wrong one is told line by line and changes nothing."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tallybook.knowledge import load
from tallybook.knowledge.imports import tables
from tallybook.knowledge.imports.importing import import_places
from tallybook.knowledge.place_entries import OWN
from tests.unit.cli.conftest import Runner

GEONAMES = "900001\tSarno\tSarno\tSarnoo,Zarno\t10.5\t20.25\tP\tPPL\tTD\t\t05\t\t\t\t12000\t\t300\t\t2020-01-01"
OFF_GLOBE = GEONAMES.replace("900001", "900002").replace("10.5", "95")
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature", "properties": {"name": "Keshti"},
            "geometry": {"type": "Polygon", "coordinates": [[[10, 0], [12, 0], [12, 2], [10, 2], [10, 0]]]},
        }
    ],
}  # fmt: skip
PCODES = """ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,Lat,Long
Chad,TD,Orvan,TD99,Sarno (Zarno),TD9901,10.5,20.25
Chad,TD,Orvan,TD99,Tolwa,TD9902,11.5,20.25
"""


def feature(kind: str, point: list[float], name: str | None = "x") -> str:
    """Return a GeoJSON file of one feature."""
    properties = {"name": name} if name else {}
    shape = {"type": kind, "coordinates": point}
    return json.dumps({"features": [{"properties": properties, "geometry": shape}]})


def entries(folder: Path, name: str) -> list[tuple[str, str, float | None, float | None]]:
    found = load([folder]).places.entries(name)
    return [(e.id, e.kind, e.lat, e.lon) for e in found if e.standing == OWN]


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_two_column_list_is_kept_beside_the_book_which_remembers_it(run: Runner, tmp_path: Path) -> None:
    write(tmp_path, "p.csv", 'name,coordinates\nSarno,"10.5,20.25"\nSarno,"-3,4"\n')
    ran = run("places", "import", "p.csv", "--as", "mine", "--book", "war.db")
    assert ran.code == 0, ran.err
    assert "2 places from a list of points" in ran.out
    assert [(lat, lon) for *_, lat, lon in entries(tmp_path / "war.places" / "mine", "Sarno")] == [
        (-3, 4),
        (10.5, 20.25),
    ]
    (tmp_path / "r.txt").write_text("Nothing.", encoding="utf-8")
    assert "gone" not in run("claims", "--book", "war.db").err


def test_a_list_without_a_header_is_read(tmp_path: Path) -> None:
    made = import_places(write(tmp_path, "p.csv", "Sarno,10.5,20.25\nTolwa,11,21\n"), "mine", tmp_path, load())
    assert (made.places, made.form) == (2, "list of points")


def test_a_pcode_table_gives_units_their_middle_and_variants(tmp_path: Path) -> None:
    made = import_places(write(tmp_path, "p.csv", PCODES), "mine", tmp_path, load())
    assert (made.places, made.unplaced) == (3, 0)
    assert entries(made.folder, "Zarno") == [("TD9901", "admin2", 10.5, 20.25)]
    assert entries(made.folder, "Orvan") == [("TD99", "admin1", 11.0, 20.25)]
    (orvan,) = (e for e in load([made.folder]).places.entries("Orvan") if e.standing == OWN)
    assert orvan.country == "TCD"
    assert orvan.radius_km >= 55


def test_an_xlsx_table_is_the_same_as_its_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in PCODES.strip().splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "p.xlsx")
    made = import_places(tmp_path / "p.xlsx", "mine", tmp_path, load())
    assert (made.places, made.form) == (3, "P-code table")


def test_a_geonames_file_is_recognised(tmp_path: Path) -> None:
    made = import_places(write(tmp_path, "TD.txt", GEONAMES + "\n"), "mine", tmp_path, load())
    assert made.form == "GeoNames country file"
    assert entries(made.folder, "Zarno") == [("gn900001", "town", 10.5, 20.25)]


def test_an_area_becomes_its_middle_with_the_distance_to_its_corner(tmp_path: Path) -> None:
    made = import_places(write(tmp_path, "a.geojson", json.dumps(AREAS)), "mine", tmp_path, load())
    (place,) = (e for e in load([made.folder]).places.entries("Keshti") if e.standing == OWN)
    assert (place.lat, place.lon) == (1.0, 11.0)
    assert place.radius_km == pytest.approx(157, abs=1)


def test_an_import_is_made_anew_and_a_pack_of_the_users_own_is_left_alone(run: Runner, tmp_path: Path) -> None:
    write(tmp_path, "p.csv", "Sarno,1,2\n")
    assert run("places", "import", "p.csv", "--as", "mine", "--knowledge", "shelf").code == 0
    write(tmp_path, "p.csv", "Tolwa,1,2\n")
    assert run("places", "import", "p.csv", "--as", "mine", "--knowledge", "shelf").code == 0
    assert entries(tmp_path / "shelf" / "mine", "Sarno") == []
    (tmp_path / "shelf" / "hand").mkdir()
    write(tmp_path / "shelf" / "hand", "pack.yaml", "{name: hand, title: t, licence: l, source: s}")
    ran = run("places", "import", "p.csv", "--as", "hand", "--knowledge", "shelf")
    assert (ran.code, "no import made it" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("p.csv", "name,lat\nSarno,1\n", ["p.csv line 1: no column of coordinates"]),
        ("p.csv", "lat,lon\n1,2\n", ["p.csv line 1: no column of a name"]),
        ("p.csv", "name,lat,lon\nSarno,91,2\nTolwa,1,x\n", ["line 2, latitude: '91'", "line 3, longitude: 'x'"]),
        ("p.csv", "name,lat,lon\nSarno,1,\n", ["line 2, longitude: empty"]),
        ("p.csv", "name,lat,lon,id\nSarno,1,2,a\nTolwa,3,4,a\n", ["line 3, id: 'a' is that of line 2"]),
        ("p.csv", "name,name,lat,lon\na,b,1,2\n", []),
        ("p.csv", "", ["p.csv: empty"]),
        ("a.geojson", "{", ["a.geojson line 1: not JSON"]),
        ("a.geojson", "[]", ["a.geojson: no list of features"]),
        ("a.geojson", feature("Line", [1, 1]), ["feature 1, geometry: 'Line' is no point"]),
        ("a.geojson", feature("Point", [2, 1], None), ["feature 1, name: missing"]),
        ("p.xlsx", "no workbook", ["p.xlsx: the workbook is damaged"]),
        ("TD.txt", f"{GEONAMES}\n{OFF_GLOBE}\n", ["line 2, latitude: '95'"]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told_line_by_line_and_no_book_is_made(
    run: Runner, tmp_path: Path, name: str, content: str, told: list[str]
) -> None:
    write(tmp_path, name, content)
    ran = run("places", "import", name, "--as", "mine", "--book", "war.db")
    if not told:
        return
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert len(lines) == len(told)
    assert all(part in line and line.startswith("error: ") for part, line in zip(told, lines, strict=True))
    assert not (tmp_path / "war.db").exists()
    assert not (tmp_path / "war.places").exists()


def test_another_encoding_a_missing_file_and_a_bad_name_are_told(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes("name,lat,lon\nMalé,1,2\n".encode("cp1252"))
    assert "line 2: not UTF-8" in run("places", "import", "p.csv", "--as", "mine").err
    assert "there is no such file" in run("places", "import", "q.csv", "--as", "mine").err
    assert run("places", "import", "p.csv", "--as", "../up").code == 2


def test_a_workbook_that_unpacks_to_too_much_or_declares_entities_is_refused_unread(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "e.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>')
    assert "declares a document type" in run("places", "import", "e.xlsx", "--as", "mine").err
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1000)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sheet1.xml", "0" * 100_000)
    assert "unpacks to more than" in run("places", "import", "b.xlsx", "--as", "mine").err


def test_imported_places_outrank_those_that_ship(tmp_path: Path) -> None:
    made = import_places(write(tmp_path, "p.csv", "Aleppo,10,20\n"), "mine", tmp_path, load())
    assert load([made.folder]).places.entries("Aleppo")[0].lat == 10


def test_an_imported_pack_is_checked_like_any_other(run: Runner, tmp_path: Path) -> None:
    write(tmp_path, "p.csv", "Sarno,1,2\n")
    run("places", "import", "p.csv", "--as", "mine", "--knowledge", "shelf")
    assert "1 places; the pack holds" in run("knowledge", "check", "shelf").out
    (tmp_path / "shelf" / "mine" / "places.sqlite").write_bytes(b"no database at all, " * 20)
    ran = run("knowledge", "check", "shelf")
    assert (ran.code, "Import them anew" in ran.err) == (2, True)


def test_a_place_with_its_units_point_is_near_and_reaches_as_far_as_the_unit(tmp_path: Path) -> None:
    from tallybook.claims.place_patterns import PlacePatterns
    from tallybook.claims.places import PlaceFinder

    text = PCODES + "Chad,TD,Orvan,TD99,Keshti,TD9903,,\n"
    made = import_places(write(tmp_path, "p.csv", text), "mine", tmp_path, load())
    knowledge = load([made.folder])
    (unit, inner) = (knowledge.places.get(i) for i in ("TD99", "TD9903"))
    assert unit is not None
    assert inner is not None
    assert (inner.lat, inner.lon, inner.radius_km) == (unit.lat, unit.lon, unit.radius_km)
    finder = PlaceFinder(knowledge, PlacePatterns(knowledge.lexicon))
    assert finder.resolve_name("Keshti").precision == "admin2"
