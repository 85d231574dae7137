"""Speed and memory of a release in all layouts: `python -m benchmarks.releasing [SIZE ...] [--profile NAME] [--steps]`.

Sizes are incidents of an invented book, each told by one or two reports; one in ten names a victim. Prints seconds and
peak memory (of both processes together) of writing, checking and closing the folder, and the growth exponent between
the first and the last size. `--steps` prints where the time of the writing process goes.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import date, timedelta
from hashlib import sha256
from math import log
from pathlib import Path
from random import Random

import psutil

from tallybook.knowledge import load
from tallybook.ledger import Book, BookPlaces
from tallybook.model import Claim, Count, DateRange, Document, Incident, Place, Query, Span, Target, Victim
from tallybook.release.keys import Key
from tallybook.release.manifest import Attribution
from tallybook.release.material import Material, Passing
from tallybook.release.profile import load_profile
from tallybook.release.writing import release

SIZES = (10_000, 100_000)
VILLAGES, OUTLETS, FIRST = 2_000, 40, date(2021, 1, 1)
DAYS = 1_000
KINDS = ("airstrike", "shelling", "armed_clash", "ground_attack", "execution_or_massacre")
NAMED = 10
"""One incident in so many names a victim."""
AS_OF = "2024-12-31"


def invented(size: int, seed: int = 11) -> Material:
    """Return a book of so many incidents."""
    random = Random(seed)
    places = [
        Place(f"Village {v}", (f"District {v // 20}", f"State {v // 200}"), "QQQ",
              round(10 + (v // 50) * 0.2 + random.random() / 10, 4),
              round(20 + (v % 50) * 0.2 + random.random() / 10, 4), 2.0, "exact", f"p{v}")
        for v in range(VILLAGES)
    ]  # fmt: skip
    documents: dict[str, Document] = {}
    claims: list[Claim] = []
    incidents, victims = [], []
    for number in range(size):
        place, when = random.choice(places), FIRST + timedelta(days=random.randrange(DAYS))
        mine = [_claim(random, documents, number, told, place, when) for told in range(random.choice((1, 1, 2)))]
        claims += mine
        incidents.append(Incident(
            f"i-{number:012x}", tuple(c.id for c in mine), tuple(sorted({c.document for c in mine})),
            mine[0].event_type, place, mine[0].date))  # fmt: skip
        if number % NAMED == 0:
            name = f"Person{number} Of{place.name.replace(' ', '')}"
            first = mine[0]
            victims.append((first.document, Victim(f"v{number:015x}", name, Span(0, 5), first.claimants, name, 30, 30,
                                                   "male", None, "killed", first.id)))  # fmt: skip
    passing = Passing(frozenset(c.id for c in claims), frozenset(i.id for i in incidents),
                      frozenset(v.id for _, v in victims), frozenset())  # fmt: skip
    return Material(
        documents, tuple(claims), tuple(incidents), tuple(victims), (), (), (), (), (), {}, BookPlaces(places), load(),
        frozenset(f"Outlet {n}" for n in range(OUTLETS)), Query(""), passing, AS_OF,
        Book(claims, documents, incidents).state, frozenset(), ("bench/1",),
    )  # fmt: skip


def _claim(random: Random, documents: dict[str, Document], number: int, told: int, place: Place, when: date) -> Claim:
    key = f"{number:030x}{told:02x}"
    digest = sha256(key.encode()).hexdigest()
    outlet = f"Outlet {random.randrange(OUTLETS)}"
    documents[key] = Document(key, key, f"report {number} {told}", key, digest, digest, publisher=outlet,
                              title=f"Strike on {place.name}, report {number}", url=f"https://x.example/{number}/{told}",
                              published=(when + timedelta(days=1 + told)).isoformat(), language="en")  # fmt: skip
    low = random.randrange(1, 12)
    high = low if random.random() < 0.6 else low + random.randrange(1, 6)
    quote = f"{low} people were killed in {place.name} on {when.isoformat()}, report {number} of {outlet}"
    status = random.choice(("civilian", "civilian", "combatant", "unknown"))
    return Claim(
        f"c{number:013x}{told:02x}", key, "bench/1", quote, Span(0, len(quote)), "killed",
        Count(low, high, "exact" if low == high else "between", str(low), Span(0, len(str(low)))),
        claimants=(outlet,), origin=outlet, event_type=random.choice(KINDS), target=Target(status), place=place,
        date=DateRange(when.isoformat(), when.isoformat(), "day"), event=f"e{number}",
    )  # fmt: skip


class Memory:
    """Peak memory of this process and of the second reader together, MB, looked at ten times a second.

    What the system itself keeps of a process that ended counts the memory of its parent at the fork as its own.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._me, self._done = psutil.Process(), threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._watch.start()
        return self

    def __exit__(self, *told: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(0.1):
            held = 0
            for process in (self._me, *self._me.children()):
                with suppress(psutil.Error):
                    held += process.memory_info().rss
            self.peak = max(self.peak, held // 2**20)


def processor() -> float:
    """Return the seconds of a processor that this process and the second reader used so far."""
    return sum(os.times()[:4])


def measured(size: int, profile: str, *, steps: bool) -> float:
    """Release a book, print what it took, and return the seconds."""
    material, chosen = invented(size), load_profile(profile)
    key = Key(bytes(32), profile) if chosen.needs_key else None
    started, used = time.perf_counter(), processor()
    with tempfile.TemporaryDirectory() as folder, Memory() as memory:
        watch = cProfile.Profile() if steps else None
        if watch:
            watch.enable()
        done = release(Path(folder) / "out", material, chosen, key, Attribution("bench"))
        if watch:
            watch.disable()
            pstats.Stats(watch).sort_stats("cumulative").print_stats(45)
        seconds = time.perf_counter() - started
        written = sum(p.stat().st_size for p in (Path(folder) / "out").rglob("*") if p.is_file())
    files, layouts = len(done.manifest["files"]), len(done.manifest["layouts"])
    print(
        f"{size:>8} incidents, {profile}: {seconds:6.1f} s ({processor() - used:.1f} s of a processor)  "
        f"peak {memory.peak} MB  {written / 1e6:.0f} MB in {files} files, layouts {layouts}"
    )
    return seconds


def main() -> None:
    """Measure each size."""
    words = sys.argv[1:]
    profile = words[words.index("--profile") + 1] if "--profile" in words else "public"
    sizes = [int(a) for a in words if a.isdigit()] or list(SIZES)
    took = [(size, measured(size, profile, steps="--steps" in words)) for size in sizes]
    (small, first), (large, last) = took[0], took[-1]
    if large > small:
        print(f"growth exponent {log(last / first) / log(large / small):.2f}")


if __name__ == "__main__":
    main()
