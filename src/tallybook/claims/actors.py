"""Actors in a sentence: names, definite phrases and adjectives, each to its canonical name; and who did the harm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.knowledge import Knowledge
from tallybook.knowledge.actors import Actor

FORCES = r"(?:forces?|troops|soldiers|army|military|air\s+force|warplanes?|jets?|aircraft|fighter\s+jets?|air\s*strikes?|air-strikes?|strikes?|drones?|missiles?|rockets?|artillery|shelling|shells|bombing|bombs?|bombardment|gunships?|helicopters?|police|security\s+forces|navy|gunmen|fighters|militants|rebels|insurgents|militia(?:men)?|raids?|attack(?:s|ers)?|offensive|ambush|assault|guerrillas|snipers?|tanks?|commandos|paramilitar\w+|border\s+guards?|battalion|column|units?|regime|government|airstrike)"
_ACTS = r"(?:attack|raid|assault|ambush|strike|air\s*strike|air-strike|shelling|bombing|bombardment|fire|offensive|shooting|killing|massacre|incursion|operation|gunfire|shots)s?"
_GENERIC_STATE = re.compile(
    r"\bthe\s+(?:army|military|air\s+force|armed\s+forces|security\s+forces|government\s+forces|government\s+troops|soldiers|troops|government|national\s+army)\b",
    re.IGNORECASE,
)
_GENERIC_REBEL = re.compile(
    r"\bthe\s+(?:group|rebels?|insurgents?|militants?|guerrillas?|militia|movement|fighters|jihadists?|armed\s+group|separatists?|terrorists?|extremists|front)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|blamed\s+on|attributed\s+to|carried\s+out\s+by|at\s+the\s+hands\s+of|launched\s+by|staged\s+by)\s+(?:suspected\s+|alleged\s+|presumed\s+|unidentified\s+|unknown\s+|armed\s+|members\s+of\s+|fighters\s+(?:of|from)\s+|elements\s+of\s+|militants\s+(?:of|from)\s+|the\s+|a\s+|an\s+|group\s+of\s+|some\s+)*$",
    re.IGNORECASE,
)
_ATTACKED = re.compile(
    r"^\W*(?:\([A-Z/-]+\)\s*)?(?:fighters?|forces?|gunmen|militants|rebels|soldiers|troops|insurgents|guerrillas|warplanes|jets|aircraft|drones|artillery|police|commandos|members|units|militia(?:men)?|raiders)?\s*(?:\w+ly\s+)?(?:had\s+|have\s+|has\s+)?(?:also\s+)?(?:attacked|raided|stormed|ambushed|opened\s+fire|shelled|bombed|bombarded|fired|struck|killed|kill|launched|overran|invaded|hit|targeted|carried\s+out|dropped|detonated|kidnapped|abducted|executed|massacred|shot|beheaded|seized|captured|hacked|burned|assaulted|pounded|planted|claimed\s+responsibility|murdered|assassinated|injured|wounded|torched|detained|arrested)\b",
    re.IGNORECASE,
)


ARMED = re.compile(
    r"\b(?:army|front|forces?|brigades?|movement|militia|police|guards?|command|battalion|division|corps|liberation|jihad|state|group|regiment|unit|alliance|resistance|guerrillas?|defen[cs]e|navy|security)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor where it stands."""

    start: int
    end: int
    name: str
    actor: Actor | None
    how: str  # name, phrase, adjective, demonym, generic


class Actors:
    """Resolve the actors of one report."""

    def __init__(
        self, knowledge: Knowledge, country: str | None, facts: Sequence[SentenceFacts], publisher: str | None = None
    ) -> None:
        self.knowledge, self.country = knowledge, country
        self.local = [a for a in knowledge.actors if a.country == country and country]
        self._phrases = {p.lower(): a for a in self.local for p in a.phrases}
        self._adjectives = {w.lower(): a for a in self.local for w in a.adjectives}
        self.publisher = publisher
        self._mentions: dict[int, list[ActorMention]] = {}
        counts: Counter[str] = Counter()
        last: str | None = None
        self._the_group: dict[int, str | None] = {}
        for f in facts:
            self._the_group[id(f)] = last
            last = next(
                (a.source.organisation for a in reversed(f.attributions) if a.source.organisation), None
            ) or next(
                (
                    n.canonical
                    for n in reversed(f.names)
                    if n.actor is not None and n.actor.kind in ("rebel", "militia")
                ),
                last,
            )
            for n in f.names:
                fights = (n.actor is not None and n.actor.kind in ("rebel", "militia")) or (
                    n.kind == "organisation"
                    and re.search(
                        r"\b(?:front|army|movement|forces?|brigades?|militia|jihad|liberation|resistance|guerrillas?|alliance)\b",
                        n.canonical,
                        re.IGNORECASE,
                    )
                )
                if fights:
                    counts[n.canonical] += 1
        self.rebel = min(counts, key=lambda n: (-counts[n], n)) if counts else None
        state = next((a for a in self.local if a.kind == "state_forces"), None)
        land = knowledge.countries.by_iso.get(country or "")
        self.state = state.name if state else f"{land.demonyms[0]} army" if land and land.demonyms else None
        self._either = self._compiled()

    def _compiled(self) -> re.Pattern[str] | None:
        words = sorted((*self._phrases, *(rf"{w}" for w in self._adjectives)), key=len, reverse=True)
        return (
            re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in words) + r")(?![\w-])", re.IGNORECASE)
            if words
            else None
        )

    def fights(self, name: str | None) -> bool:
        """Say whether the organisation called `name` bears arms."""
        if name is None:
            return False
        actor = self.knowledge.actors.find(name, self.country)
        if actor is not None:
            return actor.kind in ("rebel", "militia", "state_forces", "external")
        return name in (self.rebel, self.state) or ARMED.search(name) is not None

    def mentions(self, facts: SentenceFacts) -> list[ActorMention]:
        """Return every actor of the sentence in order; where two overlap the name wins over phrase and adjective."""
        if id(facts) not in self._mentions:
            self._mentions[id(facts)] = self._found(facts)
        return self._mentions[id(facts)]

    def _found(self, facts: SentenceFacts) -> list[ActorMention]:
        sentence = facts.sentence
        found = [
            ActorMention(n.start, n.end, n.canonical, n.actor, "name")
            for n in facts.names
            if n.canonical != self.publisher
            and (
                (n.kind == "actor" and n.actor is not None and n.actor.kind not in ("outlet",))
                or (n.kind == "organisation" and ARMED.search(n.canonical))
            )
        ]
        for n in facts.names:
            if n.kind in ("demonym", "country"):
                after = re.match(
                    rf"(?:[\u2019']s)?\s+(?:\w+\s+)?({FORCES})\b",
                    sentence.text[n.end - sentence.start :],
                    re.IGNORECASE,
                )
                if after:
                    land = self.knowledge.countries.named(n.canonical)
                    own = next(
                        (
                            a
                            for a in self.knowledge.actors
                            if land and a.country == land.iso3 and a.kind == "state_forces"
                        ),
                        None,
                    )
                    word = after.group(1).lower()
                    label = (
                        word
                        if word in ("army", "military", "police", "air force", "security forces", "navy", "government")
                        else "forces"
                    )
                    found.append(ActorMention(n.start, n.end, own.name if own else f"{n.text} {label}", own, "demonym"))
        if self._either is not None:
            for m in self._either.finditer(sentence.text):
                word = m.group().lower()
                start = sentence.start + m.start()
                actor = self._phrases.get(word)
                if actor is None:
                    if not re.match(rf"\s+(?:\w+\s+)?{FORCES}\b", sentence.text[m.end() :], re.IGNORECASE):
                        continue
                    actor = self._adjectives[word]
                found.append(
                    ActorMention(
                        start,
                        sentence.start + m.end(),
                        actor.name,
                        actor,
                        "phrase" if word in self._phrases else "adjective",
                    )
                )
        found += self._generic(facts)
        kept: list[ActorMention] = []
        order = {"name": 0, "phrase": 1, "demonym": 2, "adjective": 3, "generic": 4}
        for mention in sorted(found, key=lambda a: (order[a.how], a.start)):
            if not any(mention.start < k.end and k.start < mention.end for k in kept):
                kept.append(mention)
        return sorted(kept, key=lambda a: a.start)

    def _generic(self, facts: SentenceFacts) -> list[ActorMention]:
        found, sentence = [], facts.sentence
        the_group = self._the_group.get(id(facts))
        for pattern, name in ((_GENERIC_STATE, self.state), (_GENERIC_REBEL, self.rebel)):
            if name is not None:
                for m in pattern.finditer(sentence.text):
                    meant = the_group if the_group and m.group().lower() in ("the group", "the movement") else name
                    found.append(
                        ActorMention(
                            sentence.start + m.start(),
                            sentence.start + m.end(),
                            meant,
                            self.knowledge.actors.find(meant, self.country),
                            "generic",
                        )
                    )
        return found

    def group_of(self, draft: Draft, speaker: str | None) -> str | None:
        """Return the organisation that the harmed people belong to, as far as the words right before the noun say."""
        group, sentence = draft.group, draft.facts.sentence
        for mention in self.mentions(draft.facts):
            if group.start <= mention.start < group.end or (
                mention.start >= group.end
                and re.fullmatch(
                    r"\s*(?:of|from|belonging\s+to)\s+(?:the\s+)?",
                    sentence.text[group.end - sentence.start : mention.start - sentence.start],
                )
            ):
                return mention.name
        before = sentence.text[: group.start - sentence.start].lower()
        words = set(group.words)
        if words & {"its", "our", "their"} or re.search(r"\b(?:of its|of our|of their|lost)\s*$", before):
            return speaker
        person = group.person
        if person is not None and person.affiliation == "combatant":
            if group.noun in (
                "soldiers",
                "soldier",
                "troops",
                "trooper",
                "troopers",
                "servicemen",
                "jawans",
                "jawan",
            ) or words & {"government", "army", "military"}:
                return self.state
            if group.noun in (
                "rebels",
                "rebel",
                "insurgents",
                "insurgent",
                "militants",
                "militant",
                "guerrillas",
                "guerrilla",
                "fighters",
                "jihadists",
                "terrorists",
            ):
                return self.rebel
            if words & {"police"} or group.noun in (
                "policeman",
                "policemen",
                "police officers",
                "police officer",
                "constables",
            ):
                return "police"
        return None

    def doer(self, draft: Draft) -> str | None:
        """Return who did the harm as the draft's own sentence says: the subject, 'by X', 'X's shelling', an attacker."""
        sentence, mentions = draft.facts.sentence, self.mentions(draft.facts)
        mentions = [m for m in mentions if not (draft.group.start <= m.start < draft.group.end)]
        own = self._own_forces(draft)
        if own is not None:
            return own
        by_subject = self._subject(draft, mentions)
        if by_subject is not None:
            return by_subject
        for mention in mentions:
            before, after = (
                sentence.text[: mention.start - sentence.start],
                sentence.text[mention.end - sentence.start :],
            )
            if _BY.search(before) and not re.match(r"\s*(?:control|territory|sources?)\b", after):
                return mention.name
        for mention in mentions:
            after = sentence.text[mention.end - sentence.start :]
            attacked = (
                _ATTACKED.match(after) if mention.how in ("name", "phrase", "generic", "demonym", "adjective") else None
            )
            strikes = re.match(rf"(?:[\u2019']s)?\s+(?:\w+\s+){{0,2}}{_ACTS}\b", after, re.IGNORECASE)
            forces = re.match(rf"\s+(?:\w+\s+)?{FORCES}\b", after, re.IGNORECASE)
            if (
                mention.how != "name"
                and forces
                and re.match(
                    r"\s+(?:\w+\s+)?(?:soldiers|troops|police|fighters|militants|rebels|insurgents|post|base|position)",
                    after,
                    re.IGNORECASE,
                )
                and not _ATTACKED.match(after)
            ):
                continue
            if attacked or strikes:
                return mention.name
        return None

    def _own_forces(self, draft: Draft) -> str | None:
        """'its forces killed 20', 'we killed two': the speaker's own side did it."""
        if draft.trigger is None or not draft.sources:
            return None
        text = draft.facts.sentence.text[
            : draft.facts.sentence.tokens[draft.trigger[0]].start - draft.facts.sentence.start
        ]
        if re.search(
            rf"\b(?:its|our|their)\s+(?:\w+\s+)?{FORCES}\s+(?:\w+\s+){{0,3}}$|\b(?:we|it|they)\s+(?:have\s+|had\s+|has\s+|also\s+)*$",
            text,
            re.IGNORECASE,
        ):
            return draft.sources[0].organisation
        return None

    def _subject(self, draft: Draft, mentions: Sequence[ActorMention]) -> str | None:
        if draft.trigger is None:
            return None
        tokens = draft.facts.sentence.tokens
        verb = draft.trigger[0]
        seen = {verb}
        for _ in range(4):
            token = tokens[verb]
            for child in token.children:
                if tokens[child].dep == "nsubj":
                    inside = draft.facts.sentence.subtree(child)
                    for mention in mentions:
                        if any(
                            tokens[i].start == mention.start or mention.start <= tokens[i].start < mention.end
                            for i in inside
                        ):
                            return mention.name
                    return None
                if tokens[child].dep == "agent":
                    inside = draft.facts.sentence.subtree(child)
                    for mention in mentions:
                        if any(mention.start <= tokens[i].start < mention.end for i in inside):
                            return mention.name
            if token.dep not in ("conj", "advcl", "xcomp") or token.head in seen:
                return None
            verb = token.head
            seen.add(verb)
        return None

    def attacker(self, facts: SentenceFacts) -> str | None:
        """Return an attacker that a sentence names without counting anybody: 'The military dropped bombs on ...'."""
        sentence = facts.sentence
        for mention in self.mentions(facts):
            after = sentence.text[mention.end - sentence.start :]
            before = sentence.text[: mention.start - sentence.start]
            if (
                _ATTACKED.match(after)
                or _BY.search(before)
                or re.match(rf"(?:[\u2019']s)?\s+(?:\w+\s+)?{_ACTS}\b", after, re.IGNORECASE)
            ):
                return mention.name
            if re.match(r"[^.;]{0,30}\bclaimed\s+(?:responsibility|the\s+(?:attack|raid|bombing))", after):
                return mention.name
        return None
