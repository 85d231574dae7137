"""A linking that remembers the one before gives what a fresh one gives."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.ledger import invented

from tallybook.incidents import link
from tallybook.incidents.memory import Memory
from tallybook.model import Claim, Count


def test_memory_changes_no_result_whatever_changes_between() -> None:
    claims, documents = invented(900)
    random = Random(3)
    memory = Memory()
    assert link(claims, documents, memory=memory) == link(claims, documents)
    for _ in range(6):
        claims = [changed(random, c) for c in claims if random.random() > 0.01]
        assert link(claims, documents, memory=memory) == link(claims, documents)


def changed(random: Random, claim: Claim) -> Claim:
    if random.random() > 0.03:
        return claim
    number = random.randrange(40)
    return replace(claim, count=Count(number, number, "exact", str(number)))


def test_events_that_did_not_change_are_not_compared_anew(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    claims, documents = invented(300)
    memory = Memory()
    link(claims, documents, memory=memory)
    compared = []
    from tallybook.incidents import memory as module

    monkeypatch.setattr(module, "compare", lambda a, b: compared.append((a, b)))
    link(claims, documents, memory=memory)
    assert compared == []
