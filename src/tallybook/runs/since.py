"""`diff`: which figures moved since a moment, and the claims and judgements that moved them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tallybook.documents.dates import read_stamp
from tallybook.errors import UsageError
from tallybook.ledger.judged import ACCEPT
from tallybook.model import Document, Judgement
from tallybook.model.standing import UNDO, standing, undoings
from tallybook.review.mending import mended_otherwise, mendings
from tallybook.runs.desk import Desk, Edition
from tallybook.runs.moving import Move, moves
from tallybook.store import Arrived

_RUN = re.compile(r"r(\d+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A book as it stood: the documents that had arrived, and the judgements that had been made."""

    documents: frozenset[str]
    log: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that moved, with the documents and judgements since then that bear on it."""

    move: Move
    documents: tuple[str, ...]
    """Ids of the documents that arrived and hold one of its claims, sorted."""
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed since a moment."""

    figures: tuple[Moved, ...]
    documents: tuple[Document, ...]
    """Documents that arrived since, by id."""
    judgements: tuple[Judgement, ...]
    """Judgements made since, by number, undone ones and undos among them."""


def difference(desk: Desk, since: str) -> Difference:
    """Compare the book with how it stood at a moment. Writes nothing.

    `since` is a day (how it stood when the day began, UTC), an ISO time, a run as `r3` (how it stood when the run was
    done; times are kept in seconds, and what was decided in the same second counts as since) or a judgement's number
    (how it stood after that judgement; 0: before the first). Documents of books that did not note arrivals have always
    been there. What was read by an older reader is taken as it is read now.

    Raises: UsageError
    """
    then = moment(since, desk)
    before = desk.would_be(_edition(then, desk))
    arrived = tuple(d for key, d in desk.documents.items() if key not in then.documents)
    made = tuple(j for j in desk.log if j not in then.log)
    about = {j.number: _about(j, desk) for j in effective(then.log, desk.log)}
    restored = before.ledger.decided.dropped - desk.ledger.decided.dropped
    about |= {j.number: about[j.number] & restored for j in made if j.verb == ACCEPT and j.number in about}
    found = tuple(_with_causes(m, desk, before, {d.key for d in arrived}, about) for m in moves(before, desk))
    return Difference(found, arrived, made)


def effective(then: Sequence[Judgement], now: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements between two logs that change what stands: not those that were undone again, by number."""
    stood, stands = ({j.id: j for j in standing(log)} for log in (then, now))
    old = {j.id for j in then}
    undone, earlier = undoings(now), undoings(then)
    found = [j for j in stands.values() if j.id not in old]
    found += [undone[name] for name in stood.keys() - stands.keys()]
    found += [undone[earlier[name].id] for name in stands.keys() - stood.keys() if name in old]
    return tuple(sorted({j.id: j for j in found}.values(), key=lambda j: j.number))


def moment(since: str, desk: Desk) -> Moment:
    """Return how the book stood at a moment, as `difference` takes it.

    Raises: UsageError
    """
    arrivals = desk.store.arrivals()
    run = _RUN.fullmatch(since)
    if run is not None:
        return _after_run(int(run[1]), desk, arrivals)
    if since.isdigit() and len(since) < len("2024"):
        return _after_judgement(int(since), desk, arrivals)
    stamp = read_stamp(since)
    if stamp is None:
        raise UsageError(
            f"--since {since!r} is no moment. Give a date, a run such as r3, or the number of a judgement in `log`."
        )
    instant = _instant(stamp.iso)
    there = frozenset(k for k in desk.received if k not in arrivals or _instant(arrivals[k].at) < instant)
    return Moment(there, tuple(j for j in desk.log if _instant(j.at) < instant))


def _instant(iso: str) -> datetime:
    at = datetime.fromisoformat(iso)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _after_run(number: int, desk: Desk, arrivals: dict[str, Arrived]) -> Moment:
    times = {a.run: a.at for a in arrivals.values()}
    if number not in times:
        runs = ", ".join(f"r{n}" for n in sorted(times)) or "none"
        raise UsageError(f"No run r{number} brought documents into this book. Its runs: {runs}.")
    there = frozenset(k for k in desk.received if k not in arrivals or arrivals[k].run <= number)
    return Moment(there, _made_before(_instant(times[number]), desk.log))


def _after_judgement(number: int, desk: Desk, arrivals: dict[str, Arrived]) -> Moment:
    if number > len(desk.log):
        raise UsageError(f"This book has {len(desk.log)} judgements, no number {number}. See `tallybook log`.")
    if not desk.log:
        return Moment(frozenset(desk.received), ())
    instant = _instant(desk.log[max(number, 1) - 1].at)
    there = frozenset(k for k in desk.received if k not in arrivals or _instant(arrivals[k].at) <= instant)
    return Moment(there, desk.log[:number])


def _made_before(instant: datetime, log: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(j for j in log if _instant(j.at) < instant)


def _edition(then: Moment, desk: Desk) -> Edition:
    """Return the edition of a moment; documents that were mended otherwise are taken as they were read then."""
    mended = mendings(standing(then.log))
    changed = [k for k in mended_otherwise(desk.applied.mendings, mended) if k in then.documents]
    readings = {k: desk.store.reading_as(k, mended[k].token if k in mended else "") for k in changed}
    return Edition(then.log, {k: r for k, r in readings.items() if r is not None}, then.documents)


def _with_causes(move: Move, desk: Desk, before: Desk, arrived: set[str], about: Mapping[int, frozenset[str]]) -> Moved:
    claims = [c for c in (desk.claim_of.get(i) or before.claim_of.get(i) for i in move.claims) if c is not None]
    keys = {c.document for c in claims}
    mine = tuple(j for j in desk.log if about.get(j.number, frozenset()) & {*move.claims, *keys})
    return Moved(move, tuple(sorted({desk.documents[k].id for k in keys & arrived})), mine)


def _about(judgement: Judgement, desk: Desk) -> frozenset[str]:
    """Return the claims and documents that a judgement is about, and the claims of people; an undo is about what the
    undone one is about."""
    if judgement.verb == UNDO:
        undone = (j for j in desk.log if j.id in judgement.objects)
        return frozenset(name for j in undone for name in _about(j, desk))
    now = (j.objects for j in desk.judgements if j.id == judgement.id)
    named = (desk.victim_by_id[o].claim for o in judgement.objects if o in desk.victim_by_id)
    return frozenset(
        [
            *judgement.objects,
            *(c for c in named if c),
            *(p.claim for p in judgement.passages),
            *(o for os in now for o in os),
        ]
    )
