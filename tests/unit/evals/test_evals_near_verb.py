"""The baseline finds numbers near verbs, and no more."""

import pytest
from evals.number_near_verb import near_verb
from evals.reports import report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine herders were killed and 4 people were wounded.", {("killed", 9, 9), ("injured", 4, 4)}),
        ("Shells hit the depot, killing at least 1,200 guards.", {("killed", 1200, None)}),
        ("More than 30 troops died.", {("killed", 31, None)}),
        ("Nobody was killed on the 12-day march.", set()),
        ("Six died. The six died at dawn.", {("killed", 6, 6)}),
    ],
)
def test_numbers_before_and_after_verbs_of_harm(text: str, expected: set[tuple[str, int | None, int | None]]) -> None:
    claims = near_verb(report("a", text, publisher="Kessa Post"))
    assert {(c["measure"], c["count"]["low"], c["count"]["high"]) for c in claims} == expected
    assert len(claims) == len(expected)
