"""`decide` and `undo`: what is said before a judgement is kept, what it moves, and what survives."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallybook.documents import Intake, Stated, documents_from
from tallybook.errors import AmbiguousName, BadDate, BookError, Contradiction, UnknownName, UsageError
from tallybook.knowledge import Knowledge
from tallybook.ledger import total
from tallybook.model import Judgement, Query
from tallybook.model.wire import Json
from tallybook.review.deciding import Wish
from tallybook.runs import deriving, explaining, listing
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.checking import verify
from tallybook.runs.deriving import is_linked, keep_derived, linked
from tallybook.runs.desk import Desk
from tallybook.runs.filtering import filter_from
from tallybook.runs.judging import Proposal, carried_on, change_of, commit, name_of, propose, replay, write
from tallybook.runs.naming import Asked
from tallybook.store import BookStore, create_or_open
from tests.dated_reader import DatedReader, LaterReader
from tests.simple_reader import SimpleReader

AT = "2024-06-01T12:00:00Z"
KARSK = "{} civilians were killed in Karsk on 2024-03-01."
ROWS = (
    {"id": "a", "publisher": "Herald", "published": "2024-03-02", "text": KARSK.format(12)},
    {"id": "b", "publisher": "Courier", "published": "2024-03-03", "text": KARSK.format(15)},
    {
        "id": "c",
        "publisher": "Herald",
        "published": "2024-03-09",
        "text": "3 soldiers were injured in Tolvi on 2024-03-08.",
    },
    {"id": "d", "publisher": "Radio", "published": "2024-04-02", "text": "7 people were killed in Brannik yesterday."},
)


class Recorder:
    """A person with a book: decides, undoes, and looks."""

    def __init__(self, book: BookStore, knowledge: Knowledge, folder: Path) -> None:
        self.book, self.knowledge, self._folder = book, knowledge, folder
        self.reader: SimpleReader = DatedReader()

    @property
    def desk(self) -> Desk:
        return Desk(self.book, self.knowledge)

    def add(self, *rows: dict[str, str], reader: SimpleReader | None = None) -> None:
        path = self._folder / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        arrivals = documents_from([str(path)], Intake(Stated.of("2024-06-01")))
        add_documents(self.book, arrivals, reader or self.reader, self.knowledge, Listener(), AT)

    def propose(self, verb: str, *objects: str, value: str | None = None, field: str | None = None) -> Proposal:
        return propose(self.desk, Wish(verb, objects, "Ana", "seen twice", AT, field, value), lambda: self.reader)

    def decide(self, verb: str, *objects: str, value: str | None = None, field: str | None = None) -> Judgement:
        proposal = self.propose(verb, *objects, value=value, field=field)
        commit(self.desk, proposal)
        return proposal.judgement

    def moves(self, verb: str, *objects: str, **more: str) -> dict[str, str]:
        return {name_of(m): change_of(m) for m in self.propose(verb, *objects, **more).moves if m.incident is None}

    def claim(self, document: str) -> str:
        return next(c.id for c in self.desk.claims if self.desk.documents[c.document].id == document)

    def listed(self, document: str) -> Json:
        everything = filter_from(Asked(), self.desk)
        return next(i for i in listing.claims(self.desk, everything) if i["document"]["id"] == document)

    @property
    def digest(self) -> str:
        return verify(self.desk).digest


@pytest.fixture
def ana(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> Recorder:
    recorder = Recorder(book, knowledge, tmp_path)
    recorder.add(*ROWS)
    return recorder


def test_what_moves_is_told_and_nothing_is_written_before(ana: Recorder) -> None:
    before = ana.book.state()
    assert ana.moves("reject", ana.claim("b")) == {
        "killed, any": "19..22 -> 19..19", "killed, civilian": "12..15 -> 12..12",
    }  # fmt: skip
    assert ana.book.state() == before


def test_evidence_is_kept_as_it_was_shown(ana: Recorder) -> None:
    made = ana.decide("reject", ana.claim("b"))
    assert dict(made.shown)["killed, civilian"] == "12..15 -> 12..12"
    assert made.passages[0].quote == "15 civilians were killed in Karsk on 2024-03-01"
    assert (made.author, made.because, made.at) == ("Ana", "seen twice", AT)
    same = ana.propose("same", ana.claim("a"), ana.claim("c")).judgement
    assert any(name.startswith("link ") and ":" in value for name, value in same.shown)


DECISIONS: dict[str, Callable[[Recorder], Judgement]] = {
    "accept": lambda ana: ana.decide("accept", ana.claim("a")),
    "reject": lambda ana: ana.decide("reject", ana.claim("b")),
    "retract": lambda ana: ana.decide("retract", ana.claim("b")),
    "different": lambda ana: ana.decide("different", ana.claim("a"), ana.claim("b")),
    "same": lambda ana: ana.decide("same", ana.claim("a"), ana.claim("d")),
    "part-of": lambda ana: ana.decide("part-of", ana.claim("d"), ana.claim("a")),
    "set-field": lambda ana: ana.decide("set-field", ana.claim("a"), field="count", value="at least 20"),
    "set-place": lambda ana: ana.decide("set-place", ana.claim("a"), value="Brannik"),
    "set-actor": lambda ana: ana.decide("set-actor", ana.claim("a"), value="OAF"),
    "set-published": lambda ana: ana.decide("set-published", "d", value="2024-03-02"),
    "set-publisher": lambda ana: ana.decide("set-publisher", "b", value="Herald"),
}


@pytest.mark.parametrize("verb", sorted(DECISIONS))
def test_decide_then_undo_is_nothing_and_undoing_that_restores_it(ana: Recorder, verb: str) -> None:
    before = ana.digest
    made = DECISIONS[verb](ana)
    decided = ana.digest
    assert decided != before
    undo = ana.decide("undo", str(made.number))
    assert ana.digest == before
    ana.decide("undo", undo.id)
    assert ana.digest == decided
    assert [j.verb for j in ana.book.judgements()] == [verb, "undo", "undo"]


def test_replaying_a_log_gives_the_present_state(ana: Recorder, knowledge: Knowledge, tmp_path: Path) -> None:
    for decide in DECISIONS.values():
        try:
            decide(ana)
        except Contradiction:
            continue
    ana.decide("undo", "2")
    with create_or_open(str(tmp_path / "other.db")) as other:
        copy = Recorder(other, knowledge, tmp_path)
        copy.add(*reversed(ROWS))
        replay(copy.desk, ana.book.judgements(), lambda: copy.reader)
        assert copy.digest == ana.digest
        assert other.judgements() == ana.book.judgements()
        assert verify(copy.desk).broken == ()
        with pytest.raises(UsageError, match="has none"):
            replay(copy.desk, ana.book.judgements(), lambda: copy.reader)


def test_same_decisions_at_other_times_give_the_same_answers(
    ana: Recorder, knowledge: Knowledge, tmp_path: Path
) -> None:
    with create_or_open(str(tmp_path / "other.db")) as other:
        copy = Recorder(other, knowledge, tmp_path)
        copy.add(*ROWS)
        later = Wish("reject", (copy.claim("b"),), "Ana", "seen twice", "2025-01-01T00:00:00Z")
        commit(copy.desk, propose(copy.desk, later, lambda: copy.reader))
        ana.decide("reject", ana.claim("b"))
        assert copy.digest == ana.digest


def test_set_value_is_shown_with_what_was_read(ana: Recorder) -> None:
    made = ana.decide("set-field", ana.claim("a"), field="affiliation", value="combatant")
    (claim,) = ana.listed("a")["claims"]
    assert claim["target"]["affiliation"] == "combatant"
    assert claim["corrected"] == [{"field": "target.affiliation", "was": "civilian", "judgement": made.id}]
    assert ana.listed("b")["claims"][0]["corrected"] == []


def test_why_tells_what_was_decided_on_a_claim(ana: Recorder) -> None:
    ana.decide("set-field", ana.claim("a"), field="count", value="11")
    steps = [step.text for step in explaining.why(ana.claim("a"), ana.desk).steps]
    assert "Judgement 1: Ana decided set-field count to 11, read as 12: seen twice." in steps


def test_judged_claims_are_reviewed(ana: Recorder) -> None:
    ana.decide("accept", ana.claim("a"))
    ana.decide("set-field", ana.claim("b"), field="count", value="14")
    figure = ana.propose("accept", ana.claim("d")).moves
    assert figure == ()
    assert ana.desk.ledger.decided.reviewed == {ana.claim("a"), ana.claim("b")}


def test_all_claims_of_an_incident_are_judged_by_its_id(ana: Recorder) -> None:
    incident = ana.desk.incident_of[ana.claim("a")]
    made = ana.decide("accept", incident)
    assert set(made.objects) == {ana.claim("a"), ana.claim("b")}


def test_place_is_resolved_by_the_packs(ana: Recorder) -> None:
    ana.decide("set-place", ana.claim("a"), value="brannik")
    place = ana.listed("a")["claims"][0]["place"]
    assert (place["name"], place["admin"][-1]) == ("Brannik", "Dovrin")
    by_id = ana.propose("set-place", ana.claim("a"), value=str(place["id"]))
    assert by_id.judgement.means == ana.book.judgements()[0].means
    with pytest.raises(AmbiguousName, match=r"gn\d+ Springfield, .*, USA"):
        ana.propose("set-place", ana.claim("a"), value="Springfield")
    assert ana.propose("set-place", ana.claim("a"), value="Springfield, Illinois").judgement.value
    with pytest.raises(UnknownName, match="Brannik"):
        ana.propose("set-place", ana.claim("a"), value="Brannikk")


def test_actor_is_resolved_by_the_register(ana: Recorder) -> None:
    assert ana.propose("set-actor", ana.claim("a"), value="OAF").judgement.value == "Orvanian Armed Forces"
    group = ana.propose("set-actor", ana.claim("a"), field="target.group", value="OAF").judgement
    assert (group.field, group.means) == ("target.group", '"Orvanian Armed Forces"')
    with pytest.raises(UnknownName):
        ana.propose("set-actor", ana.claim("a"), value="Nobody At All")
    with pytest.raises(UsageError, match="holds no actor"):
        ana.propose("set-actor", ana.claim("a"), field="count", value="OAF")


def test_relative_dates_move_with_a_mended_publication_date_and_the_text_stays(ana: Recorder) -> None:
    was = ana.listed("d")
    assert was["claims"][0]["date"]["start"] == "2024-04-01"
    moved = ana.propose("set-published", "d", value="2024-03-02").judgement
    made = ana.decide("set-published", "d", value="2024-03-02")
    assert moved == made
    now = ana.listed("d")
    assert now["claims"][0]["date"]["start"] == "2024-03-01"
    assert now["claims"][0]["id"] == was["claims"][0]["id"]
    assert (now["document"]["published"], now["document"]["published_from"]) == ("2024-03-02", "judgement")
    assert now["document"]["mended"] == [{"field": "published", "was": "2024-04-02", "judgement": made.id}]
    assert (now["document"]["text"], now["document"]["key"]) == (was["document"]["text"], was["document"]["key"])
    assert ana.book.documents()[was["document"]["key"]].published == "2024-04-02"


def test_mended_publisher_is_the_origin_of_its_claims(ana: Recorder) -> None:
    assert ana.moves("set-publisher", "b", value="Herald")["killed, civilian"] == "12..15 -> 15..15"
    ana.decide("set-publisher", "b", value="Herald")
    assert ana.listed("b")["claims"][0]["origin"] == "Herald"


def test_mended_document_stays_mended_when_it_comes_again_and_is_read_anew(ana: Recorder) -> None:
    ana.decide("set-published", "d", value="2024-03-02")
    decided = ana.digest
    ana.add(*ROWS)
    assert ana.digest == decided
    ana.add(*ROWS, reader=LaterReader())
    assert ana.listed("d")["claims"][0]["date"]["start"] == "2024-03-01"
    assert ana.listed("d")["claims"][0]["reader"] == "simple/2"


def test_date_in_the_future_is_refused(ana: Recorder) -> None:
    with pytest.raises(BadDate, match="future"):
        ana.propose("set-published", "d", value="2024-06-02")
    with pytest.raises(BadDate):
        ana.propose("set-published", "d", value="soon")


def test_contradiction_is_refused_and_names_what_stands(ana: Recorder) -> None:
    a, b, d = (ana.claim(x) for x in "abd")
    ana.decide("same", a, b)
    ana.decide("same", b, d)
    with pytest.raises(Contradiction, match=rf"1 \(same {a} {b}, by Ana\); 2 \(same {b} {d}, by Ana\)"):
        ana.decide("different", a, d)
    assert len(ana.book.judgements()) == 2
    ana.decide("undo", "2")
    ana.decide("different", a, d)
    with pytest.raises(Contradiction, match="4 "):
        ana.decide("undo", "3")


def test_contradiction_names_what_was_typed(ana: Recorder) -> None:
    one, other = (ana.desk.incident_of[ana.claim(x)] for x in "ad")
    ana.decide("different", one, other)
    with pytest.raises(Contradiction, match=f"1 \\(different {one} {other}, by Ana\\)"):
        ana.decide("same", ana.claim("a"), ana.claim("d"))


def test_incident_that_joins_another_is_told_with_its_heir(ana: Recorder) -> None:
    one, other = (ana.desk.incident_of[ana.claim(x)] for x in "ad")
    moved = {m.incident: m for m in ana.propose("same", one, other).moves if m.who == "any"}
    gone, kept = sorted((one, other), key=lambda i: moved[i].after is not None)
    assert moved[gone].into == kept
    assert change_of(moved[gone]).endswith(f"-> none (now in {kept})")


def test_people_hold_against_the_linker(ana: Recorder) -> None:
    a, b, d = (ana.claim(x) for x in "abd")
    assert ana.desk.incident_of[a] == ana.desk.incident_of[b] != ana.desk.incident_of[d]
    ana.decide("different", a, b)
    ana.decide("same", ana.desk.incident_of[a], ana.desk.incident_of[d])
    assert ana.desk.incident_of[a] == ana.desk.incident_of[d] != ana.desk.incident_of[b]


def test_people_hold_against_what_a_report_tells_apart(ana: Recorder) -> None:
    two = "4 people were killed in Karsk on 2024-05-01. 5 people were killed in Tolvi on 2024-05-02."
    ana.add({"id": "e", "publisher": "Radio", "published": "2024-05-03", "text": two})
    one, other = (c["id"] for c in ana.listed("e")["claims"])
    assert ana.desk.incident_of[one] != ana.desk.incident_of[other]
    ana.decide("same", one, other)
    assert ana.desk.incident_of[one] == ana.desk.incident_of[other]


def test_people_hold_against_what_copies_tell_alike(ana: Recorder) -> None:
    ana.add({**ROWS[0], "id": "copy", "publisher": "Reprint Daily"})
    first, copy = ana.claim("a"), ana.claim("copy")
    assert ana.desk.incident_of[first] == ana.desk.incident_of[copy]
    ana.decide("different", first, copy)
    assert ana.desk.incident_of[first] != ana.desk.incident_of[copy]


def test_part_is_never_added_to_its_whole(ana: Recorder) -> None:
    part, whole = ana.claim("d"), ana.claim("c")
    ana.decide("set-field", whole, field="measure", value="killed")
    ana.decide("set-field", whole, field="count", value="9")
    assert ana.moves("part-of", part, whole)["killed, any"] == "28..31 -> 21..31", "another origin's part may be new"
    ana.decide("part-of", ana.desk.incident_of[part], ana.desk.incident_of[whole])
    assert ana.desk.incident_of[part] in next(i for i in ana.desk.incidents if whole in i.claims).parts


def test_judgements_survive_another_reader(ana: Recorder) -> None:
    a, b = ana.claim("a"), ana.claim("b")
    ana.decide("reject", b)
    ana.decide("set-field", a, field="count", value="11")
    before = ana.propose("accept", ana.claim("c")).judgement.shown
    ana.add(*ROWS, reader=LaterReader())
    assert ana.claim("a") != a
    assert ana.listed("a")["claims"][0]["count"]["low"] == 11
    assert ana.desk.ledger.decided.dropped == {ana.claim("b")}
    assert ana.propose("accept", ana.claim("c")).judgement.shown == before


def test_judgement_that_lost_its_claim_is_listed_as_an_issue(ana: Recorder) -> None:
    class Halved(LaterReader):
        name = "simple/3"

        def read(self, document: Any) -> Any:
            made = super().read(document)
            return replace(made, claims=tuple(replace(c, measure="injured") for c in made.claims))

    ana.decide("reject", ana.claim("b"))
    ana.add(*ROWS, reader=Halved())
    issues = [i for i in listing.issues(ana.desk, filter_from(Asked(), ana.desk)) if i["code"] == "judgement-orphaned"]
    assert [i["document"] for i in issues] == ["b"]
    assert "Judgement 1 (reject, Ana)" in issues[0]["message"]
    ana.add(*ROWS)
    assert ana.desk.applied.orphans == ()
    assert ana.desk.ledger.decided.dropped == {ana.claim("b")}


@pytest.mark.parametrize(
    ("verb", "objects", "more", "words"),
    [
        ("reject", ("nothing",), {}, "no claim or incident 'nothing'"),
        ("reject", (), {}, "needs what it is about"),
        ("same", ("a",), {}, "two claims or incidents"),
        ("same", ("a", "a"), {}, "each once"),
        ("adopt", ("a",), {}, "nothing that can be decided"),
        ("set-field", ("a",), {"field": "count"}, "needs a value"),
        ("set-field", ("a",), {"field": "colour", "value": "red"}, "no field 'colour'"),
        ("set-field", ("a",), {"field": "count", "value": "many"}, "is no count"),
        ("set-field", ("a",), {"field": "part_of", "value": "a"}, "contain or answer itself"),
        ("set-published", ("zz",), {"value": "2024-01-01"}, "no document 'zz'"),
        ("undo", ("7",), {}, "no judgement '7'"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_clear_line(
    ana: Recorder, verb: str, objects: tuple[str, ...], more: dict[str, str], words: str
) -> None:
    ids = {"a": ana.claim("a")}
    given = {k: ids.get(v, v) for k, v in more.items()}
    with pytest.raises(UsageError, match=words):
        ana.propose(verb, *(ids.get(o, o) for o in objects), **given)
    assert ana.book.judgements() == ()


def test_author_and_reason_are_needed(ana: Recorder) -> None:
    for author, because, why in (("", "x", "is empty"), ("Ana", "  ", "is empty"), ("A\x1b[2J", "x", "printed")):
        with pytest.raises(UsageError, match=why):
            propose(ana.desk, Wish("accept", (ana.claim("a"),), author, because, AT), lambda: ana.reader)


def test_kept_incidents_are_those_that_the_book_gives(ana: Recorder) -> None:
    for decide in (DECISIONS["different"], DECISIONS["set-published"], DECISIONS["reject"]):
        decide(ana)
        assert is_linked(ana.book)
        found = linked(ana.desk.applied, ana.desk.victims)
        assert tuple(sorted(found, key=lambda i: i.id)) == ana.desk.incidents


def test_whether_claims_count_is_nothing_to_linking(ana: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a book after a day of accepting and rejecting must not link hundreds of reports anew."""
    monkeypatch.setattr(deriving, "MOST_CHANGED", 0)
    for verb, about in (("accept", ana.claim("a")), ("reject", ana.claim("b")), ("undo", "2")):
        write(ana.desk, ana.propose(verb, about))
    keep_derived(ana.book, whole=False)
    assert is_linked(ana.book)
    write(ana.desk, ana.propose("different", ana.claim("a"), ana.claim("b")))
    keep_derived(ana.book, whole=False)
    assert not is_linked(ana.book)


def test_undone_judgement_cannot_be_undone_again(ana: Recorder) -> None:
    ana.decide("accept", ana.claim("a"))
    ana.decide("undo", "1")
    with pytest.raises(UsageError, match="undone already, by 2"):
        ana.decide("undo", "1")


def test_two_people_at_once_do_not_overwrite_each_other(ana: Recorder) -> None:
    mine, theirs = ana.propose("accept", ana.claim("a")), ana.propose("accept", ana.claim("b"))
    commit(ana.desk, theirs)
    with pytest.raises(BookError, match="log is at 1"):
        commit(ana.desk, mine)
    assert [j.objects for j in ana.book.judgements()] == [(ana.claim("b"),)]


def test_desk_carried_on_shows_what_one_laid_open_anew_shows(ana: Recorder) -> None:
    before = ana.desk
    assert before.victims_told is not None
    for wish in (
        Wish("reject", (before.claims[0].id,), "Ana", "misread", AT),
        Wish("different", (ana.claim("a"), ana.claim("b")), "Ana", "two streets", AT),
        Wish("set-published", ("d",), "Ana", "the stamp says so", AT, value="2024-04-03"),
    ):
        proposal = propose(before, wish, lambda: ana.reader)
        commit(before, proposal)
        before = carried_on(before, proposal)
        assert verify(before) == verify(ana.desk)
        assert before.log == ana.desk.log


QUERIES = [Query(m, (who,)) for m in ("killed", "injured", "missing") for who in ("any", "civilian", "combatant")]


@pytest.mark.parametrize("name", sorted(DECISIONS))
def test_figures_that_are_carried_on_are_those_of_a_desk_laid_open_anew(ana: Recorder, name: str) -> None:
    DECISIONS[name](ana)
    before = ana.desk
    for query in QUERIES:
        before.total(query)
    for wish in (
        Wish("accept", (ana.claim("a"),), "Ana", "read", AT),
        Wish("set-field", (ana.claim("c"),), "Ana", "five", AT, "count", "5"),
        Wish("same", (ana.claim("b"), ana.claim("d")), "Ana", "one event", AT),
        Wish("add-claim", ("c",), "Ana", "read", AT, value="quote=soldiers were injured; measure=missing; count=2"),
        Wish("undo", (str(len(before.log) + 2),), "Ana", "oops", AT),
    ):
        try:
            proposal = propose(before, wish, lambda: ana.reader)
        except UsageError:
            continue
        commit(before, proposal)
        before = carried_on(before, proposal)
        fresh = ana.desk
        for query in QUERIES:
            assert before.total(query) == total(fresh.ledger, query), (wish.verb, query)
