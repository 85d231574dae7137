"""Rows into Parquet files: a few thousand at a time, a file for each year of harm where that helps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tallybook.errors import UsageError
from tallybook.model.codec import to_plain
from tallybook.model.standing import standing
from tallybook.runs.desk import Desk
from tallybook.runs.exporting.columns import (
    CLAIMS,
    DAY,
    DOCUMENTS,
    INCIDENTS,
    JUDGEMENTS,
    REAL,
    TEXT,
    TEXTS,
    TRUTH,
    WHOLE,
    Column,
    Plain,
    year_of,
)

ROWS = 20_000
"""Rows of a row group: what is in memory of each file that is open. Readers skip whole groups; smaller ones cost them
more than they save."""
UNKNOWN_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""Name of the partition of records without a date, as DuckDB, Spark and pandas know it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows went into each table."""

    rows: Mapping[str, int]


def export_parquet(desk: Desk, folder: Path, *, texts: bool) -> Exported:
    """Write claims as people set them, incidents, documents and the log of judgements to a new folder.

    Claims and incidents are parted by the year of harm (`claims/year=2024/part-0.parquet`). `texts`: with the texts of
    the documents. While nobody has decided anything claims and documents stream out of the book; else they are held, as
    for every other answer. Equal books give equal rows in equal order.

    Raises: UsageError where the library is missing or the folder holds something; BookError.
    """
    library = _Library()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: something is there already. Name a new folder.")
    beside = folder.with_name(f"{folder.name}.part")
    if beside.exists():
        shutil.rmtree(beside)
    try:
        rows = {
            "claims": library.write(beside / "claims", CLAIMS, _claims(desk), year_of),
            "incidents": library.write(beside / "incidents", INCIDENTS, _plain(desk.incidents), year_of),
            "documents": library.write(beside / "documents", DOCUMENTS, _documents(desk, texts=texts)),
            "judgements": library.write(beside / "judgements", JUDGEMENTS, _judgements(desk)),
        }
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    if folder.exists():
        folder.rmdir()
    beside.rename(folder)
    return Exported(rows)


def _claims(desk: Desk) -> Iterator[Plain]:
    incident_of = desk.incident_of
    told = _plain(desk.claims) if desk.log else desk.store.plain_claims()
    for claim in told:
        yield {**claim, "incident": incident_of.get(claim["id"])}


def _documents(desk: Desk, *, texts: bool) -> Iterator[Plain]:
    told = _plain(desk.documents.values()) if desk.log else desk.store.plain_documents()
    for document in told:
        yield document if texts else {name: value for name, value in document.items() if name != "text"}


def _judgements(desk: Desk) -> Iterator[Plain]:
    standing_now = {j.number for j in standing(desk.log)}
    for judgement in desk.log:
        yield {**to_plain(judgement), "standing": judgement.number in standing_now}


def _plain(records: Iterable[Any]) -> Iterator[Plain]:
    return (to_plain(record) for record in records)


class _Library:
    """Apache Arrow's writer of Parquet."""

    def __init__(self) -> None:
        try:
            self._arrow: Any = import_module("pyarrow")
            self._parquet: Any = import_module("pyarrow.parquet")
        except ModuleNotFoundError as error:
            raise UsageError("Parquet needs a library: pip install 'tallybook[parquet]'.") from error
        a = self._arrow
        self._types = {
            TEXT: a.string(), WHOLE: a.int64(), REAL: a.float64(), TRUTH: a.bool_(), DAY: a.date32(),
            TEXTS: a.list_(a.string()),
        }  # fmt: skip

    def write(
        self,
        folder: Path,
        columns: Sequence[Column],
        records: Iterable[Plain],
        part: Callable[[Plain], str | None] | None = None,
    ) -> int:
        """Write records, in their order, into one file or one for each part; return how many there were."""
        schema = self._arrow.schema([(c.name, self._types[c.kind]) for c in columns])
        parts: dict[Path, _Part] = {}
        count = 0
        try:
            for record in records:
                where = folder / f"year={part(record) or UNKNOWN_YEAR}" if part else folder
                if where not in parts:
                    parts[where] = _Part(self._arrow, self._parquet, where, schema, columns)
                parts[where].add(record)
                count += 1
            if not parts:
                parts[folder] = _Part(self._arrow, self._parquet, folder, schema, columns)
        finally:
            for opened in parts.values():
                opened.close()
        return count


class _Part:
    """One file that is being written."""

    def __init__(self, arrow: Any, parquet: Any, folder: Path, schema: Any, columns: Sequence[Column]) -> None:
        folder.mkdir(parents=True)
        self._arrow, self._schema, self._columns = arrow, schema, columns
        self._writer = parquet.ParquetWriter(folder / "part-0.parquet", schema, compression="zstd")
        self._waiting: list[Plain] = []

    def add(self, record: Plain) -> None:
        self._waiting.append(record)
        if len(self._waiting) >= ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if not self._waiting:
            return
        arrays = [
            self._arrow.array([c.of(record) for record in self._waiting], type=field.type)
            for c, field in zip(self._columns, self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting = []
