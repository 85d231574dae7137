"""Books of older versions become books of this one, with nothing lost."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from tallybook.model import Issue
from tallybook.store import open_book, schema
from tallybook.store.shelving import claim_row, document_row, packed, reading_id
from tests.contract.stores import document, entry


@pytest.fixture
def first_book(tmp_path: Path) -> Path:
    """Return a book as the first version wrote it: the issues of arrival and of the reader in one list."""
    path = tmp_path / "old.db"
    added = entry(document("Five died."))
    reading = reading_id(added.document.key, "test/1", "k1")
    engine = create_engine(f"sqlite:///{path.as_posix()}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(files("tallybook.store").joinpath("migrations")))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        _insert(connection, "documents", document_row(added.document))
        row = {"id": reading, "document": added.document.key, "reader": "test/1", "knowledge": "k1", "current": True}
        _insert(connection, "readings", row)
        for at, claim in enumerate(added.reading.claims):
            _insert(connection, "claims", claim_row(reading, at, claim))
        for at, issue in enumerate((*added.arrival_issues, *added.reading.issues)):
            _insert(
                connection, "records", {"reading": reading, "kind": "issues", "position": at, "record": packed(issue)}
            )
    engine.dispose()
    return path


def _insert(connection: object, table: str, row: dict[str, object]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)  # type: ignore[attr-defined]


def test_first_book_answers_as_before(first_book: Path) -> None:
    added = entry(document("Five died."))
    with open_book(str(first_book)) as book:
        assert book.claims() == added.reading.claims
        (reading,) = book.readings()
        assert reading.issues == (*added.arrival_issues, *added.reading.issues)
        assert book.judgements() == ()
        assert book.arrivals() == {}
        assert book.holds(added.document, "test/1", "k1")


def test_an_older_book_is_first_copied_beside_itself(first_book: Path) -> None:
    before = first_book.read_bytes()
    open_book(str(first_book)).close()
    copy = first_book.with_name(f"old.db.before-{schema.HEAD}")
    assert _revision(copy) == "0001"
    assert len(copy.read_bytes()) == len(before)
    assert _revision(first_book) == schema.HEAD


def _revision(path: Path) -> str:
    engine = create_engine(f"sqlite:///{path.as_posix()}")
    with engine.connect() as connection:
        found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    engine.dispose()
    return found


def test_issues_of_arrival_are_told_from_those_of_the_reader(first_book: Path) -> None:
    with open_book(str(first_book)) as book:
        (key,) = book.documents()
        assert book.arrival_issues(key) == (Issue("charset-guessed", "hm", "d"),)


def test_upgrade_reaches_the_schema_of_the_program(first_book: Path) -> None:
    with open_book(str(first_book)) as book:
        assert book.revision() == schema.HEAD  # type: ignore[attr-defined]
