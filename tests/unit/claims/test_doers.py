"""Words for those who did it, where a report names nobody."""

from __future__ import annotations

import pytest

from tallybook.claims.doers import Doers
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.knowledge import load
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts


@pytest.fixture(scope="module")
def doers() -> Doers:
    return Doers(load().lexicon.words.actors)


def sentence(text: str, start: int = 0) -> SentenceFacts:
    return facts(" ".join(f"{word}/X" for word in text.split()), start=start)


def harmed(f: SentenceFacts, words: str) -> Draft:
    start = f.sentence.start + f.sentence.text.index(words)
    count = exactly_one(words, Span(start, start + len(words)))
    return Draft(f, Group(f.sentence, count, 1, start, start + len(words), 0, 0, 0, "people"), "killed", "r", (0, 0))


@pytest.mark.parametrize(
    ("text", "harmed_people", "expected"),
    [
        ("A baker was shot dead by two masked youths .", "A baker", "masked youths"),
        ("The envoy was kidnapped by a group of people in the market .", "The envoy", "group of people"),
        ("A clerk was riddled with bullets by three young individuals .", "A clerk", "young individuals"),
        ("Two men on a red scooter shot a teacher .", "a teacher", "Two men"),
        ("Unidentified persons this evening wounded a judge .", "a judge", "Unidentified persons"),
        ("Six farmers were killed by Hill Liberation Army ( HLA ) rebels .", "Six farmers", "rebels"),
        ("Six farmers were killed by Hill Army 12th Front members .", "Six farmers", "Hill Army 12th Front members"),
        ("A nurse said that people had fled by boat .", "A nurse", None),
        ("Three gunmen attacked the post and died .", "Three gunmen", None),
    ],
)
def test_the_words_for_those_who_did_it(doers: Doers, text: str, harmed_people: str, expected: str | None) -> None:
    f = sentence(text, start=50)
    found = doers.of(harmed(f, harmed_people))
    assert (f.sentence.text[found.start - 50 : found.end - 50] if found else None) == expected


def test_a_sentence_beside_tells_of_attackers_none_of_whom_it_counts_as_harmed(doers: Doers) -> None:
    assert doers.beside(sentence("The gunmen opened fire from a lorry .")) == Span(0, 10)
    assert doers.beside(sentence("Nobody has claimed the attack .")) is None
