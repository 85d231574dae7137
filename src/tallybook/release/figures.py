"""The figures of a release, from its own claims alone: who adds up the published claims comes to them."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tallybook.ledger import Book, total
from tallybook.model import MEASURES, Claim, Figure, Query

HEADLINE_WHO = ("any", "civilian", "combatant", "children", "women")
FINE_WHO = ("children", "women")
BROKEN_DOWN = ("killed", "injured")
MOST_MONTHS = 36
"""Months beyond which figures are broken down by year."""
BROKEN_WHO = ("any", "civilian")
MOST_WORK = 400_000
"""Claims times questions that breakdowns may take: some twenty seconds. A breakdown beyond it is left away whole, as
half of one would mislead; headline figures never are."""
OPENED = (
    "Claims that tell the sex or age of few people are not counted here, so that nobody can be made out: "
    "the true number may be higher."
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure without its proof, what it is broken down by, and what the profile does to it.

    What it leaves out and what clashes is counted: over all figures of a large book these are millions of records.
    """

    kind: str
    figure: Figure
    left: Mapping[str, int]
    """How many claims are left out, by reason, sorted."""
    clashes: int
    note: str | None = None


def figures(book: Book, fine: Book, asked: Query, shown: frozenset[str], areas: tuple[str, ...]) -> Iterator[Told]:
    """Yield the headline figures of every measure, then killed and injured by month (or year) and by area.

    `fine` is the book without the claims whose sex and age are withheld: figures of children and women come from it,
    and are open above where any are withheld. Figures that count nothing are left away, as are breakdowns of large
    books.
    """
    measures = (asked.measure,) if asked.measure else MEASURES
    people = HEADLINE_WHO if asked.who == ("any",) else asked.who
    told = [c for c in book.claims.values() if c.id in shown]
    room = MOST_WORK // max(1, len(book.claims))
    for measure in measures:
        mine = [c for c in told if c.measure == measure]
        if not mine:
            continue
        for who in people:
            yield from _counted("headline", replace(asked, measure=measure, who=(who,)), book, fine)
        if measure not in BROKEN_DOWN:
            continue
        inner = [who for who in (BROKEN_WHO if asked.who == ("any",) else people) if who not in FINE_WHO]
        for parts in (_periods(asked, mine, room // max(1, len(inner))), list(_areas(asked, areas))):
            questions = [(k, replace(q, measure=measure, who=(w,))) for k, q in parts for w in inner]
            if len(questions) <= room:
                room -= len(questions)
                for kind, query in questions:
                    yield from _counted(kind, query, book, fine)


def _counted(kind: str, query: Query, book: Book, fine: Book) -> Iterator[Told]:
    if query.who[0] not in FINE_WHO or fine is book:
        made, note = total(book, query, proved=False), None
    else:
        made, note = replace(total(fine, query, proved=False), high=None), OPENED
    if made.counted and (made.low is not None or made.high is not None):
        left = Counter(x.reason for x in made.left_out)
        bare = replace(made, left_out=(), conflicts=())
        yield Told(kind, bare, dict(sorted(left.items())), len(made.conflicts), note)


def _periods(asked: Query, claims: list[Claim], most: int) -> list[tuple[str, Query]]:
    """Return the questions by month; by year where months are more than can be asked, or read."""
    days = {d[:7] for c in claims if c.date and c.scope == "incident" for d in (c.date.start, c.date.end) if d}
    kind, names = ("month", days) if len(days) <= min(most, MOST_MONTHS) else ("year", {d[:4] for d in days})
    found = []
    for name in sorted(names):
        first, last = _edges(name)
        since, until = max(first, asked.since or first), min(last, asked.until or last)
        if since <= until:
            found.append((kind, replace(asked, since=since, until=until)))
    return found


def _edges(name: str) -> tuple[str, str]:
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    return f"{name}-01", f"{name}-{monthrange(int(name[:4]), int(name[5:]))[1]:02}"


def _areas(asked: Query, areas: tuple[str, ...]) -> Iterator[tuple[str, Query]]:
    if asked.place is None:
        yield from (("place", replace(asked, place=area)) for area in areas)
