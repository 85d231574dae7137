"""The ledger gives every proved answer, and a case that says nonsense is refused by name."""

from pathlib import Path

import pytest
import yaml
from evals.ledger import CASES, BadCase, Case, read_cases, wrong_in
from evals.ledger_books import book_of, count_of, date_of
from evals.ledger_random import family_misses, random_family, random_misses, random_world

from tallybook.model import DateRange

LEAST = 60
"""Different small books that there must be."""
GOOD = {
    "name": "good", "because": "one says 5", "claims": [{"id": "a", "count": 5}], "ask": {},
    "answer": {"low": 5, "best": 5, "high": 5},
}  # fmt: skip


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_proved_answer(case: Case) -> None:
    assert wrong_in(case) == []


def test_there_are_enough_different_books() -> None:
    told = yaml.safe_load(CASES.read_text(encoding="utf-8"))["cases"]
    assert len({repr((c["claims"], c.get("reports"), c.get("decisions"))) for c in told}) >= LEAST


def test_every_reason_and_kind_of_the_ledger_is_asked_for() -> None:
    left = {reason.split(" ")[0] for c in read_cases() for reason in c.answer.get("left_out", {}).values()}
    assert left == {
        "rejected", "superseded", "repeated", "denied", "may_match", "status", "reaches_beyond", "no_bounds",
        "contained",
    }  # fmt: skip


def written(tmp_path: Path, *cases: dict[str, object]) -> Path:
    file = tmp_path / "cases.yaml"
    file.write_text(yaml.safe_dump({"places": {"Qland": {"precision": "country"}}, "cases": list(cases)}))
    return file


def test_wrong_answer_is_one_line_with_case_and_proof(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, GOOD | {"answer": {"low": 4, "best": 5, "high": 5, "conflicts": ["count"]}}))
    assert wrong_in(case) == [
        "WRONG good low: 4 proved, 5 printed (one says 5)",
        "WRONG good conflicts: ['count'] proved, [] printed (one says 5)",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer": {"low": 5}}, "case good: answer: 'high' is missing"),
        ({"answer": {"low": 5, "high": 5, "middle": 5}}, "case good: answer: there is no key 'middle'"),
        ({"ask": {"where": "Qland"}}, "case good: ask: there is no key 'where'"),
        ({"proof": "x"}, "case good: there is no key 'proof'"),
        ({"claims": [{"id": "a", "count": "umpteen"}]}, "case good: claim a: 'umpteen' is no number in words"),
        ({"claims": [{"id": "a"}]}, "case good: claim a: 'count' is missing"),
        ({"claims": [{"id": "a", "count": 5, "date": "in May"}]}, "case good: claim a: 'in May' is no date"),
        ({"claims": [{"id": "a", "count": 5, "place": "Nowhere"}]}, "place 'Nowhere' is not in the list of places"),
        ({"claims": [{"id": "a", "count": 5, "who": "pilots"}]}, "case good: claim a: 'pilots' is no population"),
        ({"claims": [{"id": "a", "count": 5, "colour": "red"}]}, "case good: claim a: there is no key 'colour'"),
        ({"claims": [{"id": "a", "count": 5, "stance": "said"}]}, "case good: claim a: stance is 'said'"),
        ({"claims": [{"id": "a", "count": 5, "part_of": "w"}]}, "case good: claim a: part_of names w"),
        ({"claims": [{"id": "a", "count": 5}, {"id": "a", "count": 6}]}, "case good: claim a stands twice"),
    ],
)
def test_malformed_case_is_refused_by_name(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(BadCase, match=r"^case good") as refused:
        read_cases(written(tmp_path, GOOD | change))
    assert message in str(refused.value)


def test_case_without_a_proof_or_told_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="case good: 'because' is missing"):
        read_cases(written(tmp_path, {k: v for k, v in GOOD.items() if k != "because"}))
    with pytest.raises(BadCase, match="case good: the name stands twice"):
        read_cases(written(tmp_path, GOOD, GOOD))


def test_file_that_is_no_list_of_cases_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("cases: [")
    with pytest.raises(BadCase, match="no YAML"):
        read_cases(file)
    file.write_text("[]")
    with pytest.raises(BadCase, match="`places` and `cases`"):
        read_cases(file)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("12", (12, 12)), ("at least 12", (12, None)), ("more than 12", (13, None)), ("nearly 100", (None, 100)),
        ("fewer than 41", (None, 40)), ("about 30", (30, 30)), ("5-8", (5, 8)), ("dozens", (24, None)),
        ("a couple", (2, None)), ("some", (None, None)),
    ],
)  # fmt: skip
def test_numbers_in_words(words: str, bounds: tuple[int | None, int | None]) -> None:
    assert (count_of(words).low, count_of(words).high) == bounds


def test_dates_in_words() -> None:
    assert date_of("2024-03-01") == DateRange("2024-03-01", "2024-03-01", "day")
    assert date_of("..2024-03-05") == DateRange(None, "2024-03-05", "range")
    assert date_of("2024-03-01~2024-03-05") == DateRange("2024-03-01", "2024-03-05", "range", vague=True)


def test_parts_told_as_other_events_are_incidents_of_the_whole() -> None:
    rows = [{"id": "w", "count": 9, "event": "w"}, {"id": "p", "count": 4, "event": "p", "part_of": "w"}]
    assert book_of(rows).incidents["i-w"].parts == ("i-p",)


def test_random_books_are_the_same_in_every_run_and_right() -> None:
    assert [random_world(n) for n in range(3)] == [random_world(n) for n in range(3)]
    assert len({random_world(n) for n in range(50)}) > 40
    assert random_misses(40) == []


def test_random_families_are_the_same_in_every_run_and_right() -> None:
    assert random_family(1) == random_family(1)
    assert any("civilian" in random_family(n)[0].said and "whole" in random_family(n)[0].said for n in range(10))
    assert family_misses(25) == []
