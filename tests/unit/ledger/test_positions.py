"""Whose word holds, when, and what people decided about it."""

from __future__ import annotations

import pytest

from tallybook.model.moments import Moment, moment, order
from tests.unit.factories import book, claim, document, judgement
from tests.unit.ledger.checks import ask, bounds_of, figure, kinds, reasons


class TestMoments:
    def test_offset_becomes_utc(self) -> None:
        assert moment("2024-03-02T01:00:00+06:30") == Moment("2024-03-01", "2024-03-01T18:30:00+00:00")

    def test_day_against_time_compares_days(self) -> None:
        assert order(moment("2024-03-02"), moment("2024-03-02T23:00:00+00:00")) == 0
        assert order(moment("2024-03-01"), moment("2024-03-02T00:30:00+00:00")) == -1
        assert order(None, moment("2024-03-02")) is None


class TestLatest:
    def test_later_hour_of_one_day_holds(self) -> None:
        docs = [document("d1", "2024-03-01T08:00:00Z"), document("d2", "2024-03-01T17:00:00Z")]
        assert ask(book([claim("a", "5"), claim("b", "8", doc="d2")], docs)) == "8..8"

    def test_one_date_without_hour_makes_all_compare_by_day(self) -> None:
        docs = [document("d1", "2024-03-01"), document("d2", "2024-03-01T17:00:00Z")]
        assert ask(book([claim("a", "5"), claim("b", "8", doc="d2")], docs)) == "5..8"

    def test_hours_are_compared_in_utc(self) -> None:
        docs = [document("d1", "2024-03-01T23:00:00+00:00"), document("d2", "2024-03-02T01:00:00+06:30")]
        assert ask(book([claim("a", "5"), claim("b", "8", doc="d2")], docs)) == "5..5"

    def test_undated_claim_counts_only_where_nothing_is_dated(self) -> None:
        docs = [document("d1", None), document("d2", "2024-03-01")]
        told = figure(book([claim("a", "5"), claim("b", "8", doc="d2")], docs))
        assert (bounds_of(told), reasons(told)) == ("8..8", {"a": "superseded"})
        assert ask(book([claim("a", "5")], docs)) == "5..5"

    def test_toll_told_as_old_is_superseded(self) -> None:
        told = figure(book([claim("a", "10", stance="updated"), claim("b", "12")]))
        assert (bounds_of(told), reasons(told)) == ("12..12", {"a": "superseded"})

    def test_older_version_of_a_report_is_superseded_whole(self) -> None:
        docs = [document("d1", "2024-03-01", url="u"), document("d2", "2024-03-02", url="u")]
        claims = [claim("a", "5"), claim("x", "2", origin="hospital", event="e2"), claim("b", "8", doc="d2")]
        told = figure(book(claims, docs))
        assert (bounds_of(told), reasons(told)) == ("8..8", {"a": "superseded", "x": "superseded"})

    def test_source_takes_its_word_back(self) -> None:
        docs = [document("d1", "2024-03-01"), document("d2", "2024-03-02")]
        claims = [claim("a", "5"), claim("h", "4", origin="hospital"), claim("b", None, doc="d2", stance="retracted")]
        told = figure(book(claims, docs))
        assert (bounds_of(told), reasons(told)) == ("4..4", {"a": "superseded", "b": "superseded"})


class TestOrigins:
    def test_outlets_that_relay_one_source_are_one_origin(self) -> None:
        docs = [document(f"d{i}", f"2024-03-0{i}") for i in (1, 2, 3)]
        relays = [claim("a", "5"), claim("b", "5", doc="d2"), claim("c", "5", doc="d3")]
        claims = [*relays, claim("h", "9", origin="hospital")]
        told = figure(book(claims, docs))
        assert (bounds_of(told), told.counted) == ("5..9", ("c", "h"))

    def test_copy_of_an_old_report_does_not_bring_its_number_back(self) -> None:
        docs = [
            document("d1", "2024-03-01", text="old"), document("d2", "2024-03-02"),
            document("d3", "2024-03-09", text="old", publisher="Copyist"),
        ]  # fmt: skip
        claims = [claim("a", "5"), claim("b", "8", doc="d2"), claim("c", "5", doc="d3")]
        assert ask(book(claims, docs)) == "8..8"

    def test_copied_outlet_speaks_with_one_voice(self) -> None:
        first = document("d1", text="one", publisher="First")
        docs = [first, document("d2", "2024-03-11", text="one", publisher="Second")]
        b = book([claim("a", "5", origin="First"), claim("b", "5", origin="Second", doc="d2")], docs)
        assert {b.origins.of(c) for c in b.claims.values()} == {"First"}

    def test_long_passage_in_another_outlet_is_copied(self) -> None:
        words = "Five people were killed on Monday when a market in the old town was shelled for an hour"
        docs = [document("d1", publisher="First"), document("d2", "2024-03-11", publisher="Second")]
        claims = [claim("a", "5", origin="First", quote=words), claim("b", "5", origin="Second", doc="d2", quote=words)]
        b = book(claims, docs)
        assert {b.origins.of(c) for c in b.claims.values()} == {"First"}

    def test_two_relays_of_one_later_death_are_one_death(self) -> None:
        docs = [document("d1", "2024-03-01"), document("d2", "2024-03-03"), document("d3", "2024-03-03")]
        more = [claim("b", "1", doc="d2", change="added"), claim("c", "1", doc="d3", change="added")]
        assert ask(book([claim("a", "5"), *more], docs)) == "6..6"


class TestJudgements:
    def test_rejected_claim_makes_no_position(self) -> None:
        b = book([claim("a", "5"), claim("b", "9", origin="hospital")], (), [judgement(1, "reject", "b")])
        told = figure(b)
        assert (bounds_of(told), reasons(told), told.unreviewed) == ("5..5", {"b": "rejected"}, 1)

    def test_accepted_claim_before_a_rejected_one_holds(self) -> None:
        docs = [document("d1", "2024-03-01"), document("d2", "2024-03-02")]
        b = book([claim("a", "5"), claim("b", "8", doc="d2")], docs, [judgement(1, "reject", "b")])
        assert ask(b) == "5..5"

    def test_nothing_left_is_null_and_the_incident_stays(self) -> None:
        b = book([claim("a", "5")], (), [judgement(1, "retract", "a")])
        told = figure(b)
        assert (told.low, told.best, told.high, reasons(told)) == (None, None, None, {"a": "rejected"})
        assert list(b.incidents) == ["i-e1"]

    def test_undone_and_redone(self) -> None:
        claims = [claim("a", "5")]
        assert ask(book(claims, (), [judgement(1, "reject", "a"), judgement(2, "undo", "j1")])) == "5..5"
        log = [judgement(1, "reject", "a"), judgement(2, "undo", "j1"), judgement(3, "undo", "j2")]
        assert ask(book(claims, (), log)) == ".."

    def test_reviewed_claims_are_not_counted_as_unreviewed(self) -> None:
        assert figure(book([claim("a", "5")], (), [judgement(1, "accept", "a")])).unreviewed == 0


class TestPolicies:
    @pytest.mark.parametrize(
        ("policy", "origins", "best"),
        [("latest", (), 9), ("lowest", (), 4), ("median", (), 6), ("origin-ranked", ("police", "hospital"), 6),
         ("origin-ranked", ("nobody",), 9)],
    )  # fmt: skip
    def test_best(self, policy: str, origins: tuple[str, ...], best: int) -> None:
        docs = [document("d1", "2024-03-01"), document("d2", "2024-03-02")]
        claims = [
            claim("a", "4", origin="residents"), claim("b", "6"), claim("c", "9", origin="hospital", doc="d2"),
            claim("d", "at least 7", origin="monitor"),
        ]  # fmt: skip
        told = figure(book(claims, docs), policy=policy, origins=origins)
        assert (told.low, told.high, told.best) == (4, None, best)

    def test_best_of_an_open_number_is_the_end_it_states(self) -> None:
        assert figure(book([claim("a", "at least 7")])).best == 7
        assert figure(book([claim("a", "nearly 100")])).best == 100

    def test_best_of_a_sum_is_the_sum_of_bests(self) -> None:
        assert figure(book([claim("a", "7"), claim("b", "at least 3", event="e2")])).best == 10


def test_conflict_of_status_names_both() -> None:
    b = book([claim("a", "6", "civilian", "residents"), claim("b", "6", "combatant", "army")])
    assert kinds(figure(b)) == [("status", None)]


def test_more_is_weighed_against_words_that_stand_not_against_vague_ones_that_repeat() -> None:
    told = [
        claim("a", "several", "civilian", doc="d1"),
        claim("b", "3", "civilian", "hospital", doc="d2"),
        claim("c", "3", doc="d2", change="added"),
    ]
    b = book(told, [document("d1", "2024-03-01"), document("d2", "2024-03-02")])
    assert ask(b) == ask(book(told[1:], [document("d2", "2024-03-02")])) == "3..3"
    assert reasons(figure(b)) == {"a": "repeated", "c": "contained"}


def test_proof_of_a_denial_that_is_counted_names_what_makes_it_a_number() -> None:
    told = [
        claim("a", "several", "combatant"),
        claim("b", None, "civilian"),
        claim("c", "3", "combatant", "hospital"),
    ]
    proven = figure(book(told), "civilian")
    assert bounds_of(proven) == "0..0"
    assert {c for s in proven.proof if s.rule in ("position", "outside") for c in s.claims} == {"a", "b", "c"}


def test_more_of_some_people_is_no_toll_of_the_whole_and_at_least_so_many_of_them() -> None:
    later = claim("b", "2", "civilian", doc="d2", change="added")
    days = [document("d1", "2024-03-01"), document("d2", "2024-03-02")]
    alone, beside = book([claim("a", "10"), later], days), book([claim("a", "10", origin="hospital"), later], days)
    assert (ask(alone), ask(alone, "civilian")) == ("12..12", "2..12")
    assert (ask(beside), ask(beside, "civilian")) == ("12..12", "2..")


def test_more_of_other_people_counts_as_told() -> None:
    later = claim("b", "2", "civilian", doc="d2", change="added")
    b = book([claim("a", "10", "combatant"), later], [document("d1", "2024-03-01"), document("d2", "2024-03-02")])
    assert (ask(b), ask(b, "civilian")) == ("12..12", "2..2")


def test_claim_before_a_rejected_one_holds() -> None:
    told = [claim("a", "5"), claim("b", "9", doc="d2")]
    days = [document("d1", "2024-03-01"), document("d2", "2024-03-02")]
    assert ask(book(told, days, [judgement(1, "reject", "b")])) == "5..5"
