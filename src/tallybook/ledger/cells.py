"""Who a number counts: the cell of a claim inside its incident.

A cell is an incident and a label: the attributes that single its people out (status, sex and age, group, or the part
it was told as). No attribute is the whole incident; more attributes are fewer people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.ledger.protocols import Sides
from tallybook.model import Claim, Target

Attribute = tuple[str, tuple[str, ...]]
Label = tuple[Attribute, ...]
WHOLE: Label = ()

STATUSES = ("civilian", "combatant")


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One group of people of one incident."""

    incident: str
    label: Label


def label_of(claim: Claim, people: Label, whole: Label | None) -> Label:
    """Return the attributes of the people a claim counts.

    `people` are those of its population, with what holds of them as part of a whole; `whole` are those of the claim of
    its own incident that contains it, if any.
    """
    if whole is None:
        return people
    extra = _told_as(claim)
    label = people if extra is None else tuple(sorted((*people, extra)))
    if label != whole:
        return label
    return tuple(sorted((*label, ("part", (claim.dimension or "", _words(claim))))))


def as_part(people: Label, whole: Label) -> Label:
    """Return the attributes of people who are part of a whole: where theirs say nothing, the whole's hold of them."""
    told = {name for name, _ in people}
    return tuple(sorted((*people, *(a for a in whole if a[0] not in told))))


def population(target: Target) -> Label:
    """Return status, sex and age, and group as attributes; what is not stated is absent."""
    attributes: list[Attribute] = []
    if target.affiliation in STATUSES:
        attributes.append(("status", (target.affiliation,)))
    age = target.age or ("adult" if target.sex else None)
    if age:
        attributes.append(("sex_age", (target.sex or "", age)))
    if target.group:
        attributes.append(("side", (target.group,)))
    return tuple(sorted(attributes))


def people_of_toll(claim: Claim) -> Label:
    """Return the attributes of the people a toll counts: a part of a toll also has what sets it apart from its whole.

    Place, day and author of a part are its own, and need no attribute.
    """
    label = population(claim.target)
    extra = _told_as(claim) if claim.part_of and claim.dimension in ("manner", "nationality") else None
    return label if extra is None else tuple(sorted((*label, extra)))


def _told_as(claim: Claim) -> Attribute | None:
    """Return what sets a part apart where status, sex, age and group do not."""
    if claim.dimension == "place" and claim.place:
        return ("place", (claim.place.name,))
    if claim.dimension == "day" and claim.date:
        return ("day", (claim.date.start or "", claim.date.end or ""))
    if claim.dimension == "author" and claim.perpetrator:
        return ("author", claim.perpetrator)
    if claim.dimension == "manner":
        return ("manner", claim.weapon or (_words(claim),))
    if claim.dimension == "nationality" and claim.target.text:
        return ("nationality", (claim.target.text.casefold(),))
    return None


def _words(claim: Claim) -> str:
    if claim.target.text:
        return claim.target.text.casefold()
    return claim.place.name if claim.place else claim.id


def lies_in(value: Attribute, wider: Attribute, sides: Sides) -> bool:
    """Say whether people with `value` are among those with `wider`, an attribute of the same dimension."""
    if value == wider:
        return True
    if value[0] != wider[0]:
        return False
    if value[0] == "sex_age":
        (sex, age), (wide_sex, wide_age) = value[1], wider[1]
        return wide_sex in ("", sex) and wide_age in ("", age)
    if value[0] == "side":
        return sides.includes(wider[1][0], value[1][0])
    return False


def within(label: Label, wider: Label, sides: Sides) -> bool:
    """Say whether all people of `label` are people of `wider`."""
    return all(any(lies_in(a, w, sides) for a in label) for w in wider)


def dimensions(labels: Iterable[Label]) -> tuple[str, ...]:
    """Return the dimensions in which these labels tell people apart, sorted."""
    return tuple(sorted({name for label in labels for name, _ in label}))
