"""Our own gold reports keep to the coding guide."""

import re

import pytest
from evals.gold_files import OWN_REPORTS, GoldReport, gold_reports

from tallybook.model.claim import AFFILIATIONS, EVENT_TYPES, MEASURES, MODIFIERS

REPORTS = gold_reports(OWN_REPORTS)
SHORTEST, LONGEST = 20, 800
"""Words of a report."""


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_every_field_holds_an_allowed_value(told: GoldReport) -> None:
    for claim in told.claims:
        assert set(listed(claim["measure"])) <= set(MEASURES)
        assert claim["count"]["modifier"] in MODIFIERS
        assert set(listed(claim["event_type"])) <= set(EVENT_TYPES)
        assert set(listed(claim["target"]["affiliation"])) <= set(AFFILIATIONS)
        assert set(listed(claim["scope"])) <= {"incident", "cumulative"}


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_anchors_and_listed_numbers_stand_in_the_report(told: GoldReport) -> None:
    words = f"{told.document.title or ''}\n{told.document.text}"
    assert [c["anchor"] for c in told.claims if c["anchor"] not in words] == []
    assert [phrase for phrase in told.not_casualties if phrase not in words] == []


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_parts_lie_in_claims_of_the_report_and_are_no_larger(told: GoldReport) -> None:
    claims = {claim["id"]: claim for claim in told.claims}
    assert len(claims) == len(told.claims)
    for part in told.claims:
        if part["part_of"]:
            whole = claims[part["part_of"]]
            assert whole["measure"] == part["measure"]
            assert (part["count"]["low"] or 0) <= (whole["count"]["high"] or float("inf"))


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_incidents_have_keys_and_totals_have_none(told: GoldReport) -> None:
    for claim in told.claims:
        assert (claim["incident"] is None) == (listed(claim["scope"]) == ["cumulative"])


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: told.id)
def test_harm_is_not_dated_after_publication(told: GoldReport) -> None:
    published = str(told.document.published)[:10]
    days = [date for claim in told.claims for date in listed(claim["date"]) if isinstance(date, dict)]
    assert all(str(date["start"] or "") <= str(date["end"]) <= published for date in days)


def test_reports_are_as_long_as_reports_are() -> None:
    lengths = {told.id: len(re.findall(r"\S+", told.document.text)) for told in REPORTS}
    assert {name: n for name, n in lengths.items() if not SHORTEST <= n <= LONGEST} == {}


def test_both_halves_are_there() -> None:
    sealed = sum(told.sealed for told in REPORTS)
    assert sealed >= 40
    assert len(REPORTS) - sealed >= 40
