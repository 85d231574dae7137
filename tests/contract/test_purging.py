"""What a purge takes out is in no file of the book any more, on each store; what stays is whole and in order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.documents import Intake, Stated, documents_from
from tallybook.errors import BookLocked, DocumentError, UnknownName, UsageError
from tallybook.knowledge import Knowledge
from tallybook.model import Issue, Query
from tallybook.review.deciding import Wish
from tallybook.review.names_out import MARK
from tallybook.runs import checking, judging
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.desk import Desk
from tallybook.runs.packs import DEMO_PACK, load_packs
from tallybook.runs.purging import PurgeProposal, PurgeWish, commit_purge, commitment, propose_purge
from tallybook.store import BookStore, Entry, create_or_open
from tests.contract.stores import STORES, Maker
from tests.dated_reader import DatedReader
from tests.simple_reader import SimpleReader

NAME = "Marta Velin"
ROWS = (
    {
        "id": "velin-1", "publisher": "Dovrin Herald", "published": "2024-03-02", "title": "MARTA VELIN among the dead",
        "url": "https://herald.example/2024/marta-velin-killed",
        "text": "12 civilians were killed in Karsk on 2024-03-01. Marta Velin, 34, was killed. Velin taught there.",
    },
    {
        "id": "b", "publisher": "Selmira Courier", "published": "2024-03-03",
        "text": "15 civilians were killed in Karsk on 2024-03-01, said Marta\nVelin's sister.",
    },
    {
        "id": "c", "publisher": "Ana Brusk", "published": "2024-03-09",
        "text": "3 soldiers were injured in Tolvi on 2024-03-08.",
    },
    {
        "id": "a", "publisher": "Dovrin Herald", "published": "2024-03-10",
        "text": "2 soldiers were injured in Tolvi on 2024-03-09.",
    },
)  # fmt: skip
AT = "2024-05-01T00:00:00Z"


@pytest.fixture(scope="module", params=sorted(STORES))
def maker(request: pytest.FixtureRequest) -> Iterator[Maker]:
    with STORES[request.param]() as make:
        yield make


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_packs((), (DEMO_PACK,)).knowledge


@pytest.fixture
def book(maker: Maker, tmp_path: Path, knowledge: Knowledge) -> Iterator[BookStore]:
    """Return a book that holds a name wherever one can stand: two readings, notes, judgements with words and ids."""
    with maker(tmp_path) as store:
        add(store, knowledge)
        for reading in list(store.readings()):
            older = replace(reading, reader="old/1")
            store.add(Entry(older, knowledge.version))
            store.add(Entry(reading, knowledge.version))
        store.note(Issue("document-unreadable", f"no text about {NAME}", "velin.bin"))
        desk = Desk(store, knowledge)
        other, second, _, first = (c.id for c in desk.claims)
        decide(store, knowledge, "accept", other, because="checked")
        decide(store, knowledge, "same", first, second, because="the school")
        decide(store, knowledge, "accept", first, because=f"{NAME} was seen there")
        decide(store, knowledge, "set-publisher", "c", value=f"{NAME}", because="she wrote it")
        decide(store, knowledge, "add-claim", "b", value=f"quote={QUOTE}; measure=injured; count=1", because="coded")
        decide(store, knowledge, "undo", "3", because="mistaken")
        yield store


QUOTE = "Marta\nVelin's sister"


def decide(
    store: BookStore, knowledge: Knowledge, verb: str, *objects: str, because: str, value: str | None = None
) -> None:
    desk = Desk(store, knowledge)
    wish = Wish(verb, objects, "Ana", because, AT, value=value)
    judging.commit(desk, judging.propose(desk, wish, DatedReader))


def add(store: BookStore, knowledge: Knowledge, *rows: dict[str, str], listener: Listener | None = None) -> Added:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows or ROWS)), encoding="utf-8")
        arrivals = documents_from([str(path)], Intake(Stated.of("2024-06-01")))
        return add_documents(store, arrivals, SimpleReader(), knowledge, listener or Listener(), AT)


def purge(
    store: BookStore, knowledge: Knowledge, kind: str = "victim", name: str = NAME, **more: object
) -> PurgeProposal:
    desk = Desk(store, knowledge)
    wish = PurgeWish(kind, name, "Ana", "the family asked", AT, **more)  # type: ignore[arg-type]
    proposal = propose_purge(desk, wish)
    commit_purge(desk, proposal)
    return proposal


def all_bytes(store: BookStore, folder: Path) -> bytes:
    """Return all that a book's files hold; of a server all rows and the files of its database, pages unpacked."""
    found = b"".join(p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file())
    if not store.name.startswith("postgresql"):  # type: ignore[attr-defined]
        return found
    import psycopg

    with psycopg.connect(store.name.replace("+psycopg", ""), autocommit=True) as connection:  # type: ignore[attr-defined]
        tables = [t for (t,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        told = [repr(connection.execute(f'SELECT * FROM "{t}"').fetchall()) for t in tables]  # type: ignore[call-overload]
        told.append(repr(connection.execute("SELECT * FROM pg_stats").fetchall()))
        connection.execute("CHECKPOINT")
        (place,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        mine = "SELECT oid FROM pg_database WHERE datname = current_database()"
        (number,) = connection.execute(mine).fetchone() or (0,)
    files = [p.read_bytes() for p in (Path(place) / "base" / str(number)).iterdir() if p.is_file()]
    return "".join(told).encode() + b"".join(files)


def holds_name(held: bytes) -> list[bytes]:
    low = held.lower()
    return [n for n in (b"marta velin", b"velin", b"marta\\nvelin", b"marta-velin", b"marta\nvelin") if n in low]


def test_the_name_is_in_no_file_of_the_book(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    locked = (tmp_path / "locked.db").exists()
    assert bool(holds_name(all_bytes(book, tmp_path))) != locked
    purge(book, knowledge)
    assert holds_name(all_bytes(book, tmp_path)) == []
    assert not any(NAME in str(found) for found in (*book.documents().values(), *book.judgements(), *book.claims()))
    book.close()
    assert holds_name(b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())) == []


def test_offsets_keep_their_meaning(book: BookStore, knowledge: Knowledge) -> None:
    before = {d.id: d.text for d in book.documents().values()}
    purge(book, knowledge)
    now = {d.id: d.text for d in book.documents().values()}
    assert now["b"] == before["b"].replace("Marta\nVelin", f"{MARK * 5}\n{MARK * 5}")
    first = next(text for text in now.values() if "34" in text)
    assert first == before["velin-1"].replace(NAME, MARK * 11).replace("Velin", MARK * 5)
    desk = Desk(book, knowledge)
    assert checking.verify(desk).ungrounded == ()
    assert desk.victims == ()


def test_the_log_is_whole_and_says_so(book: BookStore, knowledge: Knowledge) -> None:
    before = book.judgements()
    proposal = purge(book, knowledge)
    after = book.judgements()
    found = checking.verify(Desk(book, knowledge))
    assert found.broken == ()
    assert found.purges == (len(before) + 1,)
    assert [j.number for j in after] == list(range(1, len(before) + 2))
    assert after[0] == before[0]
    assert [j.verb for j in after] == [*(j.verb for j in before), "purge"]
    assert after[-1].because == "the family asked"
    told = json.loads(after[-1].means or "")
    seal = checking.seal(before[-1])
    assert told["hash"] == commitment(bytes.fromhex(proposal.receipt), [NAME], [], seal)
    assert set(proposal.judgements) == {3, 4, 5}


def test_nothing_that_stays_tells_whether_a_guess_is_right(
    book: BookStore, knowledge: Knowledge, tmp_path: Path
) -> None:
    """No id, key or seal that was computed from the name is left to try names against."""
    from tallybook.incidents import incident_id

    old = [(d.key, d.sha256, d.sha256_bytes) for d in book.documents().values() if d.id in ("velin-1", "b")]
    hashes = {h for three in old for h in three}
    hashes |= {i for key, *_ in old for i in book.record_ids(key)}
    hashes |= {incident_id(i) for key, *_ in old for i in book.record_ids(key)}
    hashes |= {j.id for j in book.judgements()[2:]} | {checking.seal(j) for j in book.judgements()[2:]}
    purge(book, knowledge)
    held = all_bytes(book, tmp_path).decode("utf-8", "replace")
    assert [h for h in hashes if h in held] == []


def test_decisions_and_figures_hold(book: BookStore, knowledge: Knowledge) -> None:
    before = Desk(book, knowledge)
    figure, incidents = before.total(Query("killed", ("any",))), len(before.incidents)
    proposal = purge(book, knowledge)
    after = Desk(book, knowledge)
    now = after.total(Query("killed", ("any",)))
    assert (now.low, now.best, now.high) == (figure.low, figure.best, figure.high)
    assert [m for m in proposal.moves if m.incident is None] == []
    assert len(after.incidents) == incidents
    assert [i for _, i in after.issues_told if i.code == "judgement-orphaned"] == []
    assert {c.measure for c in after.claims} == {"killed", "injured"}
    assert sum(c.reader == "by hand/1" for c in after.claims) == 1


def test_the_report_that_comes_again_does_not_bring_the_name_back(
    book: BookStore, knowledge: Knowledge, tmp_path: Path
) -> None:
    purge(book, knowledge)
    state, told = book.state(), []
    again = add(book, knowledge, listener=Listener(on_issue=told.append))
    assert (again.documents, again.known) == (0, 4)
    assert {i.code for i in told} == {"purged-again"}
    assert book.state() == state
    copy = {**ROWS[1], "publisher": "Opal Press"}
    assert add(book, knowledge, copy).documents == 1
    assert holds_name(all_bytes(book, tmp_path)) == []


def test_a_source_keeps_its_word_under_another_name(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    before = Desk(book, knowledge).total(Query("injured", ("any",)))
    proposal = purge(book, knowledge, "source", "ana brusk")
    assert b"Brusk" not in all_bytes(book, tmp_path)
    assert "withheld source 7" in {d.publisher for d in book.documents().values()}
    after = Desk(book, knowledge).total(Query("injured", ("any",)))
    assert (before.low, before.high) == (after.low, after.high)
    assert proposal.reports == ("c",)
    assert (add(book, knowledge).documents, b"Brusk" in all_bytes(book, tmp_path)) == (0, False)


def test_a_whole_report_goes_and_is_refused_again(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    proposal = purge(book, knowledge, "document", "velin-1")
    assert b"taught there" not in all_bytes(book, tmp_path)
    assert len(book.documents()) == 3
    found = checking.verify(Desk(book, knowledge))
    assert (found.broken, found.ungrounded) == ((), ())
    verbs = ["accept", "purged", "purged", "set-publisher", "add-claim", "undo", "purge"]
    assert [j.verb for j in book.judgements()] == verbs
    assert {m.measure for m in proposal.moves} == {"killed"}
    errors: list[DocumentError] = []
    again = add(book, knowledge, listener=Listener(on_error=errors.append))
    assert (again.unreadable, again.known) == (1, 3)
    assert "purged from this book (judgement 7)" in str(errors[0])
    assert b"taught there" not in all_bytes(book, tmp_path)


def test_two_purges_one_after_the_other(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    purge(book, knowledge)
    purge(book, knowledge, "source", "Ana Brusk")
    found = checking.verify(Desk(book, knowledge))
    assert (found.broken, found.purges) == ((), (7, 8))
    assert add(book, knowledge).documents == 0
    assert holds_name(all_bytes(book, tmp_path)) == []


def test_what_a_database_keeps_from_being_changed_is_purged_and_kept_again(
    book: BookStore, knowledge: Knowledge, tmp_path: Path
) -> None:
    with book._engine.begin() as connection:  # type: ignore[attr-defined]
        for statement in KEPT[connection.dialect.name]:
            connection.exec_driver_sql(statement)
    purge(book, knowledge)
    assert holds_name(all_bytes(book, tmp_path)) == []
    with pytest.raises(Exception, match="append-only"), book._engine.begin() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE notes SET message = 'x'")


KEPT = {
    "sqlite": [
        "CREATE TRIGGER kept BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        "CREATE TRIGGER kept_too BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
        "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON notes FOR EACH STATEMENT EXECUTE FUNCTION kept()",
    ],
}


def test_further_words_go_too(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    purge(book, knowledge, also=("taught there",))
    assert b"taught there" not in all_bytes(book, tmp_path)


@pytest.mark.parametrize(
    ("more", "trouble"),
    [
        ({"name": "Nobody Here"}, UnknownName),
        ({"kind": "source", "name": "Nobody"}, UnknownName),
        ({"kind": "document", "name": "zzz"}, UsageError),
        ({"because": "Marta Velin's family asked"}, UsageError),
        ({"because": "  "}, UsageError),
        ({"author": "Velin"}, UsageError),
    ],
)
def test_what_cannot_be_purged_is_refused(
    book: BookStore, knowledge: Knowledge, more: dict[str, str], trouble: type[Exception]
) -> None:
    asked = {"kind": "victim", "name": NAME, "author": "Ana", "because": "asked", "at": AT, **more}
    state = book.state()
    with pytest.raises(trouble):
        propose_purge(Desk(book, knowledge), PurgeWish(**asked))
    assert book.state() == state


def test_a_purge_cannot_be_undone_and_a_changed_book_is_looked_at_again(book: BookStore, knowledge: Knowledge) -> None:
    desk = Desk(book, knowledge)
    proposal = propose_purge(desk, PurgeWish("victim", NAME, "Ana", "asked", AT))
    decide(book, knowledge, "accept", desk.claims[1].id, because="meanwhile")
    with pytest.raises(Exception, match="changed since"):
        commit_purge(desk, proposal)
    purge(book, knowledge)
    with pytest.raises(UsageError, match="cannot be undone"):
        decide(book, knowledge, "undo", str(len(book.judgements())), because="regret")


def test_a_book_in_a_file_is_purged_only_by_who_has_it_alone(tmp_path: Path, knowledge: Knowledge) -> None:
    path = str(tmp_path / "book.db")
    with create_or_open(path) as book, create_or_open(path) as other:
        add(book, knowledge)
        assert other.documents()
        with pytest.raises(BookLocked, match="another process has the book open"):
            purge(book, knowledge)
        assert holds_name(all_bytes(book, tmp_path))
        other.close()
        purge(book, knowledge)
        assert holds_name(all_bytes(book, tmp_path)) == []
