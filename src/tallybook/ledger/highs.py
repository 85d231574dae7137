"""The integer solver, for sums that do not nest. Loaded on first use: it takes a tenth of a second."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import highspy
import numpy as np

from tallybook.ledger.system import Disagreement, Row


def solve(rows: Sequence[Row], objective: frozenset[int]) -> tuple[int, int | None]:
    """Return the least and the greatest sum of `objective`; None: no upper end.

    Only objective values are read: the numbers that reach them are not unique.

    Raises: Disagreement if no whole numbers fulfil the rows.
    """
    model = _model(rows, objective)
    low = _optimum(model, highspy.ObjSense.kMinimize)
    if low is None:
        raise Disagreement
    return low, _optimum(model, highspy.ObjSense.kMaximize)


def possible(rows: Sequence[Row]) -> bool:
    """Say whether some whole numbers fulfil all rows."""
    return _optimum(_model(rows, frozenset()), highspy.ObjSense.kMinimize) is not None


def _model(rows: Sequence[Row], objective: frozenset[int]) -> highspy.HighsLp:
    members = sorted(objective.union(*(r.members for r in rows)))
    place = {m: i for i, m in enumerate(members)}
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(members), len(rows)
    lp.col_cost_ = np.array([1.0 if m in objective else 0.0 for m in members])
    lp.col_lower_ = np.zeros(len(members))
    lp.col_upper_ = np.full(len(members), highspy.kHighsInf)
    lp.row_lower_ = np.array([float(r.low) for r in rows])
    lp.row_upper_ = np.array([highspy.kHighsInf if r.high is None else float(r.high) for r in rows])
    indices = [sorted(place[m] for m in r.members) for r in rows]
    starts = np.cumsum([0, *(len(i) for i in indices)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts.astype(np.int32)
    lp.a_matrix_.index_ = np.array([i for row in indices for i in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.ones(int(starts[-1]))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(members)
    return lp


def _optimum(lp: highspy.HighsLp, sense: highspy.ObjSense) -> int | None:
    """Return the optimum, or None where there is none in this direction."""
    solver = _solver()
    lp.sense_ = sense
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(solver.getInfo().objective_function_value)


@cache
def _solver() -> highspy.Highs:
    with _silenced():
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("threads", 1)
    return solver


@contextmanager
def _silenced() -> Iterator[None]:
    """Swallow the banner that the first solver of a process writes to file descriptor 1."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(sink)
