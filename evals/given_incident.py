"""Figures of one incident whose documents are given: each report's main event, in the ledger's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallybook.model import Claim, Incident, Query, Reading

COUNTED = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Toll:
    """What the ledger says of one measure; None: nothing stated."""

    low: int | None
    best: int | None
    high: int | None

    def exactly(self, true: int) -> bool:
        """Say whether `best` is the true number; nothing stated counts as 0, as the key of shootings has it."""
        return (self.best or 0) == true

    def holds(self, true: int) -> bool:
        """Say whether the true number lies within the bounds; an interval open at both ends holds nothing but 0."""
        if self.low is None and self.high is None:
            return true == 0
        return (self.low or 0) <= true and (self.high is None or true <= self.high)


def toll(readings: Sequence[Reading], measure: str) -> Toll:
    """Return the toll of the main event of `readings`, all taken to be about one incident.

    Each report is a book of its own, since reports of one shooting tell it at different times and name different
    people; `best` is what most reports say, the larger of equals, and low..high holds what any of them says. A report
    of harm that states none of this measure says 0, as the key of shootings has it. Nothing stated by any: no bounds.
    Where some reports tell only injured and the others as many dead, the injured have died since.
    """
    tolls = [_of_report(reading, measure) for reading in readings]
    bests = Counter(t.best for t in tolls if t is not None and t.best is not None)
    if not bests:
        return Toll(None, None, None)
    best = max(bests, key=lambda number: (bests[number], number))
    if measure == "injured" and not _both_told(readings) and best == toll(readings, "killed").best:
        return Toll(0, 0, best)
    silent = any(t is None and _tells_harm(reading) for t, reading in zip(tolls, readings, strict=True))
    lows = [t.low for t in tolls if t is not None and t.low is not None]
    highs = [t.high for t in tolls if t is not None and t.high is not None]
    return Toll(0 if silent else min(lows), best, max(highs))


def _both_told(readings: Sequence[Reading]) -> bool:
    """Say whether one report alone tells both killed and injured."""
    return any(all(_of_report(reading, measure) is not None for measure in COUNTED) for reading in readings)


def _of_report(reading: Reading, measure: str) -> Toll | None:
    """Return what one report says; None where it states nothing of this measure.

    Named victims bound it from below; of a number of people shot, those who died are not injured.
    """
    stated, named = _stated(reading, measure), _named(reading, measure)
    if stated.best is None:
        return Toll(named, named, named) if named else None
    low, best = stated.low or 0, max(stated.best, named)
    dead = _stated(reading, "killed").best if measure == "injured" else None
    if dead and _shot(reading) >= stated.best > dead:
        best = max(stated.best, named) - dead
    high = max(stated.best, best, named, stated.high or 0)
    return Toll(min(low, best), best, high)


def _stated(reading: Reading, measure: str) -> Toll:
    """Return what the ledger makes of the claims of one report on its main event."""
    from tallybook.ledger import Book, total

    claims = main_claims(reading)
    if not any(claim.measure == measure for claim in claims):
        return Toll(None, None, None)
    figure = total(Book(claims, [reading.document], [_as_one(claims)]), Query(measure))
    return Toll(figure.low, figure.best, figure.high)


def _shot(reading: Reading) -> int:
    """Return the largest number of people said to be shot, dead or alive; 0 where none is."""
    claims = [claim for claim in main_claims(reading) if claim.measure == "injured" and claim.count]
    shot = (claim.count for claim in claims if "shot" in claim.quote.casefold().split())
    return max((count.low or 0 for count in shot if count), default=0)


def _tells_harm(reading: Reading) -> bool:
    harm = any(claim.measure in COUNTED and claim.scope == "incident" for claim in reading.claims)
    return harm or bool(reading.victims)


def _named(reading: Reading, measure: str) -> int:
    """Return how many people a report names as harmed in its main event; a short form of a name is no other person."""
    main = {claim.id for claim in main_claims(reading)} | {None}
    names = {v.name.casefold() for v in reading.victims if v.harm == measure and v.claim in main}
    people: list[str] = []
    for name in sorted(names, key=lambda name: (len(name), name)):
        if not any(_one_person(name, other) for other in people):
            people.append(name)
    return len(people)


def _one_person(name: str, other: str) -> bool:
    one, two = name.split(), other.split()
    return set(one) <= set(two) or set(two) <= set(one)


def main_claims(reading: Reading) -> tuple[Claim, ...]:
    """Return the claims on the event that the report tells first; cumulative totals are not among them."""
    harm = [claim for claim in reading.claims if claim.measure in COUNTED and claim.scope == "incident"]
    if not harm:
        return ()
    main = min(harm, key=_position).event
    return tuple(claim for claim in harm if claim.event == main)


def _position(claim: Claim) -> tuple[bool, int, str]:
    return claim.field != "title", claim.span.start, claim.id


def _as_one(claims: Iterable[Claim]) -> Incident:
    held = tuple(claims)
    first = held[0]
    return Incident(
        id="given",
        claims=tuple(sorted(claim.id for claim in held)),
        documents=tuple(sorted({claim.document for claim in held})),
        event_type=first.event_type,
        place=first.place,
        date=first.date,
    )
