"""What a person types of a claim that is coded by hand, to the claim: names looked up, words found in the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tallybook.errors import UnknownName, UsageError
from tallybook.model import Claim, Place
from tallybook.model.codec import to_plain
from tallybook.review import values
from tallybook.review.coding import EVENT, coded, passage, typed, written
from tallybook.review.fields import FIELDS, Plain, shown
from tallybook.review.objects import Objects
from tallybook.runs import naming
from tallybook.runs.desk import Desk


def claim_from(words: str, report: str, desk: Desk) -> tuple[Claim, str]:
    """Return the claim that is typed of a report, and the words that the log keeps of it.

    Raises: UsageError, AmbiguousName, BadDate; UsageError where the book has this very claim already.
    """
    asked = typed(words)
    document = Objects((), (), desk.documents).document(report)
    field, span = passage(asked, document)
    said = {name: _value(name, value, desk) for name, value in asked.items() if name in FIELDS}
    same = _same_event(asked, document.key, desk)
    claim = _with_origin(coded(document, field, span, said, same), desk)
    if claim.id in desk.claim_of:
        raise UsageError(f"This very claim is in the book already: {claim.id}. Correct it, or select other words.")
    told = {name: shown(name, value) for name, value in said.items()}
    return claim, written(field, span, told | ({EVENT: same.id} if same else {}))


def _value(name: str, words: str, desk: Desk) -> Plain:
    field = FIELDS[name]
    if name == "place" and words.strip().lower() != values.NONE:
        return to_plain(_place(words, desk))
    value = field.read(words)
    if not field.actors or value is None:
        return value
    known = desk.knowledge.actors.canonical
    return (known(value) or value) if isinstance(value, str) else [known(v) or v for v in value]


def _place(words: str, desk: Desk) -> Place:
    """Return the place that is meant; one that no pack knows stays as it was typed, not found on the map."""
    try:
        return naming.located(words, desk)
    except UnknownName:
        name, *larger = (part.strip() for part in words.split(","))
        return Place(name, tuple(larger))


def _with_origin(claim: Claim, desk: Desk) -> Claim:
    """Say whose word it is where nobody typed it: of the organisation spoken for, which is named last."""
    if claim.origin is not None or not claim.claimants:
        return claim
    last = claim.claimants[-1]
    return replace(claim, origin=desk.knowledge.actors.canonical(last) or last)


def _same_event(asked: Mapping[str, str], document: str, desk: Desk) -> Claim | None:
    if EVENT not in asked:
        return None
    found = desk.claim_of.get(asked[EVENT])
    if found is None or found.document != document:
        raise UsageError(f"{EVENT}={asked[EVENT]!r} is no claim of this report. Copy an id from it.")
    return found
