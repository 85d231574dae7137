"""Shooting incidents scored by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from evals import gvc, longtail
from evals.given_incident import Toll, main_claims, toll
from evals.reports import report
from evals.request import NoData, Request
from evals.shootings import Told, plain_toll, shares

from tallybook.model import Claim, Count, Reading, Span, Victim

NOTHING = Toll(None, None, None)


def told(killed: int, injured: int, killed_toll: Toll, injured_toll: Toll) -> Told:
    return Told("i", {"killed": killed, "injured": injured}, {"killed": killed_toll, "injured": injured_toll}, ())


def test_exact_and_inside_are_shares_of_incidents() -> None:
    scored = [
        told(4, 2, Toll(4, 4, 4), Toll(2, 3, 3)),
        told(1, 0, Toll(2, 2, None), NOTHING),
    ]
    assert shares(scored) == {
        "killed_exact": 0.5,
        "injured_exact": 0.5,
        "inside": 0.75,
        "killed_inside": 0.5,
        "injured_inside": 1.0,
    }


def test_nothing_stated_is_zero_and_inside_nothing_but_zero() -> None:
    assert NOTHING.exactly(0)
    assert NOTHING.holds(0)
    assert not NOTHING.exactly(3)
    assert not NOTHING.holds(3)


def test_open_ends_hold_what_lies_beyond() -> None:
    assert Toll(3, 3, None).holds(30)
    assert not Toll(3, 3, None).holds(2)
    assert Toll(None, None, 9).holds(0)


def victim(name: str, claim: str | None = None, harm: str = "killed") -> Victim:
    return Victim("v", name, Span(0, 1), (), name, harm=harm, claim=claim)


def test_named_victims_bound_a_toll_that_nobody_counts() -> None:
    first = Reading(report("a", "Text."), "r", victims=(victim("Ano Sild"), victim("Bel Orro"), victim("Ano Sild")))
    second = Reading(report("b", "Text."), "r", victims=(victim("Ano Sild"), victim("Dano Petri", harm="injured")))
    assert toll([first, second], "killed") == Toll(1, 2, 2)
    assert toll([first, second], "injured") == Toll(0, 1, 1)


def test_a_short_form_of_a_name_is_no_other_person() -> None:
    held = (victim("Ano Sild"), victim("Ano Bel Sild"), victim("Dano Petri"))
    assert toll([Reading(report("a", "Text."), "r", victims=held)], "killed") == Toll(2, 2, 2)


def test_victims_of_another_event_are_not_counted() -> None:
    assert toll([Reading(report("a", "Text."), "r", victims=(victim("Ano Sild", "other"),))], "killed") == NOTHING


def claim(
    name: str, low: int, event: str, start: int = 0, *, measure: str = "killed", scope: str = "incident"
) -> Claim:
    document = report("a", "Text.").key
    count = Count(low, low, "exact", str(low))
    return Claim(name, document, "r", "q", Span(start, start + 1), measure, count, event=event, scope=scope)


def test_the_main_event_is_the_one_told_first_and_totals_are_no_event() -> None:
    told = (claim("c", 9, "x", 0, scope="cumulative"), claim("b", 4, "e2", 9), claim("a", 2, "e1", 5))
    assert [c.id for c in main_claims(Reading(report("a", "Text."), "r", told))] == ["a"]


def test_a_toll_is_the_ledger_s_figure_of_the_main_event() -> None:
    told = (claim("a", 2, "e1", 5), claim("b", 4, "e2", 9), claim("c", 3, "e1", 6, measure="injured"))
    reading = Reading(report("a", "Text."), "r", told)
    assert toll([reading], "killed").best == 2
    assert toll([reading], "injured").best == 3


def test_what_most_reports_say_is_best_and_bounds_hold_what_any_says() -> None:
    def says(name: str, *numbers: int, measure: str = "killed") -> Reading:
        told = tuple(claim(f"{name}{n}", n, "e1", n, measure=measure) for n in numbers)
        return Reading(report("a", "Text."), "r", told)

    assert toll([says("a", 2), says("b", 3), says("c", 3)], "killed") == Toll(2, 3, 3)
    assert toll([says("a", 2), says("b", 3)], "killed") == Toll(2, 3, 3)
    assert toll([says("a", 2), says("b", 3, measure="injured")], "killed") == Toll(0, 2, 2)


def test_injured_who_are_dead_in_other_reports_died_since() -> None:
    hurt = Reading(report("a", "Text."), "r", (claim("a", 1, "e1", measure="injured"),))
    dead = Reading(report("b", "Text."), "r", (claim("b", 1, "e1"),))
    assert toll([hurt, dead], "injured") == Toll(0, 0, 1)
    assert toll([hurt, dead], "killed") == Toll(0, 1, 1)


def test_people_shot_are_injured_less_those_who_died() -> None:
    shot = replace(claim("a", 5, "e1", 1, measure="injured"), quote="Five people were shot")
    reading = Reading(report("a", "Text."), "r", (shot, claim("b", 2, "e1", 9)))
    assert toll([reading], "injured") == Toll(3, 3, 5)
    assert toll([reading], "killed") == Toll(2, 2, 2)


def test_the_baseline_takes_the_first_number_near_a_verb() -> None:
    readings = [
        Reading(report("a", "It was loud."), "r"),
        Reading(report("b", "Two people were killed. Later 3 people were killed."), "r"),
    ]
    assert plain_toll(readings, "killed") == Toll(2, 2, 2)
    assert plain_toll(readings, "injured") == NOTHING


@pytest.fixture
def longtail_folder(tmp_path: Path) -> Path:
    incidents = [{"incident_id": str(n), "num_killed": n, "num_injured": 0} for n in range(4)]
    documents = [
        {"doc_id": f"d{n}", "incident_id": str(n), "text": "Text.", "published": "2014-02-20"} for n in (0, 2, 3)
    ]
    (tmp_path / "incidents.jsonl").write_text("\n".join(map(json.dumps, incidents)))
    (tmp_path / "documents.jsonl").write_text("\n".join(map(json.dumps, documents)))
    return tmp_path


def test_longtail_halves_follow_the_file_and_skip_incidents_without_documents(longtail_folder: Path) -> None:
    def ids(*splits: str) -> list[str]:
        return [shooting.id for shooting in longtail.shootings(longtail_folder, splits)]

    assert ids("first") == ["0"]
    assert ids("second") == ["2", "3"]
    assert ids("all") == ids("first", "second") == ["0", "2", "3"]


def test_gvc_groups_documents_by_incident_within_a_split(tmp_path: Path) -> None:
    row = {"split": "dev", "dct": "2016-07-24", "text": "Text.", "num_killed": "1", "num_injured": "2"}
    rows = [
        {**row, "doc_id": d, "event_id": e, "split": s}
        for d, e, s in [("a", "1", "dev"), ("b", "1", "dev"), ("c", "2", "x")]
    ]
    (tmp_path / "documents.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (one,) = gvc.shootings(tmp_path, ["dev"])
    assert (one.id, [d.id for d in one.documents], one.true) == ("1", ["a", "b"], {"killed": 1, "injured": 2})
    with pytest.raises(NoData, match="split test"):
        gvc.shootings(tmp_path, ["test"])


class NoReader:
    """Stands where no document is read."""

    def read_all(self, documents: object) -> None:
        raise AssertionError("nothing should be read")


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="--data"):
        Request(NoReader()).folder("longtail")  # type: ignore[arg-type]
    with pytest.raises(NoData, match="longtail is not there"):
        Request(NoReader(), data=tmp_path).folder("longtail")  # type: ignore[arg-type]
    with pytest.raises(NoData, match="There is no split third"):
        Request(NoReader(), splits=("third",)).split("second", ("first", "second"))  # type: ignore[arg-type]
