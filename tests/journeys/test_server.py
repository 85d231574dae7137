"""A team's book on a PostgreSQL server answers as the file that it came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.driving import tallybook as tb
from tests.postgres_server import new_database, server


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with server() as address:
        yield address


def test_a_book_moves_to_a_server_and_back(tmp_path: Path, cluster: str) -> None:
    there = new_database(cluster)
    assert tb("demo", "--book", "demo.db", at=tmp_path).code == 0
    assert tb("copy", "demo.db", there, at=tmp_path).code == 0
    first = tb("verify", "--book", "demo.db", at=tmp_path)
    assert tb("verify", "--book", there, at=tmp_path).out == first.out
    claims = tb("claims", "--book", there, "--format", "json", at=tmp_path)
    assert claims.out == tb("claims", "--book", "demo.db", "--format", "json", at=tmp_path).out
    some = str(claims.objects()[0]["claims"][0]["id"])
    told = ("decide", "accept", some, "--author", "Ana", "--because", "checked", "--book")
    assert tb(*told, there, at=tmp_path).code == tb(*told, "demo.db", at=tmp_path).code == 0
    assert tb("verify", "--book", there, at=tmp_path).out == tb("verify", "--book", "demo.db", at=tmp_path).out
    assert tb("backup", "back.db", "--book", there, at=tmp_path).code == 0
    assert tb("restore", "back.db", "--book", "again.db", at=tmp_path).code == 0
    assert tb("verify", "--book", "again.db", at=tmp_path).out == tb("verify", "--book", there, at=tmp_path).out
    refused = tb("restore", "back.db", "--book", "again.db", at=tmp_path)
    assert (refused.code, "something is there already" in refused.err) == (2, True)
