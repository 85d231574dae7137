"""What is no harm of war, or not yet: drills, accidents, anniversaries, plans, releases; and what is only alleged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.parse import Sentence
from tallybook.knowledge.small_letters import for_lowered, lowered

OLD_YEARS = 8
"""Years before publication from which an incident told beside an anniversary is history."""
LEAD = 3
"""Sentences, from the title on, in which a report tells that it is of an anniversary."""
REMEMBERED = 10_000
"""Answers kept: a sentence is asked about by every claim and place of its report."""
DRILL, NO_WAR = 2, 3
"""Words of a drill, and of a sport or a story, from which the whole report is of that."""
GAME = 2
"""Words of a sport from which a sentence without a word of war is of a game."""
BEFORE = 7
"""Words before a word of harm that tell whether it happened."""
NAMED = "named"
"""The rule by which one of those told before, who is only named, is no claim."""
BESIDE = 5
"""Words on either side of people that tell that they were set free."""


class Context:
    """Judge drafts by the words around them."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self.pattern = {name: for_lowered(p) for name, p in patterns.items()}
        self._told: dict[tuple[str, str], bool] = {}

    def _has(self, name: str, text: str) -> bool:
        asked = (name, text)
        told = self._told.get(asked)
        if told is None:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            told = self._told[asked] = self.pattern[name].search(lowered(text)) is not None
        return told

    def refused_document(self, facts: Sequence[SentenceFacts]) -> str | None:
        """Return the reason why nothing in this report is harm of war, or None."""
        text = " ".join(f.sentence.lower for f in facts)
        told = {kind: len(self.pattern[kind].findall(text)) for kind in ("drill", "sport", "fiction")}
        if told["drill"] >= DRILL and self._has("drill_told", text):
            return "drill"
        often = [kind for kind in ("sport", "fiction") if told[kind] >= NO_WAR]
        conflict = len(self.pattern["conflict"].findall(text)) if often else 0
        return next((kind for kind in often if told[kind] >= conflict), None)

    def refused(self, draft: Draft, facts: Sequence[SentenceFacts], published: date | None) -> str | None:
        """Return the rule by which a draft is no claim, or None; what is only supposed becomes alleged."""
        return (
            self._unreal(draft)
            or self._shown(draft)
            or self._released(draft)
            or self._looking_on(draft)
            or self._road_toll(draft, facts)
            or self._named(draft)
            or self._moved_alone(draft)
            or self._no_war(draft, facts)
            or self._past(draft, facts, published)
        )

    def _no_war(self, draft: Draft, facts: Sequence[SentenceFacts]) -> str | None:
        """Disasters and accidents, in the sentence itself or in those beside it, where nothing there is of war."""
        near, text = _near(draft, facts), draft.facts.sentence.text
        if len(set(self.pattern["sport"].findall(lowered(text)))) >= GAME and not self.warlike(text):
            return "sport"
        if draft.measure == "captured" and self._crime(near):
            return "crime"
        for kind in ("disaster", "accident"):
            for text in (_part_of(draft), near):
                if self._has(kind, text) and not self._has("conflict", self._without(kind, text)):
                    return kind
        if self._has("mishap", near) and not any(self.warlike(f.sentence.text) for f in facts):
            return "mishap"
        return None

    def _crime(self, near: str) -> bool:
        """Say whether an arrest is of the courts' everyday work: told with such a crime, and nothing of war beside it."""
        return self._has("crime", near) and not self._has("political", near) and not self._has("conflict", near)

    def _without(self, kind: str, text: str) -> str:
        """Return a text without the words that tell a kind of misfortune: a 'gas explosion' is no explosion of war."""
        return self.pattern[kind].sub(" ", lowered(text).replace("killed", ""))

    def _past(self, draft: Draft, facts: Sequence[SentenceFacts], published: date | None) -> str | None:
        """What is remembered, and incidents of years before publication."""
        day = draft.date if published and draft.scope == "incident" else None
        if day is not None and self._has("anniversary", " ".join(f.sentence.text for f in facts[:LEAD])):
            year = (day.end or day.start or "")[:4]
            if published and year and published.year - int(year) >= 1:
                return "anniversary"
        if self._has("anniversary", draft.facts.sentence.text):
            return "anniversary"
        old = published and day is not None and day.end and published.year - int(day.end[:4]) > OLD_YEARS
        return "history" if old else None

    def _unreal(self, draft: Draft) -> str | None:
        """Plans, threats, conditions and forecasts, read off the words before the word of harm."""
        sentence = draft.facts.sentence
        if draft.trigger is None:
            before = sentence.text[: draft.group.start - sentence.start].lower()
            return "forecast" if self._has("forecast", before) else None
        index = draft.trigger[0]
        text = " ".join(t.lower for t in sentence.tokens[max(0, index - BEFORE) : index])
        if self._has("may_have", text):
            draft.stance = "alleged"
            return None
        if self._has("modal", f"{text} ") and sentence.tokens[index].tag in ("VB", "VBN", "VBD", "NN"):
            return self._intended(text)
        if self._has("condition", text) and self._has("conditional", sentence.lower):
            return "condition"
        if self._has("negated", f"{text} ") and not self._has("not_only", text):
            return "negated"
        if draft.hedged:
            draft.stance = "alleged"
            return "feared" if draft.measure == "killed" and self._has("feared", text) else None
        return None

    def _intended(self, text: str) -> str | None:
        """Say whether harm after 'to' or a modal verb is meant, or supposed; None where it was done: 'continued to kill'."""
        if not self._has("infinitive", f"{text} "):
            return "future or hypothetical"
        return None if self._has("done_to", f"{text} ") or self._has("said_to_be", text) else "intention"

    def _shown(self, draft: Draft) -> str | None:
        """Bodies in a video are evidence, not a toll."""
        if draft.group.kind == "unit" or (draft.rule != "harm-of-group" and not self._counts_bodies(draft)):
            return None
        if self._has("shown", draft.facts.sentence.text[: draft.group.start - draft.facts.sentence.start]):
            return "evidence"
        return "vague bodies" if draft.group.value is None and draft.group.count.low is None else None

    def _counts_bodies(self, draft: Draft) -> bool:
        """Say whether a number of bodies is told, where they lie: '12 bodies', 'dozens of corpses'."""
        if draft.trigger is None or draft.rule != "counted-noun":
            return False
        return self._has("bodies", draft.facts.sentence.tokens[draft.trigger[1]].lower)

    def _moved_alone(self, draft: Draft) -> str | None:
        """One person of whom it is told that they sheltered somewhere is no displacement."""
        alone = draft.group.indefinite and draft.group.value == 1
        return "one who moved" if draft.measure == "displaced" and alone else None

    def _released(self, draft: Draft) -> str | None:
        """People set free are not captured by that; people saved are not displaced."""
        if draft.measure not in ("captured", "displaced", "missing"):
            return None
        tokens, group = draft.facts.sentence.tokens, draft.group
        after = " ".join(t.lower for t in tokens[group.last + 1 : group.last + 1 + BESIDE])
        before = " ".join(t.lower for t in tokens[max(0, group.first - BESIDE) : group.first])
        freed = self._has("released_after", after) or self._has("released_before", f"{before} ")
        return "released" if freed else None

    def _looking_on(self, draft: Draft) -> str | None:
        """People whom only the weights bind to harm, and whom the words after them tell to be about something else."""
        if draft.rule != "weighed":
            return None
        after = draft.facts.sentence.text[draft.group.end - draft.facts.sentence.start :]
        return "looking on" if self._has("looking_on", after.lower()) else None

    def _road_toll(self, draft: Draft, facts: Sequence[SentenceFacts]) -> str | None:
        """Say whether a toll is what drivers pay: told so in its sentence or beside it, where nothing there is of war."""
        if draft.rule not in ("toll", "weighed", "elliptic"):
            return None
        near = _near(draft, facts)
        paid = self._has("road_toll", near) and not self._has("conflict", near)
        return "road toll" if paid else None

    def _named(self, draft: Draft) -> str | None:
        """One of those told before, of whom only the name is told: 'one of the dead was named as', 'the victim was identified'."""
        group = draft.group
        if group.value != 1 or not (group.of_them or group.definite or draft.rule == "weighed"):
            return None
        sentence = draft.facts.sentence
        before, after = sentence.lower[: group.start - sentence.start], sentence.lower[group.end - sentence.start :]
        named = self._has("naming_before", before) or self._has("naming_after", after)
        return NAMED if named or (group.of_them and _is_name(sentence, group.last + 1)) else None

    def cumulative(self, text: str) -> bool:
        """Say whether a sentence speaks of a period or a war."""
        return self._has("cumulative", text)

    def warlike(self, text: str) -> bool:
        """Say whether a sentence speaks of fighting at all."""
        return self._has("conflict", text)

    def separate(self, text: str) -> bool:
        """Say whether a sentence opens something else."""
        return self._has("separate", text)

    def begun_between(self, facts: Sequence[SentenceFacts], one: int, other: int) -> bool:
        """Say whether something else is begun between two sentences: 'In a separate incident', 'Elsewhere'."""
        first, last = sorted((one, other))
        return any(self.separate(f.sentence.text) for f in facts[first + 1 : last + 1])

    def another(self, text: str) -> bool:
        """Say whether words speak of something else than was told before, wherever they stand."""
        return self._has("another", text)

    def background(self, text: str) -> bool:
        """Say whether a sentence tells an earlier event as the background of the main one."""
        return self._has("background_lead", text)

    def back(self, text: str) -> bool:
        """Say whether a sentence speaks of 'the attack' already told."""
        return self._has("back", text)


def _near(draft: Draft, facts: Sequence[SentenceFacts]) -> str:
    """Return a draft's sentence with the ones beside it."""
    at = facts.index(draft.facts)
    return " ".join(f.sentence.text for f in facts[max(0, at - 1) : at + 2])


def _part_of(draft: Draft) -> str:
    """Return the part of its sentence between semicolons that a draft's people stand in."""
    text, at = draft.facts.sentence.text, draft.group.start - draft.facts.sentence.start
    end = text.find(";", at)
    return text[text.rfind(";", 0, at) + 1 : end if end >= 0 else len(text)]


def _is_name(sentence: Sentence, k: int) -> bool:
    """Say whether 'was' and a proper name stand at token `k`."""
    told = sentence.tokens[k : k + 2]
    return len(told) == 2 and told[0].lower in ("was", "is") and told[1].tag == "NNP"
