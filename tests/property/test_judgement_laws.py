"""Law 7: people outrank the program. Decisions, undos, new reports and new readers in any order, on generated books."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallybook.documents import Intake, Stated, documents_from
from tallybook.errors import Contradiction, UsageError
from tallybook.knowledge import Knowledge
from tallybook.model import Judgement
from tallybook.model.judgement import seal
from tallybook.model.standing import standing, undoings
from tallybook.review.applying import applied
from tallybook.review.chain import appended, breaks
from tallybook.review.deciding import Wish
from tallybook.review.fields import FIELDS
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.checking import verify
from tallybook.runs.desk import Desk
from tallybook.runs.judging import commit, propose, replay
from tallybook.runs.packs import load_packs
from tallybook.store import BookStore, create_or_open
from tests.dated_reader import DatedReader, LaterReader
from tests.simple_reader import SimpleReader
from tests.unit.factories import judgement

KNOWLEDGE: Knowledge = load_packs().knowledge
SLOW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Row = dict[str, str]
AT = "2025-01-01T00:00:00Z"

texts = st.builds(
    "{} {} were killed in {}{}.".format,
    st.integers(1, 20),
    st.sampled_from(["people", "civilians", "soldiers"]),
    st.sampled_from(["Karsk", "Brannik"]),
    st.sampled_from([" on 2024-03-01", " on 2024-03-02", " yesterday"]),
)
rows = st.fixed_dictionaries(
    {
        "text": st.lists(texts, min_size=1, max_size=2).map(" ".join),
        "publisher": st.sampled_from(["Herald", "Courier", "Radio"]),
        "published": st.sampled_from(["2024-03-03", "2024-03-04"]),
    }
)
corpora = st.lists(rows, min_size=2, max_size=4)


@dataclass(frozen=True)
class Step:
    """Something a person does: a verb, which claims (counted round), and a value."""

    verb: str
    at: int
    other: int
    value: str


steps = st.builds(
    Step,
    st.sampled_from(
        [
            "accept", "reject", "retract", "same", "different", "part-of", "count", "affiliation", "scope",
            "set-published", "set-publisher", "undo",
        ]
    ),
    st.integers(0, 5),
    st.integers(0, 5),
    st.sampled_from(["1", "2", "3"]),
)  # fmt: skip
plans = st.lists(steps, min_size=1, max_size=6)
VALUES = {"count": "{0}..1{0}", "affiliation": "combatant", "scope": "cumulative", "set-published": "2024-02-0{0}",
          "set-publisher": "Outlet {0}"}  # fmt: skip


@contextmanager
def book_of(corpus: Sequence[Row], reader: SimpleReader | None = None) -> Iterator[BookStore]:
    with tempfile.TemporaryDirectory() as folder, create_or_open(str(Path(folder, "book.db"))) as book:
        add(book, corpus, reader or DatedReader())
        yield book


def add(book: BookStore, corpus: Sequence[Row], reader: SimpleReader) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        path.write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
        arrivals = documents_from([str(path)], Intake(Stated.of("2026-01-01")))
        add_documents(book, arrivals, reader, KNOWLEDGE, Listener(), AT)


def wish(step: Step, desk: Desk) -> Wish:
    claims = sorted(desk.claim_of)
    one, other = claims[step.at % len(claims)], claims[step.other % len(claims)]
    value = VALUES.get(step.verb, "").format(step.value) or None
    if step.verb == "undo":
        return Wish("undo", (str(step.at + 1),), "Ana", "no", AT)
    if step.verb in ("same", "different", "part-of"):
        return Wish(step.verb, (one, other), "Ana", "seen", AT)
    if step.verb in ("set-published", "set-publisher"):
        return Wish(step.verb, (desk.claim_of[one].document,), "Ana", "seen", AT, None, value)
    if step.verb in FIELDS or step.verb == "affiliation":
        return Wish("set-field", (one,), "Ana", "seen", AT, step.verb, value)
    return Wish(step.verb, (one,), "Ana", "seen", AT)


def decide(book: BookStore, step: Step, reader: SimpleReader) -> Judgement | None:
    """Do a step; return None where it is refused, as contradictions and impossible undos are."""
    desk = Desk(book, KNOWLEDGE)
    try:
        proposal = propose(desk, wish(step, desk), lambda: reader)
    except (Contradiction, UsageError):
        return None
    commit(desk, proposal)
    return proposal.judgement


def digest(book: BookStore) -> str:
    return verify(Desk(book, KNOWLEDGE)).digest


@SLOW
@given(corpora, plans)
def test_law_7_decide_then_undo_is_nothing(corpus: list[Row], plan: list[Step]) -> None:
    with book_of(corpus) as book:
        for step in plan:
            before = digest(book)
            made = decide(book, step, DatedReader())
            if made is not None:
                try:
                    desk = Desk(book, KNOWLEDGE)
                    commit(desk, propose(desk, Wish("undo", (made.id,), "Ana", "no", AT), DatedReader))
                except Contradiction:
                    continue
                assert digest(book) == before


@SLOW
@given(corpora, plans)
def test_law_7_replaying_all_judgements_gives_the_present_state(corpus: list[Row], plan: list[Step]) -> None:
    with book_of(corpus) as book, book_of(list(reversed(corpus))) as other:
        for step in plan:
            decide(book, step, DatedReader())
        replay(Desk(other, KNOWLEDGE), book.judgements(), DatedReader)
        assert digest(other) == digest(book)
        assert verify(Desk(other, KNOWLEDGE)).broken == ()


@SLOW
@given(corpora, plans)
def test_law_7_no_reader_overwrites_a_judgement_and_none_is_lost_silently(corpus: list[Row], plan: list[Step]) -> None:
    with book_of(corpus) as book:
        for step in plan:
            decide(book, step, DatedReader())
        before = Desk(book, KNOWLEDGE)
        add(book, corpus, LaterReader())
        after = Desk(book, KNOWLEDGE)
        assert {c.reader for c in after.claims} == {"simple/2"}
        assert [j.id for j in after.judgements] == [j.id for j in before.judgements]
        kept = {c.id: (c.document, c.span) for desk in (before, after) for c in desk.claims}
        lost = {(o.judgement.id, o.passage.object) for o in after.applied.orphans}
        for old, new in zip(before.judgements, after.judgements, strict=True):
            missing = [o for o in old.objects if (old.id, o) in lost]
            assert len(new.objects) == len(old.objects) - len(missing)
            places = {kept.get(o, o) for o in old.objects if o not in missing}
            assert {kept.get(o, o) for o in new.objects} == places
        assert _set_values(after) == _set_values(before)


def _set_values(desk: Desk) -> set[tuple[object, ...]]:
    """Return what people set, by words and field."""
    return {
        (
            desk.claim_of[c].document,
            desk.claim_of[c].span,
            change.field,
            json.dumps(FIELDS[change.field].get(desk.claim_of[c])),
        )
        for c, changes in desk.applied.corrections.items()
        for change in changes
    }


@SLOW
@given(corpora, corpora, plans)
def test_law_7_new_reports_overwrite_no_judgement_whatever_comes_first(
    corpus: list[Row], more: list[Row], plan: list[Step]
) -> None:
    with book_of(corpus) as one, book_of([*more, *corpus]) as two:
        for step in plan:
            decide(one, step, DatedReader())
        replay(Desk(two, KNOWLEDGE), one.judgements(), DatedReader)
        add(one, more, DatedReader())
        assert digest(one) == digest(two)


@SLOW
@given(corpora, plans)
def test_law_6_deciding_deletes_nobodys_claim(corpus: list[Row], plan: list[Step]) -> None:
    with book_of(corpus) as book:
        read = book.claims()
        for step in plan:
            decide(book, step, DatedReader())
        ids = {c.id for c in read}
        assert {c.id for c in Desk(book, KNOWLEDGE).claims} == ids
        assert [(c.quote, c.span) for c in Desk(book, KNOWLEDGE).claims] == [(c.quote, c.span) for c in read]


logs = st.lists(st.tuples(st.sampled_from(["reject", "accept", "undo"]), st.integers(1, 9)), max_size=9)


def _log(told: list[tuple[str, int]]) -> list[Judgement]:
    log: list[Judgement] = []
    for verb, which in told:
        target = log[which % len(log)].id if log and verb == "undo" else f"c{which}"
        log.append(appended(judgement(0, verb if log else "accept", target), log))
    return log


@given(logs)
def test_every_judgement_stands_or_is_undone_by_one_that_stands(told: list[tuple[str, int]]) -> None:
    log = _log(told)
    undone = undoings(log)
    assert {j.id for j in standing(log)} == {j.id for j in log if j.verb != "undo"} - undone.keys()
    assert all(by.id not in undone for by in undone.values())


@given(logs.filter(len), st.data())
def test_any_change_to_the_past_is_found_and_named(told: list[tuple[str, int]], data: st.DataObject) -> None:
    log = _log(told)
    sealed = (log[-1].number, seal(log[-1]))
    assert breaks(log, sealed) == ()
    which = data.draw(st.integers(0, len(log) - 1))
    changes = {"author": "Eve", "because": "x", "at": "x", "verb": "x", "objects": ("x",), "shown": (("x", "y"),)}
    field = data.draw(st.sampled_from(sorted(changes)))
    changed = [replace(j, **{field: changes[field]}) if i == which else j for i, j in enumerate(log)]  # type: ignore[arg-type]
    assert [b.number for b in breaks(changed, sealed)] == [which + 1]
    assert which + 1 in [b.number for b in breaks([*log[:which], *log[which + 1 :]], sealed)]


@given(logs)
def test_applying_is_a_function_of_the_log_alone(told: list[tuple[str, int]]) -> None:
    log = _log(told)
    assert applied((), {}, log).judgements == applied((), {}, list(reversed(log))).judgements
