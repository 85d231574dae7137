"""Which fields agree, and which claims are paired."""

from datetime import date
from typing import Any

from evals.agreement import agreement, pairs_of


def claim(measure: str = "killed", low: int | None = 5, high: int | None = 5, **fields: Any) -> dict[str, Any]:
    count = {"low": low, "high": high, "modifier": fields.pop("modifier", "exact")}
    return {"measure": measure, "count": count, "scope": "incident", **fields}


def dated(start: str | None, end: str | None, *, vague: bool = False) -> dict[str, Any]:
    days = {"start": start and date.fromisoformat(start), "end": end and date.fromisoformat(end)}
    return claim(date={**days, "vague": vague})


def date_right(gold: dict[str, Any], start: str | None, end: str | None) -> tuple[bool, bool]:
    right = agreement(gold, claim(date={"start": start, "end": end}), None)
    return right["date"], right["date_overlap"]


def test_days_must_be_the_same_unless_gold_is_vague() -> None:
    sharp, vague = dated("2024-03-02", "2024-03-03"), dated("2024-03-02", "2024-03-03", vague=True)
    assert date_right(sharp, "2024-03-02", "2024-03-03") == (True, True)
    assert date_right(sharp, "2024-03-03", "2024-03-03") == (False, True)
    assert date_right(vague, "2024-03-03", "2024-03-05") == (True, True)
    assert date_right(vague, "2024-03-04", "2024-03-05") == (False, False)


def test_no_date_in_gold_is_right_with_no_start() -> None:
    undated = claim(date=[None, {"start": date(2024, 3, 1), "end": date(2024, 3, 4), "vague": True}])
    assert date_right(undated, None, None) == (True, True)
    assert date_right(undated, "2024-03-02", "2024-03-02") == (True, True)
    assert date_right(undated, "2024-02-02", "2024-02-02") == (False, False)


def test_publisher_stands_for_the_report_s_publisher() -> None:
    gold = claim(claimant="publisher")
    assert agreement(gold, claim(claimants=[]), "Kessa Post")["claimant"]
    assert agreement(gold, claim(claimants=["Kessa Post"]), "Kessa Post")["claimant"]
    assert not agreement(gold, claim(claimants=["police"]), "Kessa Post")["claimant"]


def test_a_larger_unit_is_within_but_not_the_place() -> None:
    gold = claim(place={"name": "Sarno", "country": "SDN"})
    right = agreement(gold, claim(place={"name": "Bel", "admin": ["Sarno"], "country": "SDN"}), None)
    assert (right["place"], right["place_within"], right["country"]) == (False, True, True)


def test_missing_keys_of_a_printed_claim_are_wrong_not_an_error() -> None:
    gold = claim(target={"affiliation": "civilian", "group": None}, place={"name": "Sarno", "country": "SDN"})
    right = agreement(gold, {"measure": "killed", "count": None}, None)
    assert not right["affiliation"]
    assert right["group"]
    assert not right["place"]


def test_claims_pair_only_with_equal_measure_and_bounds() -> None:
    gold = [claim(), claim("injured", 7, 7), claim(low=9, high=None, modifier="at_least")]
    printed = [claim(), claim("killed", 7, 7), claim(low=9, high=9)]
    assert [(pair.gold, pair.printed) for pair in pairs_of(gold, printed, None)] == [(gold[0], printed[0])]


def test_of_two_possible_pairs_the_one_that_agrees_more_wins() -> None:
    gold = [claim(place={"name": "Sarno", "country": "SDN"}), claim(place={"name": "Bel", "country": "SDN"})]
    printed = [claim(place={"name": "Bel", "country": "SDN"}), claim(place={"name": "Sarno", "country": "SDN"})]
    assert {(p.gold["place"]["name"], p.printed["place"]["name"]) for p in pairs_of(gold, printed, None)} == {
        ("Sarno", "Sarno"),
        ("Bel", "Bel"),
    }


def test_no_claim_is_used_twice() -> None:
    assert len(pairs_of([claim(), claim()], [claim()], None)) == 1


def test_a_record_is_whole_when_its_five_fields_are_right() -> None:
    where, when = {"name": "Sarno", "country": "SDN"}, {"start": "2024-03-02", "end": "2024-03-02"}
    gold = claim(claimant="police", target={"affiliation": ["civilian", "unknown"]}, place=where, date=when)
    right = claim(claimants=["police"], target={"affiliation": "unknown"}, place=where, date=when)
    assert pairs_of([gold], [right], None)[0].whole
    assert not pairs_of([gold], [{**right, "scope": "cumulative"}], None)[0].whole
