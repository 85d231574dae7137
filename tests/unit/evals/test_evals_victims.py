"""The worlds of people who do not exist, and how linking is scored on them."""

from __future__ import annotations

from evals.people import world
from evals.train_victims import PRIOR, SEEDS, compared
from evals.victims import SEED, scored

from tallybook.incidents.people import weights


def test_one_seed_gives_one_world() -> None:
    assert world(5, 300) == world(5, 300)
    assert world(5, 300) != world(6, 300)


def test_world_has_as_many_records_as_asked_for() -> None:
    made = world(7, 400)
    assert len(made.seen) >= 400
    assert made.person.keys() == {s.victim.id for s in made.seen}


def test_the_scored_world_is_none_that_was_trained_on() -> None:
    assert SEED not in SEEDS


def test_every_feature_of_a_world_has_a_weight() -> None:
    told = {name for features, _ in compared(world(8, 1500)) for name in features}
    assert told <= PRIOR.keys()
    assert weights().keys() == PRIOR.keys()


def test_small_world_is_linked_well() -> None:
    metrics = scored(world(9, 800)).metrics
    assert (metrics["precision"] or 0) >= 0.95
    assert (metrics["recall"] or 0) >= 0.85
