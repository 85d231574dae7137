"""Feeds on the web of a simulated day: what they publish when, when they fail, and how often they were asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random

from tallybook.documents.fetch import Fetched, Validators
from tallybook.errors import DocumentError, NotNow

START = datetime(2024, 3, 5, tzinfo=UTC).timestamp()
DAY = 86_400.0


@dataclass
class SimulatedClock:
    """Time that passes when somebody waits. `stops` are moments at which the waiting is interrupted."""

    at: float = START
    stops: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.at += seconds
        self.interrupt()

    def interrupt(self) -> None:
        if self.stops and self.at >= self.stops[0]:
            self.stops.pop(0)
            raise KeyboardInterrupt


@dataclass
class Feed:
    """One feed: its entries by the time they appear, how many it shows, and when it is down."""

    address: str
    entries: list[tuple[float, int]] = field(default_factory=list)
    shows: int = 40
    down: tuple[float, float] = (0.0, 0.0)
    failure: Callable[[str], DocumentError] = lambda address: NotNow(address, "the server answered 503", "Try later.")
    etags: bool = True
    asked: list[tuple[float, str]] = field(default_factory=list)
    """Time and answer ("200", "304", "failed") of every question."""

    def body(self, now: float) -> bytes:
        shown = [e for e in self.entries if e[0] <= now][-self.shows :]
        items = "".join(
            f"<item><guid>{self.address}#{n}</guid><title>Shelling {n}</title><link>{self.address}/{n}</link>"
            f"<pubDate>{format_datetime(datetime.fromtimestamp(at, UTC))}</pubDate>"
            f"<description>{n + 1} civilians were killed in Karsk on 2024-03-01.</description></item>"
            for at, n in reversed(shown)
        )
        return f"<rss version='2.0'><channel><title>{self.address}</title>{items}</channel></rss>".encode()


@dataclass
class Web:
    """All feeds, asked through `ask` and `fetch` as the program asks the network."""

    clock: SimulatedClock
    feeds: dict[str, Feed] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    rude: set[str] = field(default_factory=set)
    """Pages that fail the first three times."""

    def ask(self, address: str, allow_private: bool, known: Validators) -> Fetched:
        self.clock.interrupt()
        feed, now = self.feeds[address], self.clock.now()
        if feed.down[0] <= now < feed.down[1]:
            feed.asked.append((now, "failed"))
            raise feed.failure(address)
        body = feed.body(now)
        version = Validators(f'"{hash(body)}"') if feed.etags else Validators()
        if feed.etags and known == version:
            feed.asked.append((now, "304"))
            return Fetched(b"", None, None, known, unchanged=True)
        feed.asked.append((now, "200"))
        return Fetched(body, "application/rss+xml", "utf-8", version)

    def fetch(self, address: str, allow_private: bool) -> Fetched:
        self.clock.interrupt()
        self.pages[address] += 1
        if address in self.rude and self.pages[address] <= 3:
            raise NotNow(address, "the server answered 500", "Try later.")
        if address.endswith("13"):
            raise DocumentError(address, "its robots.txt forbids programs to read it", "Save the page yourself.")
        number = int(address.rpartition("/")[2])
        page = f"<html><body><p>{number + 1} soldiers were killed in Tolvi on 2024-03-02.</p></body></html>"
        return Fetched(page.encode(), "text/html", "utf-8")


def a_day_of_feeds(clock: SimulatedClock, feeds: int, seed: int = 11) -> Web:
    """Return a web of feeds that publish some sixty entries each in a day; some fail, for minutes or for hours."""
    rng = Random(seed)
    web = Web(clock)
    for n in range(feeds):
        address = f"https://press{n}.example/rss"
        times = sorted(START + rng.random() * DAY for _ in range(60))
        feed = Feed(address, [(at, i) for i, at in enumerate(times)], etags=n % 3 != 1)
        if n % 4 == 2:
            begins = START + rng.random() * DAY * 0.6
            feed.down = (begins, begins + rng.choice((900.0, 7_200.0, 6 * 3_600.0)))
        web.feeds[address] = feed
    return web
