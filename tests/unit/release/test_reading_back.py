"""Files are read back in pieces, however long a row is, and nothing of them is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.release import reading_back
from tallybook.release.folder import Folder
from tallybook.release.lint import Linter
from tallybook.release.reading_back import readings
from tallybook.release.secrets import Secrets


@given(st.lists(st.text("ab \n", max_size=60), max_size=4))
def test_pieces_are_the_text_cut_after_white_space(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_back, "PIECE", 8)
        found = list(reading_back._in_pieces(texts))
    assert "".join(found) == "".join(texts)
    assert all(len(p) <= 8 or not {" ", "\n"} & set(p[:8]) for p in found)
    ends = {len("".join(texts[: n + 1])) for n in range(len(texts))}
    at = 0
    for piece in found:
        at += len(piece)
        assert at in ends or piece[-1] in " \n"


def test_long_cell_of_a_database_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_back, "PIECE", 1_000)
    words = ", ".join(f"claim-{n}" for n in range(2_000))
    path = tmp_path / "release.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table figures (counted text)")
        connection.execute("insert into figures values (?)", (words,))
        connection.commit()
    told = next([*rows] for rows in readings(path))
    assert max(map(len, told)) <= 1_000
    assert words in "".join(told)


def test_short_words_in_compressed_bytes_are_chance_and_long_ones_are_leaks(tmp_path: Path) -> None:
    """The bytes of a picture held the three letters of a village: a release was refused for nothing."""
    (tmp_path / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n\x07 osk \x11 Dovrinsk Abbey \x00")
    (tmp_path / "map.svg").write_bytes(b"<svg><text>osk</text></svg>")
    secrets = Secrets({"osk": "place", "dovrinsk abbey": "place"}, {}, frozenset(), frozenset(), ())
    linter = Linter(Folder(tmp_path), secrets)
    assert {x.secret for x in linter.leaks("map.png") if x.what == "place"} == {"dovrinsk abbey"}
    assert {x.secret for x in linter.leaks("map.svg")} == {"osk"}
