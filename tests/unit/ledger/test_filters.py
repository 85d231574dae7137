"""What lies inside a question, and what only may."""

from __future__ import annotations

from dataclasses import replace

from tallybook.ledger import conflicts
from tallybook.model import DateRange, LeftOut
from tests.unit.factories import book, claim, day, document, place, toll
from tests.unit.ledger.checks import ask, bounds_of, figure, reasons

HERE = place("Here", "Xstate")
X = place("Xstate", precision="admin1")
Y = place("Yville", "Ystate")


class Army:
    """The army and its division."""

    def includes(self, outer: str, inner: str) -> bool:
        return outer == inner or (outer, inner) == ("army", "division")


def test_date_that_straddles_the_edge_may_match() -> None:
    straddling = claim("a", "5", date=day("2024-03-01", "2024-03-05"))
    b = book([straddling, claim("b", "2", event="e2", date=day("2024-03-06"))])
    told = figure(b, since="2024-03-03")
    assert bounds_of(told) == "2..2"
    assert told.left_out == (LeftOut("a", "may_match", "date"),)


def test_claim_without_date_may_match() -> None:
    assert figure(book([claim("a", "5")]), since="2024-03-03").left_out == (LeftOut("a", "may_match", "date"),)


def test_larger_place_may_match_and_another_does_not() -> None:
    b = book([
        claim("a", "5", place=HERE), claim("b", "3", event="e2", place=X), claim("c", "2", event="e3", place=Y),
        claim("d", "1", event="e4"),
    ])  # fmt: skip
    told = figure(b, place="Here")
    assert (bounds_of(told), told.counted) == ("5..5", ("a",))
    assert told.left_out == (LeftOut("b", "may_match", "place"), LeftOut("d", "may_match", "place"))
    assert ask(b, place="Xstate") == "8..8"


def test_author_includes_its_parts_and_an_unnamed_one_may_match() -> None:
    b = book([
        claim("a", "5", perpetrator=("division",)), claim("b", "3", event="e2", perpetrator=("rebels",)),
        claim("c", "2", event="e3"),
    ], sides=Army())  # fmt: skip
    told = figure(b, by="army")
    assert (bounds_of(told), told.left_out) == ("5..5", (LeftOut("c", "may_match", "perpetrator"),))


def test_weapon_not_named_or_one_of_several_may_match_and_a_part_has_its_own() -> None:
    b = book([
        claim("a", "5", weapon=("mine",)), claim("b", "3", event="e2", weapon=("rifle",)), claim("c", "2", event="e3"),
        claim("d", "4", event="e4", weapon=("mine", "rifle")),
    ])  # fmt: skip
    told = figure(b, weapon="mine")
    assert (bounds_of(told), told.counted) == ("5..5", ("a",))
    assert told.left_out == (LeftOut("c", "may_match", "weapon"), LeftOut("d", "may_match", "weapon"))
    parted = book([
        claim("w", "9", weapon=("mine", "rifle")),
        claim("p", "6", part_of="w", dimension="manner", weapon=("mine",)),
        claim("q", "3", part_of="w", dimension="manner", weapon=("rifle",)),
    ])  # fmt: skip
    assert (ask(parted, weapon="mine"), ask(parted, weapon="rifle"), ask(parted)) == ("6..6", "3..3", "9..9")


def test_toll_of_one_weapon_lifts_its_question_and_one_of_none_reaches_beyond() -> None:
    mines = toll("t", "at least 30", "2024-03-01", "2024-03-31", weapon=("mine",))
    b = book([claim("a", "5", weapon=("mine",), date=day("2024-03-02")), mines])
    assert (ask(b, weapon="mine"), ask(b)) == ("30..", "30..")
    bare = book([claim("a", "5", weapon=("mine",), date=day("2024-03-02")), replace(mines, weapon=())])
    told = figure(bare, weapon="mine")
    assert (bounds_of(told), told.left_out) == ("5..", (LeftOut("t", "reaches_beyond", None),))


def test_as_of_takes_what_was_published_by_then() -> None:
    docs = [document("d1", "2024-03-01"), document("d2", "2024-03-05"), document("d3", None)]
    b = book([claim("a", "5"), claim("b", "8", doc="d2"), claim("c", "6", origin="hospital", doc="d3")], docs)
    told = figure(b, as_of="2024-03-04")
    assert bounds_of(told) == "5..5"
    assert told.left_out == (LeftOut("c", "may_match", "published"),)
    assert ask(b) == "6..8"


def test_unknown_status_is_left_out_and_changes_no_bound() -> None:
    b = book([claim("a", "5"), claim("b", "3", "civilian", event="e2"), claim("m", "9", "mixed", event="e3")])
    told = figure(b, "civilian")
    assert (bounds_of(told), reasons(told)) == ("3..3", {"a": "status", "m": "status"})


def test_children_and_women() -> None:
    b = book([
        claim("w", "20"), claim("k", "5", "children", part_of="w", dimension="sex_age"),
        claim("f", "6", "women", part_of="w", dimension="sex_age"), claim("o", "4", event="e2"),
    ])  # fmt: skip
    assert (ask(b, "children"), ask(b, "women"), ask(b, "children,women")) == ("5..5", "6..6", "11..11")
    assert reasons(figure(b, "children")) == {"o": "status", "w": "status"}


def test_statuses_of_several_incidents_sum_up_to_the_whole() -> None:
    b = book([
        claim("w", "20"), claim("s", "at least 5", "combatant", part_of="w", dimension="status"),
        claim("c", "at least 6", "civilian", part_of="w", dimension="status"),
    ])  # fmt: skip
    assert (ask(b, "combatant"), ask(b, "civilian"), ask(b, "civilian,combatant")) == ("5..14", "6..15", "11..20")


def test_incident_that_only_may_match_does_not_bound_through_a_toll() -> None:
    at = {"date": day("2024-01-05")}
    claims = [toll("t", "20", "2024-01-01", "2024-01-31", place=X), claim("a", "5", **at),
              claim("b", "1", event="e2", place=HERE, **at)]  # fmt: skip
    told = figure(book(claims), place="Xstate")
    assert (bounds_of(told), reasons(told)) == ("20..20", {"a": "may_match", "b": "contained"})


def test_vague_window_counts_at_its_widest() -> None:
    t = replace(toll("t", "at least 9", None, None), date=DateRange("2024-01-20", "2024-02-10", vague=True))
    assert ask(book([t]), since="2024-01-20") == "9.."
    assert reasons(figure(book([t]), since="2024-01-21")) == {"t": "reaches_beyond"}


def test_conflicts_of_date_place_and_author() -> None:
    b = book([
        claim("a", "5", date=day("2024-03-01"), place=HERE, perpetrator=("army",)),
        claim("b", "5", origin="hospital", date=day("2024-03-02"), place=Y, perpetrator=("rebels",)),
    ])  # fmt: skip
    assert [c.kind for c in conflicts(b)] == ["date", "place", "responsibility"]
