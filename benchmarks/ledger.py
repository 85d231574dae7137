"""Speed and growth of linking and totalling on invented books: `python benchmarks/ledger.py [SIZE ...]`.

Prints seconds for each step and size, and the growth exponent between the first and the last size. Claims per place
and day stay the same as the book grows: what makes linking slow is density, not size. A book of a quarter of the size
whose claims cannot all be true shows what the search for clashes costs.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from math import log
from random import Random
from typing import TypeVar

from tallybook.incidents import link
from tallybook.ledger import Book, incident_figures, total
from tallybook.model import Claim, Count, DateRange, Document, Place, Query, Span, Target

T = TypeVar("T")
SIZES = (10_000, 100_000)
REPORTS_A_DAY = 60
CLAIMS_A_TOLL = 150
VILLAGES = 600
KINDS = ("airstrike", "shelling", "armed_clash", "ground_attack")
FIRST = date(2020, 1, 1)


def invented(size: int, seed: int = 7) -> tuple[list[Claim], dict[str, Document]]:
    """Return about `size` incident claims in reports of one to three events, one toll a month, and the reports."""
    random = Random(seed)
    claims: list[Claim] = []
    documents: dict[str, Document] = {}
    places = [
        Place(f"Village {v}", (f"District {v // 20}", f"State {v // 100}"), "QQQ", 10 + (v // 25) * 0.2,
              20 + (v % 25) * 0.2, 2.0, "exact", f"p{v}")
        for v in range(VILLAGES)
    ]  # fmt: skip
    report = 0
    while len(claims) < size:
        when = FIRST + timedelta(days=report // REPORTS_A_DAY)
        key = f"{report:032x}"
        digest = sha256(key.encode()).hexdigest()
        documents[key] = Document(key, key, key, key, digest, digest, publisher=f"Outlet {report % 40}",
                                  published=(when + timedelta(days=1)).isoformat())  # fmt: skip
        for event in range(random.choice((1, 1, 1, 2, 3))):
            claims += _event(random, key, f"e{event}", random.choice(places), when)
        report += 1
        if report % (REPORTS_A_DAY * 30) == 0:
            claims.append(_toll(key, when))
    return claims, documents


def _event(random: Random, key: str, event: str, place: Place, when: date) -> list[Claim]:
    kind, origin = random.choice(KINDS), f"source {random.randrange(30)}"
    day = DateRange(when.isoformat(), when.isoformat(), "day")
    killed = random.randrange(1, 40)
    words = f"{kind} on {place.name}: {killed} killed, {origin} said"

    def told(name: str, measure: str, number: int, who: str, part_of: str | None = None) -> Claim:
        return Claim(f"{key}{event}{name}", key, "bench/1", words, Span(0, len(words)), measure,
                     Count(number, number, "exact", str(number)), origin=origin, event_type=kind,
                     target=Target(who), place=place, date=day, event=event, part_of=part_of,
                     dimension="status" if part_of else None)  # fmt: skip

    made = [told("k", "killed", killed, random.choice(("unknown", "civilian", "combatant")))]
    if killed > 5 and made[0].target.affiliation == "unknown":
        made.append(told("c", "killed", killed // 2, "civilian", made[0].id))
    if random.random() < 0.5:
        made.append(told("i", "injured", random.randrange(1, 60), "unknown"))
    return made


def _toll(key: str, when: date) -> Claim:
    window = DateRange((when - timedelta(days=29)).isoformat(), when.isoformat(), "range")
    return Claim(f"{key}t", key, "bench/1", "at least 500 civilians killed this month", Span(0, 10), "killed",
                 Count(500, None, "at_least", "500"), origin="monitor", target=Target("civilian"), date=window,
                 place=Place("State 1", (), "QQQ", precision="admin1"), scope="cumulative")  # fmt: skip


def quarrelsome(size: int) -> tuple[list[Claim], dict[str, Document]]:
    """Return an invented book in which one breakdown in eight exceeds its whole, and each of many tolls is too low.

    Thousands of claims that hang together through tolls and cannot all be true: the search for the smallest sets.
    """
    claims, documents = invented(size)
    of_id = {c.id: c for c in claims}
    made, parts = [], 0
    for number, claim in enumerate(claims):
        whole = of_id[claim.part_of].count if claim.part_of else None
        if whole is not None and whole.high:
            parts += 1
            if parts % 8 == 0:
                claim = replace(claim, count=Count(whole.high + 1, whole.high + 1, "exact", str(whole.high + 1)))
        elif number % CLAIMS_A_TOLL == 0 and claim.date and claim.date.start:
            made.append(_too_low(claim, date.fromisoformat(claim.date.start), number))
        made.append(claim)
    return made, documents


def _too_low(claim: Claim, when: date, number: int) -> Claim:
    """Return an exact toll of a month in the district or the state of a claim, by an outlet of its own."""
    assert claim.place is not None
    unit = number // CLAIMS_A_TOLL % 2
    area = Place(claim.place.admin[unit], claim.place.admin[unit + 1 :], "QQQ", precision=("admin2", "admin1")[unit])
    told = _toll(claim.document, when)
    return replace(told, id=f"{claim.id}q", count=Count(5, 5, "exact", "5"), target=Target("unknown"), place=area,
                   origin=f"monitor {number}")  # fmt: skip


def timed(name: str, size: int, step: Callable[[], T], seconds: dict[str, dict[int, float]]) -> T:
    """Run one step and keep its seconds."""
    start = time.perf_counter()
    result = step()
    seconds.setdefault(name, {})[size] = time.perf_counter() - start
    print(f"{size:>9,}  {name:<28} {seconds[name][size]:8.2f} s", flush=True)
    return result


def _quarrels(size: int) -> Book:
    claims, documents = quarrelsome(size)
    return Book(claims, documents, link(claims, documents))


def _all_rows(book: Book) -> int:
    return sum(len(incident_figures(book, i)) for i in book.incidents.values())


def main(sizes: tuple[int, ...]) -> None:
    """Measure each size in turn, smallest first."""
    seconds: dict[str, dict[int, float]] = {}
    for size in sorted(sizes):
        claims, documents = invented(size)
        incidents = timed("link", size, lambda c=claims, d=documents: link(c, d), seconds)
        book = Book(claims, documents, incidents)
        quarrels = _quarrels(size // 4)
        print(f"{size:>9,}  {len(claims):,} claims, {len(incidents):,} incidents")
        for name, query in (
            ("total killed", Query("killed")),
            ("total killed, civilians", Query("killed", ("civilian",))),
            ("total injured, one state", Query("injured", place="State 2")),
        ):
            figure = timed(name, size, lambda b=book, q=query: total(b, q), seconds)
            print(f"{size:>9,}  {figure.low}..{figure.high}")
        clashing = timed("total killed, clashing", size, lambda b=quarrels: total(b, Query("killed")), seconds)
        print(f"{size:>9,}  {clashing.low}..{clashing.high}, {len(clashing.conflicts):,} conflicts")
        timed("incident rows, clashing", size, lambda b=quarrels: _all_rows(b), seconds)
    if len(sizes) > 1:
        first, last = min(sizes), max(sizes)
        for name, told in seconds.items():
            print(f"exponent  {name:<28} {log(told[last] / told[first]) / log(last / first):8.2f}")
    print(f"peak      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main(tuple(int(s.replace("_", "")) for s in sys.argv[1:]) or SIZES)
