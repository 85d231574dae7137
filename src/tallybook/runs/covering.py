"""A book for readers who may not see names: those of victims and of individual witnesses are covered everywhere.

Texts keep their length, so that every span still points at its words. Figures are those of the whole book.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from tallybook.knowledge.folding import fold
from tallybook.model import Claim, Figure, Judgement, Person, Query, Reading, Step
from tallybook.release.profile import load_profile
from tallybook.runs.desk import Desk

R = TypeVar("R")
BLOCK = "█"
WORD = re.compile(r"[^\W_]+")
TEXTS = frozenset(("text", "quote", "title"))
"""Fields whose length must stay: spans count in them."""

SHORTEST_PART = 2
"""Letters of a part of a name that is covered on its own: 'Li' is, an initial is not."""

Hidden = dict[str, frozenset[str]]
"""Names that are covered, by the key of the document that they stand in."""


class Cover:
    """Covers names: whole ones wherever they stand, their parts in the documents where the person is named."""

    def __init__(self, hidden: Hidden, known: frozenset[str]) -> None:
        self.hidden = hidden
        self.known = known
        self._salt = secrets.token_bytes(16)
        self._sequences: dict[str, list[tuple[str, ...]]] = {}
        self._singles: set[str] = set()
        self._unspaced: list[str] = []
        self._names = {fold(name) for names in hidden.values() for name in names}
        for name in {name for names in hidden.values() for name in names}:
            self._take(name)
        for sequences in self._sequences.values():
            sequences.sort(key=len, reverse=True)
        self._unspaced.sort(key=len, reverse=True)
        self._parts = {key: frozenset(p for n in names for p in self._parts_of(n)) for key, names in hidden.items()}
        self._made: dict[str, tuple[Any, Any]] = {}

    def _take(self, name: str) -> None:
        if not _has_case(name):
            self._unspaced.append(name)
            return
        told = tuple(_folded(w.group()) for w in WORD.finditer(name))
        if len(told) == 1:
            self._singles.add(told[0])
        elif told:
            self._sequences.setdefault(told[0], []).append(told)

    def _parts_of(self, name: str) -> Iterator[str]:
        """Yield the parts of a name that are covered alone: not initials, not particles, not names of places."""
        if not _has_case(name):
            yield from (part for part in name.split() if len(part) >= SHORTEST_PART and part != name)
            return
        for word in WORD.finditer(name):
            part = word.group()
            if part[0].isupper() and len(part) >= SHORTEST_PART and _folded(part) not in self.known:
                yield _folded(part)

    def text(self, words: str, *documents: str) -> str:
        """Return words with the names in them covered, character by character."""
        if not self._names or not words:
            return words
        parts = frozenset().union(*(self._parts.get(key, frozenset()) for key in documents)) | self._singles
        found = list(WORD.finditer(words))
        folded = [_folded(w.group()) for w in found]
        spans: list[tuple[int, int]] = []
        at = 0
        while at < len(found):
            told = next((s for s in self._sequences.get(folded[at], ()) if tuple(folded[at : at + len(s)]) == s), None)
            if told is not None:
                spans.append((found[at].start(), found[at + len(told) - 1].end()))
                at += len(told)
                continue
            if folded[at] in parts and not found[at].group().islower():
                spans.append(found[at].span())
            at += 1
        covered = list(words)
        for start, end in spans:
            covered[start:end] = [c if c.isspace() else BLOCK for c in words[start:end]]
        made = "".join(covered)
        for name in (*self._unspaced, *(p for p in parts if not _has_case(p))):
            if name in made:
                made = made.replace(name, BLOCK * len(name))
        return made

    def name(self, name: str, *documents: str) -> str:
        """Return a name as it is shown: one that is covered is told apart from others, and nothing more."""
        folded = fold(name)
        if folded and folded in self._names:
            mark = hmac.new(self._salt, folded.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:6]
            return f"name withheld ({mark})"
        return self.text(name, *documents)

    def record(self, value: R, *documents: str) -> R:
        """Return a record, or JSON-ready values, with all names covered; what holds none is returned as it is."""
        made: Any = self._covered(value, documents, "")
        return made  # type: ignore[no-any-return]

    def kept(self, id: str, record: R, *documents: str) -> R:
        """Return a record covered; one that was covered before is not covered again."""
        known = self._made.get(id)
        if known is None or known[0] is not record:
            known = self._made[id] = (record, self.record(record, *documents))
        made: R = known[1]
        return made

    def _covered(self, value: Any, documents: tuple[str, ...], name: str) -> Any:
        if isinstance(value, str):
            return self.text(value, *documents) if name in TEXTS else self.name(value, *documents)
        if isinstance(value, dict):
            return {
                self._covered(k, documents, ""): self._covered(v, documents, k if isinstance(k, str) else "")
                for k, v in value.items()
            }
        if isinstance(value, (list, tuple, frozenset, set)):
            made = [self._covered(v, documents, name) for v in value]
            return value if all(a is b for a, b in zip(value, made, strict=True)) else type(value)(made)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {}
            for f in fields(value):
                was = getattr(value, f.name)
                now = self._covered(was, documents, f.name)
                if now is not was and now != was:
                    changed[f.name] = now
            return replace(value, **changed) if changed else value
        return value


class CoveredDesk(Desk):
    """A desk as somebody sees it who may not see names. What is asked of the ledger is asked of the whole book."""

    def __init__(self, whole: Desk, cover: Cover) -> None:
        super().__init__(whole.store, whole.knowledge)
        self.whole = whole
        self.cover = cover
        applied = whole.applied
        vars(self).update(
            received={k: cover.kept(f"d{k}", d, k) for k, d in whole.received.items()},
            read_claims=self._claims(whole.read_claims, "r"),
            victims_told=tuple((k, cover.kept(f"v{k}{v.id}", v, k)) for k, v in whole.victims_told),
            control_told=tuple((k, cover.kept(f"h{k}{c.id}", c, k)) for k, c in whole.control_told),
            issues_told=tuple((k, cover.record(i, k)) for k, i in whole.issues_told),
            log=tuple(self._judged(j) for j in whole.log),
            applied=replace(
                applied,
                claims=self._claims(applied.claims, "c"),
                documents={k: cover.kept(f"e{k}", d, k) for k, d in applied.documents.items()},
                judgements=tuple(self._judged(j) for j in applied.judgements),
                corrections={
                    c: cover.record(told, *self._documents_of((c,))) for c, told in applied.corrections.items()
                },
                mended={k: cover.record(told, k) for k, told in applied.mended.items()},
                orphans=cover.record(applied.orphans, *{o.passage.document for o in applied.orphans}),
                read=self._claims(applied.read, "a"),
            ),
            incidents=tuple(cover.kept(f"i{i.id}", i, *i.documents) for i in whole.incidents),
            people=tuple(self._person(p) for p in whole.people),
            copies=whole.copies,
            geography=whole.geography,
            ledger=whole.ledger,
        )

    def _claims(self, claims: Iterable[Claim], kind: str) -> tuple[Claim, ...]:
        return tuple(self.cover.kept(f"{kind}{c.document}{c.id}", c, c.document) for c in claims)

    def _judged(self, judgement: Judgement) -> Judgement:
        keys = {p.document for p in judgement.passages} | {o for o in judgement.objects if o in self.whole.received}
        covered = self.cover.kept(f"j{judgement.id}", judgement, *sorted(keys))
        means = judgement.means
        if means is not None:
            means = json.dumps(self.cover.record(json.loads(means), *sorted(keys)), ensure_ascii=False)
        return replace(covered, author=judgement.author, means=means)

    def _documents_of(self, claims: Iterable[str]) -> set[str]:
        return {self.whole.claim_of[c].document for c in claims if c in self.whole.claim_of}

    def _person(self, person: Person) -> Person:
        of = self.whole.document_of
        return self.cover.record(person, *{of[v] for v in person.victims if v in of})

    def total(self, query: Query) -> Figure:
        """Return the figure of a query over the whole book, its proof covered."""
        return self.covered_figure(self.whole.total(query))

    def covered_figure(self, figure: Figure) -> Figure:
        """Return a figure with a covered proof."""
        return replace(figure, proof=tuple(self._step(s) for s in figure.proof))

    def _step(self, step: Step) -> Step:
        return self.cover.record(step, *self._documents_of(step.claims))

    def reading(self, key: str) -> Reading | None:
        """Return the current reading of one document, covered."""
        found = self.whole.reading(key)
        return self.cover.record(found, key) if found is not None else None

    def readings(self) -> Iterator[Reading]:
        """Yield the current reading of every document, covered."""
        return (self.cover.record(r, r.document.key) for r in self.whole.readings())


def cover_of(desk: Desk, earlier: Cover | None = None) -> Cover:
    """Return what covers the names of a book; the earlier one where nothing of it changed."""
    hidden, known = hidden_names(desk), _known_words(desk)
    if earlier is not None and earlier.hidden == hidden and earlier.known == known:
        return earlier
    return Cover(hidden, known)


def hidden_names(desk: Desk) -> Hidden:
    """Return the names of victims, and of all whose word is told and who are known as no organisation."""
    found: dict[str, set[str]] = {}
    persons = _Persons(desk)
    for key, victim in desk.victims_told:
        found.setdefault(key, set()).update((victim.name, *persons.among(victim.claimants)))
    for person in desk.people:
        for record in person.victims:
            if record in desk.document_of:
                found.setdefault(desk.document_of[record], set()).add(person.name)
    for claim in (*desk.claims, *desk.read_claims):
        said = (*claim.claimants, *claim.relay, *((claim.origin,) if claim.origin else ()))
        found.setdefault(claim.document, set()).update(persons.among(said))
    for key, name in desk.store.claimants():
        found.setdefault(key, set()).update(persons.among((name,)))
    return {key: frozenset(n for n in names if fold(n)) for key, names in found.items() if names}


WORDS_FROM = "public"
"""Profile of releases whose words for unnamed sources ("residents", "medics") name nobody here either."""


class _Persons:
    """Tells names of persons: those that no pack, no register and no report's head knows as an organisation's."""

    def __init__(self, desk: Desk) -> None:
        self._actors = desk.knowledge.actors
        self._known = {fold(d.publisher) for d in desk.documents.values() if d.publisher} | set(desk.applied.actors)
        self._known |= {fold(kind) for kind in load_profile(WORDS_FROM).claimant_kinds}
        self._told: dict[str, bool] = {}

    def among(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the names of persons."""
        for name in names:
            if name not in self._told:
                known = fold(name) in self._known or self._actors.canonical(name) is not None
                self._told[name] = is_name(name) and not known
            if self._told[name]:
                yield name


def is_name(words: str) -> bool:
    """Say whether words may name somebody: 'residents' and 'a medic' do not."""
    return words != words.lower() or not _has_case(words)


def _known_words(desk: Desk) -> frozenset[str]:
    """Return the words of places and of organisations: they are not covered as parts of names."""
    places = (n for c in desk.claims if c.place for n in (c.place.name, *c.place.admin))
    names = (*places, *(d.publisher for d in desk.documents.values() if d.publisher))
    return frozenset(_folded(w.group()) for name in names for w in WORD.finditer(name))


def _has_case(words: str) -> bool:
    return words.lower() != words.upper()


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word).replace(" ", "")
