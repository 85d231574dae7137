"""Sex and age of few people: withheld together with those beside them, so that no subtraction gives them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from tallybook.model import Claim, Incident, Victim
from tallybook.release.withheld import Withheld

CHILD = 18
"""Years below which a person is a child. Source: Convention on the Rights of the Child, article 1."""


Before = Callable[[str], bool | None]
"""Says whether a former release tells sex or age of a record, by its id; None where it has no such record."""


def no_former(_id: str) -> None:
    """Say that there is no former release."""


def few_people(
    claims: Iterable[Claim],
    incidents: Iterable[Incident],
    smallest: int,
    withheld: Withheld,
    before: Before = no_former,
) -> frozenset[str]:
    """Return the ids of the claims whose sex and age are not told.

    Where one claim of an incident, or one toll of a report, tells the sex or age of fewer than `smallest` people, all
    claims of that incident or all tolls of that report keep theirs to themselves. None where `smallest` is 0.

    Two releases must not tell by their difference what each withholds: what a former one kept to itself stays there,
    and what it told is not taken back, unless it is of few people now.
    """
    if not smallest:
        return frozenset()
    incident_of = {c: i.id for i in incidents for c in i.claims}
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if _tells(claim):
            groups.setdefault(incident_of.get(claim.id, claim.document), []).append(claim)
    hidden: set[str] = set()
    for mine in groups.values():
        few = {c.id for c in mine if _few(c, smallest)}
        if few or any(before(c.id) is False for c in mine):
            hidden |= few | {c.id for c in mine if not before(c.id)}
    withheld.note("sex and age in claims", "small", len(hidden))
    return frozenset(hidden)


def _tells(claim: Claim) -> bool:
    return bool(claim.target.sex or claim.target.age or claim.dimension == "sex_age")


def _few(claim: Claim, smallest: int) -> bool:
    if not _tells(claim) or claim.count is None:
        return False
    bounds = [b for b in (claim.count.low, claim.count.high) if b is not None]
    return bool(bounds) and min(bounds) < smallest


def age_band(victim: Victim) -> str | None:
    """Return child or adult; None where the words leave it open."""
    if victim.age_high is not None and victim.age_high < CHILD:
        return "child"
    return "adult" if victim.age_low is not None and victim.age_low >= CHILD else None


Cell = tuple[str | None, str | None]


def lonely(victims: Iterable[tuple[Victim, str, Cell]], smallest: int, before: Before = no_former) -> frozenset[str]:
    """Return the ids of persons whose sex and age are not told; each comes with the person and the place and month.

    Where fewer than `smallest` persons of one place and month share sex, age band and harm, nobody's of that place and
    month are told. As with `few_people`, what a former release withheld stays withheld, and what it told stays told.
    """
    if not smallest:
        return frozenset()
    told = list(victims)
    persons = {((where, v.sex, age_band(v), v.harm), person) for v, person, where in told}
    cells = Counter(cell for cell, _ in persons)
    few = {cell[0] for cell, count in cells.items() if count < smallest and (cell[1] or cell[2])}
    few |= {where for v, _, where in told if (v.sex or age_band(v)) and before(v.id) is False}
    return frozenset(v.id for v, _, where in told if where in few and not before(v.id))
