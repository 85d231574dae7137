"""Bounds of random small books, judged by trying everything."""

from __future__ import annotations

from dataclasses import replace

from evals.ledger_worlds import (
    PERIOD_SETS,
    STATE_SETS,
    STATES,
    STATUS_SETS,
    STATUSES,
    Answer,
    Thing,
    World,
    judge,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallybook.ledger import total


@st.composite
def numbers(draw: st.DrawFn) -> tuple[int | None, int | None]:
    low = draw(st.integers(0, 3))
    kind = draw(st.sampled_from(("exact", "exact", "at_least", "range", "up_to")))
    if kind == "up_to":
        return None, low + 1
    return low, {"exact": low, "at_least": None, "range": low + 1}[kind]


@st.composite
def things(draw: st.DrawFn) -> Thing:
    low, high = draw(numbers())
    where = [draw(st.sampled_from(sets)) for sets in (PERIOD_SETS, STATE_SETS, STATUS_SETS)]
    return Thing(where[0], where[1], where[2], low, high)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    return World(
        tuple(draw(st.lists(things(), max_size=2))),
        tuple(draw(st.lists(things(), max_size=3))),
        draw(st.sampled_from((None, 0, 1))),
        draw(st.sampled_from((None, None, *STATES))),
        draw(st.sampled_from((None, None, *STATUSES))),
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(worlds())
def test_bounds_are_those_of_brute_force(world: World) -> None:
    told = total(world.book(), world.query())
    assert Answer(told.low, told.high) == judge(world)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(worlds())
def test_a_proof_holds_without_the_solver_that_made_it(world: World) -> None:
    told = total(world.book(), world.query())
    named = {c for step in told.proof if step.rule in ("position", "toll", "outside") for c in step.claims}
    proven = replace(
        world,
        incidents=tuple(i for n, i in enumerate(world.incidents) if f"i{n}" in named),
        tolls=tuple(t for n, t in enumerate(world.tolls) if f"t{n}" in named),
    )
    assert judge(proven) == Answer(told.low, told.high)
