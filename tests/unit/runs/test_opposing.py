"""Judgements of another team that would overrule ours."""

from __future__ import annotations

import pytest

from tallybook.model import Judgement
from tallybook.review.deciding import Wish
from tallybook.runs.opposing import opposed

ORIGIN = "Team B"


def ours(
    verb: str, field: str | None = None, value: str | None = None, author: str = "Bo", number: int = 1
) -> Judgement:
    return Judgement(f"j{number}", number, verb, ("c1",), author, "seen", "2024-06-01T00:00:00Z", field, value)


def wish(verb: str, field: str | None = None, value: str | None = None, name: str = "c1") -> Wish:
    return Wish(verb, (name,), "Ana (Team B)", "seen too", "2024-06-02T00:00:00Z", field, value)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (ours("reject"), wish("accept")),
        (ours("accept"), wish("reject")),
        (ours("accept"), wish("retract")),
        (ours("set-field", "measure", "injured"), wish("set-field", "measure", "killed")),
        (ours("set-place", None, "Karsk"), wish("set-place", None, "Ulsten")),
    ],
)
def test_the_opposite_of_one_claim_is_found(made: Judgement, wanted: Wish) -> None:
    assert opposed(wanted, [made], ORIGIN) == made


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (ours("reject"), wish("reject")),
        (ours("reject"), wish("accept", name="c2")),
        (ours("reject"), wish("retract")),
        (ours("set-field", "measure", "killed"), wish("set-field", "measure", "killed")),
        (ours("set-field", "stance", "denied"), wish("set-field", "measure", "killed")),
        (ours("reject", author="Ana (Team B)"), wish("accept")),
        (ours("reject", author="Team B"), wish("accept")),
    ],
)
def test_what_can_stand_beside_ours_is_no_obstacle(made: Judgement, wanted: Wish) -> None:
    assert opposed(wanted, [made], ORIGIN) is None


def test_what_was_undone_is_no_obstacle() -> None:
    undo = Judgement("j2", 2, "undo", ("j1",), "Bo", "wrong", "2024-06-01T01:00:00Z")
    assert opposed(wish("accept"), [ours("reject"), undo], ORIGIN) is None
