"""A number with a proof."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the book."""

    measure: str = described("one of MEASURES")
    who: tuple[str, ...] = described("civilian, combatant, unknown, any, children, women", default=("any",))
    by: str | None = described("canonical name of the perpetrator, parts included", default=None)
    place: str | None = described("name of the area, parts included", default=None)
    since: str | None = described("first ISO day of the harm, inclusive", default=None)
    until: str | None = described("last ISO day of the harm, inclusive", default=None)
    as_of: str | None = described("only documents published up to this ISO day", default=None)
    policy: str = described("latest, lowest, median or origin-ranked: how best is chosen", default="latest")
    origins: tuple[str, ...] = described("order of origins for origin-ranked", default=())
    weapon: str | None = described("name of the weapon, as claims give it", default=None)
    said_by: str | None = described("kind of source whose word alone is asked for", default=None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim of the measure that no bound rests on, and the first reason that fits."""

    claim: str = described("claim id")
    reason: str = described(
        "rejected, superseded, repeated, denied, may_match, status, reaches_beyond, no_bounds, contained"
    )
    field: str | None = described("for may_match: the field that leaves it open", default=None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all be true, or that clash."""

    kind: str = described("count, status, responsibility, date, place or happened")
    claims: tuple[str, ...] = described("ids that clash, or the set to leave out")
    explained_by: str | None = described("scope, time or population, where one explains it", default=None)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof: a sentence, the claims it rests on, the bound it gives."""

    text: str = described("one sentence")
    claims: tuple[str, ...] = described("ids of the claims it rests on", default=())
    rule: str | None = described("rule of the ledger that the step applies", default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """Bounds of a query, inclusive persons; None: no bound, never 0 for want of claims."""

    id: str = described("encodes query and book state")
    query: Query = described("what was asked")
    low: int | None = described("smallest number that all counted claims allow")
    best: int | None = described("the policy's choice, inside low..high")
    high: int | None = described("largest number that all counted claims allow")
    counted: tuple[str, ...] = described("claims that are a position or bound the sum, sorted", default=())
    left_out: tuple[LeftOut, ...] = described("claims of the measure that count for nothing here, sorted", default=())
    conflicts: tuple[Conflict, ...] = described("claims that clash", default=())
    unreviewed: int = described("counted claims that no person has judged", default=0)
    proof: tuple[Step, ...] = described("the arithmetic in sentences", default=())
