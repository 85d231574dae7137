"""A file that several processes hold at a time, and how the last one knows that it is the last.

SQLite does the locking: it is the same on all systems, and a process that is killed holds nothing any more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def held_with_others(path: Path) -> Iterator[Callable[[], bool]]:
    """Hold a file, which is made, until the end. The function that is yielded says whether nobody else holds it; where
    it says so, nobody else comes to hold it before the end."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def alone() -> bool:
            connection.execute("COMMIT")
            connection.execute("PRAGMA busy_timeout=0")
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                return False
            return True

        yield alone
