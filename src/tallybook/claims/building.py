"""From drafts to claims: ids, quotes, claimants, and the issues that a reading leaves open."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tallybook.claims.attribute import claimants, origin
from tallybook.claims.choose import Features
from tallybook.claims.confidence import confidences
from tallybook.claims.drafts import Draft
from tallybook.claims.scene import TOLL, Scene
from tallybook.model.claim import Claim, Count, DateRange, Place, Target
from tallybook.model.document import Document
from tallybook.model.issue import Issue
from tallybook.model.span import Span


class Builder:
    """Makes claims in the name of one reader."""

    def __init__(self, reader: str, choices: Mapping[str, Features]) -> None:
        self.name, self.choices = reader, choices

    def build(self, document: Document, drafts: Sequence[Draft], targets: dict[int, Target]) -> tuple[Claim, ...]:
        """Return a claim for each draft, in the order of the report, and write its id into the draft.

        targets are by the identity of drafts; a draft without one counts people of its affiliation.
        """
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
        text, other = (document.title or ""), document.text
        if draft.facts.field != "title":
            text, other = other, text
        place, date, spans = _of_field(draft, text, other)
        span = _quote_span(draft, count)
        said = claimants(draft, document.publisher)
        whose, named = origin(draft, document.publisher)
        relay = (document.publisher,) if draft.sources and document.publisher and document.publisher not in said else ()
        negative = draft.stance in ("denied", "negated") and draft.measure is None
        sure = {} if draft.measure is None else confidences(draft, self.choices)
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
            draft.perpetrator, replace(target, group=draft.group_name), place, date, draft.time, draft.weapon, draft.scope,
            draft.part_of.ident if draft.part_of else None, draft.dimension, draft.whole_exact, draft.change,
            f"e{draft.event}" if draft.event != TOLL else None, tuple(sorted(spans.items())), draft.rule,
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


def _of_field(draft: Draft, text: str, other: str) -> tuple[Place | None, DateRange | None, dict[str, Span]]:
    """Return place, date and spans of a draft without the spans that count in the other of title and body.

    A place or a day may be told there alone; a span always counts in the claim's own text.
    """
    place, date, spans = draft.place, draft.date, dict(draft.spans)
    told = draft.mention.parts[0][0] if draft.mention is not None else place.name if place else ""
    if place is not None and place.span is not None and _elsewhere(place.span, told, text, other):
        place = replace(place, span=None)
        spans.pop("place", None)
    if date is not None and date.span is not None and _elsewhere(date.span, date.text or "", text, other):
        date = replace(date, span=None)
        spans.pop("date", None)
    if date is not None and date.span is not None and date.text is not None:
        date = replace(date, text=date.span.of(text))  # in a text of capitals the parser sees small letters
    return place, date, spans


def _elsewhere(span: Span, told: str, text: str, other: str) -> bool:
    """Say whether a span counts in the other text: only there do the told words stand in it."""
    return not _alike(span.of(text), told) and _alike(span.of(other), told)


def _alike(words: str, told: str) -> bool:
    one, two = words.casefold(), told.casefold()
    return bool(one and two) and (one in two or two in one)


def issues_of(document: Document, scene: Scene, claims: Sequence[Claim]) -> tuple[Issue, ...]:
    """Return what a reading leaves open: dates without a publication date, places in no gazetteer, dates that lie ahead."""
    found = []
    if scene.published is None:
        seen = set()
        for mention in scene.unresolved:
            if mention.start not in seen:
                seen.add(mention.start)
                message = f"{mention.text!r} cannot be resolved without a publication date. Give one with --published."
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
