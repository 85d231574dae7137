"""Whether the people harmed bear arms, described for the choice between what a report may mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tallybook.claims.choose import share_of
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harmed import WINDOW
from tallybook.claims.syntax import governor
from tallybook.claims.traits import Option
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.knowledge.word_lists import PeopleWords

STATUSES = ("civilian", "combatant", "mixed", "unknown")
"""What the people harmed may be, as a claim writes it."""
ARMED, UNARMED = "combatant", "civilian"
PRONOUNS = ("its", "our", "their", "his", "her", "we", "they", "them", "us", "own")
"""Words that tell whose people they are."""


class Status:
    """Describes the people of one report's drafts. Make one a document, once every draft has its event and its group."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        fights: Callable[[str | None], bool],
        facts: Sequence[SentenceFacts],
        persons: Mapping[str, PersonNoun],
        words: PeopleWords,
    ) -> None:
        self.drafts, self.fights, self.persons = drafts, fights, persons
        self.plain = ((UNARMED, frozenset(words.plainly_civilian)), (ARMED, frozenset(words.plainly_combatant)))
        self.facts = {(f.field, f.sentence.index): f for f in facts}
        self._people: dict[int, tuple[tuple[int, str], ...]] = {}
        self.ruled = {id(d): d.affiliation for d in drafts}
        self.before = {id(d): p for p, d in zip([None, *drafts], drafts, strict=False)}
        self.after = {id(d): n for d, n in zip(drafts, [*drafts[1:], None], strict=False)}

    def options(self, draft: Draft) -> list[Option]:
        """Return every status, with what speaks for it; `draft` has the one that rules gave it."""
        marks = self._own(draft) | self._others(draft)
        numbers = self._shares(draft)
        words = _words(draft) | self._told_beside(draft)
        rule = self.ruled[id(draft)]
        found = []
        for status in self._plainly(draft) or STATUSES:
            features = {status: 1.0} | {f"{status}&{m}": 1.0 for m in marks} | {f"{status}&{w}": 1.0 for w in words}
            features |= {f"{status}&{name}": value for name, value in numbers.items()}
            if status == rule:
                features |= {"picked": 1.0, f"picked&{draft.group.kind}": 1.0, f"picked&{draft.rule}": 1.0}
            found.append(Option(status, features))
        return found

    def _plainly(self, draft: Draft) -> tuple[str, ...]:
        """Return the one status that the words for the people leave: 'a civilian', 'three soldiers'; empty where they leave more."""
        told = {draft.group.noun, *draft.group.words}
        found = tuple(status for status, words in self.plain if not words.isdisjoint(told))
        return found if len(found) == 1 else ()

    def _own(self, draft: Draft) -> set[str]:
        """Return what is true of the claim itself."""
        source = draft.sources[0] if draft.sources else None
        speaker = source.organisation if source is not None else None
        marks = {
            f"rule-{self.ruled[id(draft)]}", f"measure-{draft.measure}", f"kind-{draft.group.kind}", draft.scope,
            f"group-{_of(draft.group_name, self.fights)}", f"doer-{_of(next(iter(draft.perpetrator), None), self.fights)}",
            f"speaker-{_of(speaker, self.fights) if source is not None else 'outlet'}", f"event-{draft.event_type}",
            f"person-{draft.group.person.affiliation if draft.group.person is not None else 'nobody'}",
        }  # fmt: skip
        if speaker is not None and speaker == draft.group_name:
            marks.add("own-people")
        if speaker is not None and speaker in draft.perpetrator:
            marks.add("own-deed")
        if draft.group.value == 1:
            marks.add("one")
        if draft.part_of is not None:
            marks.add("part")
        return marks

    def _others(self, draft: Draft) -> set[str]:
        """Return what the rules say of the claims beside it."""
        marks = set()
        if draft.part_of is not None:
            marks.add(f"whole-{self.ruled.get(id(draft.part_of), 'unknown')}")
        parts = {self.ruled[id(d)] for d in self.drafts if d.part_of is draft}
        marks |= {f"parts-{status}" for status in parts}
        for name, other in (("before", self.before[id(draft)]), ("after", self.after[id(draft)])):
            if other is not None:
                here = "here" if other.facts is draft.facts else "away"
                marks |= {f"{name}-{here}-{self.ruled[id(other)]}"}
                if other.event == draft.event:
                    marks.add(f"{name}-event-{self.ruled[id(other)]}")
        return marks

    def _told_beside(self, draft: Draft) -> set[str]:
        """Return whether the sentence, or one beside it, names people who bear arms or do not."""
        here = draft.facts.sentence.index
        own = range(draft.group.first, draft.group.last + 1)
        found = set()
        for step, name in ((0, "here"), (-1, "back"), (1, "ahead")):
            facts = self.facts.get((draft.facts.field, here + step))
            for k, affiliation in self._named_in(facts) if facts is not None else ():
                if step or k not in own:
                    found.add(f"beside-{name}-{affiliation}")
        return found

    def _named_in(self, facts: SentenceFacts) -> tuple[tuple[int, str], ...]:
        """Return the words of a sentence, by number, that tell whether people bear arms; sought once a sentence."""
        if id(facts) not in self._people:
            told = ((k, self.persons.get(t.lower)) for k, t in enumerate(facts.sentence.tokens))
            self._people[id(facts)] = tuple((k, p.affiliation) for k, p in told if p and p.affiliation != "unknown")
        return self._people[id(facts)]

    def _shares(self, draft: Draft) -> dict[str, float]:
        """Return which share of the other claims whose people are told is of fighters, or not: of the event, of the report."""
        others = [d for d in self.drafts if d is not draft and self.ruled[id(d)] != "unknown"]
        event = [d for d in others if d.event == draft.event]
        found = {}
        for name, of in (("event", event), ("report", others)):
            for status in (ARMED, UNARMED):
                found[f"{name}-share-{status}"] = share_of(self.ruled[id(d)] == status for d in of)
        return found


def _of(name: str | None, fights: Callable[[str | None], bool]) -> str:
    return "nobody" if name is None else "armed" if fights(name) else "unarmed"


def _words(draft: Draft) -> set[str]:
    """Return the noun, the words around the group, what it hangs on, and the pronouns of its sentence."""
    tokens, group = draft.facts.sentence.tokens, draft.group
    found = {f"in:{w}" for w in group.words if w.isalpha()}
    found |= {f"before:{t.lower}" for t in tokens[max(0, group.first - WINDOW) : group.first] if t.lower.isalpha()}
    found |= {f"after:{t.lower}" for t in tokens[group.last + 1 : group.last + 1 + WINDOW] if t.lower.isalpha()}
    found |= {
        f"told:{t.lower}" for t in tokens if t.lower in PRONOUNS or (t.tag in ("NN", "NNS") and t.lower.isalpha())
    }
    if group.noun:
        found.add(f"noun:{group.noun}")
    g = governor(draft.facts.sentence, group.head)
    if g is not None and tokens[g].lower.isalpha():
        found.add(f"on:{tokens[g].lower}")
    return found
