"""Tables as Parquet, where the extra `parquet` is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tallybook.release.records import Edition
from tallybook.release.tables import Table

ABSENT = "not written: install tallybook[parquet]"


def can_write() -> bool:
    """Say whether the library is there."""
    return find_spec("pyarrow") is not None


def write_parquet(path: Path, table: Table, edition: Edition) -> None:
    """Write one table: strings, 64-bit integers and floats, null where nothing is stated."""
    import pyarrow
    from pyarrow import parquet

    types = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
    columns = table.columns()
    values: list[list[Any]] = [[] for _ in columns]
    for row in table.rows(edition):
        for held, value in zip(values, row, strict=True):
            held.append(value)
    arrays = [pyarrow.array(v, types[c.type]) for v, c in zip(values, columns, strict=True)]
    parquet.write_table(pyarrow.table(arrays, names=[c.name for c in columns]), path, compression="zstd")


def parquet_text(path: Path) -> str:
    """Return the cells of a table, a row each line, as whoever opens it sees them."""
    from pyarrow import parquet

    table = parquet.read_table(path)
    columns = [column.to_pylist() for column in table.columns]
    return "\n".join(", ".join("" if v is None else str(v) for v in row) for row in zip(*columns, strict=True))
