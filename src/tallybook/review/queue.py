"""What people should look at first: the doubt of the reader times what a figure would move by, in persons."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallybook.ledger.judged import Decided
from tallybook.model import Claim, Conflict, Document, Incident, Issue, Judgement
from tallybook.review.consistency import ON_INCIDENTS

CLAIM, LINK, PLACE, ACTOR, CONFLICT, REPORT = "claim", "link", "place", "actor", "conflict", "report"
KINDS = (CLAIM, LINK, PLACE, ACTOR, CONFLICT, REPORT)
"""Accept or correct a claim; confirm that two are one event; say which place or actor is meant; settle a
contradiction; code a report that could not be read."""

UNSURE = 0.5
"""Doubt where nothing says how sure the reader is: it is as likely wrong as right."""

LEAST_DOUBT = 0.02
"""Doubt below which a link is not asked about: two in a hundred. The learned links are right more often than that only
above 0.98 (see the accuracy page)."""

SURE_PLACE = 0.85
"""Probability of the best candidate from which a place is not asked about."""

LOCAL = 0.2
"""Share of a claim's number that stands for what its place or its doer moves: no total but those asked by it."""

UNREAD = ("language-unread", "reader-failed")
"""Issues of reports that hold claims which no reader took."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person can decide."""

    kind: str
    id: str
    """The same as long as what is asked is the same."""
    claims: tuple[str, ...]
    document: str | None
    """Key of the report, where it is about one."""
    about: str
    """The name, place or kind of contradiction that is in question; empty for claims and links."""
    stake: float
    """Persons that a figure may move by, estimated from the numbers told beside it."""
    doubt: float
    """Probability that what stands now is wrong, 0..1."""

    @property
    def weight(self) -> float:
        """What the queue is ordered by."""
        return self.stake * self.doubt


@dataclass(frozen=True, slots=True)
class Material:
    """What questions are made of."""

    claims: Sequence[Claim]
    documents: Mapping[str, Document]
    incidents: Sequence[Incident]
    conflicts: Sequence[Conflict]
    judgements: Sequence[Judgement]
    decided: Decided
    issues: Sequence[tuple[str, Issue]]
    is_known_actor: Callable[[str], bool]


def questions(book: Material) -> tuple[Question, ...]:
    """Return what is open, the heaviest first; equal ones by kind and id. Linear in claims, but for sorting."""
    stakes = _stakes(book)
    found = [
        *_claims(book, stakes), *_links(book), *_apart(book), *_places(book), *_actors(book), *_conflicts(book),
        *_reports(book),
    ]  # fmt: skip
    return tuple(sorted(found, key=weightiest_first))


def weightiest_first(question: Question) -> tuple[float, int, str]:
    """Return what the queue is sorted by."""
    return -question.weight, KINDS.index(question.kind), question.id


def asked_around(book: Material, judged: Collection[str]) -> Iterator[Question]:
    """Yield the questions that hang on whether some claims count and were reviewed: on claims of their incidents, on
    places in their reports, on the actors that they name, and on contradictions. `book` holds no less than these need.
    """
    mine = [c for c in book.claims if c.id in judged]
    near = {c for i in book.incidents for c in i.claims}.union(judged)
    documents, names = {c.document for c in mine}, {name for c in mine for name in c.perpetrator}
    stakes = _stakes(book)
    yield from (q for q in _claims(book, stakes) if near.issuperset(q.claims))
    yield from (q for q in _places(book) if q.document in documents)
    yield from (q for q in _actors(book) if q.about in names)
    yield from _conflicts(book)


def _question(
    kind: str, claims: Iterable[str], about: str, stake: float, doubt: float, document: str | None = None
) -> Question:
    told = tuple(claims)
    digest = hashlib.sha256("\n".join((kind, about, *sorted(told))).encode()).hexdigest()[:12]
    return Question(kind, f"{kind}-{digest}", told, document, about, round(stake, 2), round(doubt, 4))


def _number(claim: Claim) -> int:
    """Return the largest number that a claim states, 0 where it states none."""
    return max((n for n in (claim.count.low, claim.count.high) if n is not None), default=0) if claim.count else 0


def _stakes(book: Material) -> dict[str, float]:
    """Return by claim how far the bounds told of its cell would move without it."""
    incident_of = {c: i.id for i in book.incidents for c in i.claims}
    cells: dict[tuple[str | None, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.id not in book.decided.dropped and claim.count is not None:
            place = incident_of.get(claim.id, claim.id)
            status = claim.target.affiliation if claim.part_of else None
            cells[place, claim.measure, status, claim.part_of and "part"].append(claim)
    found: dict[str, float] = {}
    for cell in cells.values():
        numbers = sorted(map(_number, cell))
        for claim in cell:
            found[claim.id] = _moves(numbers, _number(claim))
    return found


def _moves(numbers: Sequence[int], mine: int) -> float:
    """Return by how much the least and the greatest of sorted numbers move without one of them."""
    if len(numbers) == 1:
        return float(mine)
    low = numbers[1] - numbers[0] if mine == numbers[0] else 0
    high = numbers[-1] - numbers[-2] if mine == numbers[-1] else 0
    return float(max(low, high))


def _doubt(claim: Claim) -> float:
    """Return the probability that number, measure or scope of a claim are wrong."""
    sure = UNSURE if claim.confidence is None else claim.confidence
    return 1 - sure * dict(claim.confidences).get("scope", 1.0)


def _claims(book: Material, stakes: Mapping[str, float]) -> Iterator[Question]:
    for claim in book.claims:
        if claim.id not in book.decided.reviewed:
            stake = max(stakes.get(claim.id, 0.0), 0.5)
            yield _question(CLAIM, [claim.id], "", stake, _doubt(claim), claim.document)


def _links(book: Material) -> Iterator[Question]:
    """Yield for each incident its weakest link that nobody has decided on."""
    judged = _judged_pairs(book)
    claim_of = {c.id: c for c in book.claims}
    for incident in book.incidents:
        able = [x for x in incident.links if frozenset((x.a, x.b)) not in judged and 1 - x.score >= LEAST_DOUBT]
        weakest = min(able, key=lambda x: (x.score, x.a, x.b), default=None)
        if weakest is not None and weakest.a in claim_of and weakest.b in claim_of:
            stake = max(1, min(_number(claim_of[weakest.a]), _number(claim_of[weakest.b])))
            yield _question(LINK, (weakest.a, weakest.b), "", stake, 1 - weakest.score)


def _apart(book: Material) -> Iterator[Question]:
    """Yield for each incident the likeliest pair with another one that stayed apart, until somebody decides on it."""
    judged = _judged_pairs(book)
    claim_of = {c.id: c for c in book.claims}
    asked: set[frozenset[str]] = set()
    for incident in book.incidents:
        for doubt in incident.doubts[:1]:
            pair = frozenset((doubt.a, doubt.b))
            if pair not in judged | asked and pair <= claim_of.keys():
                asked.add(pair)
                stake = max(1, min(_number(claim_of[doubt.a]), _number(claim_of[doubt.b])))
                yield _question(LINK, sorted(pair), "", stake, doubt.score)


def _judged_pairs(book: Material) -> set[frozenset[str]]:
    """Return the pairs of claims or incidents that people decided on."""
    return {frozenset(p) for j in book.judgements if j.verb in ON_INCIDENTS for p in _pairs(j.objects)}


def _pairs(objects: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((a, b) for n, a in enumerate(objects) for b in objects[n + 1 :])


def _places(book: Material) -> Iterator[Question]:
    """Yield the names of places that may be several, or that no pack knows: one question a name and report."""
    settled = _set(book.judgements, "place")
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.place is not None and claim.id not in settled | book.decided.dropped:
            grouped[claim.document, claim.place.name].append(claim)
    for (document, name), claims in grouped.items():
        place = claims[0].place
        assert place is not None
        sure = 0.0 if place.precision == "unresolved" else _best(claims[0])
        if sure < SURE_PLACE:
            yield _question(PLACE, [c.id for c in claims], name, LOCAL * _most(claims), 1 - sure, document)


def _best(claim: Claim) -> float:
    candidates = claim.place.candidates if claim.place else ()
    return candidates[0].probability if candidates else 1.0


def _most(claims: Iterable[Claim]) -> int:
    return max(1, *map(_number, claims))


def _actors(book: Material) -> Iterator[Question]:
    """Yield the names of doers that the register does not know: one question a name."""
    settled = _set(book.judgements, "perpetrator")
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        for name in claim.perpetrator:
            if claim.id not in settled | book.decided.dropped and not book.is_known_actor(name):
                grouped[name].append(claim)
    for name, claims in grouped.items():
        yield _question(ACTOR, [c.id for c in claims], name, LOCAL * _most(claims), UNSURE)


def _set(judgements: Iterable[Judgement], field: str) -> set[str]:
    return {o for j in judgements if j.field == field for o in j.objects}


def _conflicts(book: Material) -> Iterator[Question]:
    """Yield the contradictions that nothing explains, until a person has judged each of their claims."""
    claim_of = {c.id: c for c in book.claims}
    for conflict in book.conflicts:
        claims = [claim_of[c] for c in conflict.claims if c in claim_of]
        if conflict.explained_by or not claims or _all_reviewed(claims, book.decided):
            continue
        numbers = [_number(c) for c in claims if c.count] or [1]
        stake = max(numbers) - (min(numbers) if len(numbers) > 1 else 0)
        yield _question(CONFLICT, conflict.claims, conflict.kind, max(1, stake), UNSURE)


def _all_reviewed(claims: Iterable[Claim], decided: Decided) -> bool:
    return all(c.id in decided.reviewed for c in claims)


def _reports(book: Material) -> Iterator[Question]:
    """Yield the reports that were kept for people to code, until they hold a claim."""
    coded: Collection[str] = {c.document for c in book.claims}
    for key, issue in book.issues:
        if issue.code in UNREAD and key not in coded and key in book.documents:
            yield _question(REPORT, (), key, 1.0, 1.0, key)
