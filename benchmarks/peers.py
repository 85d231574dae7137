"""Our steps against plain ones, in one run: `python -m benchmarks.peers [NAME ...]`.

Both sides alternate; CPU seconds of this process where it does the work, wall seconds where several do; medians. What a
peer does is the least that anybody would write for the same input; where it is a library that is not installed, its row
says so.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

from benchmarks.exporting import added, entries
from benchmarks.ledger import invented
from benchmarks.results import Result, alternating, keep
from tallybook.incidents import link
from tallybook.ledger import Book, total
from tallybook.model import Claim, Document, Query
from tallybook.store import BookStore, Entry

LINK_SIZES = (10_000, 100_000)
DOCUMENTS, PAGES = 10_000, 150
REPORTS = 320
TEXT = """market school bridge convoy shelling strike troops village hospital river checkpoint road council army police
witness official morning evening north south district province fighters rebels ministry statement aid camp fire"""
WORDS = TEXT.split()


def plain_loop(claims: list[Claim]) -> int:
    """Compare all claims of one state and measure within two days by distance and count; return how many are alike."""
    blocks: dict[tuple[str, str | None], list[tuple[int, Claim]]] = defaultdict(list)
    for claim in claims:
        if claim.place and claim.place.admin and claim.date and claim.date.start and claim.scope == "incident":
            day = date.fromisoformat(claim.date.start).toordinal()
            blocks[claim.place.admin[-1], claim.measure].append((day, claim))
    alike = 0
    for block in blocks.values():
        block.sort(key=lambda held: held[0])
        for n, (day, claim) in enumerate(block):
            for other_day, other in block[n + 1 :]:
                if other_day - day > 2:
                    break
                alike += _alike(claim, other)
    return alike


def _alike(a: Claim, b: Claim) -> bool:
    assert a.place
    assert b.place
    apart = abs((a.place.lat or 0) - (b.place.lat or 0)) + abs((a.place.lon or 0) - (b.place.lon or 0))
    return apart < 0.3 and a.count is not None and b.count is not None and a.count.low == b.count.low


def linking(sizes: tuple[int, ...] = LINK_SIZES) -> list[Result]:
    """Measure linking and totalling."""
    found: list[Result] = []
    seconds: dict[int, float] = {}
    for size in sizes:
        claims, documents = invented(size)

        def ours(c: list[Claim] = claims, d: dict[str, Document] = documents) -> None:
            total(Book(c, d, link(c, d)), Query("killed"))

        mine, peer = alternating(ours, lambda c=claims: plain_loop(c), rounds=3 if size < 50_000 else 1)
        seconds[size] = mine
        found.append(Result("linking and totalling", "a plain loop over claims of one state within two days",
                            f"{size:,} claims, {mine:.1f} s", mine / peer, "at most 5", mine / peer <= 5))  # fmt: skip
    for small, large in pairwise(sizes):
        grown = log(seconds[large] / seconds[small]) / log(large / small)
        found.append(Result("linking and totalling, growth", "itself", f"{small:,} to {large:,} claims", grown,
                            "exponent at most 1.15", grown <= 1.15))  # fmt: skip
    return found


def components(incidents: int = 10_000) -> list[Result]:
    """Measure the bounds of many small components against one call of HiGHS for each bound of each."""
    claims, documents = invented(incidents * 2)
    book = Book(claims, documents, link(claims, documents))
    told = {c.id: c for c in claims}
    parts: dict[str, list[int]] = defaultdict(list)
    for claim in claims:
        if claim.part_of and claim.count:
            parts[claim.part_of].append(claim.count.low or 0)
    models = [(told[w].count.high or 0, held) for w, held in sorted(parts.items()) if told[w].count][:2_000]  # type: ignore[union-attr]

    def one_by_one() -> None:
        import highspy
        import numpy as np

        for whole, held in models:
            for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
                solver = highspy.Highs()
                solver.silent()
                solver.addVars(len(held) + 1, np.zeros(len(held) + 1), np.full(len(held) + 1, float(whole)))
                solver.addRow(0.0, float(whole), len(held), np.arange(len(held)), np.ones(len(held)))
                solver.changeColsCost(len(held) + 1, np.arange(len(held) + 1), np.ones(len(held) + 1))
                solver.changeObjectiveSense(sense)
                solver.run()

    mine, peer = alternating(lambda: total(book, Query("killed")), one_by_one)
    each, call = mine / len(book.incidents), peer / len(models)
    return [Result("ledger, many small components", "one HiGHS call for each end of each",
                   f"{len(book.incidents):,} incidents, {each * 1e6:.0f} µs each against {call * 1e6:.0f}", call / each,
                   "at least 10 times faster", call / each >= 10,
                   "our side reads claims into positions too; the peer is given its models")]  # fmt: skip


def _texts(count: int) -> list[Document]:
    """Return invented reports of 220 words, every fifth one an edited copy of the one before, by other outlets."""
    rng = random.Random(4)
    made: list[Document] = []
    words: list[str] = []
    for n in range(count):
        if n % 5 == 4:
            words = [w if rng.random() > 0.03 else rng.choice(WORDS) for w in words]
        else:
            words = [f"{rng.choice(WORDS)}{rng.randrange(400)}" for _ in range(220)]
        text, key = " ".join(words), f"{n:032x}"
        made.append(Document(key, key, text, key, key * 2, key * 2, publisher=f"P{n}", published="2024-03-05"))
    return made


def copies() -> list[Result]:
    """Measure near-copies against bare rensa, and count what both find; datasketch where it is installed."""
    from rensa import RMinHash, RMinHashLSH

    from tallybook.incidents.copies import ALIKE, BANDS, PERMUTATIONS, near_copies

    documents = _texts(DOCUMENTS)
    counts = {"ours": 0, "peer": 0}

    def ours() -> None:
        counts["ours"] = len(near_copies(documents))

    def peer() -> None:
        index, met = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS), 0
        for number, document in enumerate(documents):
            words = document.text.split()
            sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
            sketch.update([" ".join(words[i : i + 4]) for i in range(len(words) - 3)])
            met += len(set(index.query(sketch)))
            index.insert(number, sketch)
        counts["peer"] = met

    mine, bare = alternating(ours, peer)
    size = f"{DOCUMENTS:,} documents; {counts['ours']:,} pairs checked against {counts['peer']:,} candidates"
    found = [Result("near-copies", "rensa alone", size, mine / bare, "at most 1.3", mine / bare <= 1.3)]
    if find_spec("datasketch") is None:
        found.append(Result("near-copies", "datasketch", "", None, "", None, "datasketch is not installed here"))
    return found


def pages() -> list[Result]:
    """Measure a web page to its document against trafilatura alone."""
    import trafilatura

    from tallybook.documents.html import read_page

    rng = random.Random(2)
    made = [_page(rng, n) for n in range(PAGES)]
    mine, peer = alternating(lambda: [read_page(p) for p in made], lambda: [trafilatura.extract(p) for p in made])
    return [Result("HTML to document", "trafilatura alone", f"{PAGES} invented pages of {len(made[0]) // 1000} kB",
                   mine / peer, "at most 1.2", mine / peer <= 1.2,
                   "ours finds title, publisher, date and address as well")]  # fmt: skip


def _page(rng: random.Random, number: int) -> str:
    def sentence() -> str:
        return " ".join(rng.choice(WORDS) for _ in range(14)).capitalize() + "."

    body = "".join(f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(14))
    links = "".join(f"<li><a href='/{i}'>{sentence()}</a></li>" for i in range(180))
    return (
        f"<html><head><title>Report {number}</title><meta property='article:published_time' "
        f"content='2024-03-05T09:00:00Z'><meta property='og:site_name' content='Press'></head><body><nav><ul>{links}"
        f"</ul></nav><article><h1>Report {number}</h1>{body}</article><footer>{sentence()}</footer></body></html>"
    )


def engines() -> list[Result]:
    """Measure a whole `add` in one process, in two, and with Dask; wall seconds, start included."""
    import json

    from benchmarks.reading import corpus

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "rows.jsonl").write_text("\n".join(map(json.dumps, corpus(REPORTS))), encoding="utf-8")

        def run(engine: str) -> float:
            book = Path(folder, "b.db")
            book.unlink(missing_ok=True)
            more = ["--workers", "2"] if engine != "local" else []
            arguments = ["add", "rows.jsonl", "--engine", engine, *more, "--book", str(book)]
            start = time.monotonic()
            subprocess.run([sys.executable, "-m", "tallybook.cli.main", *arguments], cwd=folder, check=True,
                           capture_output=True)  # fmt: skip
            return time.monotonic() - start

        told = {engine: run(engine) for engine in ("local", "processes")}
        dask = run("dask") if find_spec("distributed") else None
    size = f"{REPORTS} reports, start of the program and linking included"
    ratio = told["local"] / told["processes"]
    found = [Result("reading, 2 processes", "one process", size, ratio, "at least 1.6", ratio >= 1.6)]
    share = told["processes"] / dask if dask else None
    found.append(Result("reading, dask with 2 workers", "2 processes", size, share, "at least 0.75",
                        share >= 0.75 if share else None, "" if share else "Dask is not installed here"))  # fmt: skip
    return found


def reread(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries as other knowledge would read them."""
    return [replace(entry, knowledge="k2") for entry in entries]


def _one_added(store: BookStore, entry: Entry) -> float:
    from tallybook.runs.deriving import keep_derived

    start = time.process_time()
    store.add(entry)
    keep_derived(store)
    return time.process_time() - start


def one_more(small: int = 10_000, large: int = 100_000) -> list[Result]:
    """Measure adding one report to a large book against a small one."""
    from tallybook.runs.deriving import keep_derived
    from tallybook.store import open_book

    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (small, large):
            claims, documents = invented(size)
            told = entries((claims, {key: replace(d, language="en") for key, d in documents.items()}))
            path = Path(folder, f"{size}.db")
            added(path, told[1:])
            with open_book(str(path), writing=True) as store:
                keep_derived(store)
                seconds.append(median(_one_added(store, entry) for entry in (told[0], *reread(told[1:10]))))
    ratio = seconds[1] / seconds[0]
    return [Result("adding one report to a large book", "adding it to a small one",
                   f"{large:,} claims ({seconds[1]:.3f} s) against {small:,}", ratio, "at most 2 (10^6 against 10^4)",
                   ratio <= 2, "the median of ten; the first is new, the others are read anew")]  # fmt: skip


def listed(size: int = 20_000) -> list[Result]:
    """Measure a list of the workbench against its bare query; both from the same book, wall seconds."""
    from tests.journeys.workbench import served

    from benchmarks.workbench import Person, book_of

    book = book_of(size)
    query = (
        "SELECT c.record FROM claims c JOIN readings r ON r.id = c.reading JOIN documents d ON d.key = r.document "
        "WHERE r.current ORDER BY d.id, d.key, c.position LIMIT 50"
    )
    with served(book) as running:
        person = Person(running)
        person.sign_in()
        connection = sqlite3.connect(book)
        person.ask("warm", "/api/v1/claims?limit=50")
        mine, peer = alternating(
            lambda: [person.ask("claims", "/api/v1/claims?limit=50") for _ in range(10)],
            lambda: [connection.execute(query).fetchall() for _ in range(10)],
            clock=time.perf_counter,
        )
        connection.close()
    return [Result("a list of 50 claims in the workbench", "its bare query", f"{size:,} claims, {mine * 100:.1f} ms",
                   mine / peer, "at most 20 (at 10^6)", mine / peer <= 20)]  # fmt: skip


MEASURED = {
    "linking": linking, "components": components, "copies": copies, "pages": pages, "engines": engines,
    "one-more": one_more, "listed": listed,
}  # fmt: skip


def main(names: list[str]) -> None:
    """Measure what is named, or everything."""
    for name in names or MEASURED:
        keep(name, MEASURED[name]())


if __name__ == "__main__":
    main(sys.argv[1:])
