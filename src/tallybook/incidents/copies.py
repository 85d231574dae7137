"""Which reports are copies of which: wire stories with new headlines, and passages taken over.

A copy is not a source. Reports are near copies where most runs of words are the same; inside them a passage is the
original's where it stands there, word for word or edited. Candidates come from MinHash (rensa), and every one is
checked against the runs themselves, so that no copy rests on a hash. A passage whose number was changed is no copy:
whoever changed it speaks for itself.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tallybook.model import Claim, Document
from tallybook.model.moments import age
from tallybook.model.reaching import reached

if TYPE_CHECKING:
    from rensa import RMinHash

RUN = 4
"""Words in a run."""
ALIKE = 0.5
"""Share of runs in common, of all runs of both, from which two reports are near copies."""
LEAST_RUNS = 12
"""Runs below which a report is too short to be told a copy by its words alone."""
COPY_DAYS = 7
"""Days after an original in which a near copy still copies it: later ones are background, told again."""
PERMUTATIONS, BANDS, SEED = 128, 32, 1
"""MinHash with 32 bands of 4: pairs that share half of their runs meet with a probability of 0.87, those that share two
thirds with 0.999."""
EDITED = 88.0
"""Percent of a passage's letters that must stand in the original, in order, for it to be the same passage."""


Sketch = bytes
"""What MinHash keeps of the runs of a report."""


def near_copies(documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """Return (copy, original) keys of near copies in different outlets, sorted; the original is the earlier.

    Equal texts are near copies too. A report may copy several. Near linear in the words. Independent of order.
    """
    return copies_and_sketches(documents)[0]


def copies_and_sketches(documents: Iterable[Document]) -> tuple[tuple[tuple[str, str], ...], dict[str, Sketch]]:
    """Return what `near_copies` does, and the sketches of the documents that are long enough, by key."""
    ordered = sorted(documents, key=age)
    runs = [_runs(d) for d in ordered]
    sketches: dict[int, Sketch] = {}
    pairs = ((ordered[late], ordered[early]) for late, early in _candidates(runs, sketches))
    at = {d.key: n for n, d in enumerate(ordered)}
    found = [(a.key, b.key) for a, b in pairs if _is_copy(a, b, runs[at[a.key]], runs[at[b.key]])]
    return tuple(sorted(found)), {ordered[n].key: sketch for n, sketch in sketches.items()}


def sketch_of(document: Document) -> Sketch | None:
    """Return the sketch of a report; None where it is too short."""
    runs = _runs(document)
    return _packed(_drawn(runs)) if runs else None


def met(sketch: Sketch, kept: Mapping[str, Sketch]) -> list[str]:
    """Return the keys whose sketch shares a band with this one: the candidates that `near_copies` checks, sorted."""
    import numpy

    keys = sorted(kept)
    if not keys:
        return []
    width = PERMUTATIONS // BANDS
    held = numpy.frombuffer(b"".join(kept[k] for k in keys), dtype="<u4").reshape(len(keys), BANDS, width)
    mine = numpy.frombuffer(sketch, dtype="<u4").reshape(BANDS, width)
    shared = (held == mine).all(axis=2).any(axis=1)
    return [key for key, meets in zip(keys, shared.tolist(), strict=True) if meets]


def copied(one: Document, other: Document) -> tuple[str, str] | None:
    """Return the keys of copy and original where one of two reports that met is a near copy of the other."""
    early, late = sorted((one, other), key=age)
    return (late.key, early.key) if _is_copy(late, early, _runs(late), _runs(early)) else None


def _is_copy(late: Document, early: Document, told: frozenset[str], before: frozenset[str]) -> bool:
    if not (_outlets_differ(late, early) and _in_time(late, early)):
        return False
    common = len(told & before)
    return common >= ALIKE * (len(told) + len(before) - common)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage was first published: in which report, and whether word for word."""

    document: Document
    exact: bool


class Copies:
    """Finds the report that a passage of a copy comes from."""

    def __init__(self, documents: Iterable[Document], pairs: Iterable[tuple[str, str]]) -> None:
        by_key = {d.key: d for d in documents}
        above: dict[str, set[str]] = defaultdict(set)
        for copy, original in pairs:
            if copy in by_key and original in by_key:
                above[copy].add(original)
        originals = {key: reached([key], lambda k: above.get(k, ())) - {key} for key in sorted(above)}
        self._earlier = {key: _by_age(found, by_key) for key, found in originals.items()}
        self._texts = {d.key: _plain(d.text) for earlier in self._earlier.values() for d in earlier}
        self._found: dict[str, Passage | None] = {}

    def passage(self, claim: Claim) -> Passage | None:
        """Return where the words of a claim, with its number, stood first; None where its report has them first."""
        earlier = self._earlier.get(claim.document, ())
        if not earlier:
            return None
        if claim.id not in self._found:
            self._found[claim.id] = self._find(
                earlier, _plain(claim.quote), _plain(claim.count.text if claim.count else "")
            )
        return self._found[claim.id]

    def _find(self, earlier: Sequence[Document], words: str, number: str) -> Passage | None:
        from rapidfuzz.fuzz import partial_ratio_alignment

        for document in earlier:
            text = self._texts[document.key]
            if words in text:
                return Passage(document, True)
            at = partial_ratio_alignment(words, text, score_cutoff=EDITED) if len(words) <= len(text) else None
            if at is not None and number in text[at.dest_start : at.dest_end]:
                return Passage(document, False)
        return None


def _by_age(keys: Iterable[str], by_key: dict[str, Document]) -> tuple[Document, ...]:
    return tuple(sorted((by_key[k] for k in keys), key=age))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _runs(document: Document) -> frozenset[str]:
    words = document.text.casefold().split()
    if len(words) < LEAST_RUNS + RUN:
        return frozenset()
    return frozenset(" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _candidates(runs: Sequence[frozenset[str]], sketches: dict[int, Sketch]) -> Iterable[tuple[int, int]]:
    """Yield pairs of numbers, larger first, of reports that may share half of their runs; note their sketches."""
    from rensa import RMinHashLSH

    index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
    for number, held in enumerate(runs):
        if held:
            drawn = _drawn(held)
            sketches[number] = _packed(drawn)
            yield from ((number, early) for early in sorted(set(index.query(drawn))))
            index.insert(number, drawn)


def _drawn(runs: frozenset[str]) -> RMinHash:
    from rensa import RMinHash

    drawn = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    drawn.update(sorted(runs))
    return drawn


def _packed(drawn: RMinHash) -> Sketch:
    return struct.pack(f"<{PERMUTATIONS}I", *drawn.digest())


def _outlets_differ(a: Document, b: Document) -> bool:
    return a.publisher is None or b.publisher is None or a.publisher.casefold() != b.publisher.casefold()


def _in_time(copy: Document, original: Document) -> bool:
    """Say whether a copy follows its original within days; of reports without a date nobody can say otherwise."""
    if copy.sha256 == original.sha256 or not copy.published or not original.published:
        return True
    return (date.fromisoformat(copy.published[:10]) - date.fromisoformat(original.published[:10])).days <= COPY_DAYS
