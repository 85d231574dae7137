"""The tables in one SQLite file, which datasette and other tools open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tallybook.release.tables import Cell, Table

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
FILE = "release.sqlite"


@contextmanager
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a new database, to be filled with `write_table`; the same tables give the same bytes under one SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("begin")
        yield connection
        connection.execute("commit")


def write_table(connection: sqlite3.Connection, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table, with an index on its ids."""
    columns = table.columns()
    told = ", ".join(f'"{c.name}" {TYPES[c.type]}' for c in columns)
    connection.execute(f'create table "{table.name}" ({told})')
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'insert into "{table.name}" values ({marks})', rows)
    connection.execute(f'create index "{table.name}_id" on "{table.name}" (id)')
