"""Records of another book to claims: the word of whoever said it, with the words it was read from."""

from __future__ import annotations

from typing import Any

from tallybook.claims.record_rows import UNNAMED, records_reading, told_ids
from tallybook.documents.record_rows import written
from tallybook.incidents import link
from tallybook.model import Document, Reading
from tests.unit.factories import document

QUOTE = "Twelve villagers of Ulsten were killed, said residents"
CLAIM = {
    "id": "c1", "incident": "i-1", "measure": "killed", "low": 12, "high": 12, "modifier": "exact", "words": "Twelve",
    "affiliation": "civilian", "claimants": ["residents"], "origin": "residents", "event_type": "airstrike",
    "place": {"name": "Ulsten", "admin": ["Dovrin"], "country": "XOV", "lat": -46.95, "lon": -18.52,
              "precision": "exact"},
    "start": "2024-03-12", "end": "2024-03-12", "date_precision": "day", "scope": "incident",
}  # fmt: skip


def report(*rows: tuple[str, str, dict[str, Any]], key: str = "d1", team: str = "Team B") -> Document:
    source = ("source", "Ulsten", {"id": key, "from": team})
    return document(key, text=written([source, *rows]), publisher="Dovrin Herald")


def read(*rows: tuple[str, str, dict[str, Any]]) -> Reading:
    return records_reading(report(*rows), "test/1")


def test_a_claim_keeps_speaker_bounds_place_and_day_and_its_words_are_found() -> None:
    reading = read(("claim", QUOTE, CLAIM))
    (claim,) = reading.claims
    assert claim.span.of(reading.document.text) == claim.quote == QUOTE
    assert claim.count is not None
    assert claim.count.span is not None
    assert claim.count.span.of(reading.document.text) == claim.count.text == "Twelve"
    assert (claim.count.low, claim.count.high, claim.claimants) == (12, 12, ("residents",))
    assert claim.place is not None
    assert (claim.place.name, claim.place.admin, claim.place.precision) == ("Ulsten", ("Dovrin",), "exact")
    assert claim.date is not None
    assert (claim.date.start, claim.date.precision) == ("2024-03-12", "day")


def test_a_part_names_its_whole_and_a_person_the_claim_that_counts_them() -> None:
    part = CLAIM | {"id": "c2", "part_of": "c1", "low": 2, "high": 2, "age": "child"}
    person = {"id": "v1", "name": "Orin Talle", "claim": "c1", "harm": "killed", "age_low": 9}
    reading = read(("claim", QUOTE, CLAIM), ("claim", "two children", part), ("victim", "Orin Talle, 9", person))
    whole, inner = reading.claims
    assert inner.part_of == whole.id
    assert reading.victims[0].claim == whole.id
    assert reading.victims[0].claimants == ("residents",)
    assert set(told_ids(reading.document)) == {"c1", "c2", "v1"}


def test_not_stated_stays_not_stated() -> None:
    (claim,) = read(("claim", QUOTE, {"id": "c1", "measure": "killed", "low": 5, "modifier": "at_least"})).claims
    assert claim.count is not None
    assert claim.count.high is None
    assert (claim.place, claim.date, claim.perpetrator) == (None, None, ())


def test_sources_that_a_release_does_not_name_are_not_taken_for_one() -> None:
    origins = {
        c.origin
        for key in ("d1", "d2")
        for c in records_reading(report(("claim", QUOTE, CLAIM | {"origin": UNNAMED}), key=key), "test/1").claims
    }
    assert len(origins) == 2


def test_a_row_that_does_not_hold_is_passed_over() -> None:
    assert read(("claim", QUOTE, CLAIM | {"low": -4})).claims == ()


def test_incidents_are_those_that_the_other_team_made_of_its_reports() -> None:
    """Two events of one place and day, told apart by that team; one event of theirs far apart in days."""
    one = report(("claim", QUOTE, CLAIM), key="d1")
    two = report(("claim", QUOTE, CLAIM | {"incident": "i-2"}), key="d2")
    far = report(("claim", "dead", CLAIM | {"start": "2024-05-01", "end": "2024-05-01"}), key="d3")
    claims = [c for d in (one, two, far) for c in records_reading(d, "test/1").claims]
    found = link(claims, {d.key: d for d in (one, two, far)}, copies=())
    assert sorted(i.documents for i in found) == [("d1", "d3"), ("d2",)]


def test_what_two_teams_tell_of_one_event_joins() -> None:
    one, other = report(("claim", QUOTE, CLAIM), key="d1"), report(("claim", QUOTE, CLAIM), key="d2", team="Team C")
    claims = [c for d in (one, other) for c in records_reading(d, "test/1").claims]
    assert len(link(claims, {d.key: d for d in (one, other)}, copies=())) == 1
