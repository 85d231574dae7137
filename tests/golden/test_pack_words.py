"""A pack adds words to those that ship, and the reader takes them."""

from __future__ import annotations

from pathlib import Path

from tests.unit.factories import document

from tallybook.claims.reader import Reader
from tallybook.runs.packs import load_packs

TEXT = "Islamic State fighters wrenched the town of Sarno on Monday."


def test_verb_of_capture_in_a_pack_tells_who_holds_a_place(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "pack.yaml").write_text("name: kess\ntitle: Kess\nlicence: CC0\nsource: invented\n", encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    words = tmp_path / "lexicon" / "record_words.yaml"
    words.write_text("control: {taking: [wrenched]}\n", encoding="utf-8")
    report = document("d1", text=TEXT)
    assert reader.read(report).control == ()
    (told,) = Reader(load_packs([tmp_path]).knowledge).read(report).control
    assert (told.place, told.holder, told.quote) == ("Sarno", "Islamic State", TEXT.partition(" on ")[0])
