"""Every worked case of the definition of a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallybook.model import Claim, Document
from tests.unit.factories import book, claim, count, day, document, place, toll
from tests.unit.ledger.checks import ask, bounds_of, figure, kinds, reasons, row

DAYS = ("2024-03-01", "2024-03-02", "2024-03-03")


def on_days(*days: str) -> list[Document]:
    return [document(f"d{i}", d) for i, d in enumerate(days, 1)]


def two(a: str, b: str) -> list[Claim]:
    return [claim("a", a, origin="A"), claim("b", b, origin="B")]


class TestOneCell:
    def test_two_origins_span(self) -> None:
        told = figure(book(two("12", "15")))
        assert bounds_of(told) == "12..15"
        assert kinds(told) == [("count", None)]

    def test_open_high_stays_open(self) -> None:
        assert ask(book(two("at least 12", "15"))) == "12.."

    def test_position_without_low_takes_nobodys_low(self) -> None:
        assert ask(book(two("nearly 100", "90"))) == "90..100"

    def test_latest_of_one_origin_holds(self) -> None:
        claims = [claim(f"c{i}", n, doc=f"d{i}") for i, n in enumerate(("5", "8", "11"), 1)]
        told = figure(book(claims, on_days(*DAYS)))
        assert bounds_of(told) == "11..11"
        assert reasons(told) == {"c1": "superseded", "c2": "superseded"}
        assert told.conflicts == ()

    def test_running_toll_explains_a_conflict_by_time(self) -> None:
        claims = [claim(f"c{i}", n, doc=f"d{i}") for i, n in enumerate(("5", "8", "11"), 1)]
        told = figure(book([*claims, claim("h", "6", origin="hospital", doc="d1")], on_days(*DAYS)))
        assert bounds_of(told) == "6..11"
        assert kinds(told) == [("count", "time")]

    def test_denial_is_never_zero(self) -> None:
        told = figure(book([claim("a", "7", origin="rebels"), claim("b", None, origin="army")]))
        assert bounds_of(told) == "7..7"
        assert kinds(told) == [("happened", None)]
        assert reasons(told) == {"b": "denied"}

    def test_one_status_denied_and_another_counted_are_the_same_people(self) -> None:
        b = book([
            claim("a", "14", "civilian", "residents"), claim("b", None, "civilian", "army", doc="d2"),
            claim("c", "14", "combatant", "army", doc="d2"),
        ])  # fmt: skip
        assert ask(b, "civilian") == "0..14"
        assert ask(b, "combatant") == "0..14"
        told = figure(b)
        assert bounds_of(told) == "14..14"
        assert kinds(told) == [("status", None)]
        assert "b" in figure(b, "civilian").counted
        assert row(b, "any") == "14..14"

    def test_different_statuses_are_different_people(self) -> None:
        b = book([claim("a", "6", "civilian", "residents"), claim("b", "3", "combatant", "army")])
        assert (ask(b, "civilian"), ask(b, "combatant"), ask(b)) == ("6..6", "3..3", "9..9")
        assert row(b, "any") == "9..9"

    def test_one_number_for_two_statuses_is_the_same_people(self) -> None:
        b = book([claim("a", "6", "civilian", "residents"), claim("b", "6", "combatant", "army")])
        assert (ask(b, "civilian"), ask(b, "combatant"), ask(b)) == ("0..6", "0..6", "6..6")


HERE, THERE = place("Here", "Qstate"), place("There", "Qstate")


def here_and_there(*more: Claim) -> object:
    claims = [
        claim("w", "29", origin="A", event="w", place=place("Qstate", precision="admin1")),
        claim("h", "15", origin="A", event="here", part_of="w", dimension="place", place=HERE),
        claim("t", "14", origin="A", event="there", part_of="w", dimension="place", place=THERE),
        *more,
    ]
    return book(claims, parts={"w": ["here", "there"]})


class TestPartsAndWholes:
    def test_part_of_another_origin_gives_the_whole_a_position(self) -> None:
        b = here_and_there(claim("b", "20", origin="B", event="here", doc="d2", place=HERE))
        assert ask(b, place="Here") == "15..20"
        assert ask(b, place="There") == "14..14"
        assert ask(b) == "29..34"
        assert row(b, "any", "w") == "29..34"

    def test_whole_is_never_added_to_its_parts(self) -> None:
        assert ask(here_and_there()) == "29..29"

    def test_parts_of_one_origin_close_an_open_whole(self) -> None:
        parts = [claim("a", "18", event="p1", part_of="w", dimension="day"),
                 claim("b", "at least 28", event="p2", part_of="w", dimension="day")]  # fmt: skip
        b = book([claim("w", "nearly 50", event="w"), *parts], parts={"w": ["p1", "p2"]})
        assert ask(b) == "46..50"

    def test_same_parts_inside_one_incident(self) -> None:
        parts = [claim("a", "18", part_of="w", dimension="day", date=day("2024-03-01")),
                 claim("b", "at least 28", part_of="w", dimension="day", date=day("2024-03-02"))]  # fmt: skip
        assert ask(book([claim("w", "nearly 50"), *parts])) == "46..50"

    def test_what_holds_of_a_whole_holds_of_its_parts(self) -> None:
        whole, part = claim("w", "30", group="Front"), claim("s", "12", "combatant", part_of="w", dimension="status")
        told = figure(book([whole, part]))
        assert (bounds_of(told), told.best) == ("30..30", 30)
        told = figure(book([replace(whole, count=count("at least 30")), part]))
        assert (bounds_of(told), told.best) == ("30..", 30)

    def test_a_part_of_a_part_is_no_more_people(self) -> None:
        b = book([claim("w", "30", group="Front"), claim("s", "12", "combatant", part_of="w", dimension="status"),
                  claim("k", "4", "men", part_of="s", dimension="sex_age")])  # fmt: skip
        assert (ask(b), figure(b).best, row(b, "combatant")) == ("30..30", 30, "12..12")

    def test_a_part_that_is_an_incident_of_its_own_has_what_its_whole_has(self) -> None:
        part = claim("a", "12", "combatant", event="p", part_of="w", dimension="day")
        b = book([claim("w", "at least 30", group="Front", event="w"), part], parts={"w": ["p"]})
        assert (ask(b), figure(b).best) == ("30..", 30)

    def test_claims_that_are_parts_of_one_another_have_an_answer(self) -> None:
        b = book([claim("a", "5", group="Front", part_of="b"), claim("b", "5", "combatant", part_of="a")])
        assert ask(b) == "5..5"

    def test_rest_of_a_whole_is_unknown(self) -> None:
        b = book([claim("w", "30"), claim("s", "12", "combatant", part_of="w", dimension="status")])
        assert (row(b, "any"), row(b, "combatant"), row(b, "unknown")) == ("30..30", "12..12", "18..18")
        assert row(b, "civilian") is None
        assert ask(b, "unknown") == "18..18"
        assert reasons(figure(b)) == {"s": "contained"}

    def test_more_soldiers_told_by_another_origin(self) -> None:
        b = book([claim("w", "30", origin="A"), claim("s", "12", "combatant", "A", part_of="w", dimension="status"),
                  claim("b", "15", "combatant", "B", doc="d2")])  # fmt: skip
        assert (row(b, "combatant"), row(b, "any")) == ("12..15", "30..33")
        assert (ask(b, "combatant"), ask(b)) == ("12..15", "30..33")

    def test_fewer_civilians_stand_in_for_the_rest(self) -> None:
        b = book([claim("a", "8", origin="A"), claim("b", "6", "civilian", "B")])
        assert (row(b, "any"), row(b, "civilian")) == ("6..8", "6..6")

    def test_more_civilians_than_people_are_cut_to_the_whole(self) -> None:
        b = book([claim("a", "8", origin="A"), claim("b", "10", "civilian", "B")])
        assert (row(b, "any"), row(b, "civilian")) == ("8..10", "8..10")
        assert ask(b, "civilian") == "8..10"

    def test_open_whole_with_an_exact_part(self) -> None:
        b = book([claim("w", "at least 20"), claim("s", "12", "combatant", part_of="w", dimension="status")])
        assert (row(b, "any"), row(b, "combatant"), row(b, "unknown")) == ("20..", "12..12", "8..")

    def test_parts_of_different_dimensions_may_be_the_same_people(self) -> None:
        b = book([
            claim("w", "31"), claim("c", "20", "civilian", part_of="w", dimension="status"),
            claim("k", "15", "children", part_of="w", dimension="sex_age"),
        ])  # fmt: skip
        assert ask(b) == "31..31"
        assert ask(b, "civilian,children") == "20..31"
        assert figure(b).conflicts == ()

    def test_whole_caps_its_part_and_is_counted(self) -> None:
        b = book([claim("w", "20"), claim("s", "at least 5", "combatant", part_of="w", dimension="status")])
        told = figure(b, "combatant")
        assert bounds_of(told) == "5..20"
        assert told.counted == ("s", "w")

    def test_whole_that_bounds_nothing_is_left_out_for_its_status(self) -> None:
        b = book([claim("w", "20"), claim("s", "5", "combatant", part_of="w", dimension="status")])
        told = figure(b, "combatant")
        assert (told.counted, reasons(told)) == (("s",), {"w": "status"})

    def test_exact_parts_make_up_the_whole(self) -> None:
        parts = [
            claim("a", "at least 5", "combatant", part_of="w", dimension="status", whole_exact=True),
            claim("b", "up to 12", "civilian", part_of="w", dimension="status", whole_exact=True),
        ]
        b = book([claim("w", "20"), *parts])
        assert ask(b, "combatant") == "8..20"
        assert ask(b) == "20..20"

    def test_claims_of_one_origin_that_cannot_all_be_true(self) -> None:
        b = book([claim("w", "10"), claim("x", "6", "civilian", part_of="w", dimension="status"),
                  claim("y", "5", "combatant", part_of="w", dimension="status")])  # fmt: skip
        told = figure(b)
        assert bounds_of(told) == "10..11"
        assert [c.claims for c in told.conflicts] == [("w",), ("x",), ("y",)]
        assert told.counted == ("w", "x", "y")


class TestAdditions:
    def test_later_death_is_added_to_the_older_toll(self) -> None:
        b = book(
            [claim("a", "5"), claim("i", "9", measure="injured"), claim("b", "1", doc="d2", change="added")],
            on_days(*DAYS[:2]),
        )
        assert ask(b) == "6..6"
        assert ask(b, measure="injured") == "9..9"
        assert figure(b).counted == ("a", "b")

    def test_addition_of_the_same_or_an_older_report_is_contained(self) -> None:
        b = book([claim("a", "6"), claim("b", "1", change="added")])
        assert ask(b) == "6..6"
        assert reasons(figure(b)) == {"b": "contained"}

    def test_additions_of_one_origin_sum_and_of_several_span(self) -> None:
        more = [claim("b", "1", doc="d2", change="added"), claim("c", "2", doc="d3", change="added"),
                claim("h", "1", origin="hospital", doc="d3", change="added")]  # fmt: skip
        assert ask(book([claim("a", "5"), *more], on_days(*DAYS))) == "6..8"


class TestVagueWords:
    def test_vague_words_repeat_a_number(self) -> None:
        told = figure(book(two("several", "12")))
        assert (bounds_of(told), reasons(told)) == ("12..12", {"a": "repeated"})

    def test_no_bounds_alone_open_the_high(self) -> None:
        b = book([claim("a", "some"), claim("b", "5", event="e2")])
        assert ask(b) == "5.."
        assert reasons(figure(b)) == {"a": "no_bounds"}

    def test_no_bounds_beside_a_number_change_nothing(self) -> None:
        told = figure(book(two("some", "5")))
        assert (bounds_of(told), reasons(told)) == ("5..5", {"a": "no_bounds"})


SINCE, UNTIL = "2023-10-21", "2023-12-04"


def sixty_and_more() -> list[Claim]:
    return [
        toll("t", "at least 60", SINCE, UNTIL, who="civilian", event_type="airstrike"),
        claim("a", "10", "civilian", "A", event="e1", date=day("2023-11-05"), event_type="airstrike", place=HERE),
        claim("b", "4", "civilian", "A", event="e2", date=day("2023-12-10"), event_type="airstrike", place=HERE),
    ]


class TestCumulative:
    def test_tolls_that_end_within_a_week_are_one_region(self) -> None:
        tolls = [toll("a", "411", SINCE, "2023-12-01", origin="A"), toll("b", "530", SINCE, "2023-12-05", origin="B")]
        told = figure(book(tolls))
        assert bounds_of(told) == "411..530"
        assert told.counted == ("a", "b")

    def test_overlapping_windows_bound_each_other_as_sums(self) -> None:
        tolls = [toll("a", "60", SINCE, UNTIL), toll("b", "50", "2023-11-15", "2023-12-15", origin="B")]
        assert ask(book(tolls)) == "60..110"

    def test_incident_inside_is_not_added_and_outside_is(self) -> None:
        told = figure(book(sixty_and_more()), since="2023-10-20")
        assert bounds_of(told) == "64.."
        assert reasons(told) == {"a": "contained"}

    def test_toll_that_reaches_beyond_the_question_adds_nothing(self) -> None:
        told = figure(book(sixty_and_more()), since="2023-11-01")
        assert bounds_of(told) == "14.."
        assert reasons(told) == {"t": "reaches_beyond"}

    @pytest.mark.parametrize(
        ("asked", "recorded", "answer"),
        [("Xstate", False, "60..60"), ("Ystate", False, "..140"), ("Ystate", True, "10..140")],
    )
    def test_nested_areas(self, asked: str, recorded: bool, answer: str) -> None:
        x, y = place("Xstate", precision="admin1"), place("Ystate", precision="admin1")
        claims = [toll("c", "200", SINCE, UNTIL), toll("x", "60", SINCE, UNTIL, place=x, origin="B")]
        attack = claim("i", "10", origin="A", date=day("2023-11-05"), place=place("Ytown", "Ystate"))
        quiet = claim("q", "3", origin="A", measure="injured", event="q", place=y)
        told = figure(book([*claims, quiet, *([attack] if recorded else [])]), place=asked)
        assert bounds_of(told) == answer
        assert ("x" in told.counted) is True

    def test_recorded_incidents_above_a_toll(self) -> None:
        claims = [toll("t", "10", SINCE, UNTIL, who="civilian")]
        at = {"date": day("2023-11-05"), "place": HERE}
        claims += [claim("a", "6", "civilian", event="a", **at), claim("b", "7", "civilian", event="b", **at)]
        told = figure(book(claims))
        assert bounds_of(told) == "10..13"
        assert [c.claims for c in told.conflicts] == [("a",), ("b",), ("t",)]

    def test_later_longer_and_lower_toll_replaces(self) -> None:
        tolls = [toll("a", "70", SINCE, "2023-11-10"), toll("b", "60", SINCE, UNTIL, doc="d2")]
        told = figure(book(tolls, on_days(*DAYS[:2])))
        assert (bounds_of(told), reasons(told)) == ("60..60", {"a": "superseded"})

    def test_fire_and_captivity_are_disjoint(self) -> None:
        claims = [toll("t", "60", SINCE, UNTIL, event_type="shelling")]
        at = {"date": day("2023-11-05"), "place": HERE}
        caught = claim("a", "4", event_type="arrest_or_abduction", **at)
        clash = claim("b", "4", event_type="armed_clash", **at)
        assert ask(book([*claims, caught])) == "64..64"
        assert ask(book([*claims, clash])) == "60..64"

    def test_null_for_a_question_that_matches_nothing(self) -> None:
        told = figure(book(sixty_and_more()), measure="displaced")
        assert (told.low, told.best, told.high) == (None, None, None)
        assert (told.counted, told.left_out, told.conflicts) == ((), (), ())

    def test_up_to_alone_has_no_low(self) -> None:
        told = figure(book([claim("a", "up to 40")]))
        assert (told.low, told.best, told.high) == (None, 40, 40)
