"""What each draft tells besides its number: people, doer, kind of event and weapon, from its sentence and its event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tallybook.claims.actors import Actors
from tallybook.claims.context import Context
from tallybook.claims.doers import Doers
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts, neighbours
from tallybook.claims.kinds import Kinds, best
from tallybook.claims.people import People
from tallybook.claims.syntax import token_in
from tallybook.knowledge.lexicon import Lexicon
from tallybook.model.claim import Target

ARREST, SURRENDER = "arrest_or_abduction", "surrender_or_capture"
CAPTURES = (SURRENDER, ARREST)
"""Kinds of event in which people are captured; nobody is killed or injured by them."""
OWN_VOTE = 4.0
"""Weight of a sentence's own words for the kind of event, against those of the next one."""
MORE = ("more", "others", "further")
"""Words after a number that goes on with the people told before."""
TOLLS = ("toll", "toll-brought")
"""Rules by which a number is told of a toll, and not of the people told before."""
HARMED = ("killed", "injured")
"""Measures of people whom a weapon hit."""
ELSEWHERE = 0.3
"""Share of its vote that a sentence of another paragraph has."""
BOOTY_REACH = 70
"""Characters around a weapon in which words tell that it was taken."""
_TAKEN = re.compile(r"\b(?:seized|seizing|recovered|recovering|captured|confiscated|photographs? of|surrendered)\b")
_WAS_TAKEN = re.compile(
    r"[^.;]{0,60}?\s(?:(?:were|was|been)\s+)?(?:seized|recovered|confiscated|captured|surrendered|found\s+(?:on|with|at|in|near))\b"
)


class Describer:
    """Fills what the drafts of one document tell; compiled once and shared by all documents."""

    def __init__(self, context: Context, kinds: Kinds, lexicon: Lexicon) -> None:
        self.context, self.kinds = context, kinds
        self.people, self.doers = People(lexicon), Doers(lexicon.words.actors)
        self.taken_over = frozenset(lexicon.words.people.taken_over)

    def describe(self, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], actors: Actors) -> dict[int, Target]:
        """Fill event type, weapon, doer and target of every draft, from its sentence first and its event next."""
        targets = self._people_of(drafts, actors)
        place = {id(f): i for i, f in enumerate(facts)}
        for draft in drafts:
            at = place[id(draft.facts)]
            draft.event_type = self._kind_of(draft, facts, at)
            if not (draft.measure == "captured" and draft.event_hint):
                draft.weapon = self._weapon(draft, facts, at)
            _share(draft, targets)
            if draft.scope != "cumulative":
                if not draft.perpetrator:
                    draft.perpetrator = self._doer_of_event(draft, drafts, facts, at, actors)
                    draft.doer_rule = "event" if draft.perpetrator else None
                if "perpetrator" not in draft.spans:
                    self._words_of_event(draft, drafts, facts, at)
        return targets

    def _words_of_event(self, draft: Draft, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], at: int) -> None:
        """Take over the words for the doers in another draft of the event, else in a sentence within two of its own."""
        same = (d for d in drafts if d.event == draft.event and d.facts.field == draft.facts.field)
        told = next((d.spans["perpetrator"] for d in same if "perpetrator" in d.spans), None)
        for _, f in neighbours(facts, at, (1, -1, 2)) if told is None else ():
            told = None if self.context.separate(f.sentence.text) else self.doers.beside(f)
            if told is not None:
                break
        if told is not None:
            draft.spans["perpetrator"] = told

    def _people_of(self, drafts: Sequence[Draft], actors: Actors) -> dict[int, Target]:
        """Fill group and doer as each draft's own sentence tells, and return its people, by the draft's identity."""
        targets: dict[int, Target] = {}
        previous: Draft | None = None
        for draft in drafts:
            speaker = draft.sources[0].organisation if draft.sources else None
            same = self._inherit_people(draft, previous) and previous is not None and previous.group_name
            sides = {d.group_name for d in drafts if id(d) in targets and d.event == draft.event}
            draft.group_name = same or actors.group_of(draft, speaker) or self._same_people(draft, previous, sides)
            targets[id(draft)] = self.people.target(draft, fights=actors.fights(draft.group_name))
            draft.affiliation = targets[id(draft)].affiliation
            words = self.doers.of(draft)
            if words is not None:
                draft.spans.setdefault("perpetrator", words)
            doer, rule = actors.doer(draft)
            draft.perpetrator = (doer,) if doer and doer != draft.group_name else ()
            draft.doer_rule = rule if draft.perpetrator else None
            previous = draft
        return targets

    def _same_people(self, draft: Draft, previous: Draft | None, sides: set[str | None]) -> str | None:
        """Return the group of those told before whom the words only go on with: 'four of them', 'at least 70 more'.

        `sides`: the groups of all those told of the event before; in a new sentence 'others' are of theirs if it is one.
        """
        group = draft.group
        if draft.part_of is not None and (group.of_them or draft.rule == "elliptic"):
            return draft.part_of.group_name
        if previous is None or draft.rule in TOLLS or group.indefinite or group.note:
            return None
        if group.kind != "bare" and group.noun not in self.taken_over:
            return None
        after = draft.facts.sentence.tokens[group.last + 1 : group.last + 2]
        others = group.more or group.noun in self.taken_over or (bool(after) and after[0].lower in MORE)
        steps = draft.facts.sentence.index - previous.facts.sentence.index
        if previous.facts is draft.facts:
            return previous.group_name
        near = steps == 1 and previous.facts.field == draft.facts.field
        alike = len(sides) == 1 or previous.measure == draft.measure
        return previous.group_name if others and near and alike else None

    def _inherit_people(self, draft: Draft, previous: Draft | None) -> bool:
        """Give a number without a noun the people told before; say whether they are those right before it in its sentence."""
        group = draft.group
        bare = group.kind == "bare" or group.noun in self.taken_over
        if (
            bare
            and previous is not None
            and previous.facts is draft.facts
            and not group.note
            and draft.rule not in TOLLS
        ):
            group.person, group.noun = previous.group.person, previous.group.noun or group.noun
            if not set(group.words) & set(previous.group.words):
                group.words = (*group.words, *previous.group.words)
            return True
        if (
            group.noun == "others"
            and previous is not None
            and previous.measure == draft.measure
            and previous.event == draft.event
        ):
            group.person = previous.group.person
        elif bare and draft.part_of is not None and group.person is None and not group.note:
            group.person = draft.part_of.group.person
        elif group.of_them and draft.part_of is None and group.person is None:
            self._take_them(draft)
        return False

    def _take_them(self, draft: Draft) -> None:
        """Give 'killing five of them' the people named last before it: 'pushed back the assailants'."""
        tokens, group = draft.facts.sentence.tokens, draft.group
        for token in reversed(tokens[: group.first]):
            person = self.people.persons.get(token.lower)
            if person is not None and person.plural:
                group.person, group.noun = person, token.lower
                return

    def _kind_of(self, draft: Draft, facts: Sequence[SentenceFacts], at: int) -> str:
        """Return the kind of event that the sentence and those around it speak for most; nearer ones weigh more."""
        if draft.measure == "captured" and draft.event_hint:
            return draft.event_hint
        own = self.kinds.votes(facts[at].sentence.text, OWN_VOTE)
        near = [
            self.kinds.votes(f.sentence.text, (1.0 if _together(facts[at], f) else ELSEWHERE) / abs(step))
            for step, f in neighbours(facts, at, (1, -1, 2, -2, 3))
            if not self.context.begun_between(facts, at, at + step)
        ]
        votes = [own, *near]
        if draft.measure in HARMED:
            votes = [{kind: weight for kind, weight in vote.items() if kind not in CAPTURES} for vote in votes]
        kind = best(votes)
        fighter = draft.affiliation == "combatant"
        if kind == "other" and fighter:
            kind = "armed_clash"
        if draft.measure != "captured" or kind in CAPTURES:
            return kind
        return SURRENDER if fighter and best([own]) != ARREST else ARREST

    def _weapon(self, draft: Draft, facts: Sequence[SentenceFacts], at: int) -> tuple[str, ...]:
        """Return the weapon of the sentence, else one of a sentence near by that fits the event; () for none."""
        for step, f in neighbours(facts, at, (0,) if draft.scope == "cumulative" else (0, 1, -1, 2)):
            if (step not in (0, 1) and not self.context.back(f.sentence.text)) or self.context.begun_between(
                facts, at, at + step
            ):
                continue
            for name, start, end in self.kinds.weapons(f.sentence.text):
                event = self.kinds.event_of_weapon(name)
                used = not _is_booty(f.sentence.text, start, end) and not (step == 0 and _of_others(draft, start, end))
                if used and (step == 0 or event is None or event == draft.event_type):
                    return (name,)
        return ()

    def _doer_of_event(
        self, draft: Draft, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], at: int, actors: Actors
    ) -> tuple[str, ...]:
        """Return the doer told in the same event: by another draft of it, or as an attacker within two sentences."""
        for other in drafts:
            alike = other.event == draft.event and other.affiliation == draft.affiliation
            doers = other.perpetrator
            if alike and doers and draft.group_name not in doers and not actors.one_side(doers[0], draft.group_name):
                return doers
        for step, f in neighbours(facts, at, (0, 1, -1, 2)):
            name = None if step > 0 and self.context.separate(f.sentence.text) else actors.attacker(f)
            if name and name != draft.group_name and not actors.one_side(name, draft.group_name):
                return (name,)
        return ()


def _together(one: SentenceFacts, other: SentenceFacts) -> bool:
    """Say whether two sentences stand in one paragraph."""
    return one.sentence.passage == other.sentence.passage


def share_weapons(drafts: Sequence[Draft], kinds: Kinds) -> None:
    """Give a draft without a weapon that of another one of its incident, where both are of the kind that it speaks for."""
    for draft in drafts:
        event = kinds.event_of_weapon(draft.weapon[0]) if draft.weapon else None
        own = {name for name, _, _ in kinds.weapons(draft.facts.sentence.text)} if draft.weapon else set()
        if event not in (None, draft.event_type) and not own & set(draft.weapon):
            draft.weapon = ()
    armed = [d for d in drafts if d.weapon and d.scope == "incident"]
    for draft in drafts:
        if draft.weapon or draft.scope != "incident" or draft.measure not in HARMED:
            continue
        for other in armed:
            alike = other.event == draft.event and other.event_type == draft.event_type
            if alike and kinds.event_of_weapon(other.weapon[0]) == draft.event_type:
                draft.weapon = other.weapon
                break


def share_status(drafts: Sequence[Draft], targets: dict[int, Target]) -> None:
    """A part of unknown status takes that of its whole."""
    for draft in drafts:
        _share(draft, targets)


def _share(draft: Draft, targets: dict[int, Target]) -> None:
    if draft.part_of is not None and draft.affiliation == "unknown":
        draft.affiliation = draft.part_of.affiliation
    targets[id(draft)] = replace(targets[id(draft)], affiliation=draft.affiliation)


def _of_others(draft: Draft, start: int, end: int) -> bool:
    """Say whether the weapon at `start`..`end` of the draft's sentence did another harm: 'he was shot and a bomb hurt two'."""
    sentence = draft.facts.sentence
    k = token_in(sentence, sentence.start + start, sentence.start + end)
    if draft.trigger is None or k is None:
        return False
    tokens, first = sentence.tokens, draft.trigger[0]
    while tokens[k].dep in ("compound", "amod", "nmod") and tokens[k].head != k:
        k = tokens[k].head
    verb, own = tokens[k].head, [tokens[c].dep for c in tokens[first].children]
    other = verb != first and any(t.index <= verb <= t.last for t in draft.facts.triggers)
    joined = tokens[verb].dep == "conj" or tokens[first].dep == "conj"
    return tokens[k].dep == "nsubj" and other and joined and bool({"nsubj", "nsubjpass"} & set(own))


def _is_booty(text: str, start: int, end: int) -> bool:
    """Say whether the weapon at `start`..`end` was found or taken, and harmed nobody."""
    before, after = text[max(0, start - BOOTY_REACH) : start].lower(), text[end : end + BOOTY_REACH].lower()
    return _TAKEN.search(before) is not None or _WAS_TAKEN.match(after) is not None
