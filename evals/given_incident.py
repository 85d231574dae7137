"""Figures of one incident whose documents are given: their claims on the main event, in one book."""

from __future__ import annotations

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

    Named victims bound it from below: reports of a shooting often name the dead and give no number.
    """
    stated, named = _stated(readings, measure), _named(readings, measure)
    if not named:
        return stated
    low, best = max(stated.low or 0, named), max(stated.best or 0, named)
    return Toll(low, best, stated.high if stated.high is None else max(stated.high, named))


def _stated(readings: Sequence[Reading], measure: str) -> Toll:
    """Return what the ledger makes of the claims on the main event."""
    from tallybook.ledger import Book, total

    claims = [claim for reading in readings for claim in main_claims(reading)]
    if not any(claim.measure == measure for claim in claims):
        return Toll(None, None, None)
    documents = [reading.document for reading in readings]
    figure = total(Book(claims, documents, [_as_one(claims)]), Query(measure))
    return Toll(figure.low, figure.best, figure.high)


def _named(readings: Sequence[Reading], measure: str) -> int:
    """Return how many people the report with most names names as harmed in the main event."""
    return max((len(_names(reading, measure)) for reading in readings), default=0)


def _names(reading: Reading, measure: str) -> set[str]:
    main = {claim.id for claim in main_claims(reading)} | {None}
    return {victim.name.casefold() for victim in reading.victims if victim.harm == measure and victim.claim in main}


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
