"""Every layout as the code that users have reads it: columns, types, code lists, and what is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallybook.model import Place
from tallybook.release.clearing import cleared
from tallybook.release.layout import Laid, laid_out, layouts, mapping_for
from tallybook.release.layouts.acled import divided
from tallybook.release.layouts.ucdp_ged import priogrid
from tallybook.release.profile import load_profile
from tallybook.release.records import Edition
from tests.unit.factories import claim, day
from tests.unit.release import sample

UCDP = re.findall(r"\w+", """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
    dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
    region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
    low gwnoa gwnob
""")  # fmt: skip
ACLED = re.findall(r"\w+", """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
    actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location
    latitude longitude geo_precision source source_scale notes fatalities tags timestamp
""")  # fmt: skip
INTEGERS = re.findall(r"\w+", """
    id year type_of_violence number_of_sources where_prec event_clarity date_prec deaths_a deaths_b deaths_civilians
    deaths_unknown best high low priogrid_gid
""")  # fmt: skip


def edition(told: Any = None, profile: str = "internal") -> Edition:
    chosen = load_profile(profile)
    key = sample.key(profile) if chosen.needs_key else None
    return cleared(sample.material(told), chosen, key).edition


def laid(name: str, told: Any = None, profile: str = "internal") -> Laid:
    layout = next(x for x in layouts() if x.name == name)
    return laid_out(layout, edition(told, profile), sample.knowledge())


def rows(made: Laid) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.text())))


def losses(made: Laid) -> dict[str, int]:
    return {x["rule"]: x["count"] for x in made.losses.as_json("x", made.rows)["rules"]}


def test_ucdp_has_its_49_columns_in_order() -> None:
    assert len(UCDP) == 49
    assert laid("ucdp_ged").text().splitlines()[0].split(",") == UCDP


def test_acled_has_its_31_columns_in_order() -> None:
    assert len(ACLED) == 31
    assert laid("acled").text().splitlines()[0].split(",") == ACLED


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_every_ucdp_row_keeps_the_rules_of_its_columns(profile: str) -> None:
    for row in rows(laid("ucdp_ged", profile=profile)):
        whole = {name: int(row[name]) for name in INTEGERS if row[name]}
        assert whole["low"] <= whole["best"] <= whole["high"]
        sides = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        assert sum(whole[name] for name in sides) == whole["best"]
        assert whole["type_of_violence"] in (1, 2, 3)
        assert whole["where_prec"] in range(1, 8)
        assert whole["date_prec"] in range(1, 6)
        assert whole["event_clarity"] in (1, 2)
        assert date.fromisoformat(row["date_start"]) <= date.fromisoformat(row["date_end"])
        assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
        assert 1 <= whole["priogrid_gid"] <= 259200


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_every_acled_row_keeps_the_code_lists(profile: str) -> None:
    codes = mapping_for("acled").codes
    for row in rows(laid("acled", profile=profile)):
        assert int(row["fatalities"]) >= 0
        assert row["time_precision"] in "123"
        assert row["geo_precision"] in "123"
        assert row["disorder_type"] == codes["disorder"][row["event_type"]]
        assert {row["inter1"], row["inter2"]} - {""} <= set(codes["inter"].values())
        assert row["civilian_targeting"] in ("", "Civilians targeted")
        assert -90 <= float(row["latitude"]) <= 90
        assert int(row["timestamp"]) > 0


def test_columns_that_are_left_empty_are_named_in_the_loss_report() -> None:
    for name in ("ucdp_ged", "acled"):
        made = laid(name)
        told = {x["column"] for x in made.losses.as_json(name, made.rows)["columns_left_empty"]}
        always = {c for c in mapping_for(name).columns if all(not r[c] for r in rows(made))}
        assert told <= always


def test_priogrid_is_that_of_the_data_set() -> None:
    assert priogrid(19.0, 94.25) == 157509
    assert priogrid(20.630564, 92.367972) == 159665


def test_source_original_is_the_claimant() -> None:
    row = next(r for r in rows(laid("ucdp_ged")) if r["type_of_violence"] == "3")
    assert row["source_original"] == "Aron Feld;residents"
    assert (row["side_a"], row["side_b"]) == ("Orvanian Air Force", "Civilians")
    assert (row["low"], row["high"], row["deaths_civilians"]) == ("9", "12", row["best"])


def test_deaths_of_one_side_are_that_sides() -> None:
    row = next(r for r in rows(laid("ucdp_ged")) if r["type_of_violence"] == "1" and r["deaths_a"] != "0")
    assert (row["side_a"], row["side_b"]) == (sample.ARMY, sample.FRONT)
    assert (row["deaths_a"], row["deaths_b"]) == ("20", "0")
    assert losses(laid("ucdp_ged"))["open_high"] == 1


def test_an_event_without_deaths_is_left_out_and_listed() -> None:
    made = laid("ucdp_ged", [claim("c1", "4", measure="injured", date=day("2024-01-01"), place=sample.PASS)])
    assert made.rows == 0
    assert losses(made)["not_fatal"] == 1


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("2024-01-01", "2024-01-01", "1"), ("2024-01-01", "2024-01-04", "2"), ("2024-01-01", "2024-01-07", "3"),
     ("2024-01-01", "2024-01-31", "4"), ("2024-01-01", "2024-12-31", "5")],
)  # fmt: skip
def test_date_precision_follows_the_length(first: str, last: str, code: str) -> None:
    made = laid("ucdp_ged", [claim("c1", "4", date=day(first, last), place=sample.PASS)])
    assert rows(made)[0]["date_prec"] == code


@pytest.mark.parametrize(
    ("precision", "code"), [("exact", "1"), ("near", "2"), ("admin2", "3"), ("admin1", "4"), ("country", "6")]
)
def test_place_precision_follows_the_level(precision: str, code: str) -> None:
    where = Place("X", (), "XOV", -46.0, -18.0, 5.0, precision)
    assert rows(laid("ucdp_ged", [claim("c1", "4", date=day("2024-01-01"), place=where)]))[0]["where_prec"] == code


@pytest.mark.parametrize(
    ("word", "number"), [("dozens", "12"), ("hundreds", "100"), ("several", "3"), ("scores", "40")]
)
def test_acled_has_a_number_for_vague_words(word: str, number: str) -> None:
    made = laid("acled", [claim("c1", word, date=day("2024-01-01"), place=sample.PASS)])
    assert rows(made)[0]["fatalities"] == number
    assert losses(made)["vague_word"] == 1


@pytest.mark.parametrize(("word", "number"), [("dozens", "12"), ("several", "3")])
def test_a_vague_word_has_the_same_number_where_the_words_are_withheld(word: str, number: str) -> None:
    made = laid("acled", [claim("c1", word, date=day("2024-01-01"), place=sample.PASS)], "public")
    assert rows(made)[0]["fatalities"] == number


def test_nothing_stated_is_0_in_acled_and_the_report_says_so() -> None:
    made = laid("acled", [claim("c1", "4", measure="injured", date=day("2024-01-01"), place=sample.PASS)])
    assert rows(made)[0]["fatalities"] == "0"
    assert losses(made)["not_stated_is_zero"] == 1


@pytest.mark.parametrize(("deaths", "shares"), [(12, [4, 4, 4]), (13, [5, 4, 4]), (2, [2, 0, 0])])
def test_totals_are_divided_with_the_rest_on_the_first_day(deaths: int, shares: list[int]) -> None:
    assert divided(deaths, 3) == shares


def test_a_toll_of_three_days_is_three_rows_in_acled() -> None:
    made = laid("acled", [claim("c1", "13", date=day("2024-01-01", "2024-01-03"), place=sample.PASS)])
    assert [(r["event_date"], r["fatalities"]) for r in rows(made)] == [
        ("2024-01-01", "5"), ("2024-01-02", "4"), ("2024-01-03", "4"),
    ]  # fmt: skip
    assert losses(made)["divided"] == 1


def test_a_day_on_which_sources_differ_is_one_row() -> None:
    told = [claim("c1", "3", date=day("2024-01-01"), place=sample.PASS),
            claim("c2", "3", origin="medics", date=day("2024-01-02"), place=sample.PASS)]  # fmt: skip
    assert laid("acled", told).rows == 1


def test_a_toll_over_a_period_is_a_loss_everywhere() -> None:
    whole = [layout for layout in layouts() if layout.name != "capture"]
    for layout in whole:
        assert losses(laid(layout.name))["cumulative_toll"] == 1


def test_hxl_has_a_tag_for_every_column() -> None:
    lines = list(csv.reader(io.StringIO(laid("hxl").text())))
    assert len(lines[0]) == len(lines[1]) == len(mapping_for("hxl").columns)
    assert all(re.fullmatch(r"#[a-z]+\d?(\+[a-z0-9_]+)*", tag) for tag in lines[1])
    assert all(len(line) == len(lines[0]) for line in lines)


def test_geojson_draws_areas_and_never_points() -> None:
    told = json.loads(laid("geojson", profile="public").text())
    assert told["features"]
    for feature in told["features"]:
        assert feature["geometry"]["type"] == "Polygon"
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        assert len(ring) > 4
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


def test_timemap_has_text_only_and_points_to_its_sources() -> None:
    told = json.loads(laid("timemap").text())
    plain = ("id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type")
    for event in told["events"]:
        assert all(isinstance(event[name], str) for name in plain)
        assert event["description"]
        assert bool(event["latitude"]) == bool(event["longitude"])
        assert set(event["sources"]) <= set(told["sources"])


def test_no_layout_knows_another() -> None:
    import tallybook.release.layouts as room

    for path in Path(str(room.__path__[0])).glob("*.py"):
        assert "tallybook.release.layouts" not in path.read_text(encoding="utf-8")


def test_a_loss_that_no_rule_explains_is_an_error() -> None:
    with pytest.raises(KeyError, match="no rule"):
        laid("hxl").losses.note("x", "unheard of")
