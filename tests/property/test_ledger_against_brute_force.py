"""Bounds of random small books, judged by trying everything."""

from __future__ import annotations

from dataclasses import replace

from evals.ledger_books import Row, Setting, book_of
from evals.ledger_worlds import (
    LAND,
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

from tallybook.ledger import Book, total


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


WEAPONS = dict(zip(STATES, ("mine", "rifle"), strict=True))
"""A world whose states are weapons: what names both, or none, may be of either."""


@st.composite
def armouries(draw: st.DrawFn) -> World:
    """Return a world of incidents with weapons; its tolls name none, since a weapon bounds no toll."""
    told = draw(worlds())
    return replace(told, tolls=tuple(replace(t, states=STATES) for t in told.tolls))


def armed(world: World, both: bool) -> Book:
    """Return the book of such a world; an incident of both states names both weapons, or none."""
    told = {f"i{n}": i.states for n, i in enumerate(world.incidents)}
    rows: list[Row] = []
    for row in world.rows():
        states = told.get(str(row["id"]), ())
        names = [WEAPONS[s] for s in states] if len(states) == 1 or both else []
        rows.append({**row, "place": "Qland", **({"weapon": names} if names else {})})
    return book_of(rows, Setting(LAND))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(armouries(), st.booleans())
def test_bounds_by_weapon_are_those_of_brute_force(world: World, both: bool) -> None:
    book, asked = armed(world, both), replace(world.query(), place=None)
    weapon = WEAPONS[world.state] if world.state else None
    told = total(book, replace(asked, weapon=weapon))
    assert Answer(told.low, told.high) == judge(world)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(armouries(), st.booleans())
def test_lows_by_weapon_add_up_to_no_more_than_the_whole(world: World, both: bool) -> None:
    book, asked = armed(world, both), replace(world.query(), place=None)
    whole = total(book, asked)
    parts = [total(book, replace(asked, weapon=w)) for w in WEAPONS.values()]
    if not whole.conflicts:
        assert sum(p.low or 0 for p in parts) <= (whole.low or 0)
        assert whole.high is None or all(p.high is None or p.high <= whole.high for p in parts)


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
