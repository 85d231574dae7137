"""A book that is judged otherwise answers as one that is worked out whole."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tallybook.ledger import Book, conflicts, incident_figures, total
from tallybook.ledger.judging import parts_judged, take_over
from tallybook.ledger.tallies import change, tally
from tallybook.model import Claim, Query
from tests.property.test_ledger_laws import DOCUMENTS, MAP, claims
from tests.unit.factories import book, judgement

QUERIES = [Query("killed", (who,)) for who in ("any", "civilian", "combatant")]
NARROW = [Query("killed", place="Xstate"), Query("killed", since="2024-02-01"), Query("injured")]
PARTS = ({}, {"e1": ["e2"]}, {"e1": ["e2", "e3"]})


@st.composite
def told(draw: st.DrawFn) -> list[Claim]:
    """Claims that answer, contain and take back one another, some of another measure."""
    made = draw(claims())
    ids = [c.id for c in made]
    found = []
    for claim in made:
        way = draw(st.integers(0, 9))
        other = draw(st.sampled_from(ids))
        if way == 0 and claim.scope == "incident" and other != claim.id:
            claim = replace(claim, stance="retracted", responds_to=other)
        elif way == 1 and other != claim.id:
            claim = replace(claim, part_of=other, dimension="status", whole_exact=draw(st.booleans()))
        elif way == 2 and claim.scope == "incident":
            claim = replace(claim, stance="denied", measure=None, about="killed", count=None)
        elif way == 3:
            claim = replace(claim, measure="injured")
        found.append(claim)
    return found


def agree(one: Book, other: Book) -> None:
    assert conflicts(one) == conflicts(other)
    for incident in other.incidents.values():
        assert incident_figures(one, incident) == incident_figures(other, incident)
    for query in (*QUERIES, *NARROW):
        figure = total(other, query)
        assert total(one, query) == figure
        held = tally(one, query)
        assert held.bounds == (figure.low, figure.best, figure.high)
        assert (held.counted, held.conflicts) == (set(figure.counted), set(figure.conflicts))


@settings(max_examples=200, deadline=None)
@given(told(), st.sampled_from(PARTS), st.data())
def test_a_book_judged_claim_by_claim_equals_one_that_is_worked_out_whole(
    made: list[Claim], parts: dict[str, list[str]], data: st.DataObject
) -> None:
    held = {c.event for c in made if c.scope == "incident"}
    parts = {whole: [p for p in inner if p in held] for whole, inner in parts.items() if whole in held}
    before = book(made, DOCUMENTS, parts=parts, geography=MAP)
    agree(before, before)
    log = []
    for step in range(data.draw(st.integers(1, 4))):
        verb = data.draw(st.sampled_from(("reject", "reject", "accept")))
        some = data.draw(st.lists(st.sampled_from([c.id for c in made]), min_size=1, max_size=2, unique=True))
        log.append(judgement(step + 1, verb, *some))
        after = before.judged(log)
        touched = before.decided.dropped ^ after.decided.dropped
        around = parts_judged(before, after, touched)
        for query in (q for q in QUERIES if q.measure in around):
            change(before, after, query, around[query.measure])
        take_over(before, after, around, touched)
        agree(after, book(made, DOCUMENTS, log, parts, MAP))
        before = after
