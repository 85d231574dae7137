"""Killed and injured in shooting incidents whose documents are given: what `longtail` and `gvc` share.

killed_exact, injured_exact   share of incidents whose `best` is the number in the key
inside                        share of (incident, measure) pairs whose number lies within low..high
doc_...                       the same with each document alone
baseline_...                  the first number near a verb of harm in the incident's first document that has one

Exact counts per incident follow SemEval-2018 Task 5, subtask 3 (Postma, Ilievski and Vossen 2018), where the answer
is a participant count; there, finding the documents is part of the task, here they are given. A number that nobody
states counts as 0, because the key says 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.given_incident import COUNTED, Toll, main_claims, toll
from evals.number_near_verb import near_verb
from evals.ratios import share
from evals.reports import Reads
from evals.result import Result
from tallybook.model import Document, Reading

QUOTE_WIDTH = 90


@dataclass(frozen=True, slots=True)
class Shooting:
    """One incident of the key with its documents."""

    id: str
    true: Mapping[str, int]
    """Number of people by measure."""
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was made of one incident, or of one document."""

    name: str
    true: Mapping[str, int]
    tolls: Mapping[str, Toll]
    readings: tuple[Reading, ...]


def evaluate_shootings(name: str, shootings: Sequence[Shooting], reader: Reads) -> Result:
    """Read all documents, make each incident's tolls, and score them."""
    documents = [document for shooting in shootings for document in shooting.documents]
    readings = dict(zip((d.key for d in documents), reader.read_all(documents), strict=True))
    whole = [_told(s, tuple(readings[d.key] for d in s.documents), toll) for s in shootings]
    alone = [_told(s, (readings[d.key],), toll, d.id) for s in shootings for d in s.documents]
    plain = [_told(s, tuple(readings[d.key] for d in s.documents), plain_toll) for s in shootings]
    metrics = {**shares(whole), **shares(alone, "doc_"), **shares(plain, "baseline_")}
    return Result(name, len(documents), metrics, tuple(line for told in whole for line in misses(told)))


def shares(told: Sequence[Told], prefix: str = "") -> dict[str, float | None]:
    """Return the shares of exact counts and of numbers inside their bounds."""
    exact = {m: sum(t.tolls[m].exactly(t.true[m]) for t in told) for m in COUNTED}
    inside = {m: sum(t.tolls[m].holds(t.true[m]) for t in told) for m in COUNTED}
    return {
        **{f"{prefix}{m}_exact": share(exact[m], len(told)) for m in COUNTED},
        f"{prefix}inside": share(sum(inside.values()), len(told) * len(COUNTED)),
        **{f"{prefix}{m}_inside": share(inside[m], len(told)) for m in COUNTED},
    }


def plain_toll(readings: Sequence[Reading], measure: str) -> Toll:
    """Return what the first number near a verb of harm says; the baseline."""
    for reading in readings:
        for claim in near_verb(reading.document):
            if claim["measure"] == measure:
                low, high = claim["count"]["low"], claim["count"]["high"]
                return Toll(low, low if low is not None else high, high)
    return Toll(None, None, None)


def misses(told: Told) -> Iterator[str]:
    """Yield the wrong measures of one incident, each with the claims it was made from."""
    for measure in COUNTED:
        made, true = told.tolls[measure], told.true[measure]
        if not made.exactly(true):
            kind = "INSIDE" if made.holds(true) else "WRONG "
            yield f"{told.name} {kind} {measure} true {true} | {made.low}..{made.best}..{made.high}"
            yield from (f"    {line}" for reading in told.readings for line in _evidence(reading, measure))


def _told(
    shooting: Shooting, readings: tuple[Reading, ...], made: Callable[[Sequence[Reading], str], Toll], name: str = ""
) -> Told:
    tolls = {measure: made(readings, measure) for measure in COUNTED}
    return Told(f"{shooting.id} {name}".strip(), shooting.true, tolls, readings)


def _evidence(reading: Reading, measure: str) -> Iterable[str]:
    main = {claim.id for claim in main_claims(reading)}
    lines = [
        f"{'main ' if claim.id in main else 'other'} {claim.count.low}..{claim.count.high} "
        f"{'part ' if claim.part_of else ''}{claim.rule} <{' '.join(claim.quote.split())[:QUOTE_WIDTH]}>"
        for claim in reading.claims
        if claim.measure == measure and claim.count
    ]
    return [f"{reading.document.id} {line}" for line in lines] or [f"{reading.document.id} nothing read"]
