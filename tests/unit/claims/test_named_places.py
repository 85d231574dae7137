"""Which names are told to be places by what stands around them, and where a place is told again without its name."""

from __future__ import annotations

import pytest

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.names import Names
from tallybook.claims.parse import Sentence
from tallybook.claims.place_again import told_again
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_openings import labels_of
from tallybook.claims.place_order import firm
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.places import PlaceFinder
from tallybook.claims.untold_places import nationwide
from tallybook.knowledge import Knowledge, load
from tests.unit.claims.sentences import sentence


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def finder(knowledge: Knowledge) -> PlaceFinder:
    return PlaceFinder(knowledge, PlacePatterns(knowledge.lexicon))


def plain(text: str, start: int = 0, index: int = 0) -> Sentence:
    """Return a sentence of words without tags."""
    return sentence(" ".join(f"{word}/X" for word in text.split(" ")), start=start, index=index)


def told(finder: PlaceFinder, text: str) -> dict[str, str]:
    """Return the places of a sentence with their roles."""
    names = Names(finder.knowledge, [text]).of_sentence(plain(text), text)
    return {m.name: m.role for m in finder.find(plain(text), text, names)}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Three died at the diggings of Tolwamba, in the Keshti sector, police said.", "Tolwamba"),
        ("The men went on to Nanjesk, where they took two drivers.", "Nanjesk"),
        ("The network has visited Velkesh, in the commune of Orvane.", "Velkesh"),
        ("Troops shot two men in the orchards of Kelvesk on Friday.", "Kelvesk"),
        ("Raiders came down on Gosk-Hidra at dawn.", "Gosk-Hidra"),
        ("They stormed Panlisk camp at four.", "Panlisk"),
        ("A trader was hacked to death in Kano's Basagesk on Monday.", "Basagesk"),
        ("A suspect was found dead in Camp 18 on Monday.", "Camp 18"),
    ],
)
def test_what_stands_around_a_name_tells_a_place(finder: PlaceFinder, text: str, place: str) -> None:
    assert told(finder, text)[place] == "at"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A blast hit a gathering of Sufis on Friday.", "Sufis"),
        ("Four of our brethren in Christ perished.", "Christ"),
        ("Two were killed in Operation Gravel-Storm on Friday.", "Operation Gravel-Storm"),
        ("Shells hit School No. 9 on Friday.", "School No"),
        ("KESHTI, May 13 (Meridian) - A mortar round landed in a camp.", "Meridian"),
        ("The list in Camp was long.", "Camp"),
        ("It is led by the cleric Velmar al-Osk, they said.", "Velmar al-Osk"),
        ("They mourned 5-year-old Velmar Osk on Friday.", "Velmar Osk"),
    ],
)
def test_faiths_courts_operations_agencies_and_persons_are_no_places(finder: PlaceFinder, text: str, name: str) -> None:
    names = Names(finder.knowledge, [text]).of_sentence(plain(text), text)
    found = finder.find(plain(text), text, names)
    assert name not in {m.name for m in (*found, *finder.hinted(plain(text), text, names, found))}


def test_the_north_of_a_region_is_in_it_and_what_is_north_of_a_town_is_not(finder: PlaceFinder) -> None:
    assert told(finder, "Two were killed in the north of Dagestan overnight.")["Dagestan"] == "at"
    assert told(finder, "Two were killed 40 km north of Kano overnight.")["Kano"] == "distance"


def test_a_line_without_a_verb_that_opens_a_passage_is_a_label() -> None:
    label = sentence("Tuesday/NNP ,/, Velkesh/NNP quarter/NN ./.")
    follows = sentence("A/DT shell/NN fell/VBD ./.", start=40, index=1)
    alone = sentence("Kessa/NNP Post/NNP", index=0)
    assert labels_of([label, follows]) == {id(label)}
    assert labels_of([alone]) == labels_of([follows, label]) == frozenset()


def test_lands_of_a_people_are_a_place(finder: PlaceFinder) -> None:
    text = "Strikes killed 60 civilians in ethnic Velkar areas this year ."
    names = Names(finder.knowledge, [text]).of_sentence(plain(text), text)
    found = finder.find(plain(text), text, names)
    assert "Velkar" in {m.name for m in (*found, *finder.hinted(plain(text), text, names, found))}


def test_names_of_a_label_are_places(finder: PlaceFinder) -> None:
    text = "Tuesday , Velkesh , Orvan-Tal ."
    line = plain(text)
    finder.named.labels = frozenset({id(line)})
    names = Names(finder.knowledge, [text]).of_sentence(line, text)
    assert [(m.name, m.role) for m in finder.find(line, text, names)] == [("Velkesh", "at"), ("Orvan-Tal", "at")]


def facts_of(finder: PlaceFinder, *texts: str) -> list[SentenceFacts]:
    """Return the facts of a report of these sentences, its places found."""
    whole, found, at = " ".join(texts), [], 0
    for index, text in enumerate(texts):
        line = plain(text, start=at, index=index)
        names = Names(finder.knowledge, [whole]).of_sentence(line, whole)
        found.append(SentenceFacts(line, "body", names, finder.find(line, whole, names)))
        at += len(text) + 1
    finder.settle([m for f in found for m in f.places])
    return found


def again(finder: PlaceFinder, *texts: str) -> list[tuple[int, str]]:
    return [(i, m.name) for i, m in told_again(facts_of(finder, *texts), finder)]


def test_a_unit_alone_tells_the_last_place_that_is_called_so(finder: PlaceFinder) -> None:
    first = "Troops raided Velkesh village in Borno State and fled to Abuja ."
    assert again(finder, first, "In all , 170 people died in the state .") == [(1, "Borno State")]
    assert again(finder, first, "Nine people died in the village .") == [(1, "Velkesh")]
    assert again(finder, first, "The state government said nine had died .") == []


def test_a_place_where_somebody_is_treated_is_not_firm(finder: PlaceFinder) -> None:
    (f,) = facts_of(finder, "Nine men were brought to the Federal Medical Centre in Kano .")
    assert not any(firm(f, m) for m in f.places)
    (f,) = facts_of(finder, "Nine men were shot in Kano .")
    assert [m.name for m in f.places if firm(f, m)] == ["Kano"]


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("nine hurt people were admitted to the hospital in ", "brought"),
        ("doctors at the referral hospital of ", "care"),
        ("the ministry of defence in ", "seated"),
        ("a 22-year-old from the village of ", "origin"),
        ("the witnesses who reached ", None),
        ("gunmen killed nine people in ", None),
    ],
)
def test_why_somebody_is_where_no_harm_was_done(finder: PlaceFinder, before: str, why: str | None) -> None:
    found = {name for name, pattern in finder.patterns.away.items() if pattern.search(before)}
    assert (why in found) if why else not found


def test_the_whole_country_is_told_in_some_words() -> None:
    assert nationwide("Since May 346 people died across the country.")
    assert not nationwide("He fled the country.")


def test_a_place_told_by_the_gazetteer_needs_no_unit(finder: PlaceFinder) -> None:
    mention: list[PlaceMention] = facts_of(finder, "Nine died in Kano .")[0].places
    assert finder.resolve(mention[0]).country == "NGA"
