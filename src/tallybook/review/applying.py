"""The log laid over what was read: the claims, documents and judgements that every answer is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tallybook.ledger.judged import ACCEPT, ATTACH, REJECT, RETRACT
from tallybook.model import Claim, Document, Issue, Judgement
from tallybook.model.standing import UNDO, standing
from tallybook.review.coding import with_coded
from tallybook.review.correcting import Correction, corrected, settings
from tallybook.review.mending import Mending, mended, mendings, what_changed
from tallybook.review.passages import Claims, Orphan
from tallybook.review.registering import Registered, registered, renamed

ORPHANED = "judgement-orphaned"
CHANGING_NOTHING = (ACCEPT, REJECT, RETRACT, ATTACH)
"""Verbs that leave every claim and document as it was; what they say is whether claims count and who saw them."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A book as its standing judgements make it; what was read stays beside it, unchanged."""

    claims: tuple[Claim, ...]
    """Effective claims, in the order they were read."""
    documents: dict[str, Document]
    """Effective documents by key."""
    judgements: tuple[Judgement, ...]
    """Standing judgements, about the claims that their words stand for now."""
    corrections: dict[str, tuple[Correction, ...]] = field(default_factory=dict)
    """Changed fields by claim id."""
    mended: dict[str, tuple[Correction, ...]] = field(default_factory=dict)
    """Changed fields by document key."""
    mendings: dict[str, Mending] = field(default_factory=dict)
    orphans: tuple[Orphan, ...] = ()
    actors: dict[str, Registered] = field(default_factory=dict)
    """What people decided on names of actors, by folded name."""
    read: tuple[Claim, ...] = ()
    """Claims as they were read, and as people coded them, before any correction."""
    ids: frozenset[str] | None = field(default=None, compare=False, repr=False)
    """Ids of what was read, where they are at hand."""


def applied(claims: Iterable[Claim], documents: Mapping[str, Document], log: Sequence[Judgement]) -> Applied:
    """Lay the standing judgements of a log over claims and documents as read. Pure; replaying a log gives its state."""
    standing_now = standing(log)
    read = with_coded(tuple(claims), documents, standing_now)
    if not standing_now:
        return Applied(read, dict(documents), (), read=read)
    found = Claims(read)
    pairs = [found.carried(j) for j in standing_now]
    judgements = tuple(j for j, _ in pairs)
    set_by, actors = settings(judgements), registered(judgements)
    made = {c.id: _as_decided(c, actors, set_by.get(c.id, ())) for c in read if actors or c.id in set_by}
    mending = mendings(judgements)
    return Applied(
        claims=tuple(made[c.id][0] if c.id in made else c for c in read),
        documents={key: mended(document, mending.get(key)) for key, document in documents.items()},
        judgements=judgements,
        corrections={claim: changes for claim, (_, changes) in made.items() if changes},
        mended={key: what_changed(documents[key], m) for key, m in mending.items() if key in documents},
        mendings=mending,
        orphans=tuple(orphan for _, lost in pairs for orphan in lost),
        actors=actors,
        read=read,
    )


def applied_further(before: Applied, log: Sequence[Judgement]) -> Applied | None:
    """Return what `applied` makes of a log whose last judgement is new, where that changes no claim and no document;
    None where it may: it sets or adds something, or is about words that are read otherwise now."""
    judgement = log[-1]
    if judgement.verb in CHANGING_NOTHING:
        known = before.ids if before.ids is not None else frozenset(c.id for c in before.read)
        if all(p.claim in known and p.claim == p.object for p in judgement.passages):
            return replace(before, judgements=(*before.judgements, judgement), ids=known)
        return None
    if judgement.verb != UNDO:
        return None
    undone = [j for j in before.judgements if j.id in judgement.objects]
    if len(undone) != len(judgement.objects) or any(j.verb not in CHANGING_NOTHING for j in undone):
        return None
    if any(o.judgement.id in judgement.objects for o in before.orphans):
        return None
    return replace(before, judgements=tuple(j for j in before.judgements if j.id not in judgement.objects))


def _as_decided(
    claim: Claim, actors: Mapping[str, Registered], set_by: Iterable[Judgement]
) -> tuple[Claim, tuple[Correction, ...]]:
    """Return a claim with merged names first and then its own settings, which outrank them."""
    named, renamings = renamed(claim, actors)
    now, changes = corrected(named, set_by)
    own = {c.field for c in changes}
    return now, (*(c for c in renamings if c.field not in own), *changes)


def orphan_issue(orphan: Orphan) -> Issue:
    """Return the issue that a judgement without its claim is listed as."""
    judgement, passage = orphan.judgement, orphan.passage
    words = " ".join(passage.quote.split())
    message = (
        f"Judgement {judgement.number} ({judgement.verb}, {judgement.author}) is about {words!r}, which no claim reads "
        f"so any more. Decide anew on what is read there now, or undo it: tallybook undo {judgement.number}."
    )
    return Issue(ORPHANED, message, passage.claim, passage.span if passage.field == "body" else None)
