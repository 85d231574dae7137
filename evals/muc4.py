"""Eval `muc4`: Latin American conflict news of 1988-91 with filled templates (MUC-4, 1992).

f1            all templates, best alignment, micro F over the ten slots that Tallybook has; definitions: `muc4_score`
count_f1      numbers of people killed, injured or kidnapped; definitions: `muc4_counts`
f1_SLOT       F of one slot; precision and recall stand beside f1
baseline_...  numbers near verbs

Splits as the rows name them: tst1 and tst2 are reported, dev is for development.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.muc4_countries import report_country
from evals.muc4_counts import count_hits, key_counts, read_counts
from evals.muc4_key import SLOTS, Fill, Template, key_template
from evals.muc4_score import Aligned, Tally, align, match_fills, tally
from evals.muc4_templates import Templates
from evals.number_near_verb import near_verb
from evals.ratios import Hits
from evals.reports import json_lines, report
from evals.request import NoData, Request
from evals.result import Result, rounded
from evals.told_words import words_of
from tallybook.documents.dateline import dateline
from tallybook.model import Document, Reading

REPORTED = ("tst1", "tst2")


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: how its templates were aligned, and its counts."""

    document: Document
    pairs: tuple[Aligned, ...]
    counts: Hits
    missed_counts: tuple[str, ...]
    plain_counts: Hits


def evaluate(request: Request) -> Result:
    """Score the documents of the splits asked for.

    Raises: NoData if the data is not there or a split is empty; FileNotFoundError if a file is missing.
    """
    folder = request.folder("muc4")
    documents = muc4_documents(folder, request.splits or REPORTED)
    keys = _keys(folder)
    templates = default_templates()
    scored = [
        score(reading, keys.get(reading.document.id, []), templates.of)
        for reading in request.reader.read_all(documents)
    ]
    return Result("muc4", len(documents), metrics(scored), tuple(line for one in scored for line in misses(one)))


def default_templates() -> Templates:
    """Return the template maker with the names that the package's knowledge knows."""
    from tallybook.knowledge import load

    knowledge = load()
    countries = knowledge.countries.by_iso

    def country_name(iso3: str) -> str | None:
        return countries[iso3].name if iso3 in countries else None

    return Templates(
        country_name,
        lambda name: knowledge.actors.canonical(name) is not None,
        report_country(knowledge).of,
        words_of(knowledge),
    )


def score(reading: Reading, keys: Sequence[Template], templates: Callable[[Reading], Sequence[Template]]) -> Scored:
    """Align the templates of one reading with its keys, and compare its counts."""
    must, may = key_counts(keys)
    read = read_counts(reading)
    plain = _plain_counts(reading.document)
    return Scored(
        reading.document,
        tuple(align(keys, templates(reading))),
        count_hits(must, may, read),
        tuple(_count_misses(must, may, read)),
        count_hits(must, may, plain),
    )


def metrics(scored: Sequence[Scored]) -> dict[str, float | None]:
    """Return overall, per slot and count figures."""
    slots = slot_tally(scored)
    overall = sum(slots.values(), Hits())
    counts, plain = (sum((getattr(one, name) for one in scored), Hits()) for name in ("counts", "plain_counts"))
    return {
        "f1": rounded(overall.f1),
        "count_f1": rounded(counts.f1),
        "baseline_count_f1": rounded(plain.f1),
        "precision": rounded(overall.precision),
        "recall": rounded(overall.recall),
        "count_precision": rounded(counts.precision),
        "count_recall": rounded(counts.recall),
        **{f"f1_{_short(slot)}": rounded(hits.f1) for slot, hits in slots.items()},
    }


def slot_tally(scored: Sequence[Scored]) -> Tally:
    """Return the hits of each slot over all documents."""
    total: Tally = dict.fromkeys(SLOTS, Hits())
    for one in scored:
        for slot, hits in tally(one.pairs).items():
            total[slot] += hits
    return total


def misses(one: Scored) -> Iterator[str]:
    """Yield missing and spurious templates, wrong fills of aligned ones, and wrong counts of one document."""
    for pair in one.pairs:
        if pair.key is None and pair.response is not None:
            yield f"{one.document.id} SPURIOUS {_brief(pair.response)}"
        elif pair.response is None and pair.key is not None:
            yield f"{one.document.id} MISSING{' (optional)' if pair.key.optional else ''} {_brief(pair.key)}"
        elif pair.key is not None and pair.response is not None:
            yield from (f"{one.document.id} {line}" for line in _wrong_fills(pair.key, pair.response))
    if one.missed_counts:
        yield f"{one.document.id} COUNTS {'; '.join(one.missed_counts)}"


def _wrong_fills(key: Template, response: Template) -> Iterator[str]:
    for slot in SLOTS:
        wanted, given = key.fills(slot), response.fills(slot)
        matched = {(i, j): worth for i, j, worth in match_fills(slot, wanted, given)}
        full = {pair for pair, worth in matched.items() if worth == 1}
        left = [_shown(fill) for i, fill in enumerate(wanted) if i not in {i for i, _ in full}]
        made = [_shown(fill) for j, fill in enumerate(given) if j not in {j for _, j in full}]
        if left or made:
            yield f"{slot}: {', '.join(left) or '-'} | {', '.join(made) or '-'}"


def _brief(template: Template) -> str:
    return "; ".join(f"{_short(s)}={', '.join(map(_shown, template.fills(s)))}" for s in SLOTS if template.fills(s))


def _shown(fill: Fill) -> str:
    about = f":{'/'.join(fill.about)}" if fill.about else ""
    return f"{'?' if fill.optional else ''}{'/'.join(fill.values)}{about}"


def _short(slot: str) -> str:
    return slot.replace("INCIDENT: ", "").replace("HUM TGT: ", "").replace(": ", "_").replace(" ", "_").lower()


def _plain_counts(document: Document) -> Counter[tuple[str, int]]:
    claims = near_verb(document)
    return Counter((c["measure"], c["count"]["low"]) for c in claims if c["count"]["low"] is not None)


def _count_misses(
    must: Counter[tuple[str, int]], may: Counter[tuple[str, int]], read: Counter[tuple[str, int]]
) -> Iterator[str]:
    yield from (f"missed {measure} {number}" for measure, number in sorted((must - read).elements()))
    yield from (f"made up {measure} {number}" for measure, number in sorted((read - must - may).elements()))


def muc4_documents(folder: Path, splits: Sequence[str]) -> list[Document]:
    rows = [row for row in json_lines(folder / "documents.jsonl") if "all" in splits or row["split"] in splits]
    if not rows:
        raise NoData(f"No row of {folder / 'documents.jsonl'} has the split {', '.join(splits)}.")
    return [
        report(row["doc_id"], row["text"], published=row.get("published") or _published(row["text"])) for row in rows
    ]


def _published(text: str) -> str | None:
    """Return the day in the dateline, found as the product finds it: the rows carry none."""
    stamp = dateline(text)
    return stamp.day if stamp else None


def _keys(folder: Path) -> dict[str, list[Template]]:
    keys: dict[str, list[Template]] = defaultdict(list)
    for row in json_lines(folder / "templates.jsonl"):
        keys[row["doc_id"]].append(key_template(row))
    return keys
