"""Looking places up: spellings, standing, sounds, and what lies where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.knowledge import load
from tallybook.knowledge.countries import Countries
from tallybook.knowledge.place_entries import OWN, PACKED, PlaceEntry
from tallybook.knowledge.place_names import keys, name_alone, sound
from tallybook.knowledge.places import Gazetteer
from tallybook.model.claim import Place


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return load().places


def entry(id_: str, name: str, standing: int, lat: float) -> PlaceEntry:
    return PlaceEntry(id_, name, "town", (), "XKE", lat, 10.0, standing=standing)


def test_a_users_row_comes_before_a_shipped_one_and_one_id_is_one_place() -> None:
    rows = [
        (entry("a", "Sarno", PACKED, 1.0), ()),
        (entry("b", "Sarno", OWN, 2.0), ()),
        (entry("a", "Sarno", OWN, 3.0), ()),
    ]
    found = Gazetteer(rows, (), Countries([])).entries("Sarno")
    assert [(e.id, e.lat) for e in found] == [("b", 2.0), ("a", 3.0)]


def test_same_name_with_different_coordinates_stays_two_places() -> None:
    rows = [(entry("a", "Sarno", OWN, 1.0), ()), (entry("b", "Sarno", OWN, 2.0), ())]
    assert len(Gazetteer(rows, (), Countries([])).entries("Sarno")) == 2


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Konkyan Township", "konkyan"),
        ("St. Marys", "saint marys"),
        ("Mt. Pleasant", "mount pleasant"),
        ("U.N.", "un"),
        ("Kan.", "kan."),
        ("Malé", "male"),
    ],
)
def test_a_name_is_looked_up_under_each_of_its_spellings(name: str, key: str) -> None:
    assert key in keys(name)


@pytest.mark.parametrize(("a", "b"), [("Dawei", "Dawai"), ("Htigyaing", "Tigyaing"), ("Maungdaw", "Maungdow")])
def test_transliterations_of_one_name_sound_alike(a: str, b: str) -> None:
    assert sound(a) == sound(b)


def test_a_unit_word_at_the_end_is_no_part_of_the_name() -> None:
    assert name_alone("Kan Thit village") == "Kan Thit"
    assert name_alone("Village") == "Village"


def test_countries_have_a_point_and_a_reach(world: Gazetteer) -> None:
    found = world.entries("Myanmar")[0]
    assert found.kind == "country"
    assert found.lat is not None
    assert found.lat == pytest.approx(21, abs=2)
    assert 300 < found.radius_km < 700


def test_press_abbreviations_are_states_and_nothing_else_is_found_under_them(world: Gazetteer) -> None:
    assert [e.name for e in world.entries("Calif.")] == ["California"]
    assert world.entries("calif") == ()


def test_a_place_is_found_by_its_id(world: Gazetteer) -> None:
    place = world.entries("Aleppo")[0]
    assert world.get(place.id) == place
    assert world.get("gn0") is None
    assert world.get("nothing") is None


def test_another_spelling_is_found_in_the_country_only(world: Gazetteer) -> None:
    assert any(e.name.startswith("Dawei") for e in world.alike("Dawai", "MMR"))
    assert {e.country for e in world.alike("Dawai", "FRA")} <= {"FRA"}
    assert world.alike("Xqzw", "MMR") == ()


def test_names_are_looked_up_in_under_a_millisecond(world: Gazetteer) -> None:
    import time

    names = ["Aleppo", "Springfield", "Konkyan", "Nowhere at all"]
    for name in names:
        world.entries(name)
    started = time.perf_counter()
    for _ in range(200):
        for name in names:
            world.entries(name)
    assert (time.perf_counter() - started) / 800 < 0.001


def test_rows_of_a_pack_that_lies_outside_are_the_users(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("{name: k, title: t, licence: l, source: s}", encoding="utf-8")
    (tmp_path / "places.csv").write_text(
        "id,name,kind,country,lat,lon,source\nX1,Aleppo,town,SYR,1,2,own\n", encoding="utf-8"
    )
    found = load([tmp_path]).places.entries("Aleppo")[0]
    assert (found.id, found.standing) == ("X1", OWN)


def test_a_province_without_an_id_lies_in_no_town_as_one_with_an_id_does() -> None:
    """Another team's release brings places without ids; they compare as the gazetteer's own do."""
    province = PlaceEntry("p", "Dovrin", "admin1", (), "XKE", 3.0, 10.0)
    gazetteer = Gazetteer([(entry("a", "Sarno", OWN, 1.0), ()), (province, ())], (), Countries([]))
    told = [Place("Dovrin", (), "XKE", 3.0, 10.0, 50.0, "admin1", id_) for id_ in ("p", None)]
    assert [gazetteer.within(place, "Sarno") for place in told] == [False, False]
