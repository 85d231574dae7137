"""Tables as Parquet, where the extra `parquet` is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tallybook.release.tables import Cell, Column

ROWS = 1_000
"""Rows that are read at once."""
ABSENT = "not written: install tallybook[parquet]"


def can_write() -> bool:
    """Say whether the library is there."""
    return find_spec("pyarrow") is not None


def write_parquet(path: Path, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Write one table: strings, 64-bit integers and floats, null where nothing is stated."""
    import pyarrow

    types = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
    arrays = [pyarrow.array([row[n] for row in rows], types[c.type]) for n, c in enumerate(columns)]
    _library().write_table(pyarrow.table(arrays, names=[c.name for c in columns]), path, compression="zstd")


def parquet_lines(path: Path) -> Iterator[str]:
    """Yield what stands about a table in its file, then its cells, a line for each row."""
    with _library().ParquetFile(path) as file:
        yield f"{file.schema_arrow.to_string()}\n{file.metadata.metadata or ''}\n"
        for batch in file.iter_batches(batch_size=ROWS):
            columns = [column.to_pylist() for column in batch.columns]
            yield from (
                ", ".join(["" if v is None else str(v) for v in row]) + "\n" for row in zip(*columns, strict=True)
            )


def parquet_text(path: Path) -> str:
    """Return all that `parquet_lines` yields."""
    return "".join(parquet_lines(path))


def _library() -> Any:
    """Return the module that reads and writes; it says nothing of its types."""
    from pyarrow import parquet

    return parquet
