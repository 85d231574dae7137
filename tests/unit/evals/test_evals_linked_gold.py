"""Our own linked reports keep to the coding guide, and hold what they are there for."""

import re
from collections import defaultdict

import pytest
from evals.gold_files import LINKED_REPORTS, GoldReport, gold_reports

from tallybook.model.claim import AFFILIATIONS, EVENT_TYPES, MEASURES, MODIFIERS

REPORTS = gold_reports(LINKED_REPORTS)
SHORTEST, LONGEST = 45, 175
"""Words of a report."""
SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
ROUND_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: number for number, word in enumerate(SMALL.split())}
TENS = {word: 10 * number for number, word in enumerate(ROUND_TENS.split(), start=2)}
ROUND = {
    "couple": 2,
    "few": 3,
    "several": 3,
    "dozen": 12,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
}
"""Words that stand for a number by the coding guide."""
SEVERAL = 60
"""How many incidents several reports must tell."""


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def numbers(words: str) -> set[int]:
    """Return the numbers that a passage writes in digits, or in words up to ninety-nine or in whole hundreds."""
    found = {int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", words)}
    hundreds = re.findall(r"([a-z]+) hundred\b", words.lower())
    found |= {100 * UNITS.get(word, 1) for word in hundreds}
    for tens, unit in re.findall(r"([a-z]+)(?:-([a-z]+))?", words.lower()):
        if tens in ROUND:
            found.add(ROUND[tens])
        elif tens in UNITS:
            found.add(UNITS[tens])
        elif tens in TENS:
            found.add(TENS[tens] + UNITS.get(unit, 0))
    return found


def stated(count: dict[str, object]) -> set[object]:
    """Return the numbers that a report must write for a count."""
    low, high = count["low"], count["high"]
    if count["modifier"] == "more_than":
        low = int(str(low)) - 1
    return {bound for bound in (low, high) if bound is not None}


def tellings() -> dict[str, set[str]]:
    """Return the reports of each incident."""
    told = defaultdict(set)
    for report in REPORTS:
        for claim in report.claims:
            if claim["incident"]:
                told[claim["incident"]].add(report.id)
    return told


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_every_field_holds_an_allowed_value(told: GoldReport) -> None:
    assert told.claims
    for claim in told.claims:
        assert claim["measure"] in MEASURES
        assert claim["count"]["modifier"] in MODIFIERS
        assert set(listed(claim["event_type"])) <= set(EVENT_TYPES)
        assert set(listed(claim["target"]["affiliation"])) <= set(AFFILIATIONS)
        assert (claim["incident"] is None) == (claim["scope"] == "cumulative")


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_anchors_and_listed_numbers_stand_in_the_report(told: GoldReport) -> None:
    words = told.document.text
    assert [c["anchor"] for c in told.claims if c["anchor"] not in words] == []
    assert [phrase for phrase in told.not_casualties if phrase not in words] == []


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_the_words_of_an_anchor_say_the_count(told: GoldReport) -> None:
    for claim in told.claims:
        wanted = stated(claim["count"])
        assert wanted <= numbers(claim["anchor"]) or (wanted == {1} and not numbers(claim["anchor"])), claim


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_parts_lie_in_claims_of_the_same_incident_and_are_no_larger(told: GoldReport) -> None:
    claims = {claim["id"]: claim for claim in told.claims}
    assert len(claims) == len(told.claims)
    for part in told.claims:
        if part["part_of"]:
            whole = claims[part["part_of"]]
            assert whole is not part
            assert (whole["measure"], whole["incident"]) == (part["measure"], part["incident"])
            assert (part["count"]["low"] or 0) <= (whole["count"]["high"] or float("inf"))


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_harm_is_not_dated_after_publication(told: GoldReport) -> None:
    days = [date for claim in told.claims for date in listed(claim["date"]) if isinstance(date, dict)]
    assert all(date["start"] <= date["end"] for date in days)
    assert all(str(date["end"]) <= str(told.document.published)[:10] for date in days)


def test_reports_are_as_long_as_asked() -> None:
    lengths = {told.id: len(told.document.text.split()) for told in REPORTS}
    assert {name: n for name, n in lengths.items() if not SHORTEST <= n <= LONGEST} == {}


def test_every_report_shares_an_incident_with_another() -> None:
    shared = {name for names in tellings().values() if len(names) > 1 for name in names}
    assert {told.id for told in REPORTS} - shared == set()


def test_enough_incidents_are_told_by_several_reports() -> None:
    sizes = [len(names) for names in tellings().values()]
    assert sum(size > 1 for size in sizes) >= SEVERAL
    assert max(sizes) <= 7


def test_an_incident_keeps_its_country() -> None:
    countries = defaultdict(set)
    for told in REPORTS:
        for claim in told.claims:
            countries[claim["incident"]].add(claim["place"]["country"])
    assert {key: found for key, found in countries.items() if key and len(found) > 1} == {}


def test_open_and_sealed_reports_share_no_incident() -> None:
    halves = {told.id: told.sealed for told in REPORTS}
    assert [key for key, names in tellings().items() if len({halves[name] for name in names}) > 1] == []
