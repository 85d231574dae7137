"""What stands between a number and a place of its sentence."""

from __future__ import annotations

import pytest

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.place_beside import Beside
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.places import PlaceFinder
from tallybook.knowledge import load
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts

TOLD = "They/PRP killed/VBD seven/CD in/IN Sarno/NNP and/CC four/CD in/IN Keshti/NNP ;/: three/CD fled/VBD"


def place(f: SentenceFacts, name: str) -> PlaceMention:
    start = f.sentence.start + f.sentence.text.index(name)
    span = Span(start, start + len(name))
    return PlaceMention(span.start, span.end, ((name, 2, span),), "at", "in")


def group(f: SentenceFacts, word: str) -> Group:
    k = next(i for i, t in enumerate(f.sentence.tokens) if t.text == word)
    token = f.sentence.tokens[k]
    count = exactly_one(word, Span(token.start, token.end))
    return Group(f.sentence, count, 1, token.start, token.end, k, k, k, "bare")


@pytest.fixture
def told() -> SentenceFacts:
    f = facts(TOLD)
    f.groups = [group(f, word) for word in ("seven", "four", "three")]
    f.places = [place(f, name) for name in ("Sarno", "Keshti")]
    return f


@pytest.fixture
def beside(told: SentenceFacts) -> Beside:
    knowledge = load()
    return Beside([told], PlaceFinder(knowledge, PlacePatterns(knowledge.lexicon)))


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        (0, "Sarno", {"follows-number", "after-1", "after-whole", "after-next&at"}),
        (0, "Keshti", {"follows-other-number", "after-numbers-1-places-1-whole"}),
        (1, "Sarno", {"follows-other-number", "before-1", "before-next&at"}),
        (2, "Keshti", {"follows-other-number", "before-broken", "before-numbers-0-places-0-broken"}),
    ],
)
def test_words_between_are_told(
    told: SentenceFacts, beside: Beside, number: int, name: str, expected: set[str]
) -> None:
    draft = Draft(told, told.groups[number], "killed", "harm-before-group", (1, 1))
    found = beside.number(draft, next(m for m in told.places if m.name == name))
    assert expected <= found.keys()


def test_small_places_of_a_report_are_counted(beside: Beside) -> None:
    assert beside.few == "small-2"


def test_name_that_the_gazetteer_lacks_is_told(beside: Beside, told: SentenceFacts) -> None:
    assert beside.known(told.places[1]) == {"unresolved": 1.0, "unresolved&role-at": 1.0}
