"""Eval `attribution`: sources and cues of reported statements in political news (PolNeAR, Newell et al. 2018).

f1   sources and cues together: a printed span is right if it and a span of any annotator hold each other's head word.
     Precision counts printed spans that any annotator has; recall is the mean over a document's annotators of their
     spans that were found. Source: Pareti 2012 and Newell et al. 2018, "soft" agreement reduced to heads.
f1_source, f1_cue are F of one kind.

Splits are folder names under polnear/: `dev` holds text/ and attributions/ (brat files, NAME_ANNOTATOR.ann).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from evals.brat import Attribution, attributions
from evals.heads import head
from evals.ratios import Hits
from evals.reports import report
from evals.request import NoData, Request
from evals.result import Result, rounded
from tallybook.documents.normalise import normalise
from tallybook.model import Document, Span

KINDS = ("source", "cue")


class Quoted(Protocol):
    """A reported statement as a reader finds it."""

    @property
    def source(self) -> Span | None:
        """Return the words for who speaks."""

    @property
    def cue(self) -> Span | None:
        """Return the words that say that somebody speaks."""


class ReadsAttributions(Protocol):
    """What this eval needs of a reader."""

    def attributions(self, documents: Iterable[Document]) -> Iterator[Sequence[Quoted]]:
        """Find the reported statements of documents, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: spans printed, and spans of each annotator, by kind."""

    document: Document
    read: dict[str, list[Span]]
    annotated: dict[str, list[list[Span]]]


def evaluate(request: Request) -> Result:
    """Score the texts of the splits asked for.

    Raises: NoData if the data is not there, or the reader finds no attributions.
    """
    folder = request.folder("polnear")
    pairs = [pair for split in request.splits or ("dev",) for pair in _annotated(folder / split)]
    documents = [document for document, _ in pairs]
    found = _attributing(request.reader).attributions(documents)
    scored = [
        Scored(document, _by_kind(read), {kind: [_by_kind(one)[kind] for one in annotators] for kind in KINDS})
        for (document, annotators), read in zip(pairs, found, strict=True)
    ]
    return Result("attribution", len(scored), metrics(scored), tuple(line for one in scored for line in misses(one)))


def metrics(scored: Sequence[Scored]) -> dict[str, float | None]:
    """Return overall F, precision and recall, and F of sources and of cues."""
    kinds = {kind: [hits(one, kind) for one in scored] for kind in KINDS}
    overall = _figures([pair for pairs in kinds.values() for pair in pairs])
    apart = {f"f1_{kind}": _figures(pairs)["f1"] for kind, pairs in kinds.items()}
    return {**overall, **apart}


def hits(one: Scored, kind: str) -> tuple[Hits, Hits]:
    """Return the hits that precision counts, and those that recall counts."""
    read, annotators = one.read[kind], one.annotated[kind]
    text = one.document.text
    right = sum(any(matches(text, span, gold) for spans in annotators for gold in spans) for span in read)
    found = [sum(any(matches(text, span, gold) for span in read) for gold in spans) for spans in annotators]
    share = 1 / len(annotators)
    return Hits(right, len(read), 0), Hits(sum(found) * share, 0, sum(map(len, annotators)) * share)


def matches(text: str, one: Span, other: Span) -> bool:
    """Say whether each of two spans holds the head word of the other."""
    return one.covers(head(text, other)) and other.covers(head(text, one))


def misses(one: Scored) -> Iterator[str]:
    """Yield sources and cues that every annotator has and nobody found, and those that no annotator has."""
    text = one.document.text
    for kind in KINDS:
        annotators = one.annotated[kind]
        for span in one.read[kind]:
            if not any(matches(text, span, gold) for spans in annotators for gold in spans):
                yield f"{one.document.id} EXTRA  {kind} {_shown(text, span)}"
        for gold in annotators[0]:
            agreed = all(any(matches(text, gold, other) for other in spans) for spans in annotators[1:])
            if agreed and not any(matches(text, span, gold) for span in one.read[kind]):
                yield f"{one.document.id} MISSED {kind} {_shown(text, gold)}"


def _shown(text: str, span: Span) -> str:
    around = Span(max(0, span.start - 60), span.end + 60).of(text)
    return f"{span.of(text)!r} in <{' '.join(around.split())}>"


def _figures(pairs: Sequence[tuple[Hits, Hits]]) -> dict[str, float | None]:
    precision = sum((p for p, _ in pairs), Hits()).precision
    right = sum((r for _, r in pairs), Hits())
    recall = right.recall
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"f1": rounded(f1), "precision": rounded(precision), "recall": rounded(recall)}


def _by_kind(found: Iterable[Quoted]) -> dict[str, list[Span]]:
    told = list(found)
    spans = {"source": [quoted.source for quoted in told], "cue": [quoted.cue for quoted in told]}
    return {kind: sorted({span for span in held if span is not None}) for kind, held in spans.items()}


def _annotated(folder: Path) -> Iterator[tuple[Document, list[list[Attribution]]]]:
    """Yield each text that somebody annotated, with what each annotator marked."""
    if not (folder / "text").is_dir() or not (folder / "attributions").is_dir():
        raise NoData(f"{folder} must hold text/ and attributions/.")
    files = defaultdict(list)
    for file in sorted((folder / "attributions").glob("*.ann")):
        files[file.stem.rpartition("_")[0]].append(file)
    for text in sorted((folder / "text").glob("*.txt")):
        if files[text.stem]:
            content = text.read_text(encoding="utf-8")
            yield report(text.stem, content), [_marked(file, content) for file in files[text.stem]]


def _marked(file: Path, content: str) -> list[Attribution]:
    """Return what one annotator marked, in offsets of the normalised text."""

    def moved(span: Span | None) -> Span | None:
        if span is None:
            return None
        return Span(*(len(normalise(content[:offset]).text) for offset in (span.start, span.end)))

    marked = attributions(file.read_text(encoding="utf-8"))
    if len(normalise(content).text) == len(content):
        return marked
    return [Attribution(moved(one.source), moved(one.cue)) for one in marked]


def _attributing(reader: object) -> ReadsAttributions:
    if not hasattr(reader, "attributions"):
        raise NoData("This reader does not print sources and cues of statements (it has no `attributions`).")
    return cast(ReadsAttributions, reader)
