"""What a report holds besides counts: control, evidence, accusations, conduct, relations, sizes of forces."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.attacks import Attacks
from tallybook.claims.conduct import Acts
from tallybook.claims.control import Holdings
from tallybook.claims.drafts import Draft
from tallybook.claims.evidence import Footage
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds
from tallybook.claims.notes import Notes
from tallybook.claims.sides import Sides
from tallybook.knowledge.record_words import RecordWords
from tallybook.model.records import Allegation, Conduct, Control, Evidence, ForceSize, Relation


@dataclass(frozen=True, slots=True)
class Others:
    """The record types beside claims."""

    control: tuple[Control, ...]
    evidence: tuple[Evidence, ...]
    allegations: tuple[Allegation, ...]
    conduct: tuple[Conduct, ...]
    relations: tuple[Relation, ...]
    force_sizes: tuple[ForceSize, ...]


class Recorder:
    """Finds the other records of reports; compiled once and shared by all documents."""

    def __init__(self, words: RecordWords, kinds: Kinds, attacks: Attacks) -> None:
        self.holdings, self.footage = Holdings(words.control), Footage(words.evidence)
        self.acts, self.sides = Acts(words.conduct, kinds, attacks), Sides(words.allegations, words.relations)

    def records(self, notes: Notes, actors: Actors, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> Others:
        """Return every other record of one report, in the order of the text. A sentence that counts harm is no conduct."""
        counted = {id(d.facts) for d in drafts}
        told = [(f, actors.mentions(f)) for f in facts if f.field == "body"]
        return Others(
            tuple(r for f, mentions in told for r in self.holdings.of(notes, f, mentions)),
            tuple(r for f, mentions in told for r in self.footage.of(notes, f, mentions, actors)),
            tuple(r for f, mentions in told for r in self.sides.allegations(notes, f, mentions)),
            tuple(self._conduct(notes, actors, told, counted)),
            tuple(r for f, mentions in told for r in self.sides.relations(notes, f, mentions)),
            tuple(r for f, mentions in told for r in self.acts.force_sizes(notes, f, drafts, mentions)),
        )

    def _conduct(
        self,
        notes: Notes,
        actors: Actors,
        told: Sequence[tuple[SentenceFacts, Sequence[ActorMention]]],
        counted: Container[int],
    ) -> Iterator[Conduct]:
        last_place: str | None = None
        for f, mentions in told:
            if id(f) not in counted:
                yield from self.acts.conduct(notes, f, mentions, last_place, actors)
            last_place = next((m.name for m in f.places if m.role in ("at", "mention")), last_place)
