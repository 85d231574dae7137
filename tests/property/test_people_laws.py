"""Linking people is order-free, puts each record in one person, and obeys what people decided."""

from __future__ import annotations

import random

from evals.people import world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallybook.incidents.people import people
from tallybook.model import Judgement
from tests.unit.factories import judgement

SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RECORDS = 150


@given(st.integers(0, 10_000), st.integers(0, 10_000))
@SLOW
def test_each_record_names_one_person_whatever_the_order(seed: int, order: int) -> None:
    records = list(world(seed, RECORDS).seen)
    expected = people(records)
    random.Random(order).shuffle(records)
    assert people(records) == expected
    named = [v for person in expected for v in person.victims]
    assert sorted(named) == sorted(r.victim.id for r in records)


@given(st.integers(0, 10_000), st.data())
@SLOW
def test_decisions_hold_and_undone_leave_nothing(seed: int, data: st.DataObject) -> None:
    records = world(seed, RECORDS).seen
    ids = sorted(r.victim.id for r in records)
    pairs = data.draw(st.lists(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True), max_size=4))
    verbs = data.draw(st.lists(st.sampled_from(["same", "different"]), min_size=len(pairs), max_size=len(pairs)))
    log: list[Judgement] = []
    for number, (verb, (a, b)) in enumerate(zip(verbs, pairs, strict=True), 1):
        log.append(judgement(number, verb, a, b))
    person = {v: p.id for p in people(records, log) for v in p.victims}
    last = {tuple(sorted(j.objects)): j.verb for j in log}
    for (a, b), verb in last.items():
        if verb == "different":
            assert person[a] != person[b]
    if all(verb == "same" for verb in last.values()):
        assert all(person[a] == person[b] for a, b in last)
    undone = [*log, *(judgement(100 + j.number, "undo", j.id) for j in log)]
    assert people(records, undone) == people(records)


@given(st.integers(0, 10_000))
@SLOW
def test_records_of_one_document_are_different_people(seed: int) -> None:
    records = world(seed, RECORDS).seen
    document = {r.victim.id: r.document for r in records}
    for person in people(records):
        assert len({document[v] for v in person.victims}) == len(person.victims)
