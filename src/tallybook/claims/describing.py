"""What each draft tells besides its number: people, doer, kind of event and weapon, from its sentence and its event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tallybook.claims.actors import Actors
from tallybook.claims.context import Context
from tallybook.claims.doers import Doers
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds, best
from tallybook.claims.people import People
from tallybook.knowledge.lexicon import Lexicon
from tallybook.model.claim import Target


class Describer:
    """Fills what the drafts of one document tell; compiled once and shared by all documents."""

    def __init__(self, context: Context, kinds: Kinds, lexicon: Lexicon) -> None:
        self.context, self.kinds = context, kinds
        self.people, self.doers = People(lexicon), Doers(lexicon.words.actors)
        self.taken_over = frozenset(lexicon.words.people.taken_over)

    def describe(self, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], actors: Actors) -> dict[int, Target]:
        """Fill event type, weapon, doer and target of every draft, from its sentence first and its event next."""
        targets: dict[int, Target] = {}
        place = {id(f): i for i, f in enumerate(facts)}
        previous: Draft | None = None
        for draft in drafts:
            speaker = draft.sources[0].organisation if draft.sources else None
            self._inherit_people(draft, previous)
            draft.group_name = actors.group_of(draft, speaker)
            target = self.people.target(draft, fights=actors.fights(draft.group_name))
            draft.affiliation = target.affiliation
            words = self.doers.of(draft)
            if words is not None:
                draft.spans.setdefault("perpetrator", words)
            doer = actors.doer(draft)
            draft.perpetrator = (doer,) if doer and doer != draft.group_name else ()
            previous = draft
            targets[id(draft)] = target
        for draft in drafts:
            self._kind_of(draft, facts, place[id(draft.facts)])
            if draft.part_of is not None and draft.affiliation == "unknown":
                draft.affiliation = draft.part_of.affiliation
            targets[id(draft)] = replace(targets[id(draft)], affiliation=draft.affiliation)
            if not draft.perpetrator:
                self._doer_of_event(draft, drafts, facts, actors)
        return targets

    def _inherit_people(self, draft: Draft, previous: Draft | None) -> None:
        group = draft.group
        bare = group.kind == "bare" or group.noun in self.taken_over
        if (
            bare
            and previous is not None
            and previous.facts is draft.facts
            and not group.note
            and draft.rule not in ("toll", "toll-brought")
        ):
            group.person, group.noun = previous.group.person, previous.group.noun or group.noun
            if not set(group.words) & set(previous.group.words):
                group.words = (*group.words, *previous.group.words)
        elif (
            group.noun == "others"
            and previous is not None
            and previous.measure == draft.measure
            and previous.event == draft.event
        ):
            group.person = previous.group.person
        elif bare and draft.part_of is not None and group.person is None and not group.note:
            group.person = draft.part_of.group.person

    def _kind_of(self, draft: Draft, facts: Sequence[SentenceFacts], at: int) -> None:
        if draft.measure == "captured" and draft.event_hint:
            draft.event_type = draft.event_hint
            return
        votes = [self.kinds.votes(facts[at].sentence.text, 4.0)]
        own = best(votes)
        for step in (1, -1, 2, -2, 3):
            k = at + step
            if 0 <= k < len(facts) and facts[k].field == draft.facts.field:
                votes.append(self.kinds.votes(facts[k].sentence.text, 1.0 / abs(step)))
        if draft.measure in ("killed", "injured"):
            votes = [
                {k: v for k, v in vote.items() if k not in ("surrender_or_capture", "arrest_or_abduction")}
                for vote in votes
            ]
        draft.event_type = best(votes)
        if draft.event_type == "other" and draft.affiliation == "combatant":
            draft.event_type = "armed_clash"
        if draft.measure == "captured" and draft.event_type not in ("arrest_or_abduction", "surrender_or_capture"):
            combatant = draft.affiliation == "combatant"
            draft.event_type = (
                "surrender_or_capture" if combatant and own != "arrest_or_abduction" else "arrest_or_abduction"
            )
        draft.weapon = self._weapon(draft, facts, at)

    def _weapon(self, draft: Draft, facts: Sequence[SentenceFacts], at: int) -> tuple[str, ...]:
        for step in (0, 1, -1, 2):
            k = at + step
            if not 0 <= k < len(facts) or facts[k].field != draft.facts.field or (step and draft.scope == "cumulative"):
                continue
            if step and not self.context.back(facts[k].sentence.text) and step != 1:
                continue
            for name, start, end in self.kinds.weapons(facts[k].sentence.text):
                after = facts[k].sentence.text[end : end + 30].lower()
                before = facts[k].sentence.text[max(0, start - 30) : start].lower()
                if re.search(r"\b(?:seized|recovered|captured|confiscated)\b", before) or re.match(
                    r"\s+(?:were|was)\s+(?:seized|recovered)", after
                ):
                    continue
                event = self.kinds.event_of_weapon(name)
                if step == 0 or event is None or event == draft.event_type:
                    return (name,)
        return ()

    def _doer_of_event(
        self, draft: Draft, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], actors: Actors
    ) -> None:
        """Take the doer from the same event: another draft of it, or an attacker named within two sentences."""
        if draft.scope == "cumulative":
            return
        for other in drafts:
            if (
                other.event == draft.event
                and other.perpetrator
                and other.affiliation == draft.affiliation
                and draft.group_name not in other.perpetrator
            ):
                draft.perpetrator = other.perpetrator
                return
        at = next(i for i, f in enumerate(facts) if f is draft.facts)
        for step in (0, 1, -1, 2):
            k = at + step
            if (
                0 <= k < len(facts)
                and facts[k].field == draft.facts.field
                and not (step > 0 and self.context.separate(facts[k].sentence.text))
            ):
                name = actors.attacker(facts[k])
                if name and name != draft.group_name:
                    draft.perpetrator = (name,)
                    return


def share_status(drafts: Sequence[Draft], targets: dict[int, Target]) -> None:
    """A part of unknown status takes that of its whole."""
    for draft in drafts:
        if draft.part_of is not None and draft.affiliation == "unknown":
            draft.affiliation = draft.part_of.affiliation
        targets[id(draft)] = replace(targets[id(draft)], affiliation=draft.affiliation)
