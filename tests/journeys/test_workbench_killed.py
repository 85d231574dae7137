"""A server that is killed in the middle of decisions loses none that it acknowledged."""

from __future__ import annotations

import json
import signal
import threading
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tallybook.documents import Intake, Stated, documents_from
from tallybook.review.chain import breaks
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.packs import load_packs
from tallybook.store import create_or_open, open_book
from tests.journeys.workbench import Served, served
from tests.simple_reader import SimpleReader

PEOPLE = 4


def book_of(folder: Path, reports: int) -> Path:
    rows = [
        {"id": f"r{n}", "publisher": f"P{n}", "published": "2024-03-02",
         "text": f"{n + 2} people were killed in Town{'abcdefghij'[n % 10]} on 2024-02-{n % 28 + 1:02}."}
        for n in range(reports)
    ]  # fmt: skip
    told = folder / "rows.jsonl"
    told.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    path = folder / "book.db"
    knowledge = load_packs().knowledge
    with create_or_open(str(path)) as store:
        arrivals = documents_from([str(told)], Intake(Stated.of("2024-06-01")))
        add_documents(store, arrivals, SimpleReader(), knowledge, Listener())
    return path


def decide(running: Served, claims: list[str], author: str, kept: list[int], upto: threading.Event) -> None:
    """Accept claims one after the other until the server is gone; keep the numbers that it acknowledged."""
    host = urlsplit(running.address).netloc
    headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "application/json", "Host": host}
    try:
        connection = HTTPConnection(host, timeout=60)
        for claim in claims:
            body = {"verb": "accept", "objects": [claim], "because": "read", "author": author}
            connection.request("POST", "/api/v1/decisions", json.dumps(body), headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
            if answer.status == 201:
                kept.append(told["judgement"]["number"])
            upto.set()
    except (OSError, HTTPException, ValueError):
        return


@pytest.mark.parametrize(
    ("reports", "after"), [(60, 12), pytest.param(1000, 500, marks=pytest.mark.soak)], ids=["60", "1000"]
)  # fmt: skip
def test_killed_server_loses_no_acknowledged_decision(tmp_path: Path, reports: int, after: int) -> None:
    path = book_of(tmp_path, reports)
    with open_book(str(path)) as store:
        claims = [c.id for c in store.claims()]
    kept: list[int] = []
    begun = threading.Event()
    with served(path) as running:
        people = [
            threading.Thread(target=decide, args=(running, claims[n::PEOPLE], f"P{n}", kept, begun))
            for n in range(PEOPLE)
        ]
        for person in people:
            person.start()
        assert begun.wait(60)
        while len(kept) < after and any(p.is_alive() for p in people):
            threading.Event().wait(0.005)
        running.process.send_signal(signal.SIGKILL)
        for person in people:
            person.join()
    assert len(kept) >= after
    with open_book(str(path)) as store:
        log = store.judgements()
        assert set(kept) <= {j.number for j in log}
        assert breaks(log, store.sealed()) == ()
