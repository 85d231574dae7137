"""Named people who were harmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.claims.drafts import Draft, nearest
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.linking import Linker
from tallybook.claims.names import Name
from tallybook.claims.notes import record_id
from tallybook.claims.shouted import ShoutedPeople
from tallybook.knowledge import Knowledge
from tallybook.model.document import Document
from tallybook.model.records import Victim
from tallybook.model.span import Span

_IDENTIFIED = re.compile(
    r"\b(?:identified|named|recogni[sz]ed|known)\s+(?:\w+\s+){0,4}?as\s+(?:\w+\s+)?$|\b(?:victims?|deceased|dead|killed|slain)\s+(?:\w+\s+)?(?:is|are|was|were|:)\s*$|\b(?:killing|killed|shot dead|murdered|wounding|injuring|wounded|injured|identified)\s+(?:(?:a|the|his|her)\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"^\s*(?:,\s*(?:aged?\s+)?(?P<a>\d{1,3})\b|\((?:aged?\s+)?(?P<b>\d{1,3})\)|,?\s*an?\s+(?P<c>\d{1,3})-year-old|,\s*an?\s+(?:\w+\s+){0,2}in\s+(?P<p>his|her)\s+(?:early\s+|late\s+|mid-?)?(?P<d>\d0)s|,\s*aged\s+(?P<e>\d{1,3}))"
)
_KILLED_AFTER = re.compile(
    r"^(?:(?!\b(?:said|says|told|confirmed|reported|according|that|where|when|because)\b)[^.;]){0,90}?\b(?:was|were|had been|has been)\s+(?:\w+\s+){0,2}?(?P<how>killed|shot dead|shot and killed|murdered|assassinated|executed|fatally shot|gunned down|stabbed to death|beheaded|wounded|injured|hurt|abducted|kidnapped|pronounced dead|found dead|shot to death|shot|dead)\b|^(?:(?!\b(?:said|says|told|confirmed|reported|according|that|where|when|because)\b)[^.;]){0,60}?\b(?P<died>died|succumbed)\b"
)
_FEMALE = re.compile(
    r"\b(?:she|her|woman|girl|mother|wife|sister|daughter|mrs|ms|grandmother|widow|female)\b", re.IGNORECASE
)
_MALE = re.compile(r"\b(?:he|his|him|man|boy|father|husband|brother|son|mr|grandfather|male)\b", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"\b(?:who|which)\s+(?P<what>(?:had|was|were|has|worked|lived|served|ran|owned)\b[^.;]+)", re.IGNORECASE
)
_DEATH = re.compile(
    r"\b(?:killed|dead|died|dies|slain|deceased|deaths?|homicides?|murder(?:ed|s)?|fatal(?:ly|ities)?|succumbed|assassinated|executed|bod(?:y|ies)|killing)\b",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:injured|wounded|hurt|injur(?:y|ies)|hospital(?:i[sz]ed)?|critical|surviv(?:ed|or|es)|recover(?:ing|ed)|condition|shot)\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"\b(?:suspects?|gunm[ae]n|shooters?|attackers?|assailants?|arrested|charged|accused|wanted|perpetrators?|killers?)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\b(?:victims|dead|killed|deceased|identified|slain|names)\b", re.IGNORECASE)
_SPEAKS = re.compile(r"\s+(?:said|told|added)\b")
_VICTIMS = re.compile(r"\bvictims?\b", re.IGNORECASE)
LONGEST = 5
"""Most words of a person's name, titles left out."""
ACCUSED_REACH, VICTIM_REACH = 60, 40
"""Characters before a name in which a word for the accused, and one for victims that outdoes it, are sought."""
HARMS = ("killed", "injured", "captured")
"""Measures that a named person is recorded with."""


class Victims:
    """Find named people who were harmed; compiled once and shared by all documents."""

    def __init__(self, knowledge: Knowledge, linker: Linker) -> None:
        self.knowledge = knowledge
        self.shouted = ShoutedPeople(knowledge, linker)
        self.titles = frozenset(knowledge.lexicon.speech["titles"])
        self.no_person = frozenset(knowledge.lexicon.words.names.no_person)

    def of(self, document: Document, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> tuple[Victim, ...]:
        """Return named people told to be harmed, each name once; places and organisations are none."""
        found: dict[str, Victim] = {}
        for victim in self._named(document, facts, drafts):
            known = found.get(victim.name)
            if known is None or (known.harm == "injured" and victim.harm == "killed"):
                found[victim.name] = victim
        for f, words, span, harm, who in self.shouted.of(facts, _told):
            known = found.get(words.upper())
            if harm in HARMS and (known is None or harm == "killed" != known.harm):
                found[words.upper()] = _shouted(document, f, words.upper(), span, harm, who, drafts)
        return tuple(found.values())

    def _named(self, document: Document, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> Iterator[Victim]:
        for f in facts:
            if f.field != "body":
                continue
            places = {p[2].start for m in f.places for p in m.parts}
            for name in f.names:
                if name.kind == "unknown" and name.start not in places:
                    victim = self._victim(document, f, name, drafts)
                    if victim is not None:
                        yield victim

    def _victim(self, document: Document, f: SentenceFacts, name: Name, drafts: Sequence[Draft]) -> Victim | None:
        text = f.sentence.text
        after = text[name.end - f.sentence.start :]
        age, told = _AGE.match(after), _KILLED_AFTER.match(after[: after.find(". ") if ". " in after else None])
        words = name.text.split()
        while len(words) > 1 and words[0].lower().rstrip(".") in self.titles:
            words = words[1:]
        if not self._is_harmed(f, name, words, age, told):
            return None
        harm = _harm(told, text, f, drafts)
        if harm is None:
            return None
        low, high = _years(age)
        sex = "male" if age and age["p"] == "his" else "female" if age and age["p"] == "her" else _sex(after or text)
        circumstance = _CIRCUMSTANCE.search(after)
        start = name.end - len(name.text) + name.text.find(words[0])
        span = Span(start, start + len(" ".join(words)))
        claim = _nearest(drafts, f, harm)
        said = f.attributions[0].source.claimants if f.attributions else _outlet(document)
        return Victim(record_id(document, "victim", span), span.of(document.text), span, said, " ".join(words), low, high, sex,
                      circumstance["what"].strip() if circumstance else None, harm, claim.ident if claim else None)  # fmt: skip

    def _is_harmed(
        self,
        f: SentenceFacts,
        name: Name,
        words: Sequence[str],
        age: re.Match[str] | None,
        told: re.Match[str] | None,
    ) -> bool:
        """Say whether a name is a person's of whom harm is told: pointed at, listed, or said to be killed."""
        text = f.sentence.text
        before, after = text[: name.start - f.sentence.start], text[name.end - f.sentence.start :]
        pointed, alone = _IDENTIFIED.search(before) is not None, len(words) < 2
        if len(words) > LONGEST or self.no_person & {w.lower().rstrip(".") for w in words} or _SPEAKS.match(after):
            return False
        if not age and (alone or self.knowledge.places.entries(name.text)):
            return False
        listed = age is not None and _LISTED.search(text) is not None
        if not (pointed or listed or told):
            return False
        accused = _ACCUSED.search(before[-ACCUSED_REACH:]) and not _VICTIMS.search(before[-VICTIM_REACH:])
        return told is not None or not accused


def _shouted(
    document: Document, f: SentenceFacts, name: str, span: Span, harm: str, who: str | None, drafts: Sequence[Draft]
) -> Victim:
    claim = _nearest(drafts, f, harm)
    return Victim(record_id(document, "victim", span), span.of(document.text), span, _outlet(document), name, None, None, None, who,
                  harm, claim.ident if claim else None)  # fmt: skip


def _outlet(document: Document) -> tuple[str, ...]:
    return (document.publisher,) if document.publisher else ()


def _told(after: str) -> str | None:
    """Return what the words right after a name tell of its bearer, up to the end of the sentence."""
    told = _KILLED_AFTER.match(after)
    if told is None:
        return None
    how = told["how"]
    return (
        "captured"
        if how in ("abducted", "kidnapped")
        else "injured"
        if how in ("wounded", "injured", "hurt", "shot")
        else "killed"
    )


def _nearest(drafts: Sequence[Draft], f: SentenceFacts, harm: str) -> Draft | None:
    return nearest((d for d in drafts if d.measure == harm and d.scope == "incident"), f.sentence.index)


def _harm(told: re.Match[str] | None, text: str, f: SentenceFacts, drafts: Sequence[Draft]) -> str | None:
    """Return what befell a named person: what is said of them, then what their sentence tells, then the claims near by."""
    how = told["how"] if told else None
    if how in ("abducted", "kidnapped"):
        return "captured"
    if how in ("wounded", "injured", "hurt") or (how == "shot" and not _DEATH.search(text)):
        return "injured"
    if told or _DEATH.search(text):
        return "killed"
    if _HURT.search(text):
        return "injured"
    near = (d for d in drafts if d.measure in ("killed", "injured") and d.facts.field == "body")
    claim = nearest(near, f.sentence.index)
    return claim.measure if claim is not None else None


def _years(age: re.Match[str] | None) -> tuple[int | None, int | None]:
    if age is None:
        return None, None
    if age["d"]:
        return int(age["d"]), int(age["d"]) + 9
    years = int(age["a"] or age["b"] or age["c"] or age["e"])
    return (years, years) if years < 120 else (None, None)


def _sex(text: str) -> str | None:
    male, female = _MALE.search(text), _FEMALE.search(text)
    if male and female:
        return "male" if male.start() < female.start() else "female"
    return "male" if male else "female" if female else None
