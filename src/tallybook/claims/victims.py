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
from tallybook.claims.victim_patterns import VictimPatterns
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.small_letters import lowered
from tallybook.model.document import Document
from tallybook.model.records import Victim
from tallybook.model.span import Span

LONGEST = 5
"""Most words of a person's name, titles left out."""
ACCUSED_REACH, VICTIM_REACH = 60, 40
"""Characters before a name in which a word for the accused, and one for victims that outdoes it, are sought."""
GROUP_REACH = 60
"""Characters before 'known as' within which a word for a group tells that it is the group's name."""
WHO = (" who ", ", who ")
ALSO = (" and", " with", "&")
"""What stands before others who share what is told of a name."""
AMONG = ("among", "including", "like", "as")
"""Prepositions whose objects are of those who are told of."""
HARMS = ("killed", "injured", "captured")
"""Measures that a named person is recorded with."""


class Victims:
    """Find named people who were harmed; compiled once and shared by all documents."""

    def __init__(self, knowledge: Knowledge, linker: Linker) -> None:
        self.knowledge = knowledge
        self.shouted = ShoutedPeople(knowledge, linker)
        self.patterns = VictimPatterns(knowledge.lexicon.records.victims)
        self.titles = frozenset(knowledge.lexicon.speech["titles"])
        self.no_person = frozenset(knowledge.lexicon.words.names.no_person)
        self.numbers = frozenset(knowledge.lexicon.numbers["units"])

    def of(self, document: Document, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> tuple[Victim, ...]:
        """Return named people told to be harmed, each name once; places and organisations are none."""
        found: dict[str, Victim] = {}
        for victim in self._named(document, facts, drafts):
            known = found.get(victim.name)
            if known is None or (known.harm == "injured" and victim.harm == "killed"):
                found[victim.name] = victim
        for f, words, span, harm, who in self.shouted.of(facts, self._told):
            known = found.get(words.upper())
            if harm in HARMS and (known is None or harm == "killed" != known.harm):
                found[words.upper()] = _shouted(document, f, words.upper(), span, harm, who, drafts)
        return tuple(found.values())

    def _named(self, document: Document, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> Iterator[Victim]:
        places = {fold(part[0]) for f in facts for m in f.places for part in m.parts}
        for f in facts:
            if f.field != "body":
                continue
            here = {part[2].start for m in f.places for part in m.parts}
            for name in f.names:
                if name.kind == "unknown" and name.start not in here and fold(name.text) not in places:
                    victim = self._victim(document, f, name, drafts)
                    if victim is not None:
                        yield victim

    def _victim(self, document: Document, f: SentenceFacts, name: Name, drafts: Sequence[Draft]) -> Victim | None:
        at, patterns = name.end - f.sentence.start, self.patterns
        after, low = f.sentence.text[at:], f.sentence.lower[at:]
        age, told = self._age(f, name), patterns.told.match(after[: after.find(". ") if ". " in after else None])
        words = name.text.split()
        while len(words) > 1 and words[0].lower().rstrip(".") in self.titles:
            words = words[1:]
        if not self._is_harmed(f, name, words, age, told):
            return None
        harm = self._harm(told, f, drafts)
        if harm is None:
            return None
        youngest, oldest = _years(age)
        sex = "male" if age and age["male"] else "female" if age and age["female"] else None
        circumstance = patterns.circumstance.search(low)
        what = after[slice(*circumstance.span("what"))].strip() if circumstance else None
        start = name.end - len(name.text) + name.text.find(words[0])
        span = Span(start, start + len(" ".join(words)))
        claim = _nearest(drafts, f, harm)
        said = f.attributions[0].source.claimants if f.attributions else _outlet(document)
        return Victim(record_id(document, "victim", span), span.of(document.text), span, said, " ".join(words), youngest, oldest,
                      sex or patterns.sex(low or f.sentence.lower), what, harm, claim.ident if claim else None)  # fmt: skip

    def _age(self, f: SentenceFacts, name: Name) -> re.Match[str] | None:
        """Return the age told right after a name; the day of a dateline is none: 'KARSK, 4 May'."""
        found = self.patterns.age.match(f.sentence.text[name.end - f.sentence.start :])
        if found is None:
            return None
        first, last = name.end + found.start(), name.end + found.end()
        return None if any(d.start < last and first < d.end for d in f.dates) else found

    def _is_person(self, words: Sequence[str]) -> bool:
        """Say whether a name may be a person's: not a body's or a unit's, not 'Two Yugoslav', not 'South Africans'."""
        lower = [w.lower().rstrip(".,") for w in words]
        if len(words) > LONGEST or not self.no_person.isdisjoint(lower):
            return False
        peoples = any(self.knowledge.countries.of_demonym(w) for w in (" ".join(words), *words))
        several = any(w in self.numbers or (w.endswith("s") and w in self.knowledge.lexicon.persons) for w in lower)
        return not peoples and not several

    def _is_harmed(
        self,
        f: SentenceFacts,
        name: Name,
        words: Sequence[str],
        age: re.Match[str] | None,
        told: re.Match[str] | None,
    ) -> bool:
        """Say whether a name is a person's of whom harm is told: pointed at, listed, or said to be killed."""
        low, patterns = f.sentence.lower, self.patterns
        before, at = low[: name.start - f.sentence.start], name.end - f.sentence.start
        pointed, alone = patterns.identified.search(before) is not None, len(words) < 2
        if not self._is_person(words) or patterns.speaks.match(f.sentence.text, at):
            return False
        pointed = pointed and not patterns.groups.search(before[-GROUP_REACH:])
        if told is not None and (not _may_be_subject(f, name) or _of_others(f, name, told)):
            told = None
        if not age and (alone or self.knowledge.places.entries(name.text)):
            return False
        listed = age is not None and patterns.listed.search(low) is not None
        if not (pointed or listed or told):
            return False
        accused = patterns.accused.search(before[-ACCUSED_REACH:]) and not patterns.victims.search(
            before[-VICTIM_REACH:]
        )
        return told is not None or not accused or patterns.struck.search(before) is not None

    def _told(self, after: str) -> str | None:
        """Return what the words right after a name tell of its bearer, up to the end of the sentence."""
        told = self.patterns.told.match(after)
        return self.patterns.befell(told) if told is not None else None

    def _harm(self, told: re.Match[str] | None, f: SentenceFacts, drafts: Sequence[Draft]) -> str | None:
        """Return what befell a named person: what is said of them, then what their sentence tells, then the claims near by."""
        death = self.patterns.death.search(f.sentence.lower) is not None
        if told is not None and self.patterns.death.search(lowered(told.string), 0, told.start("how")):
            return "killed"  # 'lost their lives and 15 were injured': the nearer words are told of the name
        if told is not None:
            return self.patterns.befell(told, death=death)
        if death:
            return "killed"
        if self.patterns.harm.search(f.sentence.lower):
            return "injured"
        near = (d for d in drafts if d.measure in ("killed", "injured") and d.facts.field == "body")
        claim = nearest(near, f.sentence.index)
        return claim.measure if claim is not None else None


def _may_be_subject(f: SentenceFacts, name: Name) -> bool:
    """Say whether what is told after a name may be told of its bearer: not after 'a soldier of the', 'loyal to'; but
    what 'who' tells is told of nobody else."""
    tokens = f.sentence.tokens
    if f.sentence.lower[name.end - f.sentence.start :].startswith(WHO):
        return True
    at = f.sentence.token_at(name.start + len(name.text.partition(" of ")[0]) - 1)
    while at is not None and tokens[at].dep in ("compound", "flat") and tokens[at].head != at:
        at = tokens[at].head
    if at is None or tokens[at].dep != "pobj":
        return True
    return tokens[tokens[at].head].lower in AMONG


def _of_others(f: SentenceFacts, name: Name, told: re.Match[str]) -> bool:
    """Say whether other people come between a name and what is told: 'the mayor, X, 43 people were killed'."""
    end = name.end + told.end()
    return any(
        (g.value or 0) > 1 and name.end <= g.start < end
        and not f.sentence.lower[: g.start - f.sentence.start].rstrip().endswith(ALSO)
        for g in f.groups
    )  # fmt: skip


def _shouted(
    document: Document, f: SentenceFacts, name: str, span: Span, harm: str, who: str | None, drafts: Sequence[Draft]
) -> Victim:
    claim = _nearest(drafts, f, harm)
    return Victim(record_id(document, "victim", span), span.of(document.text), span, _outlet(document), name, None, None, None, who,
                  harm, claim.ident if claim else None)  # fmt: skip


def _outlet(document: Document) -> tuple[str, ...]:
    return (document.publisher,) if document.publisher else ()


def _nearest(drafts: Sequence[Draft], f: SentenceFacts, harm: str) -> Draft | None:
    return nearest((d for d in drafts if d.measure == harm and d.scope == "incident"), f.sentence.index)


def _years(age: re.Match[str] | None) -> tuple[int | None, int | None]:
    if age is None:
        return None, None
    if age["d"]:
        return int(age["d"]), int(age["d"]) + 9
    years = int(age["a"] or age["b"] or age["c"] or age["e"])
    return (years, years) if years < 120 else (None, None)
