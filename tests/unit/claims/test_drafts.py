"""What drafts of one report have to do with each other: parts, repeats, denials, traces."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.choose import Features
from tallybook.claims.denials import give_event
from tallybook.claims.drafts import Draft, part_from
from tallybook.claims.groups import Group
from tallybook.claims.repeats import merged
from tallybook.claims.tracing import Trace
from tallybook.claims.uncounted import harmless
from tallybook.knowledge.word_lists import PeopleWords
from tallybook.model.claim import Count
from tallybook.model.span import Span
from tests.unit.claims.sentences import facts


def draft(number: int, index: int = 0, *, measure: str = "killed", event: int = 0, field: str = "body") -> Draft:
    f = facts("Twelve/CD died/VBD", index=index, field=field, start=index * 100)
    start = f.sentence.start
    count = Count(number, number, "exact", str(number), Span(start, start + 6))
    group = Group(f.sentence, count, number, start, start + 6, 0, 0, 0, "bare")
    return Draft(f, group, measure, "harm-after-group", event=event, count=count)


def test_part_of_what_is_gone_becomes_a_whole() -> None:
    whole, part, other = draft(12), draft(5, 1), draft(3, 2)
    part.part_of, other.part_of = whole, part
    part_from([part, other])
    assert part.part_of is None
    assert other.part_of is part


def test_number_told_twice_of_one_event_is_one_claim() -> None:
    first, again, later = draft(12), draft(12, 1), draft(12, 2, event=1)
    part = draft(5, 3)
    part.part_of = again
    kept, dropped = merged([first, again, later, part], PeopleWords())
    assert kept == [first, later, part]
    assert dropped == [(again, "repeat")]
    assert part.part_of is first


def test_denial_takes_the_event_of_what_it_answers_before_the_nearest() -> None:
    far, near = draft(12, 0, event=3), draft(5, 4, event=4)
    denial = draft(0, 5)
    give_event(denial, [far, near])
    assert denial.event == 4
    denial.responds_to = far
    give_event(denial, [far, near])
    assert denial.event == 3


def test_denial_of_nothing_told_keeps_its_own() -> None:
    denial = draft(0, event=7)
    give_event(denial, [])
    assert denial.event == 7


def test_group_that_nothing_has_taken_counts_no_harm() -> None:
    taken, free = draft(12), draft(5, 1)
    for each in (taken, free):
        each.facts.groups.append(each.group)
    assert [n.quote for n in harmless([taken.facts, free.facts], [taken], [])] == ["5"]


@dataclass(frozen=True)
class Option:
    """A candidate with a name."""

    told: str
    features: Features


def test_trace_tells_winner_next_and_what_decided() -> None:
    trace, one = Trace({"date": {"near": 2.0, "far": -1.0}}), draft(12)
    one.ident = "c1"
    trace([(one, {"date": [Option("Monday", {"far": 1.0}), Option("Friday", {"near": 1.0})], "place": []})])
    (weighed,) = trace.of("c1")
    assert (weighed.field, weighed.value, weighed.next) == ("date", "Friday", "Monday")
    assert weighed.odds > 0.9
    assert weighed.features == (("near", 2.0), ("far", 1.0))
