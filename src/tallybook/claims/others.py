"""What a report holds besides counts: control, evidence, accusations, conduct, relations, sizes of forces."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.attacks import Attacks
from tallybook.claims.conduct import attacked, conduct, force_sizes
from tallybook.claims.control import control
from tallybook.claims.drafts import Draft
from tallybook.claims.evidence import evidence
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds
from tallybook.claims.notes import Notes
from tallybook.claims.sides import allegations, relations
from tallybook.model.document import Document
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
    """Finds the other records of one report."""

    def __init__(
        self, document: Document, actors: Actors, kinds: Kinds, attacks: Attacks, published: date | None
    ) -> None:
        self.notes, self.actors, self.kinds, self.attacks = Notes(document, published), actors, kinds, attacks

    def records(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> Others:
        """Return every other record, in the order of the text. A sentence that counts harm is no conduct."""
        counted = {id(d.facts) for d in drafts}
        told = [(f, self.actors.mentions(f)) for f in facts if f.field == "body"]
        notes = self.notes
        return Others(
            tuple(r for f, mentions in told for r in control(notes, f, mentions)),
            tuple(r for f, mentions in told for r in evidence(notes, f, mentions, self.actors)),
            tuple(r for f, mentions in told for r in allegations(notes, f, mentions)),
            tuple(self._conduct(told, counted)),
            tuple(r for f, mentions in told for r in relations(notes, f, mentions)),
            tuple(r for f, mentions in told for r in force_sizes(notes, f, drafts, mentions)),
        )

    def _conduct(
        self, told: Sequence[tuple[SentenceFacts, Sequence[ActorMention]]], counted: Container[int]
    ) -> Iterator[Conduct]:
        last_place: str | None = None
        for f, mentions in told:
            if id(f) not in counted:
                named = conduct(self.notes, f, mentions, last_place, self.actors, self.kinds)
                yield from named or attacked(self.notes, f, self.attacks, self.kinds)
            last_place = next((m.name for m in f.places if m.role in ("at", "mention")), last_place)
