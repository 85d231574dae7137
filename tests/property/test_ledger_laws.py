"""The laws that hold for every book."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tallybook.ledger import Book, BookPlaces, query_of, total
from tallybook.ledger.tallies import change, part_around
from tallybook.model import Claim, Document, Figure, Query
from tests.unit.factories import book, claim, count, day, document, incidents_of, place, toll

ORIGINS = ("police", "hospital", "rebels")
EVENTS = {
    "e1": (place("Xstate", precision="admin1"), day("2024-01-05")),
    "e2": (place("Ystate", precision="admin1"), day("2024-02-05")),
    "e3": (None, day("2024-01-28", "2024-02-03")),
}
NUMBERS = ("3", "5", "at least 4", "up to 9", "nearly 10", "several", "some", "2-6")
POLICIES = ("latest", "lowest", "median", "origin-ranked")


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    made: list[Claim] = []
    for i in range(draw(st.integers(1, 7))):
        number = draw(st.sampled_from((*NUMBERS, None)))
        event = draw(st.sampled_from(sorted(EVENTS)))
        made.append(
            claim(
                f"c{i}",
                number,
                draw(st.sampled_from(("unknown", "civilian", "combatant", "civilian children"))),
                draw(st.sampled_from(ORIGINS)),
                doc=f"d{draw(st.integers(1, 3))}",
                event=event,
                place=EVENTS[event][0],
                date=EVENTS[event][1],
                change="added" if number and draw(st.integers(0, 5)) == 0 else None,
                quote=f"quote {i}",
            )
        )
    for i in range(draw(st.integers(0, 2))):
        made.append(toll(f"t{i}", draw(st.sampled_from(NUMBERS)), "2024-01-01", draw(st.sampled_from(ENDS)),
                         who=draw(st.sampled_from(("unknown", "civilian"))), origin=ORIGINS[i], doc="d3"))  # fmt: skip
    return made


MAP = BookPlaces([p for p, _ in EVENTS.values() if p] + [place("Qland", precision="country")])
ENDS = ("2024-01-20", "2024-03-01")
DOCUMENTS = [document(f"d{i}", f"2024-03-0{i}") for i in (1, 2, 3)]
queries = st.builds(
    Query,
    measure=st.just("killed"),
    who=st.sampled_from((("any",), ("civilian",), ("children",), ("civilian", "combatant"))),
    place=st.sampled_from((None, None, "Xstate")),
    since=st.sampled_from((None, "2024-02-01")),
)


def bounds(figure: Figure) -> tuple[int | None, int | None]:
    return figure.low, figure.high


@settings(max_examples=80, deadline=None)
@given(claims(), queries, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(told: list[Claim], query: Query, random: Random) -> None:
    first = total(book(told, DOCUMENTS), query)
    shuffled = random.sample(told, len(told))
    incidents = random.sample(incidents_of(told), len(incidents_of(told)))
    documents = {d.key: d for d in reversed(DOCUMENTS)}
    assert total(Book(shuffled, documents, incidents), query) == first


@settings(max_examples=80, deadline=None)
@given(claims(), queries)
def test_copies_move_no_figure(told: list[Claim], query: Query) -> None:
    copies = [Document(**{**_fields(d), "key": f"{d.key}x", "publisher": "Copyist", "published": "2024-03-09"})
              for d in DOCUMENTS]  # fmt: skip
    again = [
        replace(c, id=f"{c.id}x", document=f"{c.document}x", part_of=f"{c.part_of}x" if c.part_of else None)
        for c in told
    ]
    alone, copied = total(book(told, DOCUMENTS), query), total(book([*told, *again], [*DOCUMENTS, *copies]), query)
    assert (alone.low, alone.best, alone.high) == (copied.low, copied.best, copied.high)


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


@settings(max_examples=80, deadline=None)
@given(claims(), queries)
def test_policy_moves_no_bound_and_best_lies_inside(told: list[Claim], query: Query) -> None:
    figures = [total(book(told, DOCUMENTS), replace(query, policy=p, origins=ORIGINS)) for p in POLICIES]
    assert len({bounds(f) for f in figures}) == 1
    for f in figures:
        assert f.best is None or (f.low or 0) <= f.best <= (f.best if f.high is None else f.high)
        assert f.low is None or f.best is not None


@settings(max_examples=80, deadline=None)
@given(claims(), claims(), queries)
def test_another_origin_never_takes_a_stated_low_away(told: list[Claim], more: list[Claim], query: Query) -> None:
    others = [replace(c, id=f"m{c.id}", origin=f"other {c.origin}", event=f"m{c.event}") for c in more if c.event]
    before = total(book(told, DOCUMENTS), query)
    after = total(book([*told, *others], DOCUMENTS), query)
    assert before.low is None or after.low is not None


@settings(max_examples=80, deadline=None)
@given(claims(), queries)
def test_every_claim_stands_once_at_most(told: list[Claim], query: Query) -> None:
    figure = total(book(told, DOCUMENTS), query)
    listed = [*figure.counted, *(x.claim for x in figure.left_out)]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {c.id for c in told}
    assert all((x.field is not None) == (x.reason == "may_match") for x in figure.left_out)


@settings(max_examples=80, deadline=None)
@given(claims(), queries)
def test_what_is_left_out_moves_no_bound(told: list[Claim], query: Query) -> None:
    """Only tolls that reach beyond and claims without bounds may open a high."""
    figure = total(book(told, DOCUMENTS), query)
    if any(c.kind == "count" and len(c.claims) == 1 for c in figure.conflicts):
        return
    gone = {x.claim for x in figure.left_out if x.reason in ("contained", "denied", "may_match", "status", "repeated")}
    kept = [c for c in told if c.id not in gone]
    if any(c.change == "added" for c in told):
        return
    assert bounds(total(book(kept, DOCUMENTS), query)) == bounds(figure)


@settings(max_examples=40, deadline=None)
@given(claims(), queries)
def test_figure_id_holds_the_question_and_the_state_of_the_book(told: list[Claim], query: Query) -> None:
    figure = total(book(told, DOCUMENTS), query)
    assert query_of(figure.id)[0] == query
    assert total(book(told, DOCUMENTS), query).id == figure.id
    assert total(book(told[1:], DOCUMENTS), query).id != figure.id


@st.composite
def told_as_more(draw: st.DrawFn) -> list[Claim]:
    """Claims and tolls of which about one in three is told as more than what stood before."""
    made = draw(claims())
    return [replace(c, change="added") if c.count and draw(st.integers(0, 2)) == 0 else c for c in made]


@settings(max_examples=160, deadline=None)
@given(st.one_of(claims(), told_as_more()), queries)
def test_claims_of_the_proof_alone_give_the_bounds(told: list[Claim], query: Query) -> None:
    figure = total(book(told, DOCUMENTS, geography=MAP), query)
    rests_on = {c for s in figure.proof if s.rule in ("position", "toll", "outside") for c in s.claims}
    if not rests_on:
        return
    proven = total(book([c for c in told if c.id in rests_on], DOCUMENTS, geography=MAP), query)
    assert bounds(proven) == bounds(figure)


@settings(max_examples=150, deadline=None)
@given(claims(), queries, st.data())
def test_a_change_that_is_worked_out_around_it_equals_both_figures_whole(
    told: list[Claim], query: Query, data: st.DataObject
) -> None:
    before = book(told, DOCUMENTS)
    changed = data.draw(st.sampled_from(told))
    number = data.draw(st.sampled_from(("4", "at least 7", "several")))
    left = data.draw(st.booleans())
    now = [replace(c, count=count(number)) if c is changed else c for c in told if not (left and c is changed)]
    after = book(now, DOCUMENTS)
    near = part_around(before, after, query.measure, {changed.id})
    moved = change(before, after, query, near)
    for tally, figure in ((moved.before, total(before, query)), (moved.after, total(after, query))):
        assert tally.bounds == (figure.low, figure.best, figure.high)
        assert tally.counted == set(figure.counted)
    assert near is not None or changed.scope == "cumulative"
