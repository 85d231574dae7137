"""Parquet and bulk adding against their bare drivers: `python -m benchmarks.exporting [CLAIMS]`.

The driver's side of an export fetches the same claims from SQLite, reads their JSON and writes the same columns. The
driver's side of adding writes the same rows of claims with `executemany`, 10,000 a time.
Rounds alternate; CPU seconds of this process; medians.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.ledger import invented
from benchmarks.results import Result, alternating, keep
from tallybook.knowledge import load
from tallybook.model import Claim, Document, Reading
from tallybook.runs.desk import Desk
from tallybook.store import Entry, create_or_open, open_book
from tallybook.store.shelving import claim_row, reading_id

Book = tuple[list[Claim], dict[str, Document]]


def entries(book: Book) -> list[Entry]:
    """Return the documents of an invented book on their way in."""
    claims, documents = book
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.document, []).append(claim)
    return [Entry(Reading(d, "bench/1", tuple(told.get(key, ()))), "k1") for key, d in documents.items()]


def added(path: Path, told: Iterable[Entry]) -> None:
    """Add documents to a new book, one acknowledged after the other, as `add` does."""
    path.unlink(missing_ok=True)
    with create_or_open(str(path)) as store:
        for entry in told:
            store.add(entry)


def executed(path: Path, told: Iterable[Entry]) -> None:
    """Write the same rows of claims with the bare driver."""
    path.unlink(missing_ok=True)
    rows = [
        tuple(claim_row(reading_id(e.document.key, e.reading.reader, e.knowledge), n, c).values())
        for e in told for n, c in enumerate(e.reading.claims)
    ]  # fmt: skip
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE claims (reading TEXT, id TEXT, position INTEGER, measure TEXT, stance TEXT, scope TEXT,"
        ' start TEXT, "end" TEXT, record TEXT, PRIMARY KEY (reading, id))'
    )
    for n in range(0, len(rows), 10_000):
        with connection:
            connection.executemany("INSERT INTO claims VALUES (?,?,?,?,?,?,?,?,?)", rows[n : n + 10_000])
    connection.close()


def bare_export(book: Path, folder: Path) -> None:
    """Fetch the claims, read them, and write their columns as the library does it."""
    import pyarrow
    from pyarrow import parquet

    from tallybook.runs.exporting.columns import CLAIMS

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    connection = sqlite3.connect(book)
    records = [json.loads(row[0]) for row in connection.execute("SELECT record FROM claims")]
    connection.close()
    table = pyarrow.table({c.name: [c.of(r) for r in records] for c in CLAIMS})
    parquet.write_table(table, folder / "claims.parquet", compression="zstd")


def whole_export(book: Path, folder: Path) -> None:
    """Export the book."""
    from tallybook.runs.exporting import export_parquet

    shutil.rmtree(folder, ignore_errors=True)
    with open_book(str(book)) as store:
        export_parquet(Desk(store, load()), folder, texts=False)


def main(size: int) -> list[Result]:
    """Measure, print and keep."""
    claims, documents = invented(size)
    told = entries((claims, {key: replace(d, language="en") for key, d in documents.items()}))
    found: list[Result] = []
    with tempfile.TemporaryDirectory() as here:
        book, raw = Path(here, "book.db"), Path(here, "raw.db")
        ours, peer = alternating(lambda: added(book, told), lambda: executed(raw, told), rounds=1)
        found.append(Result("bulk adding of claims, SQLite", "`executemany` of the same rows of claims",
                            f"{len(claims):,} claims in {len(told):,} documents", peer / ours,
                            "at least 0.25", peer / ours >= 0.25,
                            "our side writes documents and readings too, and acknowledges each"))  # fmt: skip
        if find_spec("pyarrow") is not None:
            from tallybook.runs.deriving import keep_derived

            with open_book(str(book), writing=True) as store:
                keep_derived(store)
            ours, peer = alternating(
                lambda: whole_export(book, Path(here, "a")), lambda: bare_export(book, Path(here, "b"))
            )
            found.append(Result("`export parquet`", "sqlite3, json and pyarrow on the same claims, all in memory",
                                f"{len(claims):,} claims; {len(claims) / ours:,.0f} rows/s against "
                                f"{len(claims) / peer:,.0f}", ours / peer, "", None,
                                "our side writes incidents and documents too, and loads the packs"))  # fmt: skip
    return keep("exporting", found)


if __name__ == "__main__":
    main(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 20_000)
