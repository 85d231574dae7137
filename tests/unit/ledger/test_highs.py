"""The solver gives its answers whatever else in the process uses HiGHS."""

from __future__ import annotations

import highspy

from tallybook.ledger.highs import silenced, solve
from tallybook.ledger.system import Row

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
