"""A book for readers who may not see names: those of victims and of individual witnesses are covered everywhere.

Figures, incidents and origins are those of the whole book.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import is_

from tallybook.knowledge.folding import fold
from tallybook.model import Claim, Figure, Judgement, Person, Query, Reading, Step
from tallybook.release.profile import load_profile
from tallybook.runs.covering import WORD, Cover, Hidden, folded_word, has_case
from tallybook.runs.desk import Desk


class CoveredDesk(Desk):
    """A desk as somebody sees it who may not see names. What is asked of the ledger is asked of the whole book."""

    def __init__(self, whole: Desk, cover: Cover) -> None:
        super().__init__(whole.store, whole.knowledge)
        self.whole = whole
        self.cover = cover
        applied = whole.applied
        vars(self).update(
            received={k: cover.kept(d, k) for k, d in whole.received.items()},
            read_claims=self._claims(whole.read_claims),
            victims_told=tuple((k, cover.kept(v, k)) for k, v in whole.victims_told),
            control_told=tuple((k, cover.kept(c, k)) for k, c in whole.control_told),
            issues_told=tuple((k, cover.kept(i, k)) for k, i in whole.issues_told),
            log=tuple(self._judged(j) for j in whole.log),
            applied=replace(
                applied,
                claims=self._claims(applied.claims),
                documents={k: cover.kept(d, k) for k, d in applied.documents.items()},
                judgements=tuple(self._judged(j) for j in applied.judgements),
                corrections={
                    c: cover.record(told, *self._documents_of((c,))) for c, told in applied.corrections.items()
                },
                mended={k: cover.record(told, k) for k, told in applied.mended.items()},
                orphans=cover.record(applied.orphans, *{o.passage.document for o in applied.orphans}),
                read=self._claims(applied.read),
            ),
            incidents=tuple(cover.kept(i, *i.documents) for i in whole.incidents),
            people=tuple(self._person(p) for p in whole.people),
            copies=whole.copies,
            geography=whole.geography,
            ledger=whole.ledger,
        )
        cover.forget_all_but(self._covered_records())

    def _covered_records(self) -> Iterator[object]:
        whole = self.whole
        yield from (*whole.received.values(), *whole.documents.values(), *whole.read_claims, *whole.claims)
        yield from (*whole.applied.read, *whole.incidents, *whole.log, *whole.judgements)
        yield from (r for told in (whole.victims_told, whole.control_told, whole.issues_told) for _, r in told)

    def _claims(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(self.cover.kept(c, c.document) for c in claims)

    def _judged(self, judgement: Judgement) -> Judgement:
        keys = {p.document for p in judgement.passages} | {o for o in judgement.objects if o in self.whole.received}
        covered = self.cover.kept(judgement, *sorted(keys))
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


def cover_of(desk: Desk, earlier: CoveredDesk | None = None) -> Cover:
    """Return what covers the names of a book; that of an earlier state where no name came or went since."""
    if earlier is not None and _names_alike(desk, earlier.whole):
        return earlier.cover
    hidden, known = hidden_names(desk), _known_words(desk)
    if earlier is not None and earlier.cover.hidden == hidden and earlier.cover.known == known:
        return earlier.cover
    return Cover(hidden, known)


def _names_alike(now: Desk, before: Desk) -> bool:
    """Say whether two states have the same names for certain: the very same records tell them."""
    same = now.read_claims is before.read_claims and now.victims_told is before.victims_told
    claims = len(now.claims) == len(before.claims) and all(map(is_, now.claims, before.claims))
    heads = now.applied.actors == before.applied.actors and now.documents == before.documents
    return same and claims and heads and now.people == before.people


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
    return words != words.lower() or not has_case(words)


def _known_words(desk: Desk) -> frozenset[str]:
    """Return the words of places and of organisations: they are not covered as parts of names."""
    places = (n for c in desk.claims if c.place for n in (c.place.name, *c.place.admin))
    names = (*places, *(d.publisher for d in desk.documents.values() if d.publisher))
    return frozenset(folded_word(w.group()) for name in names for w in WORD.finditer(name))
