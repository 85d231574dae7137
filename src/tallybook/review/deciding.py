"""Making a judgement: what a person wants decided, checked against the book, with the evidence as it was shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallybook.errors import Contradiction, UsageError
from tallybook.incidents.decisions import PART_OF
from tallybook.incidents.events import linkable
from tallybook.knowledge.folding import fold
from tallybook.ledger.judged import ADD_CLAIM, ATTACH
from tallybook.model import Claim, Document, Incident, Judgement, Passage, Person, Victim
from tallybook.model.standing import PURGE, PURGED, UNDO, undoings
from tallybook.review import fields
from tallybook.review.applying import Applied
from tallybook.review.chain import appended
from tallybook.review.consenting import CONSENT, as_shown, records_of
from tallybook.review.consistency import ON_INCIDENTS, clash
from tallybook.review.correcting import ON_FIELDS
from tallybook.review.mending import ON_DOCUMENTS
from tallybook.review.objects import Named, Objects
from tallybook.review.passages import ON_THE_READING, passage_of
from tallybook.review.registering import MERGE_ACTOR, ON_ACTORS, meant

VERBS = (*ON_INCIDENTS, *ON_THE_READING, *ON_FIELDS, *ON_DOCUMENTS, *ON_ACTORS, CONSENT, ADD_CLAIM)
"""What `decide` can do; `undo` is a command of its own."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants decided, when the clock says it is."""

    verb: str
    objects: tuple[str, ...]
    author: str
    because: str
    at: str
    """ISO time, UTC."""
    field: str | None = None
    value: str | None = None
    """The value in words."""
    means: str | None = None
    """The value as JSON."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The book as the person saw it."""

    read: Sequence[Claim]
    now: Applied
    incidents: Sequence[Incident]
    documents: Mapping[str, Document]
    """Documents as received, by key."""
    log: Sequence[Judgement]
    victims: Sequence[Victim] = ()
    people: Sequence[Person] = ()
    objects: Objects | None = None
    """Claims as read, incidents and documents by what people name them with, where that is at hand."""

    @property
    def known(self) -> Objects:
        """Claims as read, incidents and documents by what people name them with."""
        return self.objects or Objects(self.read, self.incidents, self.documents)


def judgement_of(wish: Wish, shelf: Shelf) -> Judgement:
    """Return the judgement that a wish makes, as the next of the log. Nothing is written.

    Raises: UsageError for objects that the book does not have, or that the verb cannot be about.
    """
    signed = replace(wish, author=_given("--author", wish.author), because=_given("--because", wish.because))
    makers: dict[str, Callable[[Wish, Shelf], Judgement]] = {
        **dict.fromkeys(ON_INCIDENTS, _on_incidents), **dict.fromkeys(ON_THE_READING, _on_claims),
        **dict.fromkeys(ON_FIELDS, _on_claims), **dict.fromkeys(ON_DOCUMENTS, _on_documents),
        **dict.fromkeys(ON_ACTORS, _on_actors), CONSENT: _consent, ADD_CLAIM: _coding, UNDO: _undoing,
        ATTACH: _attaching,
    }  # fmt: skip
    if wish.verb not in makers:
        raise UsageError(f"{wish.verb!r} is nothing that can be decided. Give one of: {', '.join(VERBS)}.")
    if not wish.objects:
        raise UsageError(f"`{wish.verb}` needs what it is about. Give ids from `claims`, `incidents` or `victims`.")
    return appended(makers[wish.verb](signed, shelf), shelf.log)


def refuse_contradiction(judgement: Judgement, after: Applied, log: Sequence[Judgement]) -> None:
    """Check that what stands after a judgement can hold together; `log` tells the others as they were made.

    Raises: Contradiction naming the standing judgements that it clashes with.
    """
    clashing = {j.id for j in clash(after.judgements)}
    if clashing:
        raise Contradiction([in_words(j) for j in log if j.id in clashing - {judgement.id}] or [in_words(judgement)])


def in_words(judgement: Judgement) -> str:
    """Tell a judgement in a few words: '3 (same c1 c2, by Ana)'."""
    told = [judgement.verb, *_names(judgement), *filter(None, (judgement.field, judgement.value))]
    return f"{judgement.number} ({' '.join(told)}, by {judgement.author})"


def _names(judgement: Judgement) -> Sequence[str]:
    """Return what a judgement is about; documents by the ids that were shown, not by their keys."""
    if judgement.verb not in (*ON_DOCUMENTS, ADD_CLAIM):
        return judgement.objects
    end = f" {judgement.field or judgement.verb}"
    return [name.removesuffix(end) for name, _ in judgement.shown if name.endswith(end)]


def _given(option: str, words: str) -> str:
    plain = " ".join(words.split())
    if not plain:
        raise UsageError(f"{option} is empty. A judgement needs an author and a reason.")
    if not plain.isprintable():
        raise UsageError(f"{option} holds characters that cannot be printed. Type it again without them.")
    return plain


def _draft(wish: Wish, objects: Iterable[str]) -> Judgement:
    return Judgement(
        "", 0, wish.verb, tuple(objects), wish.author, wish.because, wish.at, wish.field, wish.value, wish.means
    )


def _on_incidents(wish: Wish, shelf: Shelf) -> Judgement:
    named = Named(shelf.victims, shelf.people)
    if any(named.holds(name) for name in wish.objects):
        return _on_victims(wish, named)
    known = shelf.known
    now = {c.id: c for c in shelf.now.claims}
    claims = {name: known.claim(name) for name in wish.objects}
    if len({c.id for c in claims.values()}) < max(2, len(wish.objects)):
        raise UsageError(f"`{wish.verb}` needs two claims or incidents or more, each once. Check the ids.")
    for name, claim in claims.items():
        if not linkable(now[claim.id]):
            raise UsageError(f"{name} is a toll, or has no number: it belongs to no incident. Name another claim.")
    passages = tuple(passage_of(name, claim) for name, claim in claims.items())
    shown = _links(list(claims.values()), known)
    return replace(_draft(wish, claims), passages=passages, shown=shown)


def _on_victims(wish: Wish, named: Named) -> Judgement:
    if wish.verb == PART_OF:
        raise UsageError("A person is no part of another. Decide `same` or `different` on ids from `victims`.")
    victims = {v.id: v for name in wish.objects for v in [named.victim(name)]}
    if len(victims) < max(2, len(wish.objects)):
        raise UsageError(f"`{wish.verb}` needs two persons or records of `victims` or more, each once. Check the ids.")
    return replace(_draft(wish, victims), shown=_named(list(victims.values()), named))


def _named(victims: Sequence[Victim], named: Named) -> tuple[tuple[str, str], ...]:
    """Return the name and person that each record was shown with, and the links inside these persons."""
    people = {v.id: named.person(v) for v in victims}
    told = [(f"name {v.id}", f"{v.name}: {' '.join(v.quote.split())}") for v in victims]
    told += [(f"person of {name}", f"{p.id} ({p.name})" if p else "none") for name, p in people.items()]
    found = {p.id: p for p in people.values() if p is not None}
    for link in (link for p in found.values() for link in p.links):
        told.append((f"link {link.a} {link.b}", f"{link.score:g}: {link.reason}"))
    return tuple(told)


def _links(claims: Sequence[Claim], known: Objects) -> tuple[tuple[str, str], ...]:
    """Return which incident each claim was shown in, and score and features of the links inside these incidents."""
    held = {c.id: known.incident(c) for c in claims}
    told = [(f"incident of {name}", i.id if i else "none") for name, i in held.items()]
    found = {i.id: i for i in held.values() if i is not None}
    for link in (link for i in found.values() for link in i.links):
        pair = f"{link.a} {link.b}"
        told.append((f"link {pair}", f"{link.score:g}: {link.reason}"))
        told += [(f"link {pair}, {name}", f"{value:g}") for name, value in link.features]
    return tuple(told)


def _on_claims(wish: Wish, shelf: Shelf) -> Judgement:
    known = shelf.known
    claims = {c.id: c for name in wish.objects for c in known.claims(name)}
    draft = _draft(wish, claims)
    passages = tuple(passage_of(name, claim) for name, claim in claims.items())
    if wish.field is None:
        return replace(draft, passages=passages)
    now = {c.id: c for c in shelf.now.claims}
    field = fields.field_named(wish.field)
    was = tuple((f"{name} {field.name}", fields.shown(field.name, field.get(now[name]))) for name in claims)
    return replace(draft, passages=(*passages, *_referred(wish, known, claims, now)), shown=was)


def _referred(wish: Wish, known: Objects, claims: Mapping[str, Claim], now: Mapping[str, Claim]) -> list[Passage]:
    """Return the passage of the claim that a value names, so that it too is found again."""
    value = json.loads(wish.means) if wish.means and wish.field in fields.REFERENCES else None
    if value is None:
        return []
    other = known.claim(value)
    if other.id != value:
        raise UsageError(f"{value} is an incident; {wish.field} takes the id of a claim. Copy one from `claims`.")
    if value in claims or (wish.field == "part_of" and _wholes(other.id, now) & claims.keys()):
        raise UsageError(f"{value} cannot be set as {wish.field}: the claim would contain or answer itself.")
    return [passage_of(value, other)]


def _wholes(claim: str, now: Mapping[str, Claim]) -> set[str]:
    """Return the ids of all claims that contain a claim, at any depth."""
    found: set[str] = set()
    at = now[claim].part_of
    while at is not None and at in now and at not in found:
        found.add(at)
        at = now[at].part_of
    return found


def _on_documents(wish: Wish, shelf: Shelf) -> Judgement:
    known = Objects((), (), shelf.now.documents)
    documents = {d.key: d for name in wish.objects for d in [known.document(name)]}
    name = ON_DOCUMENTS[wish.verb]
    was = tuple((f"{d.id} {name}", str(getattr(d, name) or "none")) for d in documents.values())
    return replace(_draft(replace(wish, field=name), documents), shown=was)


def _on_actors(wish: Wish, shelf: Shelf) -> Judgement:
    """Judge names as claims tell them; the claims that tell them are shown."""
    told: dict[str, list[str]] = {}
    for claim in shelf.read:
        for name in {*claim.perpetrator, *claim.claimants, claim.target.group, claim.origin} - {None}:
            told.setdefault(fold(str(name)), []).append(claim.id)
    value = str(json.loads(wish.means or "null"))
    for name in wish.objects:
        if fold(name) not in told:
            raise UsageError(f"No claim of this book names {name!r}. See `tallybook actors`.")
        into = meant(value, shelf.now.actors)
        if wish.verb == MERGE_ACTOR and fold(name) in (fold(value), fold(str(into.into)) if into else None):
            raise UsageError(
                f"{name!r} cannot be another name of itself. Undo the merge before, or name another actor."
            )
    shown = tuple((f"claims that name {name}", " ".join(sorted(told[fold(name)]))) for name in wish.objects)
    return replace(_draft(wish, dict.fromkeys(wish.objects)), shown=shown)


def _attaching(wish: Wish, shelf: Shelf) -> Judgement:
    if wish.means is None:
        raise UsageError("A file is attached with `tallybook evidence add CLAIM FILE`, or on the page of its claim.")
    return _on_claims(wish, shelf)


def _consent(wish: Wish, shelf: Shelf) -> Judgement:
    victims = records_of(wish.objects, Named(shelf.victims, shelf.people), (p.victims for p in shelf.people))
    return replace(_draft(wish, [v.id for v in victims]), shown=as_shown(victims, wish.author, shelf.log))


def _coding(wish: Wish, shelf: Shelf) -> Judgement:
    known = Objects((), (), shelf.now.documents)
    if len(wish.objects) != 1:
        raise UsageError(f"`{ADD_CLAIM}` takes one report: its id or key, as `claims` lists it.")
    document = known.document(wish.objects[0])
    return replace(_draft(wish, [document.key]), shown=((f"{document.id} {ADD_CLAIM}", document.sha256),))


def _undoing(wish: Wish, shelf: Shelf) -> Judgement:
    if len(wish.objects) != 1:
        raise UsageError("`undo` takes one judgement: its number or id, as `tallybook log` lists it.")
    name = wish.objects[0]
    found = next((j for j in shelf.log if name in (j.id, str(j.number))), None)
    if found is None:
        raise UsageError(f"This book has no judgement {name!r}. See `tallybook log`.")
    if found.verb in (PURGE, PURGED):
        raise UsageError(f"Judgement {found.number} cannot be undone: what was purged is gone for good.")
    by = undoings(shelf.log).get(found.id)
    if by is not None:
        raise UsageError(
            f"Judgement {found.number} is undone already, by {by.number}. To restore it, undo {by.number}."
        )
    return replace(_draft(wish, [found.id]), shown=((f"judgement {found.number}", in_words(found)),))
