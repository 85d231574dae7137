"""Groupings compared on cases worked out by hand."""

from __future__ import annotations

import pytest
from evals.clusterings import b_cubed, ceaf_e, conll, muc, pairs, pairwise

TRUE = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}
MADE = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y", "f": "z"}


def test_equal_groupings_are_alike_in_every_measure() -> None:
    assert conll(TRUE, {d: f"g{n}" for d, n in TRUE.items()}) == pytest.approx(1.0)
    assert pairwise(TRUE, TRUE).f1 == 1.0


def test_pairs_that_stand_together_are_counted_once() -> None:
    assert sorted(pairs(TRUE)) == [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")]
    found = pairwise(TRUE, MADE)
    assert (found.precision, found.recall) == (0.5, 0.5)


def test_muc_counts_links() -> None:
    found = muc(TRUE, MADE)
    assert (found.recall, found.precision) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_b_cubed_weighs_each_document() -> None:
    found = b_cubed(TRUE, MADE)
    assert found.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)


def test_ceaf_aligns_groups_one_to_one() -> None:
    found = ceaf_e(TRUE, MADE)
    best = 2 * 2 / (3 + 2) + 2 * 2 / (2 + 3) + 1
    assert found.precision == found.recall == pytest.approx(best / 3)


def test_documents_that_all_stand_alone_give_no_links() -> None:
    alone = {"a": 1, "b": 2}
    assert muc(alone, alone).f1 == 0.0
    assert b_cubed(alone, alone).f1 == 1.0
