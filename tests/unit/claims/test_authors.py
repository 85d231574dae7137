"""Who did the harm: the sides that are offered, and what speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pytest

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actor_patterns import ActorPatterns
from tallybook.claims.actors import Actors
from tallybook.claims.author_marks import Camps, people_marks, words_marks
from tallybook.claims.authors import Authors
from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.weighing import Weighing
from tallybook.knowledge.actors import Actor, ActorRegister
from tallybook.knowledge.lexicon import Lexicon
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts

RAIDERS, GUARDS = "Tesk Front", "Sarno Guards"


@dataclass
class Register:
    """What a report's sides are looked up in."""

    actors: ActorRegister


@dataclass
class Found:
    """The war of a report: three sides of it are in the register, two of them in one camp."""

    knowledge: Register
    country: str = "VEL"
    on: str | None = None


REGISTER = ActorRegister(
    [
        Actor("tesk", RAIDERS, "rebel", "VEL", side="rebels"),
        Actor("hill", "Hill Band", "militia", "VEL", side="rebels"),
        Actor("army", "Velian Armed Forces", "state_forces", "VEL", side="state"),
    ]
)


@dataclass
class Sides:
    """The actors of a report: the raiders attack in its first sentence, the guards are told in the second."""

    told: Sequence[SentenceFacts]
    patterns: ActorPatterns
    found: Found
    state: str | None = None
    unclaimed: bool = False

    def mentions(self, f: SentenceFacts) -> list[ActorMention]:
        """Return the side told in a sentence."""
        name = {id(self.told[0]): RAIDERS, id(self.told[1]): GUARDS}.get(id(f))
        start = f.sentence.start
        return [ActorMention(start, start + 6, name, None, "name")] if name else []

    def attacker(self, f: SentenceFacts) -> str | None:
        """Return who attacks."""
        return RAIDERS if f is self.told[0] else None

    def claiming(self, f: SentenceFacts) -> list[str]:
        """Return who claims an attack."""
        return [RAIDERS] if f is self.told[0] else []

    def one_side(self, one: str | None, other: str | None) -> bool:
        """Say that they are enemies."""
        return False

    def fights(self, name: str | None) -> bool:
        """Say that both bear arms."""
        return name is not None


def sides(told: Sequence[SentenceFacts], lexicon: Lexicon) -> Actors:
    return cast(Actors, Sides(told, ActorPatterns(lexicon.words.actors), Found(Register(REGISTER))))


@pytest.fixture
def told() -> list[SentenceFacts]:
    return [facts("Twelve/CD died/VBD", index=i, start=i * 100) for i in range(3)]


@pytest.fixture
def draft(told: list[SentenceFacts]) -> Draft:
    f = told[2]
    start = f.sentence.start
    group = Group(f.sentence, exactly_one("Twelve", Span(start, start + 6)), 12, start, start + 6, 0, 0, 0, "bare")
    return Draft(f, group, "killed", "harm-after-group", (1, 1), affiliation="combatant", group_name=GUARDS)


@pytest.fixture
def authors(told: list[SentenceFacts], draft: Draft, lexicon: Lexicon) -> Authors:
    return Authors(told, [draft], sides(told, lexicon), Context(lexicon.context))


def test_nobody_and_every_side_but_that_of_the_harmed_are_offered(authors: Authors, draft: Draft) -> None:
    assert [o.name for o in authors.options(draft)] == [None, RAIDERS]
    draft.group_name = None
    assert [o.name for o in authors.options(draft)] == [None, GUARDS, RAIDERS]
    assert authors.options(draft)[0].told == "nobody"


def test_whose_people_were_harmed_and_who_attacks_is_told(authors: Authors, draft: Draft) -> None:
    nobody, raiders = authors.options(draft)
    assert "nobody&picked" in nobody.features
    assert raiders.features.keys() >= {"other-side", "only-attacker", "attacks-last", "armed-others-1", "claims-it"}


def test_the_likeliest_side_is_taken(authors: Authors, draft: Draft) -> None:
    Weighing({"author": {"attacks-last": 2.0, "picked": 1.0}}, None).author([draft], authors)
    assert draft.perpetrator == (RAIDERS,)


def test_without_weights_nobody_stays_nobody(authors: Authors, draft: Draft) -> None:
    Weighing({}, None).author([draft], authors)
    assert draft.perpetrator == ()


def test_the_register_tells_friends_and_enemies(told: list[SentenceFacts], lexicon: Lexicon) -> None:
    camps = Camps(sides(told, lexicon))
    assert camps.of("Velian Armed Forces", RAIDERS, "Hill Band") == {
        "foreign-state": 1.0,
        "enemy-of-harmed": 1.0,
        "enemy-of-speaker": 1.0,
    }
    assert camps.of(RAIDERS, "Hill Band", None) == {"friend-of-harmed": 1.0}
    assert camps.of(RAIDERS, GUARDS, RAIDERS) == {}


def test_nouns_tell_whose_people_were_harmed_and_who_did_it(draft: Draft, lexicon: Lexicon) -> None:
    patterns = ActorPatterns(lexicon.words.actors)
    assert people_marks(draft, patterns) == []
    draft.group.noun = "soldiers"
    assert people_marks(draft, patterns) == ["noun-state"]
    near = facts("Masked/JJ gunmen/NNS fired/VBD", index=1, start=100)
    draft.spans["perpetrator"] = Span(100, 113)
    assert words_marks(draft, [near, draft.facts], patterns) == ["words-unofficial", "words-near"]
