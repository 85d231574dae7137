"""`purge`: a person's or source's details, or a whole report, out of a book for good."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tallybook.errors import BookError, UnknownName, UsageError
from tallybook.knowledge.folding import fold
from tallybook.model import MEASURES, Judgement, Query, Span, Victim
from tallybook.model.codec import texts_of, to_plain
from tallybook.model.judgement import seal
from tallybook.model.standing import PURGE, PURGED
from tallybook.model.wire import Json
from tallybook.review.attaching import Attached, attached
from tallybook.review.chain import breaks
from tallybook.review.names_out import NamesOut, pseudonym
from tallybook.review.objects import Named, Objects
from tallybook.review.purged import fingerprint
from tallybook.review.purging import Change, Purging, new_ids, redacted
from tallybook.runs.deriving import Derived, keep_derived
from tallybook.runs.desk import Desk
from tallybook.runs.evidence import attached_json, file_named
from tallybook.runs.logbook import judgement_json
from tallybook.runs.moving import POPULATIONS, Bounds, Move, figures_of
from tallybook.runs.naming import nearest
from tallybook.runs.telling import move_json
from tallybook.store import Rewrite
from tallybook.store.locked_books import copies_beside
from tallybook.store.opening import scratch_of

VICTIM, SOURCE, DOCUMENT, FILE = "victim", "source", "document", "file"
PERSON = "person"
RECEIPT_BYTES = 16
LEAST_LETTERS = 3
"""Letters that a name must have to be taken out of a whole book: 'Li' stands in too many other words."""


@dataclass(frozen=True, slots=True)
class PurgeWish:
    """What a person wants taken out, when the clock says it is."""

    kind: str
    """victim, source, document or file."""
    name: str
    """Id or name of the victim, name of the source, id or key of the document, start of the file's hash."""
    author: str
    because: str
    at: str
    """ISO time, UTC."""
    also: tuple[str, ...] = ()
    """Further words that go with it: other spellings, a nickname, a telephone number."""


@dataclass(frozen=True, slots=True)
class PurgeProposal:
    """A purge that is not done yet: what goes, and which figures move."""

    judgement: Judgement
    rewrite: Rewrite
    reports: tuple[str, ...]
    """Ids of the reports that words, or everything, go out of, as they are now, sorted."""
    people: int
    """Named people whose records go."""
    records: int
    """Records of named victims that go, those of older readings not counted."""
    judgements: tuple[int, ...]
    """Numbers of the judgements that change, without those that are only sealed anew."""
    moves: tuple[Move, ...]
    files: tuple[str, ...]
    """Hashes of the evidence files that go."""
    files_left: tuple[Attached, ...]
    """Evidence files on claims of these reports, or with the words in their names, whose bytes stay."""
    beside: tuple[tuple[str, int], ...]
    """Single words of a source's name that stay, and how often they stand in these reports."""
    receipt: str
    """Key of the hash that stays, hex: kept nowhere."""
    words: tuple[str, ...]
    seen: str
    """State of the book in which this was worked out."""
    derived: Derived
    state: str
    """State of the book once it is done."""


def propose_purge(desk: Desk, wish: PurgeWish) -> PurgeProposal:
    """Work out what a purge takes out and moves, by doing it on a copy in memory. Writes nothing to disk.

    Raises: UsageError, UnknownName, AmbiguousName, BookError
    """
    _refuse_broken(desk)
    seen, number = desk.store.state(), len(desk.log) + 1
    words = _words(desk, wish, number)
    _refuse_naming(wish, words)
    changes = _changes(desk, wish, words)
    files = _files(desk, wish, changes)
    if not changes and not files:
        raise UsageError(f"Nothing in this book holds {wish.name!r}. Nothing is to be purged.")
    purging = _purging(desk, wish, words, changes, files)
    receipt = secrets.token_bytes(RECEIPT_BYTES)
    log = purging.log_of(desk.log, _draft(desk, wish, purging, receipt))
    rewrite = Rewrite(
        {key: c.new for key, c in changes.items()}, purging.record_of, purging.plain_of, purging.words_of,
        words.stand_in, log, files,
    )  # fmt: skip
    with scratch_of(desk.store) as scratch:
        state = scratch.purge(rewrite, scratch.state())
        after = Desk(scratch, desk.knowledge)
        moves = tuple(_moves(desk, after, purging.ids))
        derived = Derived(after.incidents, after.people, tuple(after.copies))
        kept = {v.id for v in after.victims}
    gone = [v for v in desk.victims if purging.ids.get(v.id, v.id) not in kept]
    return PurgeProposal(
        log[-1], rewrite, tuple(sorted(c.old.id for c in changes.values())),
        len({p.id for v in gone if (p := desk.person_of.get(v.id))}), len(gone), _changed(desk.log, words, log), moves,
        tuple(sorted(files)), tuple(_files_left(desk, changes, files)),
        tuple(_beside(wish, changes)), receipt.hex(), words.names, seen, derived, state,
    )  # fmt: skip


def commit_purge(desk: Desk, proposal: PurgeProposal) -> None:
    """Do it. A desk that was laid open before does not see it.

    Raises: BookLocked, BookError; nothing was purged then.
    """
    state = desk.store.purge(proposal.rewrite, proposal.seen)
    if state == proposal.state:
        keep_derived(desk.store)


def redact_log_of_releases(path: Path, proposal: PurgeProposal) -> bool:
    """Take the words out of the log of releases beside a book; say whether there was anything to take out.

    The file is written beside and renamed.
    """
    if not path.is_file():
        return False
    lines = path.read_text(encoding="utf-8").splitlines()
    now = [json.dumps(proposal.rewrite.plain_of(json.loads(line)), ensure_ascii=False) for line in lines if line]
    if now == [line for line in lines if line]:
        return False
    beside = path.with_name(f"{path.name}.part")
    beside.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    beside.replace(path)
    return True


def _refuse_broken(desk: Desk) -> None:
    """A log that is broken already must not be sealed anew: the break would not show any more."""
    found = breaks(desk.log, desk.store.sealed())
    if found:
        raise BookError(f"{found[0].what} after it was made. Restore a copy of the book before anything is purged.")


def _words(desk: Desk, wish: PurgeWish, number: int) -> NamesOut:
    also = tuple(w for w in (" ".join(a.split()) for a in wish.also) if w)
    if wish.kind in (DOCUMENT, FILE):
        return NamesOut(also, (), pseudonym(SOURCE, number))
    if wish.kind == VICTIM:
        names = [v.name for v in _records_of(desk, wish.name)]
        words = NamesOut.of_person(names, also, pseudonym(PERSON, number))
    else:
        words = NamesOut((*_source_names(desk, wish.name), *also), (), pseudonym(SOURCE, number))
    short = [n for n in words.names if sum(c.isalnum() for c in n) < LEAST_LETTERS]
    if short:
        raise UsageError(f"{short[0]!r} is too short to be taken out everywhere: it stands in other words. Name more.")
    return words


def _records_of(desk: Desk, name: str) -> tuple[Victim, ...]:
    """Return all records of the person of this id or name.

    Raises: UnknownName
    """
    named = Named(desk.victims, desk.people)
    if named.holds(name):
        first = named.victim(name)
        person = named.person(first)
        return tuple(desk.victim_by_id[v] for v in person.victims) if person else (first,)
    told = tuple(v for v in desk.victims if fold(v.name) == fold(name))
    if not told:
        raise UnknownName("victim", name, nearest(name, (v.name for v in desk.victims)))
    return told


def _source_names(desk: Desk, name: str) -> tuple[str, ...]:
    """Return the spellings of a source's name: claimants, those who passed a statement on, publishers.

    Raises: UnknownName
    """
    told = {d.publisher for d in (*desk.received.values(), *desk.documents.values()) if d.publisher}
    for claim in (*desk.applied.read, *desk.claims):
        told.update((*claim.claimants, *claim.relay, *filter(None, [claim.origin])))
    for reading in desk.store.readings():
        told.update(e.holder for e in reading.evidence if e.holder)
        told.update(c for victim in reading.victims for c in victim.claimants)
        told.update(c for held in reading.control for c in held.claimants)
    found = tuple(sorted(n for n in told if fold(n) == fold(name)))
    if not found:
        raise UnknownName("source", name, nearest(name, told))
    return found


def _refuse_naming(wish: PurgeWish, words: NamesOut) -> None:
    for option, text in (("--because", wish.because), ("--author", wish.author)):
        if not text.strip():
            raise UsageError(f"{option} is empty. A purge needs an author and a reason.")
        if not text.isprintable():
            raise UsageError(f"{option} holds characters that cannot be printed. Type it again without them.")
        if words.stand_in(text, True):
            raise UsageError(f"{option} holds the very words that are to go. Say it without them.")


def _changes(desk: Desk, wish: PurgeWish, words: NamesOut) -> dict[str, Change]:
    """Return what becomes of the documents that are concerned, by key."""
    whole = Objects((), (), desk.received).document(wish.name) if wish.kind == DOCUMENT else None
    gone = {d.key for d in desk.received.values() if whole is not None and d.sha256 == whole.sha256}
    mine: set[str] = set()
    lines: dict[str, list[Span]] = {}
    if wish.kind == VICTIM:
        for victim in _records_of(desk, wish.name):
            mine.add(desk.document_of[victim.id])
    holding = desk.store.documents_holding(words.stand_in) if words.names else frozenset()
    for key, victim in desk.victims_told:
        if wish.kind == VICTIM and victim.line is not None and words.stand_in(victim.name):
            lines.setdefault(key, []).append(victim.span)
    made = {key: Change(desk.received[key], None) for key in gone}
    for key in sorted((holding | mine) - gone):
        parts = wish.kind == VICTIM
        made[key] = Change(desk.received[key], redacted(desk.received[key], words, parts, lines.get(key, ())), parts)
    return made


def _files(desk: Desk, wish: PurgeWish, changes: Mapping[str, Change]) -> frozenset[str]:
    """Return the evidence files that go: the one that is named; with a report those of its claims alone."""
    if wish.kind == FILE:
        return frozenset({file_named(desk, wish.name).sha256})
    whole = {key for key, c in changes.items() if c.new is None}
    mine = {c.id for key in whole for c in desk.claims_in.get(key, ())}
    kept = {a.sha256 for a in attached(desk.judgements) if not mine.issuperset(a.claims)}
    return frozenset(a.sha256 for a in attached(desk.judgements) if mine.issuperset(a.claims)) - kept


def _files_left(desk: Desk, changes: Mapping[str, Change], files: frozenset[str]) -> Iterator[Attached]:
    mine = {c.id for key in changes for c in desk.claims_in.get(key, ())}
    for found in attached(desk.judgements):
        if found.sha256 not in files and mine.intersection(found.claims):
            yield found


def _purging(
    desk: Desk, wish: PurgeWish, words: NamesOut, changes: Mapping[str, Change], files: frozenset[str]
) -> Purging:
    held = {key: desk.store.record_ids(key) for key in changes}
    ids: dict[str, str] = {}
    for key, change in changes.items():
        ids |= new_ids(change, held[key])
    gone = {key for key, c in changes.items() if c.new is None} | {
        i for key, c in changes.items() if c.new is None for i in held[key]
    }
    if wish.kind == VICTIM:
        gone |= {v.id for v in desk.victims if words.stand_in(v.name)}
    return Purging(words, changes, ids, frozenset(gone), files)


def _draft(desk: Desk, wish: PurgeWish, purging: Purging, receipt: bytes) -> Judgement:
    """Return the judgement that stays: what went, from how many reports, and a hash that nobody can try names on."""
    stay = sorted({c.new.key for c in purging.changes.values() if c.new is not None})
    whole = {c.old.text for c in purging.changes.values() if c.new is None}
    told = {
        "kind": wish.kind,
        "hash": commitment(
            receipt, (*purging.words.names, *purging.files), whole, seal(desk.log[-1]) if desk.log else None
        ),
        "refused": [fingerprint(text) for text in sorted(whole)],
    }
    many = len(purging.changes)
    words = f"a {wish.kind}, {many} report{'s' if many != 1 else ''}" if many else f"a {wish.kind}"
    means = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Judgement(
        "", 0, PURGE, tuple(stay), " ".join(wish.author.split()), " ".join(wish.because.split()), wish.at,
        value=words, means=means,
    )  # fmt: skip


def commitment(receipt: bytes, words: Iterable[str], texts: Iterable[str], log: str | None) -> str:
    """Return the hash that stays of what was taken out: HMAC-SHA-256, under the receipt, of canonical JSON.

    `log` is the seal of the last judgement before the purge, as `verify --format json` printed it then.
    """
    plain = {"log": log, "texts": sorted(texts), "words": sorted(words)}
    told = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(receipt, told.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def _changed(log: Iterable[Judgement], words: NamesOut, after: Iterable[Judgement]) -> tuple[int, ...]:
    """Return the numbers of the judgements that hold the words, or were emptied."""
    emptied = {j.number for j in after if j.verb == PURGED}
    held = {j.number for j in log if any(words.stand_in(text) for text in texts_of(to_plain(j)))}
    return tuple(sorted(held | (emptied - {j.number for j in log if j.verb == PURGED})))


def _beside(wish: PurgeWish, changes: Mapping[str, Change]) -> Iterator[tuple[str, int]]:
    """Yield the words of a source's name that still stand alone in the reports it was taken out of."""
    if wish.kind != SOURCE:
        return
    for word in dict.fromkeys(w for w in wish.name.split() if len(w) >= LEAST_LETTERS and not w.islower()):
        single = NamesOut((word,))
        found = sum(len(single.spans(c.new.text)) for c in changes.values() if c.new is not None)
        if found:
            yield word, found


def _moves(before: Desk, after: Desk, ids: Mapping[str, str]) -> Iterator[Move]:
    """Yield the standard totals and the figures of incidents that differ."""
    for measure in MEASURES:
        for who in POPULATIONS:
            query = Query(measure, (who,))
            old, new = (Bounds(f.low, f.best, f.high) for f in (before.total(query), after.total(query)))
            if old != new:
                yield Move(measure, who, old, new)
    was, now = (figures_of(desk, desk.incidents) for desk in (before, after))
    moved = {(ids.get(incident, incident), measure, who): bounds for (incident, measure, who), bounds in was.items()}
    names = {ids.get(i.id, i.id): i.id for i in before.incidents}
    for key in sorted(moved.keys() | now.keys()):
        if moved.get(key) != now.get(key):
            yield Move(key[1], key[2], moved.get(key), now.get(key), names.get(key[0], key[0]))


def beside_book(book: str) -> tuple[Path, ...]:
    """Return the copies that the program itself put beside a book in a file, before it changed how the book is kept."""
    return copies_beside(Path(book.removeprefix("sqlite:///")))


def purge_json(proposal: PurgeProposal, *, committed: bool) -> Json:
    """Return a purge, whether it was done, and the figures that move by it; the receipt only where it was done."""
    return {
        "schema": "tallybook.purge/1", "committed": committed, "judgement": judgement_json(proposal.judgement, {}),
        "reports": list(proposal.reports), "people": proposal.people, "records": proposal.records,
        "judgements": list(proposal.judgements), "moves": [move_json(m) for m in proposal.moves],
        "files": list(proposal.files), "files_left": [attached_json(a) for a in proposal.files_left],
        "words_left": [{"word": word, "times": times} for word, times in proposal.beside],
        "receipt": proposal.receipt if committed else None,
    }  # fmt: skip
