"""One ordinary report: a headline that sums two days, a toll that contains an attack, and who is what."""

from __future__ import annotations

from tallybook.ledger import Book, incident_figures
from tallybook.model import Claim, DateRange
from tests.unit.factories import book, claim, day, document, place, toll
from tests.unit.ledger.checks import ask, bounds_of, figure, reasons

NORTH = place("Norhal", "Velmark", precision="admin2")
VALLEY = place("Tesk valley", "Norhal", "Velmark", precision="near")
HILLS = place("Aru areas", country="QQQ", precision="unresolved")
FRONT, ARMY = "Velmark Front", "Qland army"


class Alliance:
    """Anti-regime forces include the Front."""

    def includes(self, outer: str, inner: str) -> bool:
        return outer == inner or (outer == "anti-regime forces" and inner == FRONT)


def report() -> Book:
    troops = {"who": "combatant", "group": ARMY, "event_type": "armed_clash", "perpetrator": (FRONT,)}
    strike = {"origin": "Aru Union", "event": "strike", "event_type": "airstrike", "perpetrator": (ARMY,),
              "date": day("2023-12-01"), "place": place("Sel", "Velmark")}  # fmt: skip
    claims: list[Claim] = [
        claim("c1", "nearly 100", origin="anti-regime forces", event="w", place=NORTH,
              date=DateRange("2023-11-30", "2023-12-03", "range", vague=True), **troops),
        claim("c2", "20", origin=FRONT, event="p1", place=VALLEY, date=day("2023-11-30"), part_of="c1",
              dimension="day", **troops),
        claim("c3", "at least 70", origin=FRONT, event="p2", place=VALLEY, date=day("2023-12-01"), part_of="c1",
              dimension="day", **troops),
        claim("c4", "some", "combatant", FRONT, event="s", measure="captured", date=day("2023-11-28")),
        claim("c5", "at least 1", **strike),
        claim("c6", "5", measure="injured", **strike),
        toll("c7", "at least 60", "2023-10-21", "2023-12-04", who="civilian", origin="Aru Union", place=HILLS,
             event_type="airstrike", perpetrator=(ARMY,)),
        toll("c8", "more than 100", "2023-10-21", "2023-12-04", who="civilian", origin="Aru Union", place=HILLS,
             event_type="airstrike", perpetrator=(ARMY,), measure="injured"),
    ]  # fmt: skip
    return book(claims, [document("d1", "2023-12-04", publisher="Qland Now")], parts={"w": ["p1", "p2"]},
                sides=Alliance())  # fmt: skip


def test_civilians_are_at_least_the_compiled_toll() -> None:
    told = figure(report(), "civilian", since="2023-10-20")
    assert bounds_of(told) == "60.."
    assert told.counted == ("c7",)
    assert reasons(told) == {"c5": "status"}


def test_combatants_are_bound_by_parts_below_and_headline_above() -> None:
    told = figure(report(), "combatant")
    assert bounds_of(told) == "90..100"
    assert told.counted == ("c1", "c2", "c3")


def test_all_killed_are_not_counted_twice() -> None:
    told = figure(report())
    assert bounds_of(told) == "150.."
    assert reasons(told) == {"c5": "contained"}


def test_whole_that_straddles_the_edge_caps_the_part_that_passes() -> None:
    told = figure(report(), "combatant", since="2023-12-01")
    assert bounds_of(told) == "70..80"
    assert told.counted == ("c1", "c2", "c3")


def test_injured_are_the_toll_and_captured_have_no_number() -> None:
    assert ask(report(), measure="injured") == "101.."
    told = figure(report(), measure="captured")
    assert (told.low, told.best, told.high) == (None, None, None)
    assert reasons(told) == {"c4": "no_bounds"}


def test_incident_rows_show_the_whole_with_its_parts() -> None:
    b = report()
    rows = incident_figures(b, b.incidents["i-w"])
    assert [(r["affiliation"], r["low"], r["high"]) for r in rows] == [("combatant", 90, 100), ("any", 90, 100)]


def test_proof_names_words_claimant_and_report() -> None:
    told = figure(report(), "combatant")
    texts = [s.text for s in told.proof]
    source, words = "Velmark Front, in Qland Now of 2023-12-04", "20 killed, said Velmark Front"
    assert f'{source}: "{words}" counts 20..20 combatants killed.' in texts
    assert any(t.startswith("At least 90") for t in texts)
    assert any(t.startswith("At most 100") for t in texts)


def test_people_of_unstated_status_take_nothing_from_a_toll_of_civilians() -> None:
    claims = [
        toll("t", "at least 38", "2024-03-01", "2024-03-26", who="civilian"),
        claim("u", "31", "unknown", event="a", date=day("2024-03-25"), place=place("Ashk", "Qland")),
        claim("c", "20", "civilian", event="a", date=day("2024-03-25"), place=place("Ashk", "Qland"), part_of="u"),
    ]
    told = book(claims, [document("d1", "2024-03-26")])
    assert ask(told, who="civilian", since="2024-03-01") == "38.."
