"""The chain shows every change to the past, and names the judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tallybook.model import Judgement
from tallybook.model.judgement import seal
from tallybook.review.chain import appended, breaks
from tests.unit.factories import judgement


def log_of(length: int) -> list[Judgement]:
    log: list[Judgement] = []
    for number in range(length):
        log.append(appended(judgement(0, "reject", f"c{number}"), log))
    return log


def broken(log: Sequence[Judgement], made: Sequence[Judgement]) -> list[int]:
    """Return the numbers that are named when `made` was written and `log` is found."""
    return [b.number for b in breaks(log, (made[-1].number, seal(made[-1])) if made else None)]


def test_untouched_log_holds() -> None:
    for length in range(4):
        log = log_of(length)
        assert broken(log, log) == []


def test_first_judgement_has_none_before_it_and_the_next_holds_its_seal() -> None:
    first, second = log_of(2)
    assert (first.number, first.before) == (1, None)
    assert (second.number, second.before) == (2, seal(first))


@pytest.mark.parametrize("which", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "change",
    [
        {"author": "Eve"}, {"because": "x"}, {"at": "2030-01-01T00:00:00Z"}, {"objects": ("c9",)}, {"verb": "accept"},
        {"shown": (("score", "1"),)}, {"value": "12"}, {"before": "0" * 64}, {"id": "j0"},
    ],
)  # fmt: skip
def test_changed_judgement_is_named_and_no_other(which: int, change: dict[str, Any]) -> None:
    made = log_of(4)
    found = [replace(j, **change) if i == which else j for i, j in enumerate(made)]
    assert broken(found, made) == [which + 1]


def test_judgement_that_was_made_anew_with_a_right_id_is_named() -> None:
    made = log_of(3)
    forged = appended(replace(made[1], because="another reason"), made[:1])
    assert broken([made[0], forged, made[2]], made) == [2]


def test_removed_and_added_judgements_are_named() -> None:
    made = log_of(3)
    assert broken([made[0], made[2]], made) == [2]
    assert broken(made[:2], made) == [3]
    assert broken([], made) == [1, 2, 3]
    assert broken([*made, appended(judgement(0, "accept", "x"), made)], made) == [4]


def test_log_without_its_note_is_told() -> None:
    assert "was removed" in breaks(log_of(2), None)[0].what
