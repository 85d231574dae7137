"""An incident that grew past reason is told, never silently published."""

from __future__ import annotations

from tallybook.incidents.spread import spread
from tallybook.model import Claim, Incident
from tests.unit.factories import claim, day, incidents_of, place

HERE = place("Aldin", lat=20.0, lon=96.0, radius_km=2.0)
NEAR = place("Beltu", lat=20.2, lon=96.0, radius_km=2.0)
FAR = place("Corva", lat=21.0, lon=96.0, radius_km=2.0)


def told(*claims: Claim) -> str | None:
    (incident,) = incidents_of(claims)
    found = spread(incident, claims)
    return found.message if found else None


def test_one_place_and_days_beside_each_other_are_one_incident() -> None:
    assert told(claim("a", place=HERE, date=day("2024-03-01")), claim("b", place=NEAR, date=day("2024-03-03"))) is None


def test_places_far_apart_are_told_with_their_distance() -> None:
    message = told(claim("a", place=HERE), claim("b", place=FAR))
    assert message is not None
    assert "Aldin and Corva are 111 km apart" in message
    assert "why i-e1" in message


def test_a_province_is_not_far_from_its_village() -> None:
    assert (
        told(claim("a", place=HERE), claim("b", place=place("Velmark", precision="admin1", lat=22.0, lon=98.0))) is None
    )


def test_days_far_apart_are_told_and_periods_are_not() -> None:
    message = told(claim("a", date=day("2024-03-01")), claim("b", date=day("2024-03-20")))
    assert message is not None
    assert "from 2024-03-01 to 2024-03-20" in message
    assert told(claim("a", date=day("2024-03-01")), claim("b", date=day("2024-01-01", "2024-03-20"))) is None


def test_very_many_reports_are_told() -> None:
    many = Incident("i-1", ("a",), tuple(f"d{n}" for n in range(61)), "other", None, None)
    found = spread(many, [claim("a")])
    assert found is not None
    assert "61 reports tell it" in found.message
