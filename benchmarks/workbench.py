"""The workbench under load: `python -m benchmarks.workbench [CLAIMS] [PEOPLE] [SECONDS]`; 100,000, 20, 60 by default.

Builds a book of that many invented claims (kept in build/, and used again), serves it on the loopback address, times
every page alone, and then has people read and decide at once. Prints milliseconds, errors, and whether every decision
that was acknowledged is in the log.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys.workbench import Served, served

from benchmarks.ledger import invented
from tallybook.model import Reading, Span
from tallybook.runs.deriving import keep_derived
from tallybook.store import Arrived, Entry, create_or_open, open_book

BUILD = Path("build")
TWINS = ("overview", "queue", "incidents", "reports", "claims", "victims", "actors", "places", "sources", "control",
         "conflicts", "issues", "log")  # fmt: skip
"""Lists that programs ask for."""
IDLE_SECONDS = 2.0
"""Silence after which a client connects anew."""
ROUNDS = 20
"""Times that each page is asked for alone."""


def book_of(size: int) -> Path:
    """Return a book of about `size` claims, made where it is not there yet."""
    path = BUILD / f"workbench-{size}.db"
    if path.exists():
        return path
    BUILD.mkdir(exist_ok=True)
    claims, documents = invented(size)
    told: dict[str, list] = defaultdict(list)
    for claim in claims:
        told[claim.document].append(claim)
    rng = random.Random(3)
    making = path.with_suffix(".making")
    with create_or_open(str(making)) as store:
        for number, (key, document) in enumerate(documents.items()):
            text = "\n\n".join(c.quote for c in told[key]) or key
            placed = [_placed(c, text, round(rng.uniform(0.5, 0.999), 3)) for c in told[key]]
            reading = Reading(replace(document, text=text, language="en"), "bench/1", tuple(placed))
            store.add(Entry(reading, "k1", arrived=Arrived("2024-01-01T00:00:00Z", number // 1000 + 1)))
        keep_derived(store)
    making.rename(path)
    return path


def _placed(claim, text, sure):  # type: ignore[no-untyped-def]
    start = text.find(claim.quote)
    return replace(claim, span=Span(start, start + len(claim.quote)), confidence=sure)


@dataclass
class Person:
    """One client on its own connection."""

    running: Served
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)
    asked: float = 0.0
    """When this person asked last."""

    def __post_init__(self) -> None:
        self.host = urlsplit(self.running.address).netloc
        self.connection = HTTPConnection(self.host, timeout=600)

    def ask(self, name: str, path: str, body: dict | None = None) -> dict | str:
        """Ask once, and keep how long it took."""
        headers = {"Authorization": f"Bearer {self.running.token}", "Host": self.host, "Cookie": self.cookie}
        if time.monotonic() - self.asked > IDLE_SECONDS:
            self.connection.close()  # the server hangs up on who is silent for five seconds; this opens a new one
        self.asked = time.monotonic()
        start = time.perf_counter()
        data = json.dumps(body) if body is not None else None
        if data:
            headers["Content-Type"] = "application/json"
            headers["X-CSRF-Token"] = self.csrf
        self.connection.request("POST" if data else "GET", path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.seconds[name].append(time.perf_counter() - start)
        if answer.status >= 400:
            self.errors.append(f"{path}: {answer.status} {text[:200]}")
        return json.loads(text) if "json" in (answer.headers.get("content-type") or "") else text

    def sign_in(self) -> None:
        """Open a session, as a browser does."""
        self.connection.request("GET", f"/?token={self.running.token}", headers={"Host": self.host})
        answer = self.connection.getresponse()
        answer.read()
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        self.csrf = ""
        page = str(self.ask("sign in", "/settings"))
        self.csrf = page.partition('name="csrf" value="')[2].partition('"')[0]


def pages(person: Person) -> dict[str, str]:
    """Return what is asked for, by name."""
    incident = person.ask("setting up", "/api/v1/incidents?limit=1")["items"][0]["id"]  # type: ignore[index]
    report = person.ask("setting up", "/api/v1/reports?limit=1")["items"][0]["key"]  # type: ignore[index]
    claim = person.ask("setting up", "/api/v1/claims?limit=1")["items"][0]["id"]  # type: ignore[index]
    return {
        "overview": "/", "queue": "/queue", "queue, links": "/queue?kind=link", "incidents": "/incidents",
        "incidents, filtered": "/incidents?in=State+2&kind=shelling&sort=-claims", "incident": f"/incidents/{incident}",
        "reports": "/reports", "reports, searched": "/reports?q=outlet+7", "report": f"/reports/{report}",
        "claim": f"/claims/{claim}", "figure": "/figures?measure=killed&who=civilian", "victims": "/victims",
        "actors": "/actors", "places": "/places", "sources": "/sources", "control": "/control",
        "conflicts": "/conflicts", "issues": "/issues", "log": "/log", "settings": "/settings",
        "evidence": "/evidence", "add": "/add",
        **{f"api {n}": f"/api/v1/{n}" for n in TWINS}, "api incident": f"/api/v1/incidents/{incident}",
        "api report": f"/api/v1/reports/{report}", "api claim": f"/api/v1/claims/{claim}",
        "api figure": "/api/v1/figures?measure=killed&who=civilian",
    }  # fmt: skip


def alone(person: Person) -> None:
    """Time every page, first and then again."""
    told = pages(person)
    print(f"{'page':<22}{'first':>9}{'median':>9}{'p95':>9}  ms")
    for name, path in told.items():
        for _ in range(ROUNDS + 1):
            person.ask(name, path)
        first, *rest = person.seconds[name]
        print(f"{name:<22}{first * 1e3:>9.0f}{statistics.median(rest) * 1e3:>9.0f}{p95(rest) * 1e3:>9.0f}", flush=True)
    queue = person.ask("queue", "/api/v1/queue?limit=5&kind=claim")["items"]  # type: ignore[index]
    for question in queue:
        wish = {"verb": "accept", "objects": question["claims"], "because": "bench", "author": "B"}
        person.decided.append(person.ask("decide", "/api/v1/decisions", wish)["judgement"]["number"])  # type: ignore[index]
        person.ask("queue after a decision", "/queue")
        person.ask("overview after a decision", "/")
    for name in ("decide", "queue after a decision", "overview after a decision"):
        told_seconds = person.seconds[name]
        print(
            f"{name:<28}{statistics.median(told_seconds) * 1e3:>9.0f} ms median, {max(told_seconds) * 1e3:.0f} at most"
        )


def p95(seconds: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(seconds)[max(0, round(len(seconds) * 0.95) - 1)]


def together(running: Served, people: int, seconds: float) -> list[Person]:
    """Have people read and decide at once."""
    until = time.perf_counter() + seconds
    crowd = [Person(running) for _ in range(people)]

    def work(number: int, person: Person) -> None:
        person.sign_in()
        rng = random.Random(number)
        told = list(pages(person).items())
        person.seconds.clear()
        while time.perf_counter() < until:
            if rng.random() < 0.1:
                page = person.ask("queue, list", "/api/v1/queue?limit=50&kind=claim")
                claims = rng.choice(page["items"])["claims"]  # type: ignore[index]
                wish = {
                    "verb": rng.choice(("accept", "reject")),
                    "objects": claims,
                    "because": "bench",
                    "author": f"P{number}",
                }
                made = person.ask("decide", "/api/v1/decisions", wish)
                if isinstance(made, dict) and "judgement" in made:
                    person.decided.append(made["judgement"]["number"])
            else:
                person.ask(*rng.choice(told))

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return crowd


def main(size: int, people: int, seconds: float) -> None:
    """Measure."""
    book = BUILD / "workbench-served.db"
    shutil.copy(book_of(size), book)
    start = time.perf_counter()
    with served(book) as running:
        print(f"address printed after {time.perf_counter() - start:.2f} s")
        one = Person(running)
        one.sign_in()
        one.ask("first overview", "/")
        print(f"first overview after {time.perf_counter() - start:.2f} s")
        alone(one)
        crowd = together(running, people, seconds) if people else []
    told: dict[str, list[float]] = defaultdict(list)
    for person in crowd:
        for name, found in person.seconds.items():
            told[name] += found
    for name, found in sorted(told.items()):
        print(
            f"{people} at once, {name:<26}{len(found):>6} asked"
            f"{statistics.median(found) * 1e3:>9.0f}{p95(found) * 1e3:>9.0f} ms p95"
        )
    errors = [e for p in (one, *crowd) for e in p.errors]
    decided = {n for p in (one, *crowd) for n in p.decided}
    with open_book(str(book)) as store:
        lost = decided - {j.number for j in store.judgements()}
    print(f"errors {len(errors)}; decisions acknowledged {len(decided)}, lost {len(lost)}")
    for error in errors[:5]:
        print(error)


if __name__ == "__main__":
    given = [float(a.replace("_", "")) for a in sys.argv[1:]]
    main(
        int(given[0]) if given else 100_000, int(given[1]) if len(given) > 1 else 20, given[2] if len(given) > 2 else 60
    )
