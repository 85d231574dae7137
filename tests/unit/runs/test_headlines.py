"""Figures in brief are the figures."""

from __future__ import annotations

from tallybook.ledger import conflicts, total
from tallybook.review.deciding import Wish
from tallybook.runs.desk import Desk
from tallybook.runs.headlines import STANDARD, headline, is_at_hand
from tallybook.runs.judging import carried_on, commit, propose
from tests.simple_reader import SimpleReader

AT = "2024-06-01T12:00:00Z"


def test_headline_is_the_figure_without_its_proof_after_each_judgement(desk: Desk) -> None:
    assert not is_at_hand(desk)
    for _ in (*(headline(desk, query) for query in STANDARD), *conflicts(desk.ledger)):
        pass
    assert is_at_hand(desk)
    first, second = (claim.id for claim in desk.claims[:2])
    for verb, about in (("reject", first), ("accept", second), ("accept", first), ("undo", "1"), ("undo", "3")):
        proposal = propose(desk, Wish(verb, (about,), "Ana", "read", AT), SimpleReader)
        commit(desk, proposal)
        desk = carried_on(desk, proposal)
        assert is_at_hand(desk)
        fresh = Desk(desk.store, desk.knowledge)
        assert conflicts(desk.ledger) == conflicts(fresh.ledger)
        for query in STANDARD:
            told, figure = headline(desk, query), total(fresh.ledger, query)
            assert (told.id, told.low, told.best, told.high) == (figure.id, figure.low, figure.best, figure.high)
            assert (told.counted, told.unreviewed) == (len(figure.counted), figure.unreviewed)
            assert told.conflicts == len(figure.conflicts)
