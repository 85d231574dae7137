"""A book that is linked step by step holds what linking all of it at once gives, byte for byte."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tallybook.documents.identity import document_key, text_digest
from tallybook.documents.record_rows import written
from tallybook.errors import Contradiction, UsageError
from tallybook.incidents import blocking, neighbours
from tallybook.incidents.copies import near_copies
from tallybook.model import Claim, Count, DateRange, Document, Place, Reading, Span, Target, Victim
from tallybook.model.claim import OF_BOOK
from tallybook.model.codec import to_plain
from tallybook.review.deciding import Wish
from tallybook.runs import deriving
from tallybook.runs.deriving import keep_derived
from tallybook.runs.desk import Desk
from tallybook.runs.judging import commit, propose
from tallybook.runs.packs import load_packs
from tallybook.store import BookStore, Entry, create_or_open
from tests.simple_reader import SimpleReader

KNOWLEDGE = load_packs().knowledge
RARE = ("quarry", "brickworks", "aqueduct", "tannery", "ropewalk", "sawmill", "granary", "icehouse", "weir", "limekiln")
COMMON = ("the", "people", "were", "harmed", "when", "it", "came", "down", "on", "them", "in", "morning", "fled", "to")
KINDS = ("airstrike", "shelling", "armed_clash", "other")
PEOPLE = ("Tomas Brandl", "Ines Varga", "Olen Tarr", "Mira Koss")


def invented(random: Random, number: int, before: list[Entry]) -> Entry:
    """Return a report that may be told like others: near in place and days, by their words, or copied from them."""
    copied = random.choice(before) if before and random.random() < 0.25 else None
    words = [random.choice(RARE if random.random() < 0.15 else COMMON) for _ in range(random.choice((8, 40, 60)))]
    text = copied.document.text if copied else " ".join(words).capitalize() + f". Report {number}."
    if copied and random.random() < 0.6:
        text = text.replace(" the ", " that ", 1) + " More follows."
    day = random.randrange(1, 12)
    published = None if random.random() < 0.1 else f"2024-03-{day:02}"
    outlet = f"Outlet {random.randrange(5)}"
    key = document_key(text, outlet, published, None)
    digest = text_digest(text)
    document = Document(f"d{number}", key, text, f"d{number}", digest, digest, publisher=outlet, published=published,
                        language="en")  # fmt: skip
    if copied is not None:
        told = [replace(c, id=f"{c.id}-{number}", document=key, part_of=c.part_of and f"{c.part_of}-{number}")
                for c in copied.reading.claims]  # fmt: skip
    else:
        told = [c for event in range(random.choice((1, 1, 2, 3))) for c in _event(random, key, number, event, day)]
    victims: tuple[Victim, ...] = ()
    if told and random.random() < 0.2:
        who = random.choice(PEOPLE)
        victims = (Victim(f"v{number}", who, Span(0, 5), (), who, claim=told[0].id),)
    return Entry(Reading(document, "test/1", tuple(told), victims=victims), "k1")


def _event(random: Random, key: str, number: int, event: int, day: int) -> list[Claim]:
    village = random.randrange(6)
    place: Place | None = Place(f"Village {village}", (f"District {village // 3}", "State"), "QQQ", 10 + village * 0.05,
                                20.0, 1.0, "exact", f"p{village}")  # fmt: skip
    chance = random.random()
    if chance < 0.1:
        place = Place(f"District {village // 3}", ("State",), "QQQ", precision="admin2")
    elif chance < 0.13:
        place = Place("State", (), "QQQ", precision="admin1")
    elif chance < 0.2:
        place = None
    on = DateRange(f"2024-03-{day:02}", f"2024-03-{day:02}", "day") if random.random() < 0.8 else None
    killed = random.choice((3, 4, 7, 7, 12))
    base = Claim(f"c{number}-{event}", key, "test/1", "words of it", Span(event * 5, event * 5 + 5), "killed",
                 Count(killed, killed, "exact", str(killed)), origin="police", event_type=random.choice(KINDS),
                 target=Target(random.choice(("civilian", "unknown"))), place=place, date=on,
                 event=f"e{event}")  # fmt: skip
    if random.random() < 0.2:
        part = replace(base, id=f"{base.id}p", count=Count(2, 2, "exact", "2"), part_of=base.id, event=f"e{event}b",
                       dimension="place")  # fmt: skip
        return [base, part]
    return [base]


def imported(entry: Entry) -> Entry:
    """Return a report as it comes from the book of another team, which read it as we did."""
    of = entry.document
    text = written([("source", "A report", {"id": "s", "sha256": of.sha256})])
    digest, key = text_digest(text), document_key(text, of.publisher or "", of.published, None)
    document = replace(of, id=f"{of.id} there", key=key, text=text, sha256=digest, sha256_bytes=digest)
    told = tuple(
        replace(c, id=f"{c.id} there", document=key, event=f"i-{c.event}{of.id}{OF_BOOK}Team B",
                part_of=c.part_of and f"{c.part_of} there", date=None)
        for c in entry.reading.claims
    )  # fmt: skip
    return replace(entry, reading=replace(entry.reading, document=document, claims=told, victims=()))


def reread(random: Random, entry: Entry, number: int) -> Entry:
    """Return a report as another reader takes it: claims are gone, or stand in another place."""
    elsewhere = Place(f"Village {random.randrange(6)}", ("District 9", "State"), "QQQ", 40, 40, 1.0, "exact", "p9")
    held = [c for c in entry.reading.claims if random.random() < 0.7]
    told = tuple(replace(c, place=elsewhere) if random.random() < 0.5 else c for c in held)
    return replace(entry, reading=replace(entry.reading, claims=told), knowledge=f"k{number}")


def kept(book: BookStore) -> str:
    """Return the JSON of all that a linking leaves for answers."""
    people = deriving.people_kept(book)
    assert people is not None
    assert deriving.is_linked(book)
    return json.dumps([[to_plain(i) for i in book.linked_incidents()], book.linked_copies(), [*map(to_plain, people)]])


def rebuilt(book: BookStore) -> str:
    """Return the same of a copy that was linked all at once."""
    laid = deriving._laid(book)
    copies = near_copies(laid.documents.values())
    victims = book.victims()
    incidents = deriving.linked(laid, (v for _, v in victims), copies)
    people = deriving.people_of(victims, laid.documents, {c.id: c for c in laid.claims}, incidents, laid.judgements)
    return json.dumps([[*map(to_plain, incidents)], copies, [*map(to_plain, people)]])


@contextmanager
def new_book() -> Iterator[BookStore]:
    with tempfile.TemporaryDirectory() as folder, create_or_open(str(Path(folder, "book.db"))) as book:
        yield book


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that notes for each linking whether it was a step."""
    noted: list[bool] = []
    whole = deriving._kept_by_a_step

    def step(book: BookStore) -> bool:
        noted.append(whole(book))
        return noted[-1]

    monkeypatch.setattr(deriving, "_kept_by_a_step", step)
    return noted


def decide(random: Random, book: BookStore) -> None:
    """Decide something on claims of the book, where it can be decided."""
    desk = Desk(book, KNOWLEDGE)
    able = [c.id for c in desk.claims]
    one, other = random.choice(able), random.choice(able)
    verb, objects, field, value = random.choice((
        ("same", (one, other), None, None), ("different", (one, other), None, None),
        ("part-of", (one, other), None, None), ("reject", (one,), None, None),
        ("set-field", (one,), "event_type", "shelling"), ("undo", (str(random.randrange(1, 9)),), None, None),
        ("set-published", (desk.claim_of[one].document,), None, "2024-03-05"),
    ))  # fmt: skip
    wish = Wish(verb, objects, "Ana", "a test", "2026-01-01T00:00:00Z", field=field, value=value)
    with suppress(UsageError, Contradiction):
        commit(desk, propose(desk, wish, SimpleReader))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("narrow", [False, True])
def test_each_step_leaves_what_a_whole_linking_gives(
    seed: int, narrow: bool, steps: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    if narrow:  # blocks that are full and words that are held by many, in a small book
        for module in (blocking, neighbours):
            monkeypatch.setattr(module, "MOST_IN_WINDOW", 4)
            monkeypatch.setattr(module, "MOST_HOLDING", 5)
    random = Random(seed)
    entries: list[Entry] = []
    for number in range(34):
        entries.append(invented(random, number, entries))
    entries += map(imported, random.sample(entries, 2))
    in_book: dict[str, Entry] = {}
    with new_book() as book:
        shuffled = random.sample(entries, len(entries))
        while shuffled:
            for entry in [shuffled.pop() for _ in range(min(len(shuffled), random.choice((1, 1, 2, 6))))]:
                in_book[entry.document.key] = entry
                book.add(entry)
            if random.random() < 0.5:
                book.add(reread(random, random.choice(list(in_book.values())), len(shuffled)))
            if random.random() < 0.4:
                decide(random, book)
            keep_derived(book)
            assert kept(book) == rebuilt(book)
        assert any(len(i.claims) > 2 for i in book.linked_incidents())
        assert any(i.doubts for i in book.linked_incidents())
    assert sum(steps) > len(steps) / 2


def test_doubts_about_a_report_go_with_what_it_told(steps: list[bool]) -> None:
    went = 0
    for seed in range(60):
        random = Random(seed)
        entries: list[Entry] = []
        for number in range(3):
            entries.append(invented(random, number, []))
        with new_book() as book:
            for entry in entries:
                book.add(entry)
            keep_derived(book)
            doubted = {x for i in book.linked_incidents() for d in i.doubts for x in (d.a, d.b)}
            entry = next((e for e in entries if any(c.id in doubted for c in e.reading.claims)), None)
            if entry is not None:
                book.add(replace(entry, reading=replace(entry.reading, claims=(), victims=()), knowledge="k2"))
                keep_derived(book)
                assert kept(book) == rebuilt(book)
                went += 1
    assert went > 20
    assert sum(steps) > went / 2
