"""The quick search for clashes finds what trying every set of claims in full finds."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tallybook.ledger import Book
from tallybook.ledger.asking import ask
from tallybook.ledger.components import Component
from tallybook.ledger.disagreement import smallest_sets
from tallybook.ledger.possible import Possible
from tallybook.ledger.system import Disagreement
from tallybook.model import Claim, Query
from tests.property.test_ledger_laws import DOCUMENTS, MAP, claims, queries
from tests.unit.factories import book, claim


@st.composite
def clashing_parts(draw: st.DrawFn) -> list[Claim]:
    """One incident whose wholes and parts, by two origins, often contradict each other."""
    made: list[Claim] = []
    for origin, doc in (("police", "d1"), ("hospital", "d2")):
        whole = claim(f"{doc}w", str(draw(st.integers(1, 6))), origin=origin, doc=doc, event="e1", quote="whole")
        made.append(whole)
        for who in ("civilian", "combatant", "civilian children"):
            if draw(st.booleans()):
                number = draw(st.sampled_from(("2", "3", "4", "at least 5", "1-2")))
                part = claim(f"{doc}{who}", number, who, origin, doc=doc, event="e1", quote=who)
                made.append(replace(part, part_of=whole.id, whole_exact=draw(st.booleans())))
    return made


def _agrees(component: Component, without: frozenset[str]) -> bool:
    try:
        component.answer(without)
    except Disagreement:
        return False
    return True


def _components(told: list[Claim], query: Query) -> list[Component]:
    made: Book = book(told, DOCUMENTS, geography=MAP)
    return ask(made, query).all()


@settings(max_examples=120, deadline=None)
@given(claims(), queries, st.randoms(use_true_random=False))
def test_the_small_system_says_what_the_full_one_says(told: list[Claim], query: Query, random: Random) -> None:
    for component in _components(told, query):
        possible = Possible(component)
        ids = sorted(component.claims)
        for _ in range(6):
            without = frozenset(random.sample(ids, random.randrange(len(ids) + 1)))
            assert possible(without) == _agrees(component, without)


@settings(max_examples=120, deadline=None)
@given(st.one_of(claims(), clashing_parts()))
def test_smallest_sets_are_those_that_trying_all_finds(told: list[Claim]) -> None:
    for component in _components(told, Query("killed")):
        if not _agrees(component, frozenset()):
            assert smallest_sets(component) == _by_trying_all(component)


def _by_trying_all(component: Component) -> tuple[tuple[str, ...], ...]:
    for size in range(1, len(component.statements) + 1):
        sets = (tuple(sorted(chain(*some))) for some in combinations(component.statements, size))
        found = tuple(sorted(ids for ids in sets if _agrees(component, frozenset(ids))))
        if found:
            return found
    return ()
