"""Many people at once at the workbench: `python -m benchmarks.crowd [--claims N] [--people N] [--minutes M] [--keep]`.

Builds a book of that many invented claims (kept in build/, and used again), serves a copy of it in a process of its
own on the loopback address, and lets people read and decide through HTTP, each with a session and a connection of their
own. A person asks for something, thinks for one to five seconds, and asks again; one asking in five is a decision: a
claim of the queue is accepted or rejected, or the person's own last judgement is undone. Afterwards every decision that
was acknowledged must be in the log, the chain of the log must hold, and the overview must tell what the ledger works
out from the book anew. `--keep` keeps the result for the page of what was measured.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tests.journeys.workbench import Served, served

from benchmarks.results import Result, keep
from benchmarks.workbench import BUILD, Person, book_of, p95, pages
from tallybook.model import Query
from tallybook.review.chain import breaks
from tallybook.runs.desk import Desk
from tallybook.runs.packs import packs_of
from tallybook.store import open_book

DECISIONS = 0.2
"""Share of askings that are decisions."""
FROM_THE_TOP = 300
"""Questions of the queue, from the heaviest, among which a person takes one at random."""
THINKING = (1.0, 5.0)
PAGE_MS, QUESTION_MS = 200, 100
"""Limits on the time of a page, and of the queue's next question."""


@dataclass
class Worker:
    """One person of the crowd, and what became of them."""

    number: int
    person: Person
    acknowledged: dict[int, str] = field(default_factory=dict)
    """Numbers of the judgements that were acknowledged, with their verbs."""
    refused: int = 0
    """Decisions that were refused since somebody else had decided on the same: as they should be."""

    def work(self, until: float) -> None:
        """Read and decide."""
        rng = random.Random(self.number)
        self.person.sign_in()
        told = [pair for pair in pages(self.person).items() if not pair[0].startswith("api ")]
        self.person.seconds.clear()
        while time.perf_counter() < until:
            time.sleep(rng.uniform(*THINKING))
            if rng.random() < DECISIONS:
                self._decide(rng)
            else:
                self.person.ask(*rng.choice(told))

    def _decide(self, rng: random.Random) -> None:
        if self.acknowledged and rng.random() < 0.15:
            last = max(self.acknowledged)
            if self.acknowledged[last] != "undo":
                wish = {"number": str(last), "because": "taken back", "author": f"P{self.number}"}
                self._take("undo", "/api/v1/undo", wish)
                return
        queue = self.person.ask("queue, as JSON", f"/api/v1/queue?limit={FROM_THE_TOP}&kind=claim")
        log = self.person.ask("log, as JSON", "/api/v1/log?limit=1")
        assert isinstance(queue, dict)
        assert isinstance(log, dict)
        wish = {
            "verb": rng.choice(("accept", "accept", "reject")), "objects": rng.choice(queue["items"])["claims"],
            "because": "read", "author": f"P{self.number}",
            "log_at": str(log["items"][0]["number"] if log["items"] else 0),
        }  # fmt: skip
        self._take("decision", "/api/v1/decisions", wish)
        self.person.ask("next question after a decision", "/queue")

    def _take(self, name: str, path: str, wish: dict[str, object]) -> None:
        before = len(self.person.errors)
        made = self.person.ask(name, path, wish)
        if isinstance(made, dict) and "judgement" in made:
            self.acknowledged[made["judgement"]["number"]] = made["judgement"]["verb"]
        elif len(self.person.errors) > before and ": 409 " in self.person.errors[-1]:
            self.person.errors.pop()
            self.refused += 1


def crowd(running: Served, people: int, seconds: float) -> list[Worker]:
    """Let people work at once, and return them when they are done."""
    workers = [Worker(n, Person(running)) for n in range(people)]
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=w.work, args=(until,)) for w in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"the last answer came {time.perf_counter() - until:.0f} s after the end", flush=True)
    return workers


def main(claims: int, people: int, minutes: float, *, kept: bool) -> None:
    """Measure, and check what was acknowledged."""
    book = BUILD / "crowd-served.db"
    for left in BUILD.glob("crowd-served.db*"):
        left.unlink()
    shutil.copy(book_of(claims), book)
    start = time.perf_counter()
    with served(book) as running:
        one = Person(running)
        one.sign_in()
        one.ask("overview", "/api/v1/overview")
        one.ask("figure", "/api/v1/figures?measure=killed&who=civilian")
        for name, path in pages(one).items():
            one.ask(name, path)
        print(f"laid open, and each page asked for once, after {time.perf_counter() - start:.0f} s", flush=True)
        before = _cpu(running.process.pid)
        workers = crowd(running, people, minutes * 60)
        spent = _cpu(running.process.pid) - before
        told = _together(workers)
        overview = one.ask("overview at the end", "/api/v1/overview")
    errors = [e for w in workers for e in w.person.errors] + one.errors
    acknowledged = {n for w in workers for n in w.acknowledged}
    refused = sum(w.refused for w in workers)
    with open_book(str(book)) as store:
        log = store.judgements()
        lost = acknowledged - {j.number for j in log}
        broken = breaks(log, store.sealed())
        desk = Desk(store, packs_of(store).knowledge)
        assert isinstance(overview, dict)
        wrong = [f for f in overview["figures"] if not _holds(f, desk)]
    asked = sum(map(len, told.values()))
    print(f"{asked} asked, {spent / asked * 1e3:.0f} ms of the server's processor each; errors {len(errors)}")
    print(
        f"decisions acknowledged {len(acknowledged)}, lost {len(lost)}, refused as too late {refused}, log {len(log)}"
    )
    print(f"breaks in the chain {len(broken)}; figures of the overview that the ledger does not give {len(wrong)}")
    for error in errors[:5]:
        print(error)
    if kept:
        keep("crowd", _results(told, claims, people, minutes, errors, lost, (len(acknowledged), refused)))


def _together(workers: list[Worker]) -> dict[str, list[float]]:
    """Return the seconds of all that was asked, by name, and print them."""
    told: dict[str, list[float]] = defaultdict(list)
    for worker in workers:
        for name, found in worker.person.seconds.items():
            told[name] += found
    for name, found in sorted(told.items()):
        middle, late = statistics.median(found) * 1e3, p95(found) * 1e3
        print(
            f"{name:<32}{len(found):>6} asked{middle:>8.0f} ms median{late:>8.0f} p95{max(found) * 1e3:>8.0f} at most"
        )
    return told


def _holds(told: dict[str, object], desk: Desk) -> bool:
    figure = desk.total(Query(str(told["measure"]), (str(told["who"]),)))
    mine = (figure.low, figure.best, figure.high, len(figure.counted), figure.unreviewed, len(figure.conflicts))
    return mine == tuple(told[name] for name in ("low", "best", "high", "counted", "unreviewed", "conflicts"))


def _cpu(process: int) -> float:
    """Return the processor seconds of a process so far; 0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


def _results(
    told: dict[str, list[float]], claims: int, people: int, minutes: float, errors: list[str], lost: set[int],
    decided: tuple[int, int],
) -> list[Result]:  # fmt: skip
    every = [s for name, found in told.items() if name not in ("decision", "undo") for s in found]
    made = told.get("decision", []) + told.get("undo", [])
    question = told.get("next question after a decision", [0.0])
    size = f"{claims:,} claims, {people} people at once for {minutes:g} minutes"
    decisions = f"{decided[0]} decisions acknowledged, {decided[1]} refused since somebody else had decided"
    return [
        Result("the workbench: decisions that were lost, and errors", "none", f"{size}: {decisions}",
               float(len(lost) + len(errors)), "none", not lost and not errors),
        Result("the workbench: a page, p95", f"{PAGE_MS} ms", f"{size}: {p95(every) * 1e3:.0f} ms, median "
               f"{statistics.median(every) * 1e3:.0f} ms", p95(every) * 1e3 / PAGE_MS, "at most 1",
               p95(every) * 1e3 <= PAGE_MS),
        Result("the workbench: the next question after a decision, p95", f"{QUESTION_MS} ms",
               f"{size}: {p95(question) * 1e3:.0f} ms, median {statistics.median(question) * 1e3:.0f} ms",
               p95(question) * 1e3 / QUESTION_MS, "at most 1", p95(question) * 1e3 <= QUESTION_MS),
        Result("the workbench: a decision, p95", f"{PAGE_MS} ms", f"{size}: {p95(made) * 1e3:.0f} ms, median "
               f"{statistics.median(made) * 1e3:.0f} ms", p95(made) * 1e3 / PAGE_MS, "", None),
    ]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--keep", action="store_true", help="keep the result for docs/reference/performance.md")
    given = parser.parse_args()
    main(given.claims, given.people, given.minutes, kept=given.keep)
