"""How days and places of a report stand to its claims."""

from __future__ import annotations

import pytest

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.kinds import Kinds
from tallybook.claims.speech_words import SpeechWords
from tallybook.claims.surroundings import MOST, REACH, Surroundings
from tallybook.knowledge.lexicon import Lexicon
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts

LENGTH = 100
"""Characters from one sentence of these reports to the next."""


def report(sentences: int) -> list[SentenceFacts]:
    return [facts("Twelve/CD died/VBD", index=i, start=i * LENGTH) for i in range(sentences)]


def draft(f: SentenceFacts, event: int = 0) -> Draft:
    start = f.sentence.start
    group = Group(f.sentence, exactly_one("Twelve", Span(start, start + 6)), 12, start, start + 6, 0, 0, 0, "bare")
    return Draft(f, group, "killed", "harm-after-group", (1, 1), event=event)


@pytest.fixture
def around(lexicon: Lexicon) -> Surroundings:
    told = report(40)
    kinds = Kinds(lexicon.events, lexicon.weapons)
    drafts = [draft(told[20]), draft(told[22])]
    return Surroundings(told, drafts, Context(lexicon.context), SpeechWords(lexicon.speech), kinds)


def test_lead_and_what_is_near_are_weighed(around: Surroundings) -> None:
    mentions = [(i, Span(i * LENGTH, i * LENGTH + 3)) for i in range(40)]
    reached = around.reached(draft(around.facts[20]), mentions)
    assert reached == [0, 1, 2, *range(20 - REACH, 20 + REACH + 1)]


def test_of_hundreds_the_nearest_are_weighed_in_their_order(around: Surroundings) -> None:
    start = 20 * LENGTH
    mentions = [(20, Span(start + k, start + k + 1)) for k in range(3 * MOST)]
    assert around.reached(draft(around.facts[20]), mentions) == list(range(MOST))


@pytest.mark.parametrize(
    ("at", "told"), [(19, "earlier-1"), (21, "later-1"), (23, "later-2-3"), (24, "later-4+"), (3, "earlier-4+")]
)
def test_distance_counts_sentences_and_tells_the_side(around: Surroundings, at: int, told: str) -> None:
    assert around.distance(draft(around.facts[20]), at) == told


def test_sentence_that_tells_the_same_event_is_known(around: Surroundings) -> None:
    told = draft(around.facts[20])
    assert "same-event-told-there" in around.away(told, 22)
    assert "same-event-told-there" not in around.away(told, 23)


def test_what_a_mention_hangs_on_is_nothing_at_the_root(around: Surroundings) -> None:
    f = around.facts[0]
    assert around.governed(f, Span(0, 6)) == {"governed-by-nothing": 1.0}
