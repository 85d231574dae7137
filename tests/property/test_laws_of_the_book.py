"""The ten laws of DESIGN, where they touch documents, store and runs. The ledger's share is beside this file."""

from __future__ import annotations

import ast
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tallybook
from tallybook.documents import Intake, Stated, documents_from
from tallybook.errors import DocumentError
from tallybook.knowledge import Knowledge
from tallybook.ledger import total
from tallybook.model import MEASURES, Query
from tallybook.runs import listing
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.checking import verify
from tallybook.runs.desk import Desk
from tallybook.runs.filtering import filter_from
from tallybook.runs.naming import Asked
from tallybook.runs.packs import load_packs
from tallybook.store import BookStore, create_or_open
from tests.simple_reader import SimpleReader

KNOWLEDGE = load_packs().knowledge
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Row = dict[str, str]

sentences = st.builds(
    "{} {} were {} in {} on 2024-03-0{}.".format,
    st.integers(1, 30),
    st.sampled_from(["people", "civilians", "soldiers"]),
    st.sampled_from(["killed", "injured"]),
    st.sampled_from(["Karsk", "Brannik"]),
    st.integers(1, 3),
)
rows = st.fixed_dictionaries(
    {"text": st.lists(sentences, min_size=1, max_size=3).map(" ".join)},
    optional={
        "id": st.sampled_from(["a", "b", "ပြည်"]),
        "publisher": st.sampled_from(["Herald", "Courier", "Radio"]),
        "published": st.sampled_from(["2024-03-04", "2024-03-05", "2024-03-05T10:00:00Z"]),
        "url": st.sampled_from(["https://a.example/1", "https://a.example/2"]),
        "title": st.sampled_from(["Five dead", "Toll rises"]),
    },
)
corpora = st.lists(rows, min_size=1, max_size=6)


@contextmanager
def book_of(*batches: Sequence[Row], knowledge: Knowledge = KNOWLEDGE) -> Iterator[BookStore]:
    """Yield a book to which each batch was added from a file of its own."""
    with tempfile.TemporaryDirectory() as folder, create_or_open(str(Path(folder, "book.db"))) as book:
        for number, batch in enumerate(batches):
            path = Path(folder, str(number), "rows.jsonl")
            path.parent.mkdir()
            path.write_text("\n".join(map(json.dumps, batch)), encoding="utf-8")
            arrivals = documents_from([str(path)], Intake(Stated.of("2026-01-01")))
            add_documents(book, arrivals, SimpleReader(), knowledge, Listener())
        yield book


def answers(book: BookStore) -> list[str]:
    """Return the JSON of everything a book answers, and its hash."""
    desk = Desk(book, KNOWLEDGE)
    everything = filter_from(Asked(), desk)
    lists = (listing.claims, listing.incidents, listing.victims, listing.issues, listing.contradictions)
    return [json.dumps(item) for make in lists for item in make(desk, everything)] + [verify(desk).digest]


@SLOW
@given(corpora)
def test_law_1_every_quote_of_a_book_stands_where_its_span_says(corpus: list[Row]) -> None:
    with book_of(corpus) as book:
        for reading in book.readings():
            for claim in reading.claims:
                assert claim.span.of(reading.document.text) == claim.quote
                assert claim.count is not None
                assert claim.count.text in claim.quote


@SLOW
@given(corpora, st.sampled_from(["missing", "captured", "displaced"]))
def test_law_2_what_nobody_stated_is_null_and_never_zero(corpus: list[Row], measure: str) -> None:
    with book_of(corpus) as book:
        desk = Desk(book, KNOWLEDGE)
        figure = total(desk.ledger, Query(measure))
        assert (figure.low, figure.best, figure.high) == (None, None, None)
        for item in listing.claims(desk, filter_from(Asked(), desk)):
            assert item["document"]["publisher"] != ""
            assert all(claim["time"] is None and claim["weapon"] is None for claim in item["claims"])


@SLOW
@given(corpora, st.randoms(use_true_random=False))
def test_law_4_order_and_repetition_change_no_byte(corpus: list[Row], random: object) -> None:
    shuffled = list(corpus)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with book_of(corpus) as one, book_of(shuffled[:2], shuffled, corpus) as other:
        assert answers(one) == answers(other)


@SLOW
@given(corpora, st.integers(0, 5))
def test_law_5_a_copy_moves_no_figure(corpus: list[Row], which: int) -> None:
    original = {**corpus[which % len(corpus)], "publisher": "Herald", "published": "2024-03-04"}
    original.pop("url", None)
    copy = {**original, "publisher": "Reprint Daily", "published": "2024-03-06"}
    with book_of([original]) as one, book_of([original, copy]) as two:
        for measure in MEASURES[:2]:
            before, after = (total(Desk(b, KNOWLEDGE).ledger, Query(measure)) for b in (one, two))
            assert (before.low, before.high) == (after.low, after.high)


@SLOW
@given(corpora, corpora)
def test_law_6_adding_more_loses_nobodys_claim(first: list[Row], second: list[Row]) -> None:
    titled = [{k: v for k, v in row.items() if k != "title"} for row in (*first, *second)]
    with book_of(titled[: len(first)]) as one, book_of(titled[: len(first)], titled[len(first) :]) as two:
        assert {c.id for c in one.claims()} <= {c.id for c in two.claims()}


@SLOW
@given(corpora)
def test_law_8_the_same_documents_give_the_same_bytes(corpus: list[Row]) -> None:
    with book_of(corpus) as one, book_of(corpus) as two:
        assert answers(one) == answers(two)


def test_law_9_nothing_but_fetch_knows_the_network() -> None:
    package = Path(tallybook.__file__).parent
    for path in package.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        imported = {a.name for n in names for a in n.names} | {n.module for n in names if isinstance(n, ast.ImportFrom)}
        if imported & {"socket", "httpx2", "urllib.request", "http.client", "requests"}:
            allowed = ("documents/fetch.py", "documents/addresses.py", "web/serving.py")
            assert path.relative_to(package).as_posix() in allowed, "web/serving.py listens; the others ask"


def test_law_9_reading_files_opens_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (tmp_path / "a.html").write_text(
        '<html><head><link rel="stylesheet" href="https://a.example/x.css"></head>'
        '<body><p>5 people were killed.</p><img src="https://a.example/x.png"></body></html>',
        encoding="utf-8",
    )
    (arrival,) = documents_from([str(tmp_path / "a.html")], Intake(Stated.of("2026-01-01")))
    assert arrival.document is not None


@SLOW
@given(st.lists(st.one_of(st.binary(max_size=60), sentences.map(str.encode)), min_size=1, max_size=8))
def test_law_10_every_file_is_a_document_or_an_error_and_the_rest_goes_on(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder, create_or_open(str(Path(folder, "book.db"))) as book:
        paths = [Path(folder, f"{number}.txt") for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        errors: list[DocumentError] = []
        arrivals = documents_from(map(str, paths), Intake(Stated.of("2026-01-01")))
        added = add_documents(book, arrivals, SimpleReader(), KNOWLEDGE, Listener(on_error=errors.append))
        assert added.documents + added.known + added.unreadable == len(contents)
        assert len(errors) == added.unreadable == len(book.notes())
        assert all(error.source in map(str, paths) for error in errors)


@SLOW
@given(st.binary(max_size=400))
def test_law_10_no_bytes_make_the_row_reader_fail(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        path.write_bytes(data)
        for arrival in documents_from([str(path)], Intake(Stated.of("2026-01-01"))):
            assert arrival.document or arrival.error or arrival.issues
