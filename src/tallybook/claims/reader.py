"""The default reader: declared stages from one document to its claims, offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from tallybook.claims.actors import Actors
from tallybook.claims.attribute import attribute, quoted_sentences
from tallybook.claims.attributions import Attributions
from tallybook.claims.building import Builder, issues_of, number_of
from tallybook.claims.choose import Chooser
from tallybook.claims.context import Context
from tallybook.claims.denials import denials
from tallybook.claims.describing import Describer, share_status
from tallybook.claims.drafting import drafts_of
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import Finder, SentenceFacts
from tallybook.claims.harmed import counted, options, weigh
from tallybook.claims.kinds import Kinds
from tallybook.claims.layout import passages
from tallybook.claims.others import Recorder
from tallybook.claims.parse import Parser, Sentence
from tallybook.claims.parts import relate
from tallybook.claims.repeats import merged
from tallybook.claims.reported import Reported
from tallybook.claims.scene import Scene
from tallybook.claims.traits import Traits
from tallybook.claims.victims import victims
from tallybook.claims.when import When
from tallybook.claims.where import Where
from tallybook.knowledge import Knowledge
from tallybook.model.document import Document
from tallybook.model.issue import Issue
from tallybook.model.records import Number, Reading
from tallybook.model.span import Span

VERSION = "1"
FIELDS = {
    "scope": (Traits.scope, "scope"),
    "kind": (Traits.kind, "event_type"),
}
SURE, DOUBT = 0.5, 0.6
"""Probability of a harm from which a number that no rule binds is a claim, and of none from which a rule's claim is dropped."""
TOGETHER = 24
"""Documents parsed together: enough for full parser batches, few enough for flat memory."""


class Reader:
    """Reads English reports with the packs' words. Construct once, read many; the parser loads at the first document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.name = f"tallybook-en/{VERSION}+{knowledge.version}"
        self.parser = Parser()
        self.finder = Finder(knowledge)
        self.context = Context(knowledge.lexicon.context)
        self.kinds = Kinds(knowledge.lexicon.events, knowledge.lexicon.weapons)
        self.describer = Describer(self.context, self.kinds, self.finder.grouper)
        self.builder = Builder(self.name, knowledge.lexicon.choices)
        self.watch: Callable[[list[tuple[Draft | None, dict[str, Sequence[Any]]]]], None] | None = None
        """Called with what each draft, or counted group, may mean before it is chosen; the training of the choices listens."""

    def read(self, document: Document) -> Reading:
        """Return all that the reader takes from one document."""
        return next(self.read_all([document]))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield the reading of each document, in order; documents are parsed in batches, nothing is kept."""
        queue = iter(documents)
        while batch := list(islice(queue, TOGETHER)):
            readable = [d for d in batch if d.language in (None, *self.knowledge.languages)]
            texts = [(t, passages(t)) for d in readable for t in (d.title or "", d.text)]
            parsed = self.parser.parse(texts)
            sentences = {id(d): (next(parsed), next(parsed)) for d in readable}
            for document in batch:
                if id(document) in sentences:
                    title, body = sentences[id(document)]
                    yield self._reading(document, title, body)
                else:
                    yield self._unread(document)

    def attributions(self, documents: Iterable[Document]) -> Iterator[Sequence[Reported]]:
        """Yield the reported statements in the text of each document, in order; none where no pack reads its language.

        Readings do without this: it costs a parse of its own.
        """
        finder = Attributions(self.knowledge.lexicon.cues)
        readable = (None, *self.knowledge.languages)
        queue = iter(documents)
        while batch := list(islice(queue, TOGETHER)):
            parsed = self.parser.parse([(d.text, passages(d.text) if d.language in readable else []) for d in batch])
            yield from (finder.of(d.text, sentences) for d, sentences in zip(batch, parsed, strict=True))

    def _unread(self, document: Document) -> Reading:
        message = f"No pack reads language {document.language!r}. The document is kept for coding by hand."
        return Reading(document, self.name, issues=(Issue("language-unread", message, document.id),))

    def _reading(self, document: Document, title: Sequence[Sentence], body: Sequence[Sentence]) -> Reading:
        for sentence in title:
            sentence.kind = "title"
        facts, places = self.finder.facts(document, title, body)
        published = _day(document.published)
        numbers: list[Number] = [n for f in facts for n in f.trapped]
        drafts: list[Draft] = []
        for f in sorted(facts, key=lambda f: f.field == "title"):
            drafts += drafts_of(f, drafts)
        if self.watch is not None:
            self.watch([(one.draft, {"harm": options(one), "counted": [one]}) for one in counted(facts, drafts)])
        if "harm" in self.knowledge.lexicon.choices:
            drafts = weigh(facts, drafts, Chooser(self.knowledge.lexicon.choices["harm"]), SURE, DOUBT)
        refused = self.context.refused_document(facts)
        if refused:
            numbers += [number_of(d, refused) for d in drafts]
            drafts = []
        scene = Scene(self.context, places, published)
        scene.stage(facts, drafts)
        self._choose(facts, drafts, scene)
        drafts, out = self._real(drafts, facts, published)
        self._settle(drafts, Traits(facts, drafts, self.context, self.kinds), "scope")
        numbers += out
        quoted = quoted_sentences(facts)
        attribute(drafts, facts, quoted)
        actors = Actors(self.knowledge, self.finder.actors, places.country, facts, document.publisher)
        targets = self.describer.describe(drafts, facts, actors)
        self._settle(drafts, Traits(facts, drafts, self.context, self.kinds), "kind")
        drafts, repeats = merged(drafts)
        numbers += [number_of(d, rule) for d, rule in repeats]
        relate(drafts, targets)
        share_status(drafts, targets)
        denied = denials(facts, drafts)
        attribute([d for d in denied if not d.sources], facts, quoted)
        for d in denied:
            self._place_denial(d, drafts, scene)
        numbers += self._uncounted(facts, drafts, numbers)
        claims = self.builder.build(document, [*drafts, *denied], targets)
        others = Recorder(document, actors, self.kinds, published).records(facts, drafts)
        return Reading(
            document, self.name, claims, victims(document, facts, drafts, self.knowledge), others.control, others.evidence, others.allegations,
            others.conduct, others.relations, others.force_sizes, issues_of(document, scene, claims), tuple(sorted(numbers, key=lambda n: (n.field, n.span.start, n.rule))),
        )  # fmt: skip

    def _choose(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft], scene: Scene) -> None:
        """Weigh every date and place of the report for each draft; what the rules picked counts as one hint among others."""
        weights = self.knowledge.lexicon.choices
        if not drafts:
            return
        when = When(facts, scene, self.finder.speech, self.kinds)
        where = Where(facts, scene, self.finder.speech, self.kinds)
        when.note(drafts)
        where.note(drafts)
        chosen = [(when.options(d), where.options(d)) for d in drafts]
        if self.watch is not None:
            self.watch([(d, {"date": a, "place": b}) for d, (a, b) in zip(drafts, chosen, strict=True)])
        if "date" in weights and scene.published is not None:
            for draft, (dates, _) in zip(drafts, chosen, strict=True):
                when.take(draft, dates, Chooser(weights["date"]))
        if "place" in weights:
            for draft, (_, places) in zip(drafts, chosen, strict=True):
                where.take(draft, places, Chooser(weights["place"]))

    def _real(
        self, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], published: date | None
    ) -> tuple[list[Draft], list[Number]]:
        kept, out = [], []
        for draft in drafts:
            rule = self.context.refused(draft, facts, published)
            if rule:
                out.append(number_of(draft, rule))
            else:
                kept.append(draft)
        gone = {id(d) for d in drafts} - {id(d) for d in kept}
        for draft in kept:
            if draft.part_of is not None and id(draft.part_of) in gone:
                draft.part_of = None
        return kept, out

    def _settle(self, drafts: Sequence[Draft], traits: Traits, field: str) -> None:
        """Weigh the values of one field for each draft, in order of telling."""
        describe, name = FIELDS[field]
        weights = self.knowledge.lexicon.choices.get(field)
        for draft in drafts:
            offered = describe(traits, draft)
            if self.watch is not None:
                self.watch([(draft, {field: offered})])
            if weights is None:
                continue
            at, draft.odds[field] = Chooser(weights).pick([o.features for o in offered])
            value = offered[at].value
            if field == "scope" and value != draft.scope:
                draft.event = -1 if value == "cumulative" else max(d.event for d in drafts) + 1
            setattr(draft, name, value)

    def _place_denial(self, denial: Draft, drafts: Sequence[Draft], scene: Scene) -> None:
        near = [d for d in drafts if d.scope == "incident" and d.event >= 0]
        if denial.responds_to is not None:
            near = [denial.responds_to]
        if near:
            twin = min(near, key=lambda d: (abs(d.facts.sentence.index - denial.facts.sentence.index), d.order))
            denial.event, denial.date, denial.place, denial.event_type = (
                twin.event,
                twin.date,
                twin.place,
                twin.event_type,
            )

    def _uncounted(
        self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft], numbers: Sequence[Number]
    ) -> list[Number]:
        taken = {(f.field, d.group.start) for d in drafts for f in (d.facts,)} | {
            (n.field, n.span.start) for n in numbers
        }
        return [
            Number(g.count.text, Span(g.start, max(g.end, g.start + 1)), f.field, f"no harm: {g.thing or g.noun or 'no noun'}")
            for f in facts for g in f.groups if not g.indefinite and (f.field, g.start) not in taken
        ]  # fmt: skip


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
