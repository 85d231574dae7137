"""`watch` and `feeds`: folders and feeds that are looked at again and again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    BookOption,
    EngineOption,
    KnowledgeOption,
    ListFormat,
    ListFormatOption,
    OcrOption,
    PrivateOption,
    PublishedOption,
    PublisherOption,
    SchedulerOption,
    WorkersOption,
)
from tallybook.cli.output import print_csv, print_json, print_line, tell, tell_error, tell_issue
from tallybook.cli.registering import add_command
from tallybook.errors import UsageError

if TYPE_CHECKING:
    from tallybook.documents import Arrival
    from tallybook.runs.adding import Added
    from tallybook.runs.watching import FeedMemory, Round, Watched

UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
COLUMNS = ("feed", "asked", "answered", "failures", "asked again", "links waiting", "trouble")

WatchedSources = Annotated[
    list[str], typer.Argument(help="Folders, and addresses of RSS or Atom feeds.", metavar="DIR|FEED")
]
EveryOption = Annotated[
    str | None,
    typer.Option("--every", help="How often: 90s, 15m, 2h. Else folders 1m, feeds 15m.", metavar="TIME"),
]
FollowOption = Annotated[
    bool, typer.Option("--follow-links", help="Read the pages that a feed points to, not its own words.")
]
OnceOption = Annotated[bool, typer.Option("--once", help="Look once at what is due, and leave.")]


class _Clock:
    """The clock of this machine."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "watch", watch, "tallybook watch inbox/ https://example.org/rss --every 15m --book war.db")
    add_command(app, "feeds", feeds, "tallybook feeds --book war.db")


def watch(
    sources: WatchedSources,
    every: EveryOption = None,
    follow_links: FollowOption = False,
    once: OnceOption = False,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
    allow_private: PrivateOption = False,
    ocr: OcrOption = None,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Add what comes into folders and feeds, each report once, until you stop it with Ctrl-C.

    A file is added when it is whole: written no more. A feed that fails is asked again later, and later still. Started
    again, it goes on from where it was.

    Raises: UsageError, KnowledgeError, BookError
    """
    from tallybook.cli.sessions import now, pictures_in, stated, tell_gone
    from tallybook.documents import Intake
    from tallybook.documents.fetch import ask
    from tallybook.runs.adding import Listener, add_documents
    from tallybook.runs.choosing import Chosen, reading_with
    from tallybook.runs.packs import load_packs, packs_of, remember
    from tallybook.runs.watching import Watch
    from tallybook.store import create_or_open

    watched = _watched(sources, every, follow_links)
    intake = Intake(stated(published, publisher), None, allow_private, pictures=pictures_in(ocr))
    chosen = Chosen(engine, workers, scheduler)
    chosen.check()
    load_packs(knowledge or ())
    with create_or_open(book) as store:
        loaded = packs_of(store, knowledge or ())
        tell_gone(loaded)
        remember(store, knowledge or ())
        with reading_with(chosen, loaded.knowledge, book) as (reader, read):

            def add(arrivals: Iterable[Arrival]) -> Added:
                listener = Listener(tell_issue, tell_error)
                return add_documents(store, arrivals, reader, loaded.knowledge, listener, now(), read)

            seeing = Watch(store, watched, intake, ask, _Clock())
            if not once:
                tell(f"Watching {', '.join(sources)} for {book}. Stop with Ctrl-C at any time.")
            for done in seeing.once(add) if once else seeing.rounds(add):
                _tell_round(done, book, now())


def _watched(sources: list[str], every: str | None, follow: bool) -> Watched:
    from tallybook.documents.sources import is_address
    from tallybook.runs.watching import Watched

    folders = tuple(dict.fromkeys(Path(s) for s in sources if not is_address(s)))
    feeds = tuple(dict.fromkeys(s for s in sources if is_address(s)))
    seconds = _seconds(every)
    made = Watched(folders, feeds, follow=follow)
    if seconds is not None:
        made = Watched(folders, feeds, seconds, seconds, follow)
    made.check()
    return made


def _seconds(every: str | None) -> float | None:
    """Read a length of time.

    Raises: UsageError
    """
    if every is None:
        return None
    told = re.fullmatch(r"(\d{1,6})\s*([smhd])", every.strip().lower())
    if told is None or not int(told[1]):
        raise UsageError(f"--every {every!r} is no length of time. Write it as 90s, 15m, 2h or 1d.")
    return int(told[1]) * UNITS[told[2]]


def _tell_round(done: Round, book: str, at: str) -> None:
    added = done.added
    if added.documents or added.unreadable:
        print_line(
            f"{at} {book}: documents added {added.documents}, already there {added.known}, unreadable "
            f"{added.unreadable}; claims {added.claims}, issues {added.issues}."
        )
    for trouble in done.troubles:
        tell(f"warning: {' '.join(trouble.split())}")
    for feed in done.failing:
        tell(f"warning: {' '.join((feed.why or '').split())} It is asked again at {_at(feed.due)}.")


def feeds(format: ListFormatOption = ListFormat.table, book: BookOption = DEFAULT_BOOK) -> None:
    """List the feeds that were watched for a book: when each answered, which fail and why, when they are asked again.

    Raises: BookError
    """
    from tallybook.runs.watching import remembered
    from tallybook.store import open_book

    with open_book(book) as store:
        found = remembered(store)
    if format is ListFormat.json:
        for feed in found:
            print_json({"schema": "tallybook.feeds/1", **dict(zip(_keys(), _row(feed), strict=True))})
    elif format is ListFormat.csv:
        print_csv(_keys(), map(_row, found))
    elif not found:
        print_line("No feeds found. Watch one: tallybook watch ADDRESS")
    for feed in found if format is ListFormat.table else ():
        _show_feed(feed)


def _show_feed(feed: FeedMemory) -> None:
    from tallybook.cli.tables import print_wrapped

    print_line(feed.address)
    state = f"answered {_at(feed.answered) or 'never'}; asked again {_at(feed.due)}"
    if feed.failures:
        state += f"; failed {feed.failures} times in a row: {feed.why}"
    print_wrapped(state, 2)
    for link in feed.waiting:
        print_wrapped(f"page asked for again {_at(link.due)}: {link.why}", 2)


def _keys() -> tuple[str, ...]:
    return tuple(column.replace(" ", "_") for column in COLUMNS)


def _row(feed: FeedMemory) -> tuple[Any, ...]:
    waiting = "; ".join(link.why for link in feed.waiting)
    return (
        feed.address, _at(feed.asked), _at(feed.answered), feed.failures, _at(feed.due), len(feed.waiting),
        feed.why or waiting or None,
    )  # fmt: skip


def _at(seconds: float | None) -> str | None:
    from tallybook.runs.watching.clock import iso

    return None if seconds is None else iso(seconds)
