"""`import --as release`: another team's release into the book, with its claims and its judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.claims.record_rows import told_ids
from tallybook.documents import Stated
from tallybook.documents.record_rows import SOURCE, record_rows
from tallybook.documents.release_files import ReleaseArrival, release_arrival
from tallybook.errors import TallybookError
from tallybook.knowledge import Knowledge
from tallybook.ledger.judged import ADD_CLAIM
from tallybook.model import Document, Issue
from tallybook.model.standing import UNDO
from tallybook.review.consenting import CONSENT
from tallybook.review.deciding import Wish, in_words
from tallybook.review.registering import ON_ACTORS
from tallybook.runs import judging
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.deriving import keep_derived
from tallybook.runs.desk import Desk
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.opposing import opposed
from tallybook.store import BookStore

RELEASE = "release"
"""What `--as` says of a release."""
NOT_TAKEN = "judgement-not-taken"
CLAIM_FIELDS = ("part_of", "responds_to")
"""Fields whose value is the id of a claim."""
_TOLD = "judgement {number} ({verb}) of {origin}: {why}. Both teams' claims stand; decide yourself."


@dataclass(frozen=True, slots=True)
class ImportedRelease:
    """What an import did."""

    added: Added
    rows: int
    """Records that went in, or were there."""
    left_out: int
    judgements: int
    """Judgements that were taken over."""
    judgements_left_out: int


def import_release(
    book: BookStore, folder: Path, stated: Stated, make_reader: Callable[[], DocumentReader], knowledge: Knowledge,
    listener: Listener, at: str,
) -> ImportedRelease:  # fmt: skip
    """Put a release into a book: a document for each of its reports, then its judgements, signed by who made them.

    The same release again changes nothing. A judgement that contradicts one of the book, or is about what the release
    does not hold, is an issue.

    Raises: DocumentError, BookError; the book is untouched then.
    """
    arrived = release_arrival(folder, stated)
    for issue in arrived.issues:
        listener.on_issue(issue)
        book.note(issue)
    reader = make_reader()
    added = add_documents(book, arrived.arrivals, reader, knowledge, listener, at)
    added.issues += len(arrived.issues)
    taken = _Taking(book, arrived, knowledge, lambda: reader, at)
    made = taken.judgements()
    for issue in taken.issues:
        added.issues += 1
        listener.on_issue(issue)
        book.note(issue)
    return ImportedRelease(added, arrived.rows, arrived.left_out, made, len(taken.issues))


class _Taking:
    def __init__(
        self, book: BookStore, arrived: ReleaseArrival, knowledge: Knowledge, make_reader: judging.MakeReader, at: str
    ) -> None:
        self._book, self._arrived, self._knowledge = book, arrived, knowledge
        self._make_reader, self._at = make_reader, at
        documents = [a.document for a in arrived.arrivals if a.document is not None]
        self._names = _names(documents, arrived.incidents)
        self._made: dict[str, str] = {}
        """Ids of judgements in the book, by those of the release."""
        self.issues: list[Issue] = []

    def judgements(self) -> int:
        """Take the judgements over, in their order; return how many."""
        if not self._arrived.judgements:
            return 0
        desk = Desk(self._book, self._knowledge)
        there = {(j.verb, j.author, j.because): j.id for j in desk.log}
        made = 0
        for row in sorted(self._arrived.judgements, key=lambda r: (r.get("number") or 0, r["id"])):
            wish = self._wish(row)
            if wish is None:
                continue
            known = there.get((wish.verb, wish.author, wish.because))
            if known is not None:
                self._made[row["id"]] = known
                continue
            ours = opposed(wish, desk.log, self._arrived.origin)
            if ours is not None:
                self._refuse(row, f"it contradicts judgement {in_words(ours)}")
                continue
            try:
                proposal = judging.propose(desk, wish, self._make_reader)
            except TallybookError as error:
                self._refuse(row, str(error).rstrip("."))
                continue
            judging.write(desk, proposal)
            self._made[row["id"]] = proposal.judgement.id
            desk = judging.carried_on(desk, proposal)
            made += 1
        if made:
            keep_derived(self._book)
        return made

    def _wish(self, row: Mapping[str, Any]) -> Wish | None:
        """Return what a row wants decided, about what the book calls so; None where the book cannot have it."""
        verb, objects = str(row.get("verb")), [str(o) for o in row.get("objects") or ()]
        if verb == ADD_CLAIM:
            self._refuse(row, "the claim that it codes by hand is among the claims")
            return None
        if verb == CONSENT:
            self._refuse(row, "consent was given to that team: obtain your own")
            return None
        names = self._made if verb == UNDO else self._names
        if verb not in ON_ACTORS:
            missing = [o for o in objects if o not in names]
            if missing or not objects:
                self._refuse(row, f"it is about {', '.join(missing) or 'nothing'}, which the release does not hold")
                return None
            objects = list(dict.fromkeys(names[o] for o in objects))
        value = row.get("value")
        if row.get("field") in CLAIM_FIELDS:
            value = self._names.get(str(value), value)
        origin = self._arrived.origin
        day = f", {row['at'][:10]}" if row.get("at") else ""
        author = f"{row['author']} ({origin})" if row.get("author") else origin
        because = f"{row.get('because') or 'no reason is told'} [judgement {row.get('number')} of {origin}{day}]"
        author, because = " ".join(author.split()), " ".join(because.split())
        return Wish(verb, tuple(objects), author, because, self._at, row.get("field"), value)

    def _refuse(self, row: Mapping[str, Any], why: str) -> None:
        told = _TOLD.format(number=row.get("number"), verb=row.get("verb"), origin=self._arrived.origin, why=why)
        self.issues.append(Issue(NOT_TAKEN, " ".join(told.split()), "judgements.jsonl"))


def _names(documents: Iterable[Document], incidents: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return what the book calls each claim, victim, report and incident of a release; an incident by one claim."""
    found = dict(_told(documents))
    for incident, claims in incidents.items():
        held = [found[c] for c in claims if c in found]
        if held:
            found.setdefault(incident, held[0])
    return found


def _told(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    for document in documents:
        yield from told_ids(document).items()
        yield from (
            (str(row.fields.get("id")), document.key) for row in record_rows(document.text) if row.kind == SOURCE
        )
