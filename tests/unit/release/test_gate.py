"""Profiles, keys, places and delays, one by one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.errors import KnowledgeError, UsageError
from tallybook.model import Place
from tallybook.model.earth import apart
from tallybook.release.clearing import cleared
from tallybook.release.keys import Key, key_at, read_key
from tallybook.release.places import Places, cell
from tallybook.release.profile import NAMES, load_profile, profile_of
from tests.unit.factories import claim, day
from tests.unit.release import sample

PUBLIC = load_profile("public")


def row() -> dict[str, object]:
    return dataclasses.asdict(PUBLIC)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_profiles_hold(name: str) -> None:
    assert load_profile(name).name == name


def test_public_withholds_by_default() -> None:
    assert (PUBLIC.names, PUBLIC.text, PUBLIC.authors, PUBLIC.claimants, PUBLIC.ids) == (
        "consent", "withhold", "withhold", "organisations", "keyed",
    )  # fmt: skip
    assert PUBLIC.delay_days > 0
    assert PUBLIC.sensitive_days > PUBLIC.delay_days
    assert PUBLIC.smallest_cell >= 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"names": "maybe"}, "names is 'maybe'"), ({"delay_days": -1}, "delay_days"), ({"colour": 1}, "colour"),
        ({"grid_km": 0}, "need grid_km"), ({"smallest_cell": True}, "smallest_cell"),
    ],
)  # fmt: skip
def test_a_profile_that_does_not_hold_is_refused(change: dict[str, object], told: str) -> None:
    with pytest.raises(KnowledgeError, match=told):
        profile_of(row() | change, Path("p.yaml"))


def test_a_profile_states_everything() -> None:
    short = row()
    del short["text"]
    with pytest.raises(KnowledgeError, match="'text' is missing"):
        profile_of(short, Path("p.yaml"))


def test_an_unknown_profile_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="public, partner, internal"):
        load_profile("press")


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "k"
    first, again = key_at(path, "public"), key_at(path, "public")
    assert first.secret == again.secret
    assert path.stat().st_mode & 0o077 == 0
    assert first.secret.hex() not in repr(first)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "k").write_text("abc", encoding="ascii")
    with pytest.raises(UsageError, match="key"):
        read_key(tmp_path / "k", "public")


@given(st.floats(-85, 85), st.floats(-180, 180), st.integers(5, 200), st.binary(min_size=32, max_size=32))
def test_a_point_lies_within_the_radius_of_its_cell(lat: float, lon: float, side: int, secret: bytes) -> None:
    middle_lat, middle_lon, reach = cell((lat, lon), side, Key(secret, "public"))
    assert apart((lat, lon), (middle_lat, middle_lon)) <= reach + 1.0
    assert -90 <= middle_lat <= 90
    assert -180 <= middle_lon <= 180


@pytest.mark.parametrize(
    ("place", "name", "precision"),
    [
        (sample.ULSTEN, "Karsk district", "admin2"), (sample.PASS, "Hask", "admin1"),
        (Place("Dovrin", (), "XOV", -47.1, -18.2, 90.0, "admin1"), "Dovrin", "admin1"),
        (Place("a well", (), "XOV"), "Orvania", "country"), (Place("a well"), None, "unresolved"),
    ],
)  # fmt: skip
def test_places_are_taken_to_their_unit(place: Place, name: str | None, precision: str) -> None:
    shown = Places(PUBLIC, sample.key(), sample.knowledge()).shown(place)
    assert shown is not None
    assert (shown.name, shown.precision) == (name, precision)
    assert shown.lat is None or shown.lat != place.lat


def test_the_radius_of_a_released_area_holds_the_event() -> None:
    shown = Places(PUBLIC, sample.key(), sample.knowledge()).shown(sample.ULSTEN)
    assert shown is not None
    assert apart((sample.ULSTEN.lat or 0, sample.ULSTEN.lon or 0), (shown.lat or 0, shown.lon or 0)) <= shown.radius_km


def test_a_hospital_is_held_back_longer() -> None:
    told = [
        claim("c00000000000001", "4", date=day("2024-04-20"), place=sample.PASS, quote="a shell hit the hospital"),
        claim("c00000000000002", "5", date=day("2024-04-20"), place=sample.PASS, event="e2", quote="a market"),
    ]
    soon = cleared(sample.material(told, victims=()), PUBLIC, sample.key())
    late = cleared(sample.material(told, victims=(), as_of="2024-09-01"), PUBLIC, sample.key())
    assert [c.low for c in soon.edition.claims] == [5]
    assert sorted(c.low or 0 for c in late.edition.claims) == [4, 5]
    assert soon.withheld.counts["incidents", "sensitive"] == 1


def test_an_event_without_a_day_is_as_late_as_its_report() -> None:
    told = [claim("c00000000000001", "4", doc="d4"), claim("c00000000000002", "4", doc="d1", event="e2")]
    assert len(cleared(sample.material(told, victims=()), PUBLIC, sample.key()).edition.claims) == 1


def test_a_toll_that_reaches_into_the_held_back_days_is_held_back() -> None:
    edition = cleared(sample.material(as_of="2024-05-05"), PUBLIC, sample.key()).edition
    assert not [c for c in edition.claims if c.scope == "cumulative"]


def test_a_publisher_that_is_a_person_is_not_told() -> None:
    edition = cleared(sample.material(), PUBLIC, sample.key()).edition
    assert {s.publisher for s in edition.sources} == {"Dovrin Herald", "Hask Radio", None}
