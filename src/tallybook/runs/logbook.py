"""`log`: what was decided, as JSON-ready objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tallybook.ledger.judged import ATTACH
from tallybook.model import Judgement, Passage, Step
from tallybook.model.standing import PURGE, PURGED, UNDO, undoings
from tallybook.model.wire import Json, span_json
from tallybook.review.deciding import VERBS
from tallybook.review.fields import shown
from tallybook.runs.desk import Desk
from tallybook.runs.naming import one_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Which judgements are asked for; what is not named passes."""

    author: str | None = None
    verb: str | None = None
    about: str | None = None
    """Id of a claim, incident, document or judgement."""


def judgements(desk: Desk, asked: Asked) -> Iterator[Json]:
    """Yield the judgements that pass, by number, undone ones among them.

    Raises: UsageError for an unknown verb.
    """
    if asked.verb is not None:
        one_of("--verb", asked.verb, (*VERBS, ATTACH, UNDO, PURGE, PURGED))
    undone = undoings(desk.log)
    names = {d.key: d.id for d in desk.received.values()} | {j.id: f"judgement {j.number}" for j in desk.log}
    for judgement in desk.log:
        if _passes(judgement, asked, names):
            told = {"names": [names.get(o, o) for o in judgement.objects]}
            yield {"schema": "tallybook.judgement/1", **judgement_json(judgement, undone), **told}


def _passes(judgement: Judgement, asked: Asked, names: Mapping[str, str]) -> bool:
    about = {*judgement.objects, *(p.claim for p in judgement.passages), judgement.id, str(judgement.number)}
    about.update(names[o] for o in judgement.objects if o in names)
    return (
        (asked.author is None or judgement.author.casefold() == asked.author.casefold())
        and (asked.verb is None or judgement.verb == asked.verb)
        and (asked.about is None or asked.about in about)
    )


def judged(claim: str, desk: Desk) -> Iterator[Step]:
    """Yield a sentence for each standing judgement on a claim, and for each field that one changed what was read."""
    was = {c.judgement: shown(c.field, c.was) for c in desk.applied.corrections.get(claim, ())}
    for judgement in desk.judgements:
        if claim in judgement.objects or judgement.id in was:
            value = f" {judgement.field} to {judgement.value}" if judgement.field else ""
            read = f", read as {was[judgement.id]}" if judgement.id in was else ""
            told = f"{judgement.author} decided {judgement.verb}{value}{read}: {judgement.because}"
            yield Step(f"Judgement {judgement.number}: {told}.")


def judgement_json(judgement: Judgement, undone: Mapping[str, Judgement]) -> Json:
    """Return a judgement; `undone_by` is the number of the undo that stands against it, or None."""
    by = undone.get(judgement.id)
    return {
        "number": judgement.number,
        "id": judgement.id,
        "verb": judgement.verb,
        "objects": list(judgement.objects),
        "field": judgement.field,
        "value": judgement.value,
        "means": json.loads(judgement.means) if judgement.means is not None else None,
        "author": judgement.author,
        "because": judgement.because,
        "at": judgement.at,
        "undone_by": by.number if by else None,
        "passages": [_passage_json(p) for p in judgement.passages],
        "shown": [{"name": name, "value": value} for name, value in judgement.shown],
        "before": judgement.before,
    }


def _passage_json(passage: Passage) -> Json:
    return {
        "object": passage.object,
        "claim": passage.claim,
        "document": passage.document,
        "field": passage.field,
        "span": span_json(passage.span),
        "quote": passage.quote,
        "measure": passage.measure,
        "low": passage.low,
        "high": passage.high,
    }
