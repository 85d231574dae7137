"""Documents grouped by main incident, all in one book: what `link-gvc`, `link-longtail` and `link-gold` share.

conll, pairwise_f1, b_cubed_f1, ceaf_e_f1   likeness to the key's grouping; definitions: `clusterings`
wrong_merges                                share of the pairs put together that belong apart
wrong_splits                                share of the pairs that belong together and were put apart
killed_exact, injured_exact                 share of the key's incidents whose found incident has the true number
baseline_...                                the same where documents of equal place and day are put together

A document's main incident is that of the event it tells first; one that tells none stands alone. An incident of the
key is found in the made incident that holds most of its documents, the smallest id of equals; `best` of that
incident's figures is the prediction. Nothing stated counts as 0 in the shooting corpora, since their keys do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.clusterings import Grouping, b_cubed, ceaf_e, conll, pairs, pairwise
from evals.given_incident import main_claims
from evals.ratios import share
from evals.reports import Reads
from evals.result import Result
from evals.shootings import Shooting
from tallybook.incidents import link
from tallybook.ledger import Book, incident_figures
from tallybook.model import Claim, Document, Incident, Reading


@dataclass(frozen=True, slots=True)
class Linked:
    """Readings of many documents in one book."""

    readings: Mapping[str, Reading]
    """By document key."""
    incidents: tuple[Incident, ...]

    @property
    def claims(self) -> list[Claim]:
        """Return all claims."""
        return [c for r in self.readings.values() for c in r.claims]

    @property
    def documents(self) -> dict[str, Document]:
        """Return the documents by key."""
        return {key: r.document for key, r in self.readings.items()}


def evaluate_linking(name: str, shootings: Sequence[Shooting], reader: Reads) -> Result:
    """Read all documents into one book, link them, and score the grouping and the counts."""
    true = {d.key: shooting.id for shooting in shootings for d in shooting.documents}
    book = linked(reader.read_all(d for shooting in shootings for d in shooting.documents))
    main = main_incidents(book)
    metrics = {
        **likeness(true, main),
        **counts_right(book, true, main, {s.id: s.true for s in shootings}),
        **likeness(true, same_place_and_day(book), "baseline_"),
    }
    return Result(name, len(true), metrics, misplaced(book, true, main))


def linked(readings: Iterable[Reading]) -> Linked:
    """Link all claims of some readings as the product does."""
    held = {r.document.key: r for r in readings}
    claims = [c for r in held.values() for c in r.claims]
    victims = [v for r in held.values() for v in r.victims]
    return Linked(held, link(claims, {k: r.document for k, r in held.items()}, victims=victims))


def main_incidents(book: Linked) -> dict[str, str]:
    """Return the main incident of each document key; the key itself where the document tells of none."""
    incident_of = {c: i.id for i in book.incidents for c in i.claims}
    main = {}
    for key, reading in book.readings.items():
        told = [incident_of[c.id] for c in main_claims(reading) if c.id in incident_of]
        main[key] = told[0] if told else key
    return main


def same_place_and_day(book: Linked) -> dict[str, str]:
    """Return groups of documents whose first event has one place and one day; the baseline."""
    groups = {}
    for key, reading in book.readings.items():
        told = main_claims(reading)
        place = next((c.place.name for c in told if c.place), None)
        day = next((c.date.start for c in told if c.date and c.date.start), None)
        groups[key] = f"{place} {day}" if place and day else key
    return groups


def likeness(true: Grouping, made: Grouping, prefix: str = "") -> dict[str, float | None]:
    """Return the measures of two groupings, rounded as metrics are."""
    found = pairwise(true, made)
    measures = {
        "conll": conll(true, made),
        "pairwise_f1": found.f1,
        "b_cubed_f1": b_cubed(true, made).f1,
        "ceaf_e_f1": ceaf_e(true, made).f1,
        "wrong_merges": 1 - found.precision if any(True for _ in pairs(made)) else 0.0,
        "wrong_splits": 1 - found.recall if any(True for _ in pairs(true)) else 0.0,
    }
    return {prefix + name: round(value, 4) for name, value in measures.items()}


def counts_right(
    book: Linked, true: Grouping, main: Mapping[str, str], tolls: Mapping[object, Mapping[str, int]]
) -> dict[str, float | None]:
    """Return the share of the key's incidents whose found incident has the true number, by measure."""
    by_id = {i.id: i for i in book.incidents}
    ledger = Book(book.claims, book.documents, book.incidents)
    found = {name: by_id.get(_found(documents, main)) for name, documents in _by_name(true).items()}
    figures = {name: incident_figures(ledger, i) if i else [] for name, i in found.items()}
    right = Counter(
        measure
        for name, told in figures.items()
        for measure in ("killed", "injured")
        if _best(told, measure) == tolls[name][measure]
    )
    return {f"{measure}_exact": share(right[measure], len(found)) for measure in ("killed", "injured")}


def misplaced(book: Linked, true: Grouping, made: Mapping[str, str]) -> tuple[str, ...]:
    """Return one line for each pair that was wrongly merged or split, with both documents' ids."""
    ids = {key: r.document.id for key, r in book.readings.items()}
    wrong = sorted(set(pairs(true)) ^ set(pairs(made)))
    kind = {True: "MERGED", False: "SPLIT "}
    return tuple(f"{kind[true[a] != true[b]]} {ids[a]} {ids[b]}" for a, b in wrong)


def _found(documents: Sequence[str], main: Mapping[str, str]) -> str:
    held = Counter(main[d] for d in documents)
    return min(held, key=lambda i: (-held[i], i))


def _by_name(true: Grouping) -> dict[object, list[str]]:
    groups: dict[object, list[str]] = {}
    for document in sorted(true):
        groups.setdefault(true[document], []).append(document)
    return groups


def _best(figures: Iterable[Mapping[str, object]], measure: str) -> object:
    told = [f["best"] for f in figures if f["measure"] == measure and f["affiliation"] == "any"]
    return told[0] or 0 if told else 0
