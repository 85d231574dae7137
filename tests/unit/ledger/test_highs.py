"""The solver gives its answers whatever else in the process uses HiGHS."""

from __future__ import annotations

import random
from itertools import product

import highspy
import pytest

from tallybook.ledger import highs
from tallybook.ledger.highs import possible, silenced, solve
from tallybook.ledger.system import Disagreement, Row

ROWS = [Row(frozenset({0, 1}), 3, 5), Row(frozenset({1, 2}), 2, 4), Row(frozenset({0, 2}), 1, 2)]


def test_other_threads_of_highs_do_not_look_like_clashing_claims() -> None:
    expected = solve(ROWS, frozenset({0, 1, 2}))
    with silenced():
        other = highspy.Highs()  # type: ignore[no-untyped-call]
    other.setOptionValue("output_flag", False)
    highspy.Highs.resetGlobalScheduler(True)
    other.setOptionValue("threads", 2)
    other.addVariable(lb=0, ub=1, obj=1.0)
    other.maximize()
    assert solve(ROWS, frozenset({0, 1, 2})) == expected


def test_numbers_that_come_out_broken_are_made_whole_one_by_one() -> None:
    """Rows in odd circles have broken solutions; whether whole ones exist is what trying all small numbers says."""
    rng = random.Random(5)
    found = []
    for _ in range(400):
        rows = [
            Row(frozenset(rng.sample(range(5), 2)), n, n + rng.choice((0, 0, 1)))
            for n in (rng.randrange(4) for _ in range(rng.randrange(3, 7)))
        ]
        some = any(
            all(r.low <= sum(v[m] for m in r.members) <= (r.high or 0) for r in rows)
            for v in product(range(6), repeat=5)
        )
        assert possible(rows) == some, rows
        found.append(some)
    assert 100 < sum(found) < 300


def test_ends_of_a_sum_whose_numbers_come_out_broken_are_those_of_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of systems with odd circles the least and the greatest sum are what trying all small numbers says."""
    monkeypatch.setattr(highs, "_optimum", lambda lp, sense: pytest.fail("the integer solver was asked"))
    rng = random.Random(3)
    broken = 0
    for _ in range(300):
        rows = [
            Row(frozenset(rng.sample(range(5), 2)), n, n + rng.choice((0, 1, 2)))
            for n in (rng.randrange(4) for _ in range(rng.randrange(3, 7)))
        ]
        members = sorted(frozenset().union(*(r.members for r in rows)))
        objective = frozenset(rng.sample(members, rng.randrange(1, len(members) + 1)))
        sums = {
            sum(v[m] for m in objective)
            for v in product(range(6), repeat=5)
            if all(r.low <= sum(v[m] for m in r.members) <= (r.high or 0) for r in rows)
        }
        if sums:
            assert solve(rows, objective) == (min(sums), max(sums)), (rows, objective)
        else:
            with pytest.raises(Disagreement):
                solve(rows, objective)
        broken += highs._relaxed(highs._model(rows, objective), fresh=True) is None if sums else 0
    assert broken > 3


def test_where_branching_takes_too_long_the_integer_solver_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = [Row(frozenset({n, (n + 1) % 5}), 1, 1) for n in range(5)]
    assert not possible(circle)
    monkeypatch.setattr(highs, "MOST_BRANCHES", 1)
    assert not possible(circle)
    assert possible([Row(row.members, 1, 2) for row in circle])
