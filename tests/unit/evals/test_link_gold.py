"""Grouping of claims scored on cases worked out by hand."""

from __future__ import annotations

from evals.link_gold import Found, measures, misplaced


def found(report: str, true: str, made: str) -> Found:
    return Found(report, f"{report} {true}", true, made)


def test_pairs_of_one_report_do_not_count() -> None:
    alone = [found("r1", "a", "x"), found("r1", "a", "y")]
    assert measures(alone)["pairwise_f1"] == 0.0
    assert misplaced(alone) == []


def test_wrong_merges_and_wrong_splits_are_told_apart() -> None:
    told = [found("r1", "a", "x"), found("r2", "a", "x"), found("r3", "a", "y"), found("r4", "b", "x")]
    scored = measures(told)
    assert scored["wrong_merges"] == 0.6667, "of three pairs put together two belong apart"
    assert scored["wrong_splits"] == 0.6667, "of three pairs that belong together two are apart"
    assert scored["pairwise_f1"] == 0.3333
    assert misplaced(told) == [
        "SPLIT  r1 a | r3 a", "MERGED r1 a | r4 b", "SPLIT  r2 a | r3 a", "MERGED r2 a | r4 b",
    ]  # fmt: skip


def test_nothing_found_gives_no_figures() -> None:
    assert set(measures([]).values()) == {None}
