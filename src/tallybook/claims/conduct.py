"""What actors did, and with how many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.attacks import Attacks
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds, best
from tallybook.claims.notes import Notes
from tallybook.model.records import Conduct, ForceSize

_ACT = re.compile(
    r"\b(?:carr(?:y|ied|ying)\s+out|conduct(?:ed|ing)?|launch(?:ed|ing)?|fir(?:ed|ing)|shell(?:ed|ing)|bomb(?:ed|ing)|bombard(?:ed|ing)|pound(?:ed|ing)|dropp(?:ed|ing)|attack(?:ed|ing)|raid(?:ed|ing)|burn(?:ed|t|ing)|torch(?:ed|ing)|loot(?:ed|ing)|ambush(?:ed|ing)|target(?:ed|ing)|struck|strik(?:es|ing)|set\s+(?:fire|ablaze)|detain(?:ed|ing)|arrest(?:ed|ing)|abduct(?:ed|ing)|destroy(?:ed|ing)|raz(?:ed|ing))\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:throughout|across|in|into|on|at|around|over)\s+(?P<where>the\s+(?:region|town|area|city|village|country|north|south|east|west|province|state|district)|[A-Z][\w\u2019'-]*(?:\s+[A-Z][\w\u2019'-]*)*)"
)
_STRONG = re.compile(
    r"\b(?:column|convoy|force|group|unit|contingent|band|garrison|battalion|army|team)\s+(?:made\s+up\s+of\s+|numbering\s+|comprising\s+|consisting\s+)?(?:of\s+)?$",
    re.IGNORECASE,
)


def conduct(
    notes: Notes,
    f: SentenceFacts,
    mentions: Sequence[ActorMention],
    last_place: str | None,
    actors: Actors,
    kinds: Kinds,
) -> list[Conduct]:
    """Return what an actor did as a sentence tells without counting anybody; plans and possibilities are none."""
    text = f.sentence.text
    act = _ACT.search(text)
    if act is None:
        return []
    by = next((m for m in mentions if m.end <= f.sentence.start + act.start()), None)
    doer = by.name if by else actors.state if re.search(r"\b(?:soldiers|troops)\b", text[: act.start()]) else None
    if doer is None or re.search(r"\b(?:will|would|could|may|might|to)\s+$", text[: act.start()]):
        return []
    if by is not None and re.search(r"\b(?:said|accused|according)\b", text[by.end - f.sentence.start : act.start()]):
        by = next((m for m in mentions if f.sentence.start + act.start() > m.start > by.end), by)
        doer = by.name
    kind = best([kinds.votes(text, 1.0)])
    if kind == "other":
        return []
    where = _WHERE.search(text, act.end())
    place = where["where"] if where else None
    whole = where.group() if where and re.match(r"throughout|across", where.group()) else place
    if place in ("the town", "the village", "the city", "the area") and last_place:
        whole = last_place
    end = where.end() if where else len(text)
    return [Conduct(*notes.record("conduct", f, act.start(), end), doer, kind, whole, _weapons(f, kinds))]


def attacked(notes: Notes, f: SentenceFacts, attacks: Attacks, kinds: Kinds) -> list[Conduct]:
    """Return the attack that a sentence tells of nobody named: 'a bomb exploded in the market'."""
    attack, kind = attacks.of(f), best([kinds.votes(f.sentence.text, 1.0)])
    if attack is None or kind == "other":
        return []
    where = next((m.name for m in f.places if m.role == "at"), None)
    told = notes.record("conduct", f, attack.start, len(f.sentence.text))
    return [Conduct(*told, attack.by, kind, where, _weapons(f, kinds))]


def _weapons(f: SentenceFacts, kinds: Kinds) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _, _ in kinds.weapons(f.sentence.text)))


def force_sizes(
    notes: Notes, f: SentenceFacts, drafts: Sequence[Draft], mentions: Sequence[ActorMention]
) -> list[ForceSize]:
    """Return the sizes of forces: counted fighters, or people in a column or band, that no claim counts as harmed."""
    taken = {id(d.group) for d in drafts}
    found = []
    for g in f.groups:
        if id(g) in taken or g.kind != "people" or g.value is None or g.indefinite or g.person is None:
            continue
        before = f.sentence.text[: g.start - f.sentence.start]
        if g.person.affiliation == "combatant" or _STRONG.search(before):
            told = notes.record("force", f, g.start - f.sentence.start, g.end - f.sentence.start)
            who = next((m.name for m in mentions if g.start <= m.start < g.end), None)
            where = next((m.name for m in f.places if m.role == "at"), None)
            found.append(ForceSize(*told, who, g.count.low, g.count.high, where))
    return found
