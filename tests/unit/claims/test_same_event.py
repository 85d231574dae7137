"""How a claim stands to the events that its report told before it."""

from __future__ import annotations

import pytest

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.same_event import SameEvent
from tallybook.claims.source import Source
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


def counted(f: SentenceFacts, word: int, value: int, *, measure: str = "killed", said: str | None = None) -> Draft:
    """Return a draft of the number at token `word`; its group joins those of the sentence."""
    token = f.sentence.tokens[word]
    span = Span(token.start, token.end)
    group = Group(f.sentence, exactly_one(token.text, span), value, token.start, token.end, word, word, word, "bare")
    f.groups.append(group)
    sources = [Source(None, said, said, named=True, span=Span(0, 1))] if said else []
    return Draft(f, group, measure, "harm-after-group", (1, 1), sources=sources)


def of_one_sentence(tagged: str, second: int, lexicon: Lexicon) -> tuple[dict[str, float], dict[str, float]]:
    """Return what speaks for one event, and for a new one, of the second number; the first opens the sentence."""
    f = facts(tagged)
    one, other = counted(f, 0, 12), counted(f, second, 5)
    event, new = SameEvent([f], Context(lexicon.context)).options(other, [[one]])
    return event.features, new.features


def test_numbers_told_in_one_breath_are_marked(lexicon: Lexicon) -> None:
    event, _ = of_one_sentence("Twelve/CD died/VBD and/CC five/CD fled/VBD", 3, lexicon)
    assert {"close", "between:and"} <= event.keys()


def test_numbers_far_apart_are_not_told_in_one_breath(lexicon: Lexicon) -> None:
    event, _ = of_one_sentence(
        "Twelve/CD died/VBD at/IN the/DT market/NN of/IN Velmark/NNP while/IN five/CD fled/VBD", 8, lexicon
    )
    assert "close" not in event
    assert {"between:at", "between:while"} <= event.keys()


@pytest.mark.parametrize(
    ("tagged", "second", "marked"),
    [
        ("Twelve/CD died/VBD ;/: elsewhere/RB five/CD fell/VBD", 4, True),
        ("Twelve/CD died/VBD ;/: five/CD fell/VBD", 3, False),
    ],
)
def test_words_that_begin_something_else_are_marked(tagged: str, second: int, lexicon: Lexicon, marked: bool) -> None:
    event, new = of_one_sentence(tagged, second, lexicon)
    assert ("another" in event, "new-another" in new) == (marked, marked)


def test_opening_words_are_told_by_their_part_of_speech(same: SameEvent, told: list[SentenceFacts]) -> None:
    *_, new = same.options(draft(told[1]), [[draft(told[0])]])
    assert {"opens:CD", "opens:VBD"} <= new.features.keys()


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (12, {"number-same"}),
        (13, {"number-other"}),
        (60, {"number-other", "number-far"}),
    ],
)
def test_numbers_of_one_harm_are_compared(
    same: SameEvent, told: list[SentenceFacts], value: int, names: set[str]
) -> None:
    event, _ = same.options(counted(told[1], 0, value), [[draft(told[0])]])
    assert {name for name in event.features if name.startswith("number-")} == names


def test_harm_not_told_before_is_marked(same: SameEvent, told: list[SentenceFacts]) -> None:
    event, _ = same.options(counted(told[1], 0, 12, measure="injured"), [[draft(told[0])]])
    assert {"number-none", "measures:killed|injured"} <= event.features.keys()


@pytest.mark.parametrize(("one", "other", "marked"), [("A", "B", True), ("A", "A", False), ("A", None, False)])
def test_other_numbers_of_other_speakers_are_a_dispute(
    same: SameEvent, told: list[SentenceFacts], one: str, other: str | None, marked: bool
) -> None:
    event, _ = same.options(counted(told[1], 0, 20, said=other), [[counted(told[0], 0, 12, said=one)]])
    assert ("dispute" in event.features) == marked


def test_weights_part_claims_that_the_rules_put_together(same: SameEvent, told: list[SentenceFacts]) -> None:
    drafts = [draft(told[0], VELMARK), draft(told[1], DASME), draft(told[2], VELMARK)]
    Weighing({"event": {"told": 1.0, "place-other": -5.0}}, None).events(drafts, same)
    assert [d.event for d in drafts] == [0, 1, 0]


def test_without_weights_the_rules_hold(same: SameEvent, told: list[SentenceFacts]) -> None:
    drafts = [draft(told[0], VELMARK, event=3), draft(told[1], DASME, event=3)]
    Weighing({}, None).events(drafts, same)
    assert [d.event for d in drafts] == [3, 3]
