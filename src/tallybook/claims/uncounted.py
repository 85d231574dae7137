"""Numbers of a report that are no claims, each with the rule that says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tallybook.claims.context import NAMED, Context
from tallybook.claims.drafts import Draft, part_from
from tallybook.claims.facts import SentenceFacts
from tallybook.model.records import Number
from tallybook.model.span import Span


def number_of(draft: Draft, rule: str) -> Number:
    """Return the number of a draft that is no claim, with the rule that said so."""
    count = draft.count or draft.group.count
    return Number(count.text, count.span or Span(draft.group.start, draft.group.end), draft.facts.field, rule)


def real(
    drafts: Sequence[Draft], facts: Sequence[SentenceFacts], context: Context, published: date | None
) -> tuple[list[Draft], list[Number]]:
    """Part the drafts that tell harm of war from the numbers of those that do not."""
    kept: list[Draft] = []
    out: list[Number] = []
    for draft in drafts:
        rule = context.refused(draft, facts, published)
        if rule and not (rule == NAMED and _first_told(draft, kept)):
            out.append(number_of(draft, rule))
        else:
            kept.append(draft)
    part_from(kept)
    return kept, out


def _first_told(draft: Draft, kept: Sequence[Draft]) -> bool:
    """Say whether nobody harmed like that was told before: then whoever is named is counted here."""
    return all(k.measure != draft.measure for k in kept)


def harmless(facts: Sequence[SentenceFacts], drafts: Sequence[Draft], numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers that count no harm: those that neither a draft nor another rule has taken."""
    taken = {(d.facts.field, d.group.start) for d in drafts} | {(n.field, n.span.start) for n in numbers}
    return [
        Number(g.count.text, Span(g.start, max(g.end, g.start + 1)), f.field, f"no harm: {g.thing or g.noun or 'no noun'}")
        for f in facts for g in f.groups if not g.indefinite and (f.field, g.start) not in taken
    ]  # fmt: skip
