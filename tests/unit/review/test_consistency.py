"""Which decisions about incidents can hold together."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from tallybook.model import Judgement
from tallybook.review.consistency import clash
from tests.unit.factories import judgement


def numbers(*judgements: Judgement) -> list[int]:
    return [j.number for j in clash(judgements)]


def test_decisions_that_can_hold_do() -> None:
    assert numbers() == []
    assert (
        numbers(judgement(1, "same", "a", "b"), judgement(2, "different", "b", "c"), judgement(3, "same", "c", "d"))
        == []
    )
    assert numbers(judgement(1, "part-of", "a", "b"), judgement(2, "part-of", "b", "c")) == []
    assert numbers(judgement(1, "reject", "a", "b"), judgement(2, "different", "a", "b")) == []


def test_same_of_the_same_is_not_different() -> None:
    log = [judgement(1, "same", "a", "b"), judgement(2, "same", "b", "c"), judgement(3, "different", "a", "c")]
    assert numbers(*log) == [1, 2, 3]
    assert numbers(*log, judgement(4, "same", "x", "y")) == [1, 2, 3]


def test_what_is_the_same_is_no_part() -> None:
    assert numbers(judgement(1, "same", "a", "b", "c"), judgement(2, "part-of", "a", "c")) == [1, 2]


def test_nothing_is_a_part_of_its_part() -> None:
    assert numbers(judgement(1, "part-of", "a", "b"), judgement(2, "part-of", "b", "a")) == [1, 2]
    log = [judgement(1, "part-of", "a", "b"), judgement(2, "same", "b", "c"), judgement(3, "part-of", "c", "a")]
    assert numbers(*log) == [1, 3]


@pytest.mark.parametrize("seed", range(60))
def test_clash_is_found_exactly_where_brute_force_finds_one(seed: int) -> None:
    """Brute force: the decisions hold together where some way to group five claims fulfils them all."""
    chance = random.Random(seed)
    log = [
        judgement(n, chance.choice(["same", "different"]), *chance.sample("abcde", 2))
        for n in range(1, chance.randint(2, 8))
    ]
    assert (clash(log) == ()) == any(_fulfils(groups, log) for groups in _groupings("abcde"))


def _groupings(names: str) -> list[dict[str, int]]:
    found = [dict[str, int]()]
    for name in names:
        found = [{**g, name: n} for g in found for n in range(len(names))]
    return found


def _fulfils(groups: dict[str, int], log: list[Judgement]) -> bool:
    return all((groups[a] == groups[b]) == (j.verb == "same") for j in log for a, b in combinations(j.objects, 2))
