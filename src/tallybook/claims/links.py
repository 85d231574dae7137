"""A group bound to a word of harm, and whether the two fit."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.groups import CASUALTIES, HOUSEHOLD, Group
from tallybook.claims.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Link:
    """A group bound to a word of harm."""

    group: Group
    trigger: Trigger
    rule: str
    rank: int  # smaller is surer
    hedged: bool = False  # 'feared', 'believed', 'presumed'


def fits(trigger: Trigger, group: Group) -> bool:
    """Say whether a word of harm can be of a group, by what both are; where they stand does not matter."""
    word = trigger.word
    if group.kind == "thing" or group.thing == CASUALTIES:
        return False
    if group.thing == HOUSEHOLD and word.measure != "displaced":
        return False
    if group.kind == "unit" and word.measure != "captured":
        return False
    if word.people_only and group.kind not in ("people", "bare", "unit"):
        return False
    if (
        word.measure == "displaced"
        and group.person is not None
        and (group.person.affiliation == "combatant" or group.indefinite)
    ):
        return False
    if word.active_only and (
        trigger.voice != "active" or (group.kind == "bare" and not group.more and trigger.last + 1 < group.first - 1)
    ):
        return False
    if word.combatant_only and (group.person is None or group.person.affiliation != "combatant"):
        return False
    return not (
        group.kind == "other"
        and word.frame in ("subject", "count_noun", "toll")
        and word.lemma not in ("die", "perish")
    )
