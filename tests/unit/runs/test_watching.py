"""A watch: a day of feeds on a simulated clock, stopped and started again; folders whose files are still written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tallybook.documents import Arrival, Intake, Stated
from tallybook.errors import BookLocked, DocumentError, NotNow, UsageError
from tallybook.knowledge import Knowledge
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.watching import Round, Watch, Watched, remembered
from tallybook.runs.watching.feeds import LONGEST_WAIT, back_off
from tallybook.store import BookStore
from tests.feed_world import DAY, START, Feed, SimulatedClock, Web, a_day_of_feeds
from tests.simple_reader import SimpleReader

EVERY = 900.0


class Watching:
    """A watch whose process can be stopped and started again: a book, a web, a clock."""

    def __init__(self, book: BookStore, knowledge: Knowledge, web: Web, watched: Watched) -> None:
        self.book, self.knowledge, self.web, self.watched = book, knowledge, web, watched
        self.heard: list[str] = []
        self.rounds: list[Round] = []

    def add(self, arrivals: Iterable[Arrival]) -> Added:
        listener = Listener(lambda issue: self.heard.append(issue.code), lambda error: self.heard.append(str(error)))
        return add_documents(self.book, arrivals, SimpleReader(), self.knowledge, listener, "2024-03-05T00:00:00Z")

    def start(self) -> Watch:
        intake = Intake(Stated.of("2024-03-05"), fetch=self.web.fetch)
        return Watch(self.book, self.watched, intake, self.web.ask, self.web.clock)

    def until(self, end: float) -> None:
        """Watch until a moment, started again after each interruption."""
        while self.web.clock.now() < end:
            try:
                for done in self.start().rounds(self.add):
                    self.rounds.append(done)
                    if self.web.clock.now() >= end:
                        return
            except KeyboardInterrupt:
                continue


def published(web: Web, until: float) -> set[str]:
    return {f"{f.address}/{n}" for f in web.feeds.values() for at, n in f.entries if at <= until}


def test_a_day_of_feeds_brings_every_entry_once_though_feeds_fail_and_the_watch_is_stopped(
    book: BookStore, knowledge: Knowledge
) -> None:
    rng = Random(5)
    clock = SimulatedClock(stops=sorted(START + rng.random() * DAY for _ in range(20)))
    web = a_day_of_feeds(clock, 4)
    watching = Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY))
    end = START + DAY
    watching.until(end + LONGEST_WAIT + EVERY)
    came = Counter(d.url for d in book.documents().values())
    assert set(came) == published(web, clock.now())
    assert len(came) == 4 * 60
    assert set(came.values()) == {1}
    answers = Counter(answer for f in web.feeds.values() if f.etags for _, answer in f.asked)
    assert answers["304"] > answers["200"] > 0
    assert [(m.failures, m.why) for m in remembered(book)] == [(0, None)] * 4


def test_a_feed_that_fails_is_asked_ever_less_often_and_listed(book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    bad = Feed("https://bad.example/rss", down=(0.0, START + 2 * DAY))
    web = Web(clock, {bad.address: bad})
    watching = Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY))
    watching.until(START + DAY)
    times = [at for at, _ in bad.asked]
    gaps = [b - a for a, b in pairwise(times)]
    assert gaps[:5] == [EVERY, 2 * EVERY, 4 * EVERY, 8 * EVERY, LONGEST_WAIT]
    assert max(gaps) == LONGEST_WAIT
    (listed,) = remembered(book)
    assert (listed.failures, listed.answered) == (len(times), None)
    assert "answered 503" in (listed.why or "")
    assert [f.address for done in watching.rounds for f in done.failing] == [bad.address] * len(times)


def test_a_server_that_asks_to_be_left_alone_is(book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    busy = Feed("https://busy.example/rss", down=(0.0, START + 3600))
    busy.failure = lambda address: NotNow(address, "the server answered 429", "Try later.", 5_000.0)
    web = Web(clock, {busy.address: busy})
    Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY)).until(START + 6_000)
    assert [at - START for at, _ in busy.asked][:2] == [0.0, 5_000.0]


def test_an_entry_with_the_same_words_under_a_new_time_comes_once(book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    feed = Feed("https://redated.example/rss", [(START, 1)])
    web = Web(clock, {feed.address: feed})
    watching = Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY))
    watching.until(START + EVERY)
    feed.entries = [(START + 60, 1)]
    watching.until(START + 4 * EVERY)
    assert len(book.documents()) == 1


def test_links_are_followed_only_if_asked_and_pages_that_fail_are_asked_for_again(
    book: BookStore, knowledge: Knowledge
) -> None:
    clock = SimulatedClock(stops=[START + 1_000, START + 2_000])
    feed = Feed("https://links.example/rss", [(START, 11), (START, 12), (START, 13)])
    web = Web(clock, {feed.address: feed}, rude={f"{feed.address}/12"})
    watching = Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY, follow=True))
    watching.until(START + DAY)
    texts = {d.url: d.text for d in book.documents().values()}
    assert texts == {
        f"{feed.address}/11": "12 soldiers were killed in Tolvi on 2024-03-02.",
        f"{feed.address}/12": "13 soldiers were killed in Tolvi on 2024-03-02.",
        f"{feed.address}/13": "14 civilians were killed in Karsk on 2024-03-01.",
    }
    assert web.pages == {f"{feed.address}/11": 1, f"{feed.address}/12": 4, f"{feed.address}/13": 1}
    assert watching.heard.count("page-not-followed") == 1
    assert {d.publisher for d in book.documents().values()} == {feed.address}


def test_links_are_not_followed_unasked(book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    feed = Feed("https://links.example/rss", [(START, 1)])
    web = Web(clock, {feed.address: feed})
    Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY)).until(START + EVERY)
    assert not web.pages
    assert len(book.documents()) == 1


def test_what_is_no_feed_is_told_and_asked_again(book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    web = Web(clock, {"https://page.example/": Feed("https://page.example/")})
    web.feeds["https://page.example/"].body = lambda now: b"<html></html>"  # type: ignore[method-assign]
    Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY)).until(START + 10)
    (listed,) = remembered(book)
    assert "it is no feed" in (listed.why or "")


def test_a_book_that_is_held_by_another_process_is_tried_again(book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    feed = Feed("https://one.example/rss", [(START, 1)])
    web = Web(clock, {feed.address: feed})
    watching = Watching(book, knowledge, web, Watched(feeds=tuple(web.feeds), feeds_every=EVERY))

    def locked(arrivals: Iterable[Arrival]) -> Added:
        list(arrivals)
        raise BookLocked("war.db: another process holds it.")

    watch = watching.start()
    assert watch.round(locked).troubles == ["war.db: another process holds it."]
    assert watch.round(watching.add).added.documents == 1


def written(path: Path, text: str, at: float) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


TOLL = "3 people were killed in Karsk on 2024-03-01."


def test_a_file_comes_once_when_it_is_whole(tmp_path: Path, book: BookStore, knowledge: Knowledge) -> None:
    clock = SimulatedClock()
    watching = Watching(book, knowledge, Web(clock), Watched((tmp_path,), folders_every=5.0))
    watch = watching.start()
    written(tmp_path / "old.txt", TOLL, START - 100)
    written(tmp_path / "growing.txt", "4 people were", START)
    written(tmp_path / ".hidden.txt", TOLL, START - 100)
    written(tmp_path / "half.txt.part", TOLL, START - 100)
    assert watch.round(watching.add).added.documents == 1
    clock.sleep(5)
    written(tmp_path / "growing.txt", "4 people were killed", clock.now())
    assert watch.round(watching.add).added.documents == 0
    clock.sleep(5)
    written(tmp_path / "growing.txt", "4 people were killed in Karsk.", clock.now())
    (tmp_path / "half.txt.part").rename(tmp_path / "renamed.txt")
    written(tmp_path / "renamed.txt", "9 people were killed in Karsk.", START - 50)
    assert watch.round(watching.add).added.documents == 1
    clock.sleep(5)
    assert watch.round(watching.add).added.documents == 1
    assert {d.id: d.text for d in book.documents().values()} == {
        "old": TOLL, "growing": "4 people were killed in Karsk.", "renamed": "9 people were killed in Karsk.",
    }  # fmt: skip
    clock.sleep(5)
    again = watching.start().round(watching.add).added
    assert (again.documents, again.known) == (0, 3)


def test_a_file_that_cannot_be_read_is_told_once_and_again_when_it_changes(
    tmp_path: Path, book: BookStore, knowledge: Knowledge
) -> None:
    clock = SimulatedClock()
    watching = Watching(book, knowledge, Web(clock), Watched((tmp_path,), folders_every=5.0))
    watch = watching.start()
    written(tmp_path / "a.txt", "", START - 100)
    for _ in range(3):
        watch.round(watching.add)
        clock.sleep(5)
    assert len(watching.heard) == 1
    written(tmp_path / "a.txt", TOLL, START - 10)
    assert watch.round(watching.add).added.documents == 1


def test_a_folder_that_goes_away_is_told_and_looked_at_again(
    tmp_path: Path, book: BookStore, knowledge: Knowledge
) -> None:
    clock, folder = SimulatedClock(), tmp_path / "share"
    folder.mkdir()
    watching = Watching(book, knowledge, Web(clock), Watched((folder,), folders_every=5.0))
    watch = watching.start()
    folder.rmdir()
    assert "cannot be opened" in watch.round(watching.add).troubles[0]
    folder.mkdir()
    written(folder / "a.txt", TOLL, START - 100)
    clock.sleep(5)
    assert watch.round(watching.add).added.documents == 1


def test_looking_once_waits_for_a_file_that_is_still_young(
    tmp_path: Path, book: BookStore, knowledge: Knowledge
) -> None:
    clock = SimulatedClock()
    watching = Watching(book, knowledge, Web(clock), Watched((tmp_path,)))
    written(tmp_path / "a.txt", TOLL, START - 1)
    assert [done.added.documents for done in watching.start().once(watching.add)] == [0, 1]


def test_what_cannot_be_watched_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        Watched((tmp_path / "none",)).check()
    with pytest.raises(UsageError, match="at most once in 60 seconds"):
        Watched(feeds=("https://x.example/rss",), feeds_every=5.0).check()


def test_the_wait_doubles_up_to_four_hours_and_is_never_shorter_than_usual() -> None:
    assert [back_off(60.0, n) for n in (1, 2, 3, 9, 99)] == [60, 120, 240, LONGEST_WAIT, LONGEST_WAIT]
    assert back_off(86_400.0, 1) == 86_400.0


def test_errors_of_feeds_are_document_errors() -> None:
    assert issubclass(NotNow, DocumentError)
