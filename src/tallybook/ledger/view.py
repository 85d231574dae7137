"""One measure of a book: every claim sorted into positions, tolls, denials and what no longer holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tallybook.ledger.additions import summed
from tallybook.ledger.book import Book
from tallybook.ledger.bounds import Bounds
from tallybook.ledger.cells import Cell, Label, as_part, label_of, population
from tallybook.ledger.origins import published
from tallybook.ledger.positions import (
    ADDED,
    NOBODY,
    Position,
    Word,
    current,
)
from tallybook.model import Claim
from tallybook.model.claim import NAMED_ROWS
from tallybook.model.moments import Moment, order
from tallybook.model.reaching import reached

DENIALS = ("denied", "negated")
REJECTED, SUPERSEDED, REPEATED, DENIED, CONTAINED = "rejected", "superseded", "repeated", "denied", "contained"
CellWords = dict[Cell, dict[str, list[Word]]]


@dataclass(slots=True)
class View:
    """What a book says about one measure, before any question is asked."""

    measure: str
    cell_of: dict[str, Cell] = field(default_factory=dict)
    positions: dict[Cell, dict[str, Position]] = field(default_factory=dict)
    tolls: list[Word] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    denials: list[Word] = field(default_factory=list)
    exact: dict[tuple[Cell, str], frozenset[str]] = field(default_factory=dict)
    """Whole's cell and origin to the ids of whole and parts, where the words say that the parts make it up."""
    parts: dict[str, set[str]] = field(default_factory=dict)
    """Incident to the incidents that it contains."""
    claims: dict[str, Claim] = field(default_factory=dict)
    published: dict[str, Moment | None] = field(default_factory=dict)
    """When the claims that count the rows of lists were published."""
    leans: dict[str, frozenset[str]] = field(default_factory=dict)
    """Denial that is counted as 0 to the claims of its origin that make it so: they count another status."""

    def above(self) -> dict[str, set[str]]:
        """Return for each incident all those that contain it, also through others."""
        found: dict[str, set[str]] = {}
        for whole in self.parts:
            for part in reached(self.parts[whole], lambda part: self.parts.get(part, ())):
                found.setdefault(part, set()).add(whole)
        return found


def view(book: Book, measure: str, as_of: str | None = None) -> View:
    """Return the view of one measure; computed once for a book."""
    key = (measure, as_of)
    made = book.views.get(key)
    if not isinstance(made, View):
        made = _made(book.upto(as_of), measure)
        book.views[key] = made
    return made


def _made(book: Book, measure: str) -> View:
    seen = View(measure)
    mine = [c for c in book.claims.values() if c.measure == measure or (c.measure is None and c.about == measure)]
    words: CellWords = defaultdict(lambda: defaultdict(list))
    additions: dict[Cell, list[Word]] = defaultdict(list)
    retractions: list[Word] = []
    for claim in mine:
        seen.claims[claim.id] = claim
        if claim.scope == "incident":
            seen.cell_of[claim.id] = _cell(book, claim)
        word = _word(book, claim)
        if claim.id in book.decided.dropped:
            seen.left[claim.id] = REJECTED
        elif claim.document in book.reports.replaced or claim.stance == "updated":
            seen.left[claim.id] = SUPERSEDED
        elif claim.stance == "retracted":
            seen.left[claim.id] = SUPERSEDED
            retractions.append(word)
        elif claim.stance in DENIALS or claim.measure is None:
            seen.left[claim.id] = DENIED
            seen.denials.append(word)
        elif claim.scope != "incident":
            seen.tolls.append(word)
        elif claim.rule == NAMED_ROWS:
            seen.left[claim.id] = CONTAINED
            seen.published[claim.id] = word.at
        elif claim.change == ADDED:
            additions[seen.cell_of[claim.id]].append(word)
        else:
            words[seen.cell_of[claim.id]][word.origin].append(word)
    _withdraw(seen, words, retractions)
    _denials_as_zero(seen, words)
    _settle(seen, words)
    _nest(book, seen)
    _add(seen, additions)
    _exact_parts(book, seen)
    return seen


def _word(book: Book, claim: Claim) -> Word:
    told = Bounds(claim.count.low, claim.count.high) if claim.count else Bounds()
    return Word(claim, book.origins.of(claim), published(claim, book.reports, book.copies), told)


def _incident(book: Book, claim: Claim) -> str:
    return book.incident_of.get(claim.id) or f"alone {claim.document} {claim.event or claim.id}"


def _cell(book: Book, claim: Claim) -> Cell:
    incident, whole = _incident(book, claim), _whole(book, claim)
    here = whole is not None and _incident(book, whole) == incident
    return Cell(incident, label_of(claim, _people(book, claim), _people(book, whole) if whole and here else None))


def _people(book: Book, claim: Claim) -> Label:
    """Return the population of a claim, with what holds of it since it is part of a whole, and that of another."""
    people, met, whole = population(claim.target), {claim.id}, _whole(book, claim)
    while whole is not None and whole.id not in met:
        met.add(whole.id)
        people, whole = as_part(people, population(whole.target)), _whole(book, whole)
    return people


def _whole(book: Book, claim: Claim) -> Claim | None:
    """Return the claim that contains this one, where both are of incidents."""
    whole = book.claims.get(claim.part_of or "")
    return whole if whole is not None and whole.scope == "incident" and whole.measure == claim.measure else None


def _withdraw(seen: View, words: CellWords, retractions: Iterable[Word]) -> None:
    """End the earlier words of an origin that takes its own back."""
    for back in retractions:
        where = seen.cell_of.get(back.claim.id)
        for cell, by_origin in words.items():
            mine = by_origin.get(back.origin, [])
            ended = [w for w in mine if cell == where or _status_of(cell, where)]
            for word in ended:
                if _ends(word, back):
                    mine.remove(word)
                    seen.left[word.claim.id] = SUPERSEDED
        for word in [t for t in seen.tolls if t.origin == back.origin and t.claim.id == back.claim.responds_to]:
            seen.tolls.remove(word)
            seen.left[word.claim.id] = SUPERSEDED


def _status_of(cell: Cell, where: Cell | None) -> bool:
    return where is not None and cell.incident == where.incident and set(where.label) <= set(cell.label)


def _ends(word: Word, back: Word) -> bool:
    """Say whether a withdrawal ends this word: it answers it, or was published after it."""
    if back.claim.responds_to is not None and back.claim.responds_to == word.claim.id:
        return True
    return word.claim.document != back.claim.document and order(word.at, back.at) in (-1, 0)


def _denials_as_zero(seen: View, words: CellWords) -> None:
    """A denied status is 0 where the same origin counts another status of the same incident."""
    counting: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cell, by_origin in words.items():
        for origin, told in by_origin.items():
            for status in _statuses(cell.label):
                ids = {w.claim.id for w in told if not w.bounds.empty}
                if ids:
                    counting[cell.incident, origin][status] |= ids
    for denial in list(seen.denials):
        held = seen.cell_of.get(denial.claim.id)
        denied = _statuses(held.label) if held else set()
        others = counting[held.incident, denial.origin] if held else {}
        leans = frozenset(c for status, ids in others.items() if status not in denied for c in ids)
        if held and denied and leans:
            label: Label = tuple(a for a in held.label if a[0] == "status")
            at = Cell(held.incident, label)
            seen.cell_of[denial.claim.id] = at
            words[at][denial.origin].append(Word(denial.claim, denial.origin, denial.at, NOBODY))
            seen.leans[denial.claim.id] = leans
            del seen.left[denial.claim.id]
            seen.denials.remove(denial)


def _statuses(label: Label) -> set[str]:
    return {value[0] for name, value in label if name == "status"}


def _settle(seen: View, words: CellWords) -> None:
    for cell, by_origin in words.items():
        for origin, told in sorted(by_origin.items()):
            now, replaced = current(told)
            if now:
                seen.positions.setdefault(cell, {})[origin] = Position(origin, tuple(now))
            seen.left.update((w.claim.id, SUPERSEDED) for w in replaced)


def _add(seen: View, additions: dict[Cell, list[Word]]) -> None:
    """Add what was told as more, and drop what only repeats another position."""
    made = summed(seen.positions, additions, seen.above())
    seen.positions = made.positions
    seen.cell_of.update(made.cell_of)
    seen.left.update(dict.fromkeys(made.contained, CONTAINED))
    seen.left.update(dict.fromkeys(made.repeated, REPEATED))


def _nest(book: Book, seen: View) -> None:
    """Note which incident contains which."""
    for incident in book.incidents.values():
        for part in incident.parts:
            seen.parts.setdefault(incident.id, set()).add(book.alias.get(part, part))
    for whole, claim in _pairs(seen):
        outer, inner = seen.cell_of[whole.id].incident, seen.cell_of[claim.id].incident
        if outer != inner:
            seen.parts.setdefault(outer, set()).add(inner)


def _exact_parts(book: Book, seen: View) -> None:
    """Note where the words say that parts make up their whole."""
    exact: dict[str, list[Claim]] = defaultdict(list)
    for whole, claim in _pairs(seen):
        if claim.whole_exact:
            exact[whole.id].append(claim)
    for whole_id, told in exact.items():
        whole = seen.claims[whole_id]
        ids = frozenset([whole_id, *(c.id for c in told)])
        if not ids & seen.left.keys():
            seen.exact[seen.cell_of[whole_id], book.origins.of(whole)] = ids


def _pairs(seen: View) -> Iterable[tuple[Claim, Claim]]:
    """Yield each whole with each of its parts, both of incidents."""
    for claim in seen.claims.values():
        whole = seen.claims.get(claim.part_of or "")
        if whole is not None and claim.scope == whole.scope == "incident":
            yield whole, claim
