"""GeoPackage: the tables that the standard demands, areas instead of points, and files that other tools open."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tallybook.release.clearing import cleared
from tallybook.release.folder import Folder
from tallybook.release.geometry import points_of, polygon
from tallybook.release.lint import lint
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.secrets import secrets_of
from tallybook.release.writing import release
from tests.unit.release import sample

PUBLIC = load_profile("public")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("gpkg") / "out"
    release(target, sample.material(), PUBLIC, sample.key(), Attribution())
    return target


@pytest.fixture
def opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "layouts/incidents.gpkg")


def test_it_is_a_geopackage_by_the_letter_of_the_standard(opened: sqlite3.Connection) -> None:
    """Requirements 2, 10, 11, 13, 21 of OGC 12-128r18."""
    assert opened.execute("pragma application_id").fetchone()[0].to_bytes(4, "big") == b"GPKG"
    assert opened.execute("pragma user_version").fetchone()[0] == 10301
    assert opened.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert opened.execute("pragma foreign_key_check").fetchall() == []
    systems = {row[0] for row in opened.execute("select srs_id from gpkg_spatial_ref_sys")}
    assert systems >= {-1, 0, 4326}
    contents = dict(opened.execute("select table_name, data_type from gpkg_contents").fetchall())
    assert contents == {"incidents": "features", "incident_figures": "attributes"}
    columns = opened.execute(
        "select table_name, column_name, geometry_type_name, srs_id, z, m from gpkg_geometry_columns"
    )
    assert columns.fetchall() == [("incidents", "geom", "POLYGON", 4326, 0, 0)]


def test_events_are_areas_that_hold_the_released_middle(folder: Path, opened: sqlite3.Connection) -> None:
    rows = dict(opened.execute("select id, geom from incidents").fetchall())
    features = json.loads((folder / "layouts/incidents.geojson").read_text(encoding="utf-8"))["features"]
    assert set(rows) == {f["id"] for f in features}
    for feature in features:
        ring = [tuple(p) for p in feature["geometry"]["coordinates"][0]]
        assert points_of(rows[feature["id"]])[2:] == ring
        assert ring[0] == ring[-1]
        assert len(set(ring)) > 30


def test_figures_stand_in_their_table_and_not_stated_is_null(opened: sqlite3.Connection) -> None:
    told = opened.execute(
        "select low, high from incident_figures where measure = 'killed' and affiliation = 'combatant'"
    ).fetchall()
    assert told == [(20, None)]


def test_the_linter_sees_a_point_inside_a_polygon(tmp_path: Path) -> None:
    whole = sample.material()
    secrets = secrets_of(whole, cleared(whole, PUBLIC, sample.key()).edition, PUBLIC, sample.key())
    folder = Folder(tmp_path)
    with sqlite3.connect(folder.place_for("a.gpkg")) as connection:
        connection.execute("create table gpkg_geometry_columns (table_name text, column_name text)")
        connection.execute("insert into gpkg_geometry_columns values ('t', 'g')")
        connection.execute("create table t (g blob)")
        ring = [(-18.52, -46.95), (0.0, 0.5), (1.0, 0.25), (-18.52, -46.95)]
        connection.execute("insert into t values (?)", (polygon(ring, 4326),))
    assert {leak.what for leak in lint(folder, secrets)} == {"coordinates"}


def test_gdal_reads_it(folder: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = str(folder / "layouts/incidents.gpkg")
    assert {name for name, _ in pyogrio.list_layers(path)} == {"incidents", "incident_figures"}
    told = pyogrio.read_info(path, layer="incidents")
    assert (told["geometry_type"], told["crs"]) == ("Polygon", "EPSG:4326")
    assert told["features"] == 2
    meta, _, geometries, _ = pyogrio.raw.read(path, layer="incidents")
    assert "event_type" in meta["fields"]
    assert all(g is not None for g in geometries)
