"""A whole book into another place, whatever databases the two are in: every row, older readings among them."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from tallybook.errors import BookError
from tallybook.store.access_schema import people, tries, visits
from tallybook.store.book import SqlBook
from tallybook.store.postgres import MARK
from tallybook.store.schema import (
    OF_LINKING,
    derived,
    documents,
    file_parts,
    files,
    judgements,
    metadata,
    notes,
    settings,
)
from tallybook.store.states import state_of

ROWS, PARTS = 500, 8
"""Rows that are read and written at a time; parts of evidence files."""
NOT_COPIED = {derived.name, visits.name, tries.name, *(table.name for table in OF_LINKING)}
"""What the other book derives anew, and who is signed in at this one."""


def copy_all(source: SqlBook, target: SqlBook, *, with_files: bool = True) -> None:
    """Copy everything that one book holds into an empty one, all or nothing; its evidence files where they are wanted.

    Raises: BookError where the target holds anything, or does not come to the same state.
    """
    with source._reading() as reading, target._writing() as writing:
        refuse_unless_empty(writing, target.name)
        for table in metadata.sorted_tables:
            if table.name not in NOT_COPIED and (with_files or table not in (files, file_parts)):
                many = PARTS if table is file_parts else ROWS
                rows = reading.execute(select(table).execution_options(yield_per=many))
                for some in rows.mappings().partitions(many):
                    kept = [dict(row) for row in some if table is not settings or row["name"] != MARK]
                    if kept:
                        writing.execute(insert(table), kept)
        if state_of(reading) != state_of(writing):
            raise BookError(f"{target.name}: the copy is not equal to {source.name}. Nothing was kept; try again.")


def refuse_unless_empty(connection: Connection, name: str) -> None:
    """Check that a book holds nothing yet.

    Raises: BookError
    """
    for table in (documents, judgements, notes, people):
        if connection.execute(select(table).limit(1)).first() is not None:
            raise BookError(f"{name}: this book holds something already. Copy into a new place.")
