"""Claims that people code by hand: words that they select in a report, and what these say. A judgement like others."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tallybook.errors import UsageError
from tallybook.ledger.judged import ADD_CLAIM
from tallybook.model import Claim, Count, Document, Judgement, Span
from tallybook.model.codec import from_plain, to_plain
from tallybook.review.fields import FIELDS, SHORT, Plain

READER = "by hand/1"
"""What stands as the reader of a claim that a person coded."""

WORDS, QUOTE, EVENT = "words", "quote", "event"
"""What a person types besides the fields of a claim: a span, or the passage itself; a claim of the same event."""

_NEXT = re.compile(r";\s*(?=[a-z_.]+\s*=)")
_SPAN = re.compile(r"(?:(?P<field>body|title):)?(?P<start>\d{1,8})\.\.(?P<end>\d{1,8})")


def typed(words: str) -> dict[str, str]:
    """Return what was typed as 'words=10..42; measure=killed; count=12', by field.

    Raises: UsageError for a field that a claim has not, or one given twice.
    """
    found: dict[str, str] = {}
    for part in _NEXT.split(words.strip().strip(";")):
        name, equals, value = part.partition("=")
        plain = name.strip().lower().replace("-", "_")
        field = SHORT.get(plain, plain)
        if not equals or field not in (*FIELDS, WORDS, QUOTE, EVENT):
            raise UsageError(
                f"{part.strip()[:60]!r} is nothing that a claim has. Write FIELD=VALUE; FIELD=VALUE with {WORDS}, "
                f"{QUOTE}, {EVENT}, {', '.join(FIELDS)}."
            )
        if field in found:
            raise UsageError(f"{field} is given twice. Give it once.")
        found[field] = " ".join(value.split()) if field != QUOTE else value.strip()
    return found


def passage(asked: Mapping[str, str], document: Document) -> tuple[str, Span]:
    """Return the text, body or title, and the span in it that a claim is to stand on.

    Raises: UsageError where the words are not in the report, or stand there more than once.
    """
    if WORDS in asked:
        told = _SPAN.fullmatch(asked[WORDS])
        if told is None:
            raise UsageError(f"{WORDS}={asked[WORDS]!r} is no span. Write START..END, in characters of the text.")
        field, span = told["field"] or "body", Span(int(told["start"]), int(told["end"]))
        text = _text(document, field)
        if not (span.start < span.end <= len(text) and span.of(text).strip()):
            size = f"which has {len(text)} characters"
            raise UsageError(f"{WORDS}={asked[WORDS]} covers no words of {document.id}, {size}.")
        return field, span
    if QUOTE not in asked:
        raise UsageError(f"`{ADD_CLAIM}` needs the words that the claim stands on: {WORDS}=START..END or {QUOTE}=TEXT.")
    for field in ("body", "title"):
        found = list(re.finditer(re.escape(asked[QUOTE]), _text(document, field)))
        if len(found) > 1:
            raise UsageError(f"{QUOTE} stands in {document.id} {len(found)} times. Give {WORDS}=START..END instead.")
        if found and asked[QUOTE]:
            return field, Span(*found[0].span())
    raise UsageError(f"{QUOTE}={asked[QUOTE][:60]!r} does not stand in {document.id}. Copy it from the report.")


def coded(
    document: Document, field: str, span: Span, said: Mapping[str, Plain], same_event: Claim | None = None
) -> Claim:
    """Return the claim that a person codes on these words; `said` holds values by field, as the book keeps them.

    Raises: UsageError where nothing counts: a claim has a measure and a number, or denies a measure.
    """
    quote = span.of(_text(document, field))
    bare = Claim("", document.key, READER, quote, span, None, None, field=field, rule=ADD_CLAIM)
    claim = bare
    for name, value in said.items():
        claim = FIELDS[name].put(claim, value)
    denies = claim.stance in ("denied", "negated")
    if denies and claim.measure is not None:
        claim = replace(claim, about=claim.measure, measure=None, count=None)
    if denies == (claim.about is None) or (not denies and (claim.measure is None or claim.count is None)):
        raise UsageError("A claim needs measure=... and count=...; a denial needs stance=denied and about=MEASURE.")
    claim = replace(claim, count=_with_words(claim.count, quote, span))
    ident = _ident(claim)
    event = None if claim.scope == "cumulative" else f"hand-{ident}"
    if same_event is not None and event is not None:
        event = same_event.event or event
    return replace(claim, id=ident, event=event)


def _text(document: Document, field: str) -> str:
    return document.text if field == "body" else document.title or ""


def _with_words(count: Count | None, quote: str, span: Span) -> Count | None:
    """Find the words of a number in its quote: its digits where they stand there once, else the whole quote."""
    if count is None:
        return None
    for number in (count.low, count.high):
        found = list(re.finditer(rf"(?<![\d.,]){number}(?![\d])", quote)) if number is not None else []
        if len(found) == 1:
            start = span.start + found[0].start()
            return replace(count, text=found[0].group(), span=Span(start, start + len(found[0].group())))
    return replace(count, text=quote, span=span)


def _ident(claim: Claim) -> str:
    """Return the id that equal codings share, whoever makes them."""
    plain = json.dumps(to_plain(claim), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"c{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()[:15]}"


def written(field: str, span: Span, said: Mapping[str, str]) -> str:
    """Write a coding as it is kept in the log: span first, then fields by name."""
    at = f"{'' if field == 'body' else f'{field}:'}{span.start}..{span.end}"
    return "; ".join([f"{WORDS}={at}", *(f"{name}={said[name]}" for name in sorted(said))])


def claim_coded(judgement: Judgement) -> Claim | None:
    """Return the claim that a judgement adds, or None where it adds none."""
    if judgement.verb != ADD_CLAIM or judgement.means is None:
        return None
    return from_plain(Claim, json.loads(judgement.means))


def with_coded(read: Sequence[Claim], documents: Mapping[str, Document], log: Iterable[Judgement]) -> tuple[Claim, ...]:
    """Return what was read with what standing judgements add: behind the claims of their report, in its order."""
    added: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in filter(None, map(claim_coded, log)):
        if claim.document in documents:
            added[claim.document][claim.id] = claim
    if not added:
        return tuple(read)
    by_document: dict[str, list[Claim]] = {key: [] for key in documents}
    for claim in read:
        by_document.setdefault(claim.document, []).append(claim)
    for key, claims in added.items():
        by_document[key] += sorted(claims.values(), key=lambda c: (c.field != "body", c.span, c.id))
    return tuple(claim for claims in by_document.values() for claim in claims)
