"""Names that people take into the book's register of actors, or say to be another name of somebody known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tallybook.knowledge.folding import fold
from tallybook.model import Claim, Judgement
from tallybook.review.correcting import Correction

ACCEPT_ACTOR, MERGE_ACTOR = "accept-actor", "merge-actor"
ON_ACTORS = (ACCEPT_ACTOR, MERGE_ACTOR)
FIELDS = ("perpetrator", "target.group", "origin", "claimants")
"""Fields of a claim that name actors."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What people decided on one name."""

    name: str
    """As it was typed."""
    judgement: str
    """Id of the judgement that holds."""
    kind: str | None = None
    """What kind of actor it is; None where it is another name."""
    into: str | None = None
    """Whose other name it is."""


def registered(judgements: Iterable[Judgement]) -> dict[str, Registered]:
    """Return what standing judgements decide on names, by folded name; of two on one name the later holds."""
    found: dict[str, Registered] = {}
    for judgement in judgements:
        if judgement.verb in ON_ACTORS and judgement.means is not None:
            value = json.loads(judgement.means)
            for name in judgement.objects:
                found[fold(name)] = (
                    Registered(name, judgement.id, into=value)
                    if judgement.verb == MERGE_ACTOR
                    else Registered(name, judgement.id, kind=value)
                )
    return found


def meant(name: str, known: Mapping[str, Registered]) -> Registered | None:
    """Return what a name is merged into, at the end of the way; None where it is merged into nobody."""
    found: Registered | None = None
    met: set[str] = set()
    key = fold(name)
    while key in known and known[key].into is not None and key not in met:
        met.add(key)
        found = known[key]
        key = fold(str(found.into))
    return found


def renamed(claim: Claim, known: Mapping[str, Registered]) -> tuple[Claim, tuple[Correction, ...]]:
    """Return a claim with merged names replaced, and what each changed field was."""
    by: dict[str, Registered] = {}
    for name in {*claim.perpetrator, *claim.claimants, *filter(None, (claim.target.group, claim.origin))}:
        found = meant(name, known)
        if found is not None:
            by[name] = found
    if not by:
        return claim, ()

    def now(name: str) -> str:
        return str(by[name].into) if name in by else name

    def all_now(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(now(name) for name in names))

    group = claim.target.group
    made = replace(
        claim,
        perpetrator=all_now(claim.perpetrator),
        claimants=all_now(claim.claimants),
        origin=now(claim.origin) if claim.origin else claim.origin,
        target=replace(claim.target, group=now(group)) if group else claim.target,
    )
    return made, tuple(_changes(claim, made, by))


def _changes(read: Claim, made: Claim, by: Mapping[str, Registered]) -> Iterable[Correction]:
    was = (list(read.perpetrator), read.target.group, read.origin, list(read.claimants))
    is_now = (list(made.perpetrator), made.target.group, made.origin, list(made.claimants))
    for field, before, after in zip(FIELDS, was, is_now, strict=True):
        if before != after:
            names = [before] if isinstance(before, str) else before or []
            yield Correction(field, before, next(by[name].judgement for name in names if name in by))
