"""How a claim stands to the events that its report told before it."""

from __future__ import annotations

import pytest

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.same_event import SameEvent
from tallybook.claims.weighing import Weighing
from tallybook.knowledge.lexicon import Lexicon
from tallybook.model import DateRange, Place
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts

LENGTH = 100
VELMARK, DASME = Place("Velmark", ("North",), "QQQ", precision="exact"), Place("Dasme", (), "QQQ", precision="exact")
NORTH = Place("North", (), "QQQ", precision="admin1")


def report(sentences: int) -> list[SentenceFacts]:
    return [facts("Twelve/CD died/VBD", index=i, start=i * LENGTH) for i in range(sentences)]


def draft(f: SentenceFacts, place: Place | None = None, day: str | None = None, event: int = 0) -> Draft:
    start = f.sentence.start
    group = Group(f.sentence, exactly_one("Twelve", Span(start, start + 6)), 12, start, start + 6, 0, 0, 0, "bare")
    date = DateRange(day, day, "day") if day else None
    return Draft(f, group, "killed", "harm-after-group", (1, 1), event=event, place=place, date=date)


@pytest.fixture
def told() -> list[SentenceFacts]:
    return report(6)


@pytest.fixture
def same(told: list[SentenceFacts], lexicon: Lexicon) -> SameEvent:
    return SameEvent(told, Context(lexicon.context))


def test_first_claim_can_only_open_an_event(same: SameEvent, told: list[SentenceFacts]) -> None:
    (only,) = same.options(draft(told[0]), [])
    assert only.number is None
    assert only.told == "an event not told before"


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (VELMARK, VELMARK, "place-same"), (VELMARK, DASME, "place-other"), (VELMARK, NORTH, "place-holds"),
        (VELMARK, None, "place-unknown"),
    ],
)  # fmt: skip
def test_places_are_compared(
    same: SameEvent, told: list[SentenceFacts], one: Place, other: Place | None, name: str
) -> None:
    event, new = same.options(draft(told[1], other), [[draft(told[0], one)]])
    assert name in event.features
    assert (event.number, new.number) == (0, None)


@pytest.mark.parametrize(
    ("other", "name"), [("2024-03-01", "day-same"), ("2024-03-02", "day-other"), (None, "day-unknown")]
)
def test_days_are_compared(same: SameEvent, told: list[SentenceFacts], other: str | None, name: str) -> None:
    event, _ = same.options(draft(told[1], day=other), [[draft(told[0], day="2024-03-01")]])
    assert name in event.features


def test_the_event_told_last_is_marked(same: SameEvent, told: list[SentenceFacts]) -> None:
    groups = [[draft(told[0]), draft(told[3])], [draft(told[1])]]
    first, second, _ = same.options(draft(told[4]), groups)
    assert "last" in first.features
    assert "last" not in second.features
    assert "gap-1" in first.features
    assert "gap-2-3" in second.features


def test_weights_part_claims_that_the_rules_put_together(same: SameEvent, told: list[SentenceFacts]) -> None:
    drafts = [draft(told[0], VELMARK), draft(told[1], DASME), draft(told[2], VELMARK)]
    Weighing({"event": {"told": 1.0, "place-other": -5.0}}, None).events(drafts, same)
    assert [d.event for d in drafts] == [0, 1, 0]


def test_without_weights_the_rules_hold(same: SameEvent, told: list[SentenceFacts]) -> None:
    drafts = [draft(told[0], VELMARK, event=3), draft(told[1], DASME, event=3)]
    Weighing({}, None).events(drafts, same)
    assert [d.event for d in drafts] == [3, 3]
