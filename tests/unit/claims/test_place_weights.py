"""Which place a name means: chain, country, size, the report's other places, and descriptions of places."""

from __future__ import annotations

import pytest

from tallybook.claims.place_descriptions import Away, described, moved, told_away
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.places import PlaceFinder
from tallybook.claims.toponyms import given_mentions
from tallybook.knowledge import Knowledge, load
from tallybook.model.claim import Place
from tallybook.model.span import Span


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def placed(knowledge: Knowledge, text: str, names: list[str], country: str | None = None) -> list[Place]:
    finder = PlaceFinder(knowledge, PlacePatterns(knowledge.lexicon))
    finder.country = country
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in names]
    mentions = given_mentions(finder, text, spans)
    finder.settle(list(mentions.values()))
    return [finder.resolve(mentions[s]) for s in spans]


def test_the_larger_place_told_with_a_name_decides(knowledge: Knowledge) -> None:
    paris, texas = placed(knowledge, "A fire in Paris, Texas, hurt two.", ["Paris", "Texas"])
    assert paris.admin[:1] == ("Texas",) or "Texas" in paris.admin
    assert texas.precision == "admin1"


def test_places_named_together_lie_together(knowledge: Knowledge) -> None:
    text = "Buses ran from Dayton and Cincinnati to Columbus and on to Dublin."
    *_, dublin = placed(knowledge, text, ["Dayton", "Cincinnati", "Columbus", "Dublin"], "USA")
    assert "Ohio" in dublin.admin


def test_candidates_are_a_distribution_best_first(knowledge: Knowledge) -> None:
    (place,) = placed(knowledge, "Shots in Springfield.", ["Springfield"], "USA")
    odds = [c.probability for c in place.candidates]
    assert odds == sorted(odds, reverse=True)
    assert len(odds) > 1
    assert sum(odds) <= 1.001


def test_a_small_namesake_abroad_is_not_believed_without_support(knowledge: Knowledge) -> None:
    (place,) = placed(knowledge, "Shots in Greer.", ["Greer"], "MMR")
    assert place.precision == "unresolved"
    assert place.country == "MMR"


def test_a_people_stands_for_its_country(knowledge: Knowledge) -> None:
    (place,) = placed(knowledge, "A Syrian town.", ["Syrian"])
    assert (place.country, place.precision) == ("SYR", "country")


def test_another_spelling_is_resolved_in_the_reports_country(knowledge: Knowledge) -> None:
    (place,) = placed(knowledge, "Shots in Dawai.", ["Dawai"], "MMR")
    assert place.lat == pytest.approx(14.1, abs=0.5)


def test_a_road_lies_between_its_ends_and_reaches_both(knowledge: Knowledge) -> None:
    finder = PlaceFinder(knowledge, PlacePatterns(knowledge.lexicon))
    finder.country = "MMR"
    road, falam, hakha = (finder.resolve_name(n) for n in ("Falam - Hakha highway", "Falam", "Hakha"))
    assert None not in (road.lat, falam.lat, hakha.lat)
    assert min(falam.lat, hakha.lat) < road.lat < max(falam.lat, hakha.lat)  # type: ignore[type-var]
    assert (road.precision, road.id) == ("near", None)


@pytest.mark.parametrize(
    ("words", "names", "larger"),
    [
        ("Falam - Hakha highway", ("Falam", "Hakha"), ()),
        ("between Sarno and Tolwa", ("Sarno", "Tolwa"), ()),
        ("near Sarno", ("Sarno",), ()),
        ("Sarno - Tolwa road (Keshti township)", ("Sarno", "Tolwa"), ("Keshti township",)),
        ("Kaw Moo Ra area", ("Kaw Moo Ra",), ()),
    ],
)
def test_descriptions_name_the_places_they_hang_on(words: str, names: tuple[str, ...], larger: tuple[str, ...]) -> None:
    found = described(words)
    assert found is not None
    assert (found.names, found.larger) == (names, larger)


def test_a_plain_name_describes_nothing() -> None:
    assert described("Sarno") is None
    assert described("Port-au-Prince") is None


@pytest.mark.parametrize(
    ("before", "away"),
    [
        ("a village 60 km north of ", Away(60.0, 0)),
        ("about 10 miles (16 km) southwest of the capital ", Away(16.09, 225)),
        ("some 5 kilometres from ", Away(5.0, None)),
    ],
)
def test_a_distance_before_a_name_is_read(before: str, away: Away) -> None:
    found = told_away(before)
    assert found is not None
    assert (round(found.km, 2), found.bearing) == (away.km, away.bearing)


def test_no_distance_no_reading() -> None:
    assert told_away("killed 12 people in ") is None


def test_moving_north_changes_the_latitude_only() -> None:
    lat, lon = moved(20.0, 96.0, 111.2, 0)
    assert (round(lat, 3), round(lon, 3)) == (21.0, 96.0)


def test_a_report_without_places_says_nothing_about_any(knowledge: Knowledge) -> None:
    finder = PlaceFinder(knowledge, PlacePatterns(knowledge.lexicon))
    finder.settle([])
    assert finder.resolve_name("Aleppo").country == "SYR"


def test_a_namesake_abroad_is_not_meant_by_what_lies_in_a_place_at_home(knowledge: Knowledge) -> None:
    keller, _ = placed(knowledge, "Two men died in Keller, Pulwama.", ["Keller", "Pulwama"], "IND")
    assert (keller.name, keller.country, keller.id) == ("Keller", "IND", None)
