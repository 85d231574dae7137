"""`decide` and `undo`: what a judgement would move, and then the judgement itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tallybook.documents.dates import read_stamp
from tallybook.errors import BadDate, UsageError
from tallybook.knowledge.actors import KINDS
from tallybook.ledger.judged import ADD_CLAIM
from tallybook.ledger.judging import Parts, same_records, take_over
from tallybook.model import Judgement
from tallybook.model.codec import to_plain
from tallybook.model.standing import standing
from tallybook.review import fields, values
from tallybook.review.chain import appended
from tallybook.review.correcting import SET_ACTOR, SET_FIELD, SET_PLACE
from tallybook.review.deciding import Shelf, Wish, judgement_of, refuse_contradiction
from tallybook.review.mending import SET_PUBLISHED, SET_PUBLISHER, mended_otherwise, mendings
from tallybook.review.registering import ACCEPT_ACTOR, MERGE_ACTOR
from tallybook.runs import naming
from tallybook.runs.coding import claim_from
from tallybook.runs.deriving import Derived, keep_derived
from tallybook.runs.desk import Desk, Edition
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.moving import Bounds, Move, moves, parts_touched, touched_claims, touched_measures
from tallybook.runs.rereading import read_mended
from tallybook.store import Entry

MakeReader = Callable[[], DocumentReader]
"""How a reader is made where one is needed: only judgements on documents need one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A judgement that is not made yet, and the figures that it will move."""

    judgement: Judgement
    moves: tuple[Move, ...]
    readings: tuple[Entry, ...]
    """New readings of the documents that it mends."""
    derived: Derived
    """Incidents, people and near copies of the book once it is made."""
    seen: str
    """State of the book in which this was computed."""
    after: Desk
    """The book once it is made."""
    touched: frozenset[str]
    """Claims on which a figure may move by it; none: nothing changes but what counts as reviewed."""
    parts: Parts
    """By measure what hangs together with them; None: anything may."""


def propose(desk: Desk, wish: Wish, make_reader: MakeReader) -> Proposal:
    """Check what a person wants decided, and compute what it moves. Writes nothing.

    The wish's value is taken as typed; `Wish.means` is filled in here. The figures that move become part of the
    evidence that the judgement keeps.

    Raises: UsageError, UnknownName, AmbiguousName, BadDate, Contradiction, BookError
    """
    seen = desk.store.state()
    judgement = judgement_of(_with_meaning(wish, desk), _shelf(desk))
    log = (*desk.log, judgement)
    readings = _rereadings(desk, log, make_reader)
    after = (
        desk.would_be(Edition(log, {e.document.key: e.reading for e in readings}))
        if readings
        else desk.would_be_with(log)
    )
    refuse_contradiction(judgement, after.applied, log)
    touched = touched_claims(desk, after)
    parts = parts_touched(desk, after, touched) if touched else {}
    moved = moves(desk, after, touched, parts)
    shown = (*judgement.shown, *((name_of(m), change_of(m)) for m in moved))
    derived = Derived(after.incidents, after.people, tuple(after.copies))
    made = appended(replace(judgement, shown=shown), desk.log)
    return Proposal(made, moved, readings, derived, seen, after, touched, parts)


def commit(desk: Desk, proposal: Proposal) -> str:
    """Write a judgement and what follows from it; return the state of the book then. A desk that was laid open before
    does not see it.

    Raises: BookError where the book has changed since the proposal was made; nothing is written then.
    """
    state = write(desk, proposal)
    keep_derived(desk.store)
    return state


def write(desk: Desk, proposal: Proposal) -> str:
    """Write a judgement alone, as `commit` does: whoever opens the book next derives its incidents anew.

    Raises: BookError where the book has changed since the proposal was made; nothing is written then.
    """
    return desk.store.judge(proposal.judgement, proposal.readings, proposal.seen)


def carried_on(desk: Desk, proposal: Proposal) -> Desk:
    """Return the book after a judgement was written to it, as a desk laid open anew would show it, only quicker."""
    if proposal.readings:
        return Desk(desk.store, desk.knowledge)
    now = desk.carried_on((*desk.log, proposal.judgement), proposal.after)
    moved = touched_measures(desk, proposal.after, proposal.touched)
    now.knows({query: figure for query, figure in desk.figures_known().items() if query.measure not in moved})
    if same_records(desk.ledger, now.ledger):
        take_over(desk.ledger, now.ledger, proposal.parts, proposal.touched)
    return now


def replay(desk: Desk, log: Sequence[Judgement], make_reader: MakeReader) -> None:
    """Append judgements of another book that holds the same documents, as they are, to a book that has none.

    Raises: BookError, UsageError where the book has judgements of its own.
    """
    if desk.log:
        raise UsageError("Judgements are replayed into a book that has none. Start from the documents.")
    for at, judgement in enumerate(log):
        now = Desk(desk.store, desk.knowledge)
        desk.store.judge(judgement, _rereadings(now, log[: at + 1], make_reader))
    keep_derived(desk.store)


def _shelf(desk: Desk) -> Shelf:
    return Shelf(
        desk.applied.read, desk.applied, desk.incidents, desk.received, desk.log, desk.victims, desk.people,
        desk.objects,
    )  # fmt: skip


def _rereadings(desk: Desk, log: Sequence[Judgement], make_reader: MakeReader) -> tuple[Entry, ...]:
    """Read the documents again that are mended otherwise under `log` than they are now."""
    now, then = desk.applied.mendings, mendings(standing(log))
    changed = mended_otherwise(now, then)
    if not changed:
        return ()
    reader = make_reader()
    return tuple(read_mended(desk.store, desk.received[k], then.get(k), reader, desk.knowledge) for k in changed)


def _with_meaning(wish: Wish, desk: Desk) -> Wish:
    """Return a wish with its field and value as the book keeps them.

    Raises: UsageError, UnknownName, AmbiguousName, BadDate
    """
    meanings: dict[str, Callable[[Wish, str, Desk], Wish]] = {
        SET_FIELD: _field_meaning, SET_PLACE: _place_meaning, SET_ACTOR: _actor_meaning,
        SET_PUBLISHED: _published_meaning, SET_PUBLISHER: _publisher_meaning, ADD_CLAIM: _coded_meaning,
        ACCEPT_ACTOR: _kind_meaning, MERGE_ACTOR: _merged_meaning,
    }  # fmt: skip
    if wish.verb not in meanings:
        return wish
    if not (wish.value or "").strip():
        raise UsageError(f"`{wish.verb}` needs a value after what it is about; `none` takes a value away.")
    return meanings[wish.verb](wish, str(wish.value), desk)


def _meaning(wish: Wish, field: str | None, words: str, plain: object) -> Wish:
    means = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(wish, field=field, value=words, means=means)


def _field_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    field = fields.field_named(wish.field or "")
    if field.name == "place" and words.strip().lower() != values.NONE:
        return _place_meaning(wish, words, desk)
    plain = field.read(words)
    if field.actors and plain is not None:
        known = [
            desk.knowledge.actors.canonical(name) or name for name in ([plain] if isinstance(plain, str) else plain)
        ]
        plain = known[0] if isinstance(plain, str) else known
    return _meaning(wish, field.name, fields.shown(field.name, plain), plain)


def _place_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    place = to_plain(naming.located(words, desk))
    return _meaning(wish, "place", fields.shown("place", place), place)


def _actor_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    field = fields.field_named(wish.field or "perpetrator")
    if not field.actors:
        able = ", ".join(f.name for f in fields.FIELDS.values() if f.actors)
        raise UsageError(f"{field.name} holds no actor. Give one of: {able}.")
    plain = field.read(words)
    if isinstance(plain, list):
        plain = list(dict.fromkeys(naming.actor(name, desk) for name in plain))
    elif plain is not None:
        plain = naming.actor(plain, desk)
    return _meaning(wish, field.name, fields.shown(field.name, plain), plain)


def _coded_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    if len(wish.objects) != 1:
        return wish
    claim, told = claim_from(words, wish.objects[0], desk)
    return _meaning(wish, None, told, to_plain(claim))


def _published_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    if words.strip().lower() == values.NONE:
        return _meaning(wish, None, values.NONE, None)
    stamp = read_stamp(words)
    if stamp is None:
        raise BadDate(f"{words!r} is no date. Write it as YYYY-MM-DD, or as an ISO time; 'none' for not known.")
    if stamp.day > wish.at[:10]:
        raise BadDate(f"{words!r} lies in the future. Give the day on which the report was published.")
    return _meaning(wish, None, stamp.iso, stamp.iso)


def _publisher_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    name = values.name(words)
    return _meaning(wish, None, name or values.NONE, name)


def _kind_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    kind = naming.one_of("kind", words.strip().lower().replace(" ", "_"), KINDS)
    return _meaning(wish, "kind", kind, kind)


def _merged_meaning(wish: Wish, words: str, desk: Desk) -> Wish:
    name = naming.actor(words, desk)
    return _meaning(wish, "actor", name, name)


def name_of(move: Move) -> str:
    """Name a figure: 'killed, any', or 'incident i-... killed, any'."""
    return f"{f'incident {move.incident} ' if move.incident else ''}{move.measure}, {move.who}"


def change_of(move: Move) -> str:
    """Tell how a figure moves: '12..15 -> 12..12'; with best where the bounds stay."""
    before, after = told(move.before), told(move.after)
    if before == after and move.before and move.after:
        return f"{before} -> {after}, best {move.before.best} -> {move.after.best}"
    return f"{before} -> {after}" + (f" (now in {move.into})" if move.into else "")


def told(bounds: Bounds | None) -> str:
    """Write bounds, both ends always: '12..12'; 'none' where there is no figure or no bound is stated."""
    if bounds is None or (bounds.low is None and bounds.high is None):
        return values.NONE
    return fields.between(bounds.low, bounds.high)
