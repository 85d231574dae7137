"""The default reader: declared stages from one document to its claims, offline."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from tallybook.claims.actors import Actors
from tallybook.claims.attribute import attribute, claimants, origin, quoted_sentences
from tallybook.claims.attributions import Attributions
from tallybook.claims.choose import Chooser
from tallybook.claims.confidence import confidences
from tallybook.claims.context import Context
from tallybook.claims.denials import denials
from tallybook.claims.drafting import drafts_of
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import Finder, SentenceFacts
from tallybook.claims.harmed import counted, options, weigh
from tallybook.claims.kinds import Kinds, best
from tallybook.claims.layout import passages
from tallybook.claims.others import Recorder
from tallybook.claims.parse import Parser, Sentence
from tallybook.claims.parts import relate
from tallybook.claims.people import target_of
from tallybook.claims.repeats import merged
from tallybook.claims.reported import Reported
from tallybook.claims.scene import Scene
from tallybook.claims.traits import Traits
from tallybook.claims.victims import victims
from tallybook.claims.when import When
from tallybook.claims.where import Where
from tallybook.knowledge import Knowledge
from tallybook.model.claim import Claim, Count, Target
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
            numbers += [_number(d, refused) for d in drafts]
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
        targets = self._describe(drafts, facts, actors)
        drafts, repeats = merged(drafts)
        numbers += [_number(d, rule) for d, rule in repeats]
        relate(drafts, targets)
        self._share_status(drafts, targets)
        denied = denials(facts, drafts)
        attribute([d for d in denied if not d.sources], facts, quoted)
        for d in denied:
            self._place_denial(d, drafts, scene)
        numbers += self._uncounted(facts, drafts, numbers)
        claims = self._build(document, [*drafts, *denied], targets)
        others = Recorder(document, actors, self.kinds, published).records(facts, drafts)
        return Reading(
            document, self.name, claims, victims(document, facts, drafts, self.knowledge), others.control, others.evidence, others.allegations,
            others.conduct, others.relations, others.force_sizes, self._issues(document, scene, claims), tuple(sorted(numbers, key=lambda n: (n.field, n.span.start, n.rule))),
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
                out.append(_number(draft, rule))
            else:
                kept.append(draft)
        gone = {id(d) for d in drafts} - {id(d) for d in kept}
        for draft in kept:
            if draft.part_of is not None and id(draft.part_of) in gone:
                draft.part_of = None
        return kept, out

    def _describe(self, drafts: Sequence[Draft], facts: Sequence[SentenceFacts], actors: Actors) -> dict[int, Target]:
        """Fill event type, weapon, doer and target of every draft, from its sentence first and its event next."""
        targets: dict[int, Target] = {}
        place = {id(f): i for i, f in enumerate(facts)}
        previous: Draft | None = None
        for draft in drafts:
            speaker = draft.sources[0].organisation if draft.sources else None
            self._inherit_people(draft, previous)
            draft.group_name = actors.group_of(draft, speaker)
            target = target_of(draft, self.finder.grouper, fights=actors.fights(draft.group_name))
            draft.affiliation = target.affiliation
            doer = actors.doer(draft)
            draft.perpetrator = (doer,) if doer and doer != draft.group_name else ()
            previous = draft
            targets[id(draft)] = target
        for draft in drafts:
            self._kind_of(draft, facts, place[id(draft.facts)], drafts)
            if draft.part_of is not None and draft.affiliation == "unknown":
                draft.affiliation = draft.part_of.affiliation
            targets[id(draft)] = replace(targets[id(draft)], affiliation=draft.affiliation)
            if not draft.perpetrator:
                self._doer_of_event(draft, drafts, facts, actors)
        self._settle(drafts, Traits(facts, drafts, self.context, self.kinds), "kind")
        return targets

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

    def _share_status(self, drafts: Sequence[Draft], targets: dict[int, Target]) -> None:
        """A part of unknown status takes that of its whole."""
        for draft in drafts:
            if draft.part_of is not None and draft.affiliation == "unknown":
                draft.affiliation = draft.part_of.affiliation
            targets[id(draft)] = replace(targets[id(draft)], affiliation=draft.affiliation)

    def _inherit_people(self, draft: Draft, previous: Draft | None) -> None:
        group = draft.group
        bare = group.kind == "bare" or group.noun in ("others", "dead", "wounded", "injured")
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

    def _kind_of(self, draft: Draft, facts: Sequence[SentenceFacts], at: int, drafts: Sequence[Draft]) -> None:
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

    def _build(self, document: Document, drafts: Sequence[Draft], targets: dict[int, Target]) -> tuple[Claim, ...]:
        drafts = sorted(drafts, key=lambda d: d.order)
        used: set[str] = set()
        for draft in drafts:
            draft.ident = self._id(document, draft, used)
        claims = [self._claim(document, d, targets.get(id(d)) or Target(d.affiliation)) for d in drafts]
        return tuple(claims)

    def _id(self, document: Document, draft: Draft, used: set[str]) -> str:
        count = draft.count or draft.group.count
        span = _quote_span(draft, count)
        content = f"{document.key}\x1f{self.name}\x1f{draft.facts.field}\x1f{span.start}\x1f{span.end}\x1f{draft.measure}\x1f{draft.about}\x1f{count.low}\x1f{count.high}\x1f{draft.stance}"
        ident = f"c{hashlib.sha256(content.encode()).hexdigest()[:15]}"
        while ident in used:
            content += "\x1f"
            ident = f"c{hashlib.sha256(content.encode()).hexdigest()[:15]}"
        used.add(ident)
        return ident

    def _claim(self, document: Document, draft: Draft, target: Target) -> Claim:
        count = draft.count or draft.group.count
        text = (document.title or "") if draft.facts.field == "title" else document.text
        span = _quote_span(draft, count)
        said = claimants(draft, document.publisher)
        whose, named = origin(draft, document.publisher)
        relay = (document.publisher,) if draft.sources and document.publisher and document.publisher not in said else ()
        negative = draft.stance in ("denied", "negated") and draft.measure is None
        sure = {} if draft.measure is None else confidences(draft, self.knowledge.lexicon.choices)
        shown = (
            None
            if negative
            else Count(
                count.low, count.high, count.modifier, count.span.of(text) if count.span else count.text, count.span
            )
        )
        return Claim(
            draft.ident, document.key, self.name, span.of(text), span, draft.measure, shown, draft.facts.field, said, tuple(r for r in (*draft.relay, *relay) if r),
            draft.stance, draft.about, draft.responds_to.ident if draft.responds_to else None, whose, named, self._interest(draft, whose), draft.event_type,
            draft.perpetrator, replace(target, group=draft.group_name), draft.place, draft.date, draft.time, draft.weapon, draft.scope,
            draft.part_of.ident if draft.part_of else None, draft.dimension, draft.whole_exact, draft.change,
            f"e{draft.event}" if draft.event >= 0 else None, tuple(sorted(draft.spans.items())), draft.rule,
            sure.get("count"), tuple(sorted((f, p) for f, p in sure.items() if f != "count")),
        )  # fmt: skip

    def _interest(self, draft: Draft, whose: str | None) -> str | None:
        if not draft.sources or whose is None:
            return None
        if draft.group_name == whose:
            return "own"
        if whose in draft.perpetrator:
            return "adversary"
        return "third"

    def _issues(self, document: Document, scene: Scene, claims: Sequence[Claim]) -> tuple[Issue, ...]:
        found = []
        if scene.published is None:
            seen = set()
            for mention in scene.unresolved:
                if mention.start not in seen:
                    seen.add(mention.start)
                    message = (
                        f"{mention.text!r} cannot be resolved without a publication date. Give one with --published."
                    )
                    found.append(Issue("date-unresolved", message, document.id, Span(mention.start, mention.end)))
        for claim in claims:
            if claim.place is not None and claim.place.precision == "unresolved":
                message = f"Place {claim.place.name!r} is in no gazetteer. Add it to a pack, or import a place file."
                found.append(Issue("place-unresolved", message, claim.id, claim.place.span))
            if claim.date and scene.published and claim.date.start and claim.date.start > scene.published.isoformat():
                found.append(
                    Issue(
                        "date-after-publication",
                        f"{claim.date.text!r} lies after publication. Check both dates.",
                        claim.id,
                        claim.date.span,
                    )
                )
        return tuple(sorted(found))


def _quote_span(draft: Draft, count: Count) -> Span:
    start, end = draft.group.start, draft.group.end
    if count.span is not None:
        start, end = min(start, count.span.start), max(end, count.span.end)
    if draft.trigger is not None:
        tokens = draft.facts.sentence.tokens
        start, end = min(start, tokens[draft.trigger[0]].start), max(end, tokens[draft.trigger[1]].end)
    return Span(start, end)


def _number(draft: Draft, rule: str) -> Number:
    count = draft.count or draft.group.count
    return Number(count.text, count.span or Span(draft.group.start, draft.group.end), draft.facts.field, rule)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
