"""Actors that reports name and the register lacks: proposals, with the claims that name them.

A person accepts one, or says whose other name it is (`decide accept-actor`, `merge-actor`), or takes it into a pack;
nothing enters the register by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.knowledge.actors import ActorRegister
from tallybook.knowledge.folding import fold
from tallybook.model.claim import Claim
from tallybook.model.described import described


@dataclass(frozen=True, slots=True)
class Proposal:
    """One name that nobody in the register has."""

    name: str = described("as most reports write it")
    roles: tuple[str, ...] = described("perpetrator, group or origin: what it was to the claims, sorted")
    countries: tuple[str, ...] = described("ISO 3166-1 alpha-3 of where the harm was, sorted")
    claims: tuple[str, ...] = described("ids of the claims that name it, sorted")
    spellings: tuple[str, ...] = described("all spellings of it, sorted")


def proposals(claims: Iterable[Claim], register: ActorRegister) -> tuple[Proposal, ...]:
    """Return the actors that claims name and the register lacks, most often named first, ties by name; often none.

    Names are compared without case, accents and punctuation. An origin counts where it is a named organisation.
    """
    told: dict[str, list[tuple[str, str, Claim]]] = {}
    for claim in claims:
        for role, name in _named(claim):
            day = claim.date.start if claim.date else None
            country = claim.place.country if claim.place else None
            if register.find(name, country, day) is None and register.canonical(name) is None:
                told.setdefault(fold(name), []).append((name, role, claim))
    found = [_proposal(mentions) for mentions in told.values()]
    return tuple(sorted(found, key=lambda p: (-len(p.claims), p.name)))


def _named(claim: Claim) -> list[tuple[str, str]]:
    named = [("perpetrator", name) for name in claim.perpetrator]
    if claim.target.group:
        named.append(("group", claim.target.group))
    if claim.origin and claim.origin_named:
        named.append(("origin", claim.origin))
    return [(role, name) for role, name in named if fold(name)]


def _proposal(mentions: list[tuple[str, str, Claim]]) -> Proposal:
    spellings = [name for name, _, _ in mentions]
    by_id = {claim.id: claim for _, _, claim in mentions}
    ids = tuple(sorted(by_id))
    return Proposal(
        min(set(spellings), key=lambda n: (-spellings.count(n), n)),
        tuple(sorted({role for _, role, _ in mentions})),
        tuple(sorted({c.place.country for c in by_id.values() if c.place and c.place.country})),
        ids,
        tuple(sorted(set(spellings))),
    )
