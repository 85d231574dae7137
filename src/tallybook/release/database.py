"""The tables in one SQLite file, which datasette and other tools open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tallybook.release.records import Edition
from tallybook.release.tables import TABLES, Table

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
FILE = "release.sqlite"


def write_database(path: Path, edition: Edition) -> None:
    """Write every table, with an index on its ids; the same records give the same bytes under the same SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("begin")
        for table in TABLES:
            _write(connection, table, edition)
        connection.execute("commit")


def _write(connection: sqlite3.Connection, table: Table, edition: Edition) -> None:
    columns = table.columns()
    told = ", ".join(f'"{c.name}" {TYPES[c.type]}' for c in columns)
    connection.execute(f'create table "{table.name}" ({told})')
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'insert into "{table.name}" values ({marks})', table.rows(edition))
    connection.execute(f'create index "{table.name}_id" on "{table.name}" (id)')
