"""The default reader: declared stages from one document to its claims, offline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tallybook.claims.actor_mentions import ActorMentions
from tallybook.claims.actors import Actors
from tallybook.claims.attacks import Attacks
from tallybook.claims.attribute import attribute, quoted_sentences
from tallybook.claims.attributions import Attributions
from tallybook.claims.authors import Authors
from tallybook.claims.building import Builder, issues_of
from tallybook.claims.context import Context
from tallybook.claims.denials import Denials, give_event
from tallybook.claims.describing import Describer, share_status, share_weapons
from tallybook.claims.drafting import Drafter
from tallybook.claims.drafts import Draft
from tallybook.claims.event_rows import event_kind, events_reading
from tallybook.claims.facts import Finder, SentenceFacts, day_of
from tallybook.claims.kinds import Kinds
from tallybook.claims.notes import Notes
from tallybook.claims.others import Recorder
from tallybook.claims.parse import Parser, Sentence
from tallybook.claims.parts import relate
from tallybook.claims.person_lists import is_list, list_reading
from tallybook.claims.record_rows import is_records, records_reading
from tallybook.claims.repeats import merged
from tallybook.claims.reported import Reported
from tallybook.claims.same_event import SameEvent
from tallybook.claims.scene import Scene
from tallybook.claims.status import Status
from tallybook.claims.surroundings import Surroundings
from tallybook.claims.traits import Traits
from tallybook.claims.uncounted import harmless, number_of, real
from tallybook.claims.victims import Victims
from tallybook.claims.weighing import Watch, Weighing
from tallybook.claims.when import When
from tallybook.claims.where import Where
from tallybook.knowledge import Knowledge
from tallybook.model.document import Document
from tallybook.model.issue import Issue
from tallybook.model.records import Number, Reading

VERSION = "8"


class Reader:
    """Reads English reports with the packs' words. Construct once, read many; the parser loads at the first document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.name = f"tallybook-en/{VERSION}+{knowledge.version}"
        self.parser = Parser()
        self.finder = Finder(knowledge)
        self.choices = knowledge.lexicon.choices
        self.context = Context(knowledge.lexicon.context)
        self.kinds = Kinds(knowledge.lexicon.events, knowledge.lexicon.weapons, knowledge.lexicon.context["no_weapon"])
        self.describer = Describer(self.context, self.kinds, knowledge.lexicon)
        self.victims = Victims(knowledge, self.finder.linker)
        words = knowledge.lexicon.records
        self.drafter, self.denials = Drafter(words.later_deaths), Denials(words.denials)
        attacks = Attacks(knowledge.lexicon.words.attacks, self.describer.doers)
        self.recorder = Recorder(words, self.kinds, attacks)
        self.builder = Builder(self.name, self.choices)
        self.watch: Watch | None = None
        """Called with what each draft, or counted group, may mean before it is chosen; the training of the choices listens."""

    def read(self, document: Document) -> Reading:
        """Return all that the reader takes from one document."""
        return next(self.read_all([document]))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield the reading of each document, in order; nothing is kept."""
        for document in documents:
            if is_list(document.text):
                yield list_reading(document, self.name, self.knowledge)
            elif is_records(document.text):
                yield records_reading(document, self.name)
            elif event_kind(document.text):
                yield events_reading(document, self.name, self.knowledge)
            elif document.language in (None, *self.knowledge.languages):
                yield self._reading(document, *self.parser.parse((document.title or "", document.text)))
            else:
                yield self._unread(document)

    def attributions(self, documents: Iterable[Document]) -> Iterator[Sequence[Reported]]:
        """Yield the reported statements in the text of each document, in order; none where no pack reads its language.

        Readings do without this: it costs a parse of its own.
        """
        finder = Attributions(self.knowledge.lexicon.cues)
        readable = (None, *self.knowledge.languages)
        for document in documents:
            (sentences,) = self.parser.parse((document.text,)) if document.language in readable else ((),)
            yield finder.of(document.text, sentences)

    def _unread(self, document: Document) -> Reading:
        message = f"No pack reads language {document.language!r}. The document is kept for coding by hand."
        return Reading(document, self.name, issues=(Issue("language-unread", message, document.id),))

    def _reading(self, document: Document, title: Sequence[Sentence], body: Sequence[Sentence]) -> Reading:
        """Take one document through the stages, from what its sentences hold to its claims and other records."""
        for sentence in title:
            sentence.kind = "title"
        facts, places = self.finder.facts(document, title, body)
        weighing, scene = Weighing(self.choices, self.watch), Scene(self.context, places, _day(document.published))
        drafts, numbers = self._drafts(facts, weighing)
        drafts, out = self._staged(drafts, facts, scene, weighing)
        quoted, traits = quoted_sentences(facts), Traits(facts, drafts, self.context, self.kinds)
        weighing.scope(drafts, traits)
        attribute(drafts, facts, quoted)
        named = ActorMentions(
            self.knowledge, self.finder.actors, places.country, facts, document.publisher, day_of(document)
        )
        actors = Actors(named)
        targets = self.describer.describe(drafts, facts, actors)
        weighing.status(
            drafts,
            Status(drafts, actors.fights, facts, self.knowledge.lexicon.persons, self.knowledge.lexicon.words.people),
        )
        weighing.kind(drafts, traits)
        weighing.author(drafts, Authors(facts, drafts, actors, self.context))
        drafts, repeats = merged(drafts, self.knowledge.lexicon.words.people)
        relate(drafts, targets)
        share_status(drafts, targets)
        weighing.events(drafts, SameEvent(facts, self.context))
        share_weapons(drafts, self.kinds)
        denied = self._denied(facts, drafts, quoted)
        numbers += [*out, *(number_of(d, rule) for d, rule in repeats)]
        numbers += harmless(facts, drafts, numbers)
        claims = self.builder.build(document, [*drafts, *denied], targets)
        others = self.recorder.records(Notes(document, scene.published), actors, facts, drafts)
        return Reading(
            document, self.name, claims, self.victims.of(document, facts, drafts), others.control, others.evidence, others.allegations,
            others.conduct, others.relations, others.force_sizes, issues_of(document, scene, claims), tuple(sorted(numbers, key=lambda n: (n.field, n.span.start, n.rule))),
        )  # fmt: skip

    def _drafts(self, facts: Sequence[SentenceFacts], weighing: Weighing) -> tuple[list[Draft], list[Number]]:
        """Return what may be claims, the body's first, and the numbers that are none; all are none in a drill or a sport."""
        drafts: list[Draft] = []
        for f in sorted(facts, key=lambda f: f.field == "title"):
            drafts += self.drafter.of(f, drafts)
        drafts = weighing.harm(facts, drafts)
        numbers: list[Number] = [n for f in facts for n in f.trapped]
        refused = self.context.refused_document(facts)
        return ([], [*numbers, *(number_of(d, refused) for d in drafts)]) if refused else (drafts, numbers)

    def _staged(
        self, drafts: list[Draft], facts: Sequence[SentenceFacts], scene: Scene, weighing: Weighing
    ) -> tuple[list[Draft], list[Number]]:
        """Give drafts event, day and place; return those that are harm of war, and the numbers of the others."""
        scene.stage(facts, drafts)
        if drafts:
            around = Surroundings(facts, drafts, self.context, self.finder.speech, self.kinds)
            weighing.day_and_place(
                drafts, When(scene, around, self.knowledge.lexicon.words.dates), Where(scene, around)
            )
        return real(drafts, facts, self.context, scene.published)

    def _denied(
        self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft], quoted: Sequence[bool]
    ) -> Sequence[Draft]:
        """Return the denials of harm, each with whose word it is and the event that it is about."""
        found = self.denials.of(facts, drafts)
        attribute([d for d in found if not d.sources], facts, quoted)
        for denial in found:
            give_event(denial, drafts)
        return found


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
