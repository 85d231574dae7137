"""Whether people bear arms: what is offered, and what speaks for it."""

from __future__ import annotations

import pytest

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.status import STATUSES, Status
from tallybook.claims.weighing import Weighing
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.knowledge.word_lists import PeopleWords
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts


def draft(f: SentenceFacts, affiliation: str, event: int = 0) -> Draft:
    start = f.sentence.start
    group = Group(f.sentence, exactly_one("Twelve", Span(start, start + 6)), 12, start, start + 6, 0, 0, 0, "bare")
    made = Draft(f, group, "killed", "harm-after-group", (1, 1), event=event)
    made.affiliation = affiliation
    return made


@pytest.fixture
def told() -> list[Draft]:
    sentences = [facts("Twelve/CD died/VBD", index=i, start=i * 100) for i in range(3)]
    return [draft(f, status) for f, status in zip(sentences, ("combatant", "combatant", "unknown"), strict=True)]


def test_every_status_is_offered_and_the_one_of_the_rules_marked(told: list[Draft]) -> None:
    offered = Status(told, lambda name: False, [d.facts for d in told], {}, PeopleWords()).options(told[2])
    assert tuple(o.value for o in offered) == STATUSES
    assert [o.value for o in offered if "picked" in o.features] == ["unknown"]


def test_the_people_of_the_same_event_are_looked_at(told: list[Draft]) -> None:
    fighters = next(
        o
        for o in Status(told, lambda name: False, [d.facts for d in told], {}, PeopleWords()).options(told[2])
        if o.value == "combatant"
    )
    assert fighters.features["combatant&event-share-combatant"] == 1.0
    assert fighters.features["combatant&event-share-civilian"] == 0.0
    assert "combatant&before-event-combatant" in fighters.features


def test_the_likeliest_status_is_taken(told: list[Draft]) -> None:
    weights = {"status": {"combatant&event-share-combatant": 3.0, "picked": 1.0}}
    Weighing(weights, None).status(told, Status(told, lambda name: False, [d.facts for d in told], {}, PeopleWords()))
    assert [d.affiliation for d in told] == ["combatant"] * 3


def test_without_weights_the_rules_stand(told: list[Draft]) -> None:
    Weighing({}, None).status(told, Status(told, lambda name: False, [d.facts for d in told], {}, PeopleWords()))
    assert [d.affiliation for d in told] == ["combatant", "combatant", "unknown"]


def test_who_is_named_in_the_sentence_before_is_looked_at(told: list[Draft]) -> None:
    before = facts("Twelve/CD shepherds/NNS came/VBD", index=0)
    persons = {"shepherds": PersonNoun("civilian", plural=True)}
    status = Status(told, lambda name: False, [before, *(d.facts for d in told[1:])], persons, PeopleWords())
    civilian = next(o for o in status.options(told[1]) if o.value == "civilian")
    assert "civilian&beside-back-civilian" in civilian.features
