"""How sure the reader is of a claim: calibrated probabilities that its count and its fields are right."""

from __future__ import annotations

from collections.abc import Mapping

from tallybook.claims.choose import Chooser, Features, evidence
from tallybook.claims.drafts import Draft

FIELDS = {
    "harm": "count",
    "date": "date",
    "place": "place",
    "scope": "scope",
    "status": "affiliation",
    "kind": "event_type",
}
"""Which field each choice decides."""


def confidences(draft: Draft, weights: Mapping[str, Features]) -> dict[str, float]:
    """Return for `count` and for fields the probability that they are right, in 0..1, to three decimals.

    A choice's own probability is calibrated on reports that it was not trained on; fields that rules decide have the
    share that was right among claims decided in the same way. Fields without trained weights are left out.
    """
    marks = {field: evidence(draft.odds[choice]) for choice, field in FIELDS.items() if choice in draft.odds}
    marks |= {"claimant": source_marks(draft)}
    return {
        field: round(Chooser(weights[f"sure-{field}"]).sure(features), 3)
        for field, features in marks.items()
        if f"sure-{field}" in weights
    }


def source_marks(draft: Draft) -> dict[str, float]:
    """Return how the claimant was found."""
    if not draft.sources:
        return {"any": 1.0, "publisher": 1.0, f"publisher-{draft.scope}": 1.0}
    source, sentence = draft.sources[0], draft.facts.sentence
    own = sentence.start <= source.span.start < sentence.end
    found = {"any": 1.0, "own-sentence" if own else "other-sentence": 1.0, "named" if source.named else "unnamed": 1.0}
    if source.pronoun:
        found["pronoun"] = 1.0
    return found
