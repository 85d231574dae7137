"""Who was harmed: status, sex, age and organisation, as the report says it."""

from __future__ import annotations

import re

from tallybook.claims.drafts import Draft
from tallybook.claims.groups import Grouper
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.model.claim import Target
from tallybook.model.span import Span

_ARMED = (
    r"(?:gunm[ae]n|guerr?illas?|terrorists?|rebels?|militants?|soldiers?|assailants?|subversives?|attackers?|hit\s?men|commandos?|insurgents?"
    r"|kidnappers?|killers?|snipers?|bombers?|policem[ae]n|troops|paramilitaries|hooligans|extremists?|bandits|mercenaries|assassins?|delinquents|criminals|extortionists|traffickers|death\s+squads?|patrols?|individuals|subjects"
    r"|(?:armed|unidentified|unknown|hooded|masked|heavily[\s-]armed)\s+(?:\w+\s+)?(?:m[ae]n|individuals?|persons?|people|youths?|groups?|subjects?))"
)
_DOER_BEHIND = re.compile(
    rf"\bby\s+(?:alleged\s+)?(?:(?:an?|the|some|several|suspected|alleged|a\s+group\s+of|two|three|four|five)\s+)*(?P<who>(?:[\w-]+\s+){{0,2}}?{_ARMED})\b"
)
_DOER_BEFORE = re.compile(
    rf"\b(?P<who>(?:[\w-]+\s+)?{_ARMED})\s+(?:(?:had|have|has|also|today|yesterday|who|reportedly)\s+)*"
    r"(?:killed|murdered|kidnapped|abducted|assassinated|shot|attacked|ambushed|opened|fired|wounded|injured|executed|massacred|threw|detonated|hurled|stormed|raided|dynamited|gunned|blew|planted|set|took)\b"
)


def doer_words(draft: Draft) -> Span | None:
    """Return the words of the draft's sentence for armed people who did it: 'by unidentified gunmen'; None if there are none.

    Names are the register's business; these are the words of a report that names nobody.
    """
    sentence = draft.facts.sentence
    for pattern in (_DOER_BEHIND, _DOER_BEFORE):
        for match in pattern.finditer(sentence.lower):
            start, end = sentence.start + match.start("who"), sentence.start + match.end("who")
            if end <= draft.group.start or draft.group.end <= start:
                return Span(start, end)
    return None


def target_of(draft: Draft, grouper: Grouper, *, fights: bool = False) -> Target:
    """Return the target of a draft: its noun first, then what the words beside it say; note the words for who did it.

    `fights`: the group they belong to is an armed one.
    """
    doer = doer_words(draft)
    if doer is not None:
        draft.spans.setdefault("perpetrator", doer)
    group = draft.group
    person, noun = group.person, group.noun
    if group.note and (person is None or person.affiliation == "unknown"):
        person, noun = _from_note(group.note, grouper) or (person, noun)
    if (
        noun in ("dead", "deaths", "fatalities", "wounded", "injured", "injuries", "bodies", "lives", "others", None)
        or person is None
    ):
        qualified = _qualified(draft, grouper)
        if qualified is not None and (person is None or person.affiliation == "unknown"):
            person, noun = qualified
    affiliation = person.affiliation if person else "unknown"
    if (
        affiliation == "unknown"
        and fights
        and noun
        in (
            "members",
            "member",
            "men",
            "man",
            "people",
            "person",
            "cadres",
            "leaders",
            "leader",
            "operatives",
            "prisoners",
            "prisoner",
            None,
            "others",
            "martyrs",
            "dead",
            "wounded",
            "comrades",
        )
    ):
        affiliation = "combatant"
    words = " ".join(group.words)
    if re.search(r"\bcivilian\b|\bunarmed\b", words):
        affiliation = "civilian"
    elif (
        re.search(
            r"\b(?:rebel|junta|regime|military|army|armed|police|militant|insurgent|guerrilla|enemy|paramilitary|security)\b",
            words,
        )
        and affiliation == "unknown"
    ):
        affiliation = "combatant"
    if noun and ("and" in noun.split() and "women" in noun):
        affiliation = "civilian"
    span = Span(group.sentence.tokens[group.first].start, group.end)
    return Target(
        affiliation, draft.group_name, person.sex if person else None, person.age if person else None, noun, span
    )


def _from_note(note: str, grouper: Grouper) -> tuple[PersonNoun, str] | None:
    words = re.findall(r"[\w'-]+", note)
    for i in range(len(words)):
        if words[i] in ("said", "in", "when", "after", "while"):
            return None
        for size in (3, 2, 1):
            noun = " ".join(words[i : i + size])
            if noun in grouper.persons and len(words[i : i + size]) == size:
                return grouper.persons[noun], noun
    return None


def _qualified(draft: Draft, grouper: Grouper) -> tuple[PersonNoun, str] | None:
    """'12 dead, all civilians', '44 killed, most of them fighters' keep unknown; 'five civilian deaths', '20 troops dead' do not."""
    group = draft.group
    for word in group.words:
        if word in grouper.persons and word not in ("dead", "wounded", "injured", "others", "other", "people"):
            return grouper.persons[word], word
    if "civilian" in group.words:
        return PersonNoun("civilian"), "civilians"
    after = draft.facts.sentence.text[group.end - draft.facts.sentence.start :][:60]
    match = re.match(r"[\w\s]{0,25},?\s*(?:all|both)\s+(?:of\s+(?:them|whom)\s+(?:were\s+)?)?(?P<noun>\w+)", after)
    if match and match["noun"].lower() in grouper.persons:
        return grouper.persons[match["noun"].lower()], match["noun"].lower()
    return None
