"""Scores of toponyms on cases worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from evals.geo import FARTHEST_KM, geovirus, lgl, log_error_area, within
from evals.geo_ucdp import Event, in_district, is_right
from evals.request import NoData

from tallybook.model.claim import Place
from tallybook.model.earth import apart

LGL = """<articles><article docid="7"><domain>x.com</domain><dltime>2009-03-20 12:24</dltime>
<text>Fire in Sarno and Tolwa.</text>
<toponyms><toponym><start>8</start><end>13</end><phrase>Sarno</phrase><gaztag><lat>10.5</lat><lon>20</lon></gaztag></toponym>
<toponym><start>18</start><end>23</end><phrase>Tolwa</phrase></toponym></toponyms></article></articles>"""
GEOVIRUS = """<articles><article><source>u</source><text>Flu in Sarno.</text><locations><location><name>Sarno</name>
<start>8</start><end>13</end><lat>1</lat><lon>2</lon></location></locations></article></articles>"""


def test_a_quarter_of_the_equator_is_ten_thousand_km() -> None:
    assert apart((0, 0), (0, 90)) == pytest.approx(10_007.5, abs=1)
    assert apart((12, 34), (12, 34)) == 0


def test_an_unresolved_name_is_wrong_and_161_km_is_near() -> None:
    assert within([0.0, 161.0, 161.1, None]) == 0.5
    assert within([]) is None


def test_the_area_is_0_for_no_error_and_1_for_the_antipodes_or_nothing() -> None:
    assert log_error_area([0.0, 0.0]) == 0
    assert log_error_area([None]) == 1
    half = math.expm1(math.log1p(FARTHEST_KM) / 2)
    assert log_error_area([half, half]) == pytest.approx(0.5, abs=1e-4)


def test_lgl_keeps_names_without_coordinates_apart(tmp_path: Path) -> None:
    (tmp_path / "lgl.xml").write_text(LGL, encoding="utf-8")
    (article,) = lgl(tmp_path)
    assert [(t.words, t.lat, t.lon, t.span.start) for t in article.toponyms] == [("Sarno", 10.5, 20.0, 8)]
    assert [s.start for s in article.unplaced] == [18]
    assert article.document.published == "2009-03-20"


def test_geovirus_spans_are_found_where_the_name_stands(tmp_path: Path) -> None:
    (tmp_path / "GeoVirus.xml").write_text(GEOVIRUS, encoding="utf-8")
    (article,) = geovirus(tmp_path)
    assert article.toponyms[0].span.of(article.document.text) == "Sarno"


def test_missing_and_broken_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="is not there"):
        lgl(tmp_path)
    (tmp_path / "lgl.xml").write_text("<articles>", encoding="utf-8")
    with pytest.raises(NoData, match="is no XML"):
        lgl(tmp_path)


def test_a_district_is_the_same_in_another_spelling_and_with_its_unit() -> None:
    assert in_district("Dawai district", ("Dawei District", "Tanintharyi Region"))
    assert not in_district("Myeik district", ("Dawei District", "Tanintharyi Region"))


def test_a_precise_event_needs_a_point_within_25_km() -> None:
    event = Event("1", "Sarno", "1", "", 10.0, 20.0)
    assert is_right(event, Place("Sarno", lat=10.2, lon=20.0))
    assert not is_right(event, Place("Sarno", lat=10.3, lon=20.0))
    assert not is_right(event, Place("Sarno"))
