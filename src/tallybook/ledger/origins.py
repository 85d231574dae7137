"""Whose word a claim is. Outlets that carry it are not sources, and a copied report is no second one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallybook.incidents.copies import Copies
from tallybook.ledger.protocols import Sides
from tallybook.model import Claim, Document
from tallybook.model.moments import Moment, age, moment, order

PUBLISHER = "publisher"
LONG_QUOTE = 12
"""Words from which an equal passage in another outlet's own voice is taken as copied. Below it two reporters may
well write the same short sentence; no corpus yet, guarded by tests/unit/ledger."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The documents of a book as the ledger sees them."""

    first: Mapping[str, Document]
    """Document key to the earliest document with the same text: a copy is dated by what it copies."""
    replaced: frozenset[str]
    """Keys of reports of which a newer version stands at the same address."""


def reports(documents: Iterable[Document]) -> Reports:
    """Find copies (one text, several documents) and replaced versions (one address, several texts)."""
    ordered = sorted(documents, key=age)
    first: dict[str, Document] = {}
    for document in ordered:
        first.setdefault(document.sha256, document)
    return Reports({d.key: first[d.sha256] for d in ordered}, frozenset(_replaced(ordered)))


def _replaced(documents: Iterable[Document]) -> Iterable[str]:
    at_address: dict[str, list[Document]] = {}
    for document in documents:
        if document.url:
            at_address.setdefault(document.url, []).append(document)
    for versions in at_address.values():
        for old in versions:
            if any(new.sha256 != old.sha256 and _newer(new, old) for new in versions):
                yield old.key


def _newer(new: Document, old: Document) -> bool:
    a, b = moment(new.published), moment(old.published)
    return (a is not None and b is None) or order(a, b) == 1


def published(claim: Claim, known: Reports, copies: Copies) -> Moment | None:
    """Return when the claim's words were first published, copies included; None where nobody says."""
    passage = copies.passage(claim)
    document = passage.document if passage and passage.exact else known.first.get(claim.document)
    return moment(document.published) if document else None


def own_voice(claim: Claim, document: Document | None) -> bool:
    """Say whether the outlet itself asserts the claim."""
    return claim.origin in (None, PUBLISHER) or (document is not None and claim.origin == document.publisher)


class Origins:
    """Names the origin of every claim of a book: one name for each independent source."""

    def __init__(
        self,
        claims: Iterable[Claim],
        documents: Mapping[str, Document],
        known: Reports,
        copies: Copies,
        sides: Sides,
    ) -> None:
        mine = {c.id: c for c in claims}
        self._names: dict[str, str] = {}
        self._sides = sides
        self._copies = copies
        self._name_all(mine.values(), documents, known)
        parts: dict[str, list[Claim]] = {}
        for claim in mine.values():
            whole = mine.get(claim.part_of or "")
            if whole is not None and whole.document == claim.document:
                parts.setdefault(whole.id, []).append(claim)
        for whole_id in sorted(parts):
            self._join(mine[whole_id], sorted(parts[whole_id], key=lambda c: c.id))

    def _name_all(self, claims: Iterable[Claim], documents: Mapping[str, Document], known: Reports) -> None:
        passages: dict[tuple[str, ...], str] = {}
        ages = {key: age(document) for key, document in known.first.items()}
        for claim in sorted(claims, key=lambda c: (ages.get(c.document, ("~", "")), c.id)):
            own = own_voice(claim, documents.get(claim.document))
            name = self._outlet(claim, known) if own else str(claim.origin)
            words = tuple(claim.quote.casefold().split())
            if own and len(words) >= LONG_QUOTE:
                name = passages.setdefault(words, name)
            self._names[claim.id] = name

    def _outlet(self, claim: Claim, known: Reports) -> str:
        """Return the outlet whose words these are: of a copied passage the one that printed it first."""
        passage = self._copies.passage(claim)
        document = passage.document if passage else known.first.get(claim.document)
        if document is None:
            return f"document {claim.document[:12]}"
        return document.publisher or f"document {document.sha256[:12]}"

    def _join(self, whole: Claim, parts: list[Claim]) -> None:
        """Make whole and parts one origin where one claimant includes the other: the smaller body speaks."""
        spoken = self._names[whole.id]
        kin = [p for p in parts if self._akin(spoken, self._names[p.id])]
        names = {self._names[p.id] for p in kin} - {spoken}
        if not names:
            return
        inner = next(iter(names))
        one = inner if len(names) == 1 and self._sides.includes(spoken, inner) else spoken
        for claim in (whole, *kin):
            self._names[claim.id] = one

    def _akin(self, a: str, b: str) -> bool:
        return a != b and (self._sides.includes(a, b) or self._sides.includes(b, a))

    def of(self, claim: Claim) -> str:
        """Return the origin's name; equal names are one source inside one incident."""
        return self._names[claim.id]
