"""`verify`: one hash over all that a book answers; whether quotes stand where they should and the log is unbroken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from tallybook.ledger import total
from tallybook.model import MEASURES, Query, Reading
from tallybook.model.judgement import seal
from tallybook.model.standing import standing
from tallybook.model.wire import Json, figure_json
from tallybook.review.attaching import file_of
from tallybook.review.chain import Break, breaks
from tallybook.review.purging import purges
from tallybook.runs import listing
from tallybook.runs.desk import Desk
from tallybook.runs.evidence import Fault, faults
from tallybook.runs.filtering import filter_from
from tallybook.runs.naming import WHO, Asked


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found."""

    digest: str
    documents: int
    claims: int
    incidents: int
    ungrounded: tuple[str, ...]
    judgements: int
    log: str | None
    """Seal of the last judgement: equal logs have equal ones. None where nothing was decided."""
    broken: tuple[Break, ...]
    purges: tuple[int, ...] = ()
    """Numbers of the judgements by which something was taken out for good."""
    files: int = 0
    """Evidence files that were read and hashed again."""
    faults: tuple[Fault, ...] = ()
    """Evidence files that are not as they were taken in."""


def verify(desk: Desk) -> Verified:
    """Hash the JSON of claims, incidents, issues and totals; none of it holds a run time or an undone judgement.

    Raises: BookError
    """
    digest = hashlib.sha256()
    for item in _answers(desk):
        digest.update(json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8") + b"\n")
    loose = [claim for reading in desk.readings() for claim in _ungrounded(reading)]
    return Verified(
        digest.hexdigest(),
        len(desk.documents),
        len(desk.claims),
        len(desk.incidents),
        tuple(loose),
        len(desk.log),
        seal(desk.log[-1]) if desk.log else None,
        breaks(desk.log, desk.store.sealed()),
        tuple(j.number for j in purges(desk.log)),
        len(desk.store.files()),
        faults(desk.store, (sha256 for j in standing(desk.log) if (sha256 := file_of(j)) is not None)),
    )


def _answers(desk: Desk) -> Iterator[Json]:
    everything = filter_from(Asked(), desk)
    yield from chain(
        listing.claims(desk, everything), listing.incidents(desk, everything), listing.issues(desk, everything)
    )
    for measure in MEASURES:
        for who in WHO:
            yield figure_json(total(desk.ledger, Query(measure, (who,))))


def _ungrounded(reading: Reading) -> Iterator[str]:
    """Yield the ids of claims whose quote is not what the text holds at their span."""
    texts = {"body": reading.document.text, "title": reading.document.title or ""}
    for claim in reading.claims:
        if claim.span.of(texts[claim.field]) != claim.quote:
            yield claim.id
