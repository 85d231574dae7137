"""`knowledge check`: every fault of a pack in one line with file, row and field, and the others are still found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge.check import Checked, check
from tallybook.knowledge.packs import SHIPPED

CARD = "name: kess\ntitle: Kess\nlanguage: en\ncountries: [XKE]\nlicence: CC0\nsource: invented\n"
COUNTRIES = "iso3,name,aliases,demonyms,capital,source\nXKE,Kess,,Kessan,Kessport,invented\n"
ACTOR = "- {{id: {id}, name: {name}, kind: {kind}, country: XKE, source: invented{more}}}\n"
PLACES = "id,name,variants,kind,parents,country,lat,lon,radius_km,source\n"


def actor(id: str = "k-army", name: str = "Kessan Army", kind: str = "state_forces", more: str = "") -> str:
    return ACTOR.format(id=id, name=name, kind=kind, more=f", {more}" if more else "")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "kess"
    folder.mkdir()
    (folder / "pack.yaml").write_text(CARD, encoding="utf-8")
    (folder / "countries.csv").write_text(COUNTRIES, encoding="utf-8")
    (folder / "actors.yaml").write_text(actor() + actor("k-front", "Hill Front", "rebel"), encoding="utf-8")
    (folder / "places.csv").write_text(PLACES + "k1,Kessport,,city,,XKE,1.5,2.5,8,invented\n", encoding="utf-8")
    return folder


def lines(found: Checked) -> list[str]:
    return [f.line().partition("kess/")[2] for f in found.findings if f.grave]


def test_pack_that_holds_has_no_findings(pack: Path) -> None:
    found = check(pack)
    assert (found.holds, found.packs, found.actors, found.places, found.findings) == (True, 1, 2, 1, ())


@pytest.mark.parametrize(
    ("file", "text", "start"),
    [
        ("pack.yaml", CARD.replace("licence: CC0\n", ""), "pack.yaml, licence: missing"),
        ("pack.yaml", CARD.replace("XKE", "XKQ"), "pack.yaml, countries: 'XKQ' is no ISO"),
        ("pack.yaml", "name: [", "pack.yaml line 2: not valid YAML"),
        ("actors.yaml", "a: b", "actors.yaml: should be a list"),
        ("actors.yaml", "- {id: x, name: X, kind: rebel}", "actors.yaml row 1 (x), source: missing"),
        ("actors.yaml", actor(kind="army"), "actors.yaml row 1 (k-army), kind: 'army' is none of"),
        ("actors.yaml", actor(more="alias: [A]"), "actors.yaml row 1 (k-army), alias: no field"),
        ("actors.yaml", actor(more="inter: 11"), "actors.yaml row 1 (k-army), inter: 11 is no number"),
        ("actors.yaml", actor(more="since: 2020, until: 2019"), "actors.yaml row 1 (k-army), until: '2019' lies"),
        ("actors.yaml", actor(more="parent: nobody"), "actors.yaml row 1 (k-army), parent: there is no actor 'nobody'"),
        ("actors.yaml", actor(more="also_in: [XQQ]"), "actors.yaml row 1 (k-army), also_in: 'XQQ' is no ISO"),
        ("actors.yaml", actor() + actor(name="B"), "actors.yaml row 2 (k-army), id: 'k-army' is that of row 1"),
        (
            "actors.yaml", actor(more="aliases: [KA]") + actor("b", "B", more="aliases: [KA]"),
            "actors.yaml row 2 (b), aliases: 'KA' belongs to row 1 (k-army) too",
        ),
        (
            "actors.yaml", actor("a", "A", more="parent: b") + actor("b", "B", more="parent: a"),
            "actors.yaml row 1 (a), parent: runs in a circle: a > b > a",
        ),
        ("places.csv", "id,name,kind\n", "places.csv line 1, source: column is missing"),
        ("places.csv", PLACES + "k1,,,city,,XKE,1,2,8,s\n", "places.csv line 2, name: empty"),
        ("places.csv", PLACES + "k1,A,,burg,,XKE,1,2,8,s\n", "places.csv line 2 (k1), kind: 'burg' is none of"),
        ("places.csv", PLACES + "k1,A,,city,,XKE,91,2,8,s\n", "places.csv line 2 (k1), lat: '91' is no number"),
        ("places.csv", PLACES + "k1,A,,city,,XKE,1,east,8,s\n", "places.csv line 2 (k1), lon: 'east' is no number"),
        ("places.csv", PLACES + "k1,A,,city,,XKE,1,2,0,s\n", "places.csv line 2 (k1), radius_km: '0' is no number"),
        ("places.csv", PLACES + "k1,A,,city,,XKE,1,2,8,s\n" * 2, "places.csv line 3 (k1), id: 'k1' is that of line 2"),
        ("places.csv", PLACES + "k1,A,,city,,XKQ,1,2,8,s\n", "places.csv line 2 (k1), country: 'XKQ' is no ISO"),
        ("places.csv", PLACES + "k1,A,,city,,XKE,1,2,8,s,by hand\n", "places.csv line 2: more cells"),
        ("countries.csv", COUNTRIES + "kess,K,,,,s\n", "countries.csv line 3 (kess), iso3: 'kess' is no code"),
        ("countries.csv", COUNTRIES + "XKE,K,,,,s\n", "countries.csv line 3 (XKE), iso3: 'XKE' stands in line 2"),
    ],
)  # fmt: skip
def test_fault_is_told_in_one_line(pack: Path, file: str, text: str, start: str) -> None:
    (pack / file).write_text(text, encoding="utf-8")
    told = lines(check(pack))
    assert [line for line in told if line.startswith(start)], told
    assert all("\n" not in line and line.endswith(".") for line in told)


@pytest.mark.parametrize("file", ["pack.yaml", "actors.yaml", "places.csv", "countries.csv"])
def test_file_of_another_encoding_is_named_with_its_line(pack: Path, file: str) -> None:
    text = (pack / file).read_text(encoding="utf-8").replace("invented", "erfundén")
    (pack / file).write_bytes(text.encode("cp1252"))
    told = lines(check(pack))
    assert [line for line in told if line.startswith(f"{file} line ") and "not UTF-8" in line], told


def test_one_fault_does_not_hide_the_others(pack: Path) -> None:
    (pack / "actors.yaml").write_text(actor(kind="army") + actor("b", "B", more="inter: 9"), encoding="utf-8")
    (pack / "places.csv").write_text(PLACES + "k1,A,,city,,XKE,91,200,8,s\n", encoding="utf-8")
    assert len(lines(check(pack))) == 4


def test_contradiction_with_a_shipped_pack_is_noted_and_does_not_bar(pack: Path) -> None:
    (pack / "actors.yaml").write_text(
        "- {id: my-idf, name: Zahal Command, kind: state_forces, country: ISR, aliases: [IDF], source: s}\n"
        "- {id: un, name: Uncles, kind: organisation, source: s}\n",
        encoding="utf-8",
    )
    found = check(pack)
    assert found.holds
    told = [f.line().partition("kess/")[2] for f in found.findings]
    idf = "'IDF' means il-idf in the pack israel-palestine-lebanon; this row outranks it."
    assert f"actors.yaml row 1 (my-idf), aliases: {idf}" in told
    assert "actors.yaml row 2 (un), id: the pack core has 'un' too; this row takes its place." in told


def test_file_that_nothing_reads_is_noted(pack: Path) -> None:
    (pack / "actor.yaml").write_text("[]", encoding="utf-8")
    assert [f.message for f in check(pack).findings if "nothing reads it" in f.message]


def test_pack_may_refer_to_actors_of_other_packs(pack: Path) -> None:
    (pack / "actors.yaml").write_text(actor(more="parent: un"), encoding="utf-8")
    assert check(pack).holds


def test_shipped_packs_hold() -> None:
    assert check(SHIPPED).holds


@pytest.mark.parametrize("what", ["nowhere", "empty"])
def test_folder_without_a_pack_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError, match=what):
        check(tmp_path / what)
