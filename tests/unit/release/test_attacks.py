"""What somebody who hunts the recorders would try on a public release. None of it may work."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.errors import UsageError
from tallybook.model import Judgement, Place, Query, Span, Target, Victim
from tallybook.release.clearing import cleared
from tallybook.release.folder import Folder
from tallybook.release.keys import Key
from tallybook.release.lint import TAIL, Leaking, lint
from tallybook.release.manifest import Attribution
from tallybook.release.material import Material
from tallybook.release.parquet import can_write, parquet_text
from tallybook.release.profile import load_profile
from tallybook.release.reading_back import PIECE
from tallybook.release.secrets import secrets_of
from tallybook.release.writing import CHECKSUMS, release
from tests.unit.factories import claim, day
from tests.unit.release import sample

PUBLIC, PARTNER, INTERNAL = (load_profile(name) for name in ("public", "partner", "internal"))
HIDDEN = (
    sample.SECRET_NAME, "Ostrava", sample.WITNESS, sample.AUTHOR, "Ulsten", "Marrow Pass", "-46.95", "-18.52", "-46.21",
    "-18.77", "herald.example", "villagers of", "baker", "brother", "c0000000000000", "v000000000", "j000000000",
    "10:11:12", sample.KEY.hex(),
)  # fmt: skip


def released(target: Path, profile: str = "public", material: object = None) -> Path:
    made = material or sample.material(log=(sample.judgement(),))
    key = sample.key(profile) if profile != "internal" else None
    release(target, made, load_profile(profile), key, Attribution("Recorders of Orvania", "CC-BY-4.0"))  # type: ignore[arg-type]
    return target


def every_byte(folder: Path) -> bytes:
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return b"\n".join([*(p.read_bytes() for p in files), *(p.as_posix().encode() for p in files)])


@pytest.fixture(scope="module")
def public_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return every_byte(released(tmp_path_factory.mktemp("release") / "out")).lower()


@pytest.mark.parametrize("secret", HIDDEN)
def test_no_byte_of_a_public_release_tells_a_secret(public_bytes: bytes, secret: str) -> None:
    assert secret.casefold().encode() not in public_bytes


def test_the_internal_release_holds_what_the_public_one_hides(tmp_path: Path) -> None:
    told = every_byte(released(tmp_path / "out", "internal")).decode("utf-8", "replace")
    assert all(word in told for word in (sample.SECRET_NAME, sample.WITNESS, "Ulsten", "-46.95", sample.AUTHOR))


def test_what_is_recent_moves_no_public_figure(tmp_path: Path) -> None:
    with_it = released(tmp_path / "with")
    without = released(tmp_path / "without", material=sample.material(
        [c for c in sample.claims() if c.event != "e3"], log=(sample.judgement(),)))  # fmt: skip
    for name in ("figures.csv", "incidents.csv", "claims.csv", "layouts/acled.csv"):
        assert (with_it / name).read_bytes() == (without / name).read_bytes()


def test_ids_of_one_record_match_in_no_two_profiles() -> None:
    found = []
    for profile in (PUBLIC, PARTNER, INTERNAL):
        key = sample.key(profile.name) if profile.needs_key else None
        edition = cleared(sample.material(log=(sample.judgement(),)), profile, key).edition
        records = (*edition.claims, *edition.incidents, *edition.sources, *edition.victims, *edition.figures,
                   *edition.judgements, *edition.control)  # fmt: skip
        found.append({r.id for r in records})
    assert all(found)
    assert not found[0] & found[1]
    assert not found[0] & found[2]
    assert not found[1] & found[2]


def test_ids_of_one_profile_stay_the_same_in_the_next_release() -> None:
    first = cleared(sample.material(), PUBLIC, sample.key()).edition
    later = cleared(sample.material([*sample.claims(), claim("c00000000000009", "1", doc="d4", event="e9",
                                                            date=day("2024-01-01"), place=sample.KARSK)]),
                    PUBLIC, sample.key()).edition  # fmt: skip
    assert {i.id for i in first.incidents} < {i.id for i in later.incidents}


def test_the_mean_of_fifty_releases_is_no_nearer_to_the_point() -> None:
    points = set()
    for number in range(50):
        more = claim(f"c{number:015}", "1", doc="d4", event=f"x{number}", date=day("2024-01-01"), place=sample.PASS)
        edition = cleared(sample.material([*sample.claims(), more]), PUBLIC, sample.key()).edition
        at_ulsten = [i.place for i in edition.incidents if i.event_type == "airstrike"]
        points |= {(p.lat, p.lon) for p in at_ulsten if p}
    assert len(points) == 1


def in_the_middle(off: float = 0.0) -> tuple[Material, tuple[float, float]]:
    """Return a book with one more village, in the very middle of its cell or a little beside it, and that middle."""
    edition = cleared(sample.material(), PUBLIC, sample.key()).edition
    area = next(i.place for i in edition.incidents if i.place and i.place.name == "Karsk district")
    assert area.lat is not None
    assert area.lon is not None
    village = Place("Emmer", ("Karsk district", "Dovrin"), "XOV", area.lat + off, area.lon, 1.0, "exact")
    more = claim("c00000000000009", "4", doc="d4", event="e9", date=day("2024-01-01"), place=village)
    return sample.material([*sample.claims(), more], log=(sample.judgement(),)), (area.lat, area.lon)


def test_a_place_in_the_middle_of_a_cell_is_told_as_any_other_of_the_cell(tmp_path: Path) -> None:
    """Places of a regular lattice may lie there. The middle follows from the key alone, so it may be written."""
    inside, beside = (released(tmp_path / str(off), material=in_the_middle(off)[0]) for off in (0.0, 0.0137))
    for path in (p for p in sorted(inside.rglob("*")) if p.is_file() and p.name not in ("manifest.json", CHECKSUMS)):
        assert path.read_bytes() == (beside / path.relative_to(inside)).read_bytes(), path.name


def test_the_points_that_a_cell_allows_are_its_own_alone() -> None:
    whole, middle = in_the_middle()
    secrets = secrets_of(whole, cleared(whole, PUBLIC, sample.key()).edition, PUBLIC, sample.key())
    assert middle not in secrets.points
    assert {(-46.95, -18.52), (-46.21, -18.77)} <= secrets.points


def test_a_coordinate_that_was_not_blurred_is_found(tmp_path: Path) -> None:
    whole = sample.material()
    edition = cleared(whole, PUBLIC, sample.key()).edition
    bare = [replace(i, place=replace(i.place, lat=-46.95, lon=-18.52)) if i.place else i for i in edition.incidents]
    secrets = secrets_of(whole, replace(edition, incidents=tuple(bare)), PUBLIC, sample.key())
    Folder(tmp_path).write("a.csv", "-46.95,-18.52")
    assert [leak.what for leak in lint(Folder(tmp_path), secrets)] == ["coordinates"]


def test_events_at_different_places_of_one_unit_share_one_point() -> None:
    edition = cleared(sample.material(as_of="2024-12-01"), PUBLIC, sample.key()).edition
    units = {i.place.name: (i.place.lat, i.place.lon) for i in edition.incidents if i.place}
    assert set(units) == {"Karsk district", "Hask"}
    both = [i.place for i in edition.incidents if i.place and i.place.name == "Karsk district"]
    assert len(both) == 2
    assert both[0] == both[1]


def test_subtracting_claims_from_figures_does_not_give_back_who_is_withheld() -> None:
    """Two children are withheld; a second incident tells five: the figure is what is published, open above."""
    told = [
        *sample.claims(),
        claim("c00000000000007", "5", "civilian children", "residents", "d1", "e4", place=sample.PASS,
              date=day("2024-03-11"), event_type="shelling"),
    ]  # fmt: skip
    edition = cleared(sample.material(told), PUBLIC, sample.key()).edition
    children = [c for c in edition.claims if c.age == "child"]
    assert [c.low for c in children] == [5]
    figure = next(f for f in edition.figures if f.who == "children")
    assert (figure.low, figure.high) == (5, None)
    assert figure.note
    assert all(c.dimension is None for c in edition.claims if c.low == 2)


def test_an_organisation_named_after_a_withheld_place_is_withheld_too() -> None:
    hospital = [claim("c00000000000001", "4", origin="Brannik District Hospital", date=day("2024-01-02"),
                      place=Place("Brannik", ("Dovrin",), "XOV", -47.2, -18.05, 6.0, "exact"))]  # fmt: skip
    edition = cleared(sample.material(hospital, victims=(), control=()), PUBLIC, sample.key()).edition
    assert "Brannik" not in json.dumps([str(c) for c in edition.claims])


def test_an_accused_person_is_not_named() -> None:
    accused = [claim("c00000000000001", "4", perpetrator=("Jonas Weld",), date=day("2024-01-02"), place=sample.PASS)]
    edition = cleared(sample.material(accused), PUBLIC, sample.key()).edition
    assert edition.claims[0].perpetrator == ("not named here",)


def test_the_linter_finds_what_a_mistake_would_let_through(tmp_path: Path) -> None:
    whole = sample.material(log=(sample.judgement(),))
    edition = cleared(whole, PUBLIC, sample.key()).edition
    secrets = secrets_of(whole, edition, PUBLIC, sample.key())
    folder = Folder(tmp_path)
    leaks = {
        "a.csv": "x,ULSTEN,1\n", "b.json": '{"name": "Mirel  Ostrava"}', "c.txt": "at -18.52, -46.95 it was",
        "d.html": "<p>Aron&#32;Feld</p>", "e.txt": "c00000000000003", "f.txt": "https://herald.example/ulsten?x",
        "ulsten.txt": "", "g.txt": sample.KEY.hex(), "h.jsonl": '{"t": "at\\nUlsten"}',
        "i.json": '"Mirel\\u0020Ostrava"', "j.txt": "x " * PIECE + "Aron " + "\n" * TAIL + "Feld",
        "k.txt": "y " + "x" * (PIECE - 11) + " -46.95, -18.52",
    }  # fmt: skip
    for name, content in leaks.items():
        folder.write(name, content)
    folder.write("fine.txt", "Karsk district, Dovrin: 12 to 20, said residents. 2024-03-12")
    assert {leak.file for leak in lint(folder, secrets)} == set(leaks)


def test_a_leak_fails_the_release_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tallybook.release import writing

    monkeypatch.setattr(writing, "licence_text", lambda by: "with thanks to Aron Feld")
    with pytest.raises(Leaking, match="aron feld"):
        released(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_filter_finer_than_the_profile_is_refused() -> None:
    whole = replace(sample.material(), asked=Query("", place="Ulsten"))
    with pytest.raises(UsageError, match="finer than the profile"):
        cleared(whole, PUBLIC, sample.key())


def test_a_name_that_looks_like_a_formula_or_a_script_is_neither(tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)</script><script>alert(1)</script>"
    told = [
        claim("c00000000000001", "4", origin=evil, doc="d1", date=day("2024-01-02"), place=sample.PASS,
              target=Target("civilian", evil)),
    ]  # fmt: skip
    folder = released(tmp_path / "out", "internal", sample.material(told))
    rows = list(csv.DictReader(io.StringIO((folder / "claims.csv").read_text(encoding="utf-8"))))
    assert rows[0]["origin"].startswith("'=")
    page = (folder / "site/index.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page


def test_another_key_gives_other_ids_and_other_cells() -> None:
    one = cleared(sample.material(), PUBLIC, sample.key()).edition
    other = cleared(sample.material(), PUBLIC, Key(bytes(32), "public")).edition
    assert not {c.id for c in one.claims} & {c.id for c in other.claims}
    assert {(c.place.lat, c.place.lon) for c in one.claims if c.place} != {
        (c.place.lat, c.place.lon) for c in other.claims if c.place
    }


def test_no_file_tells_the_hour_or_the_machine_it_was_written_on(tmp_path: Path) -> None:
    told = every_byte(released(tmp_path / "out")).decode("utf-8", "replace")
    assert str(tmp_path) not in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    hours = set(re.findall(r"20\d\d-\d\d-\d\dT\d\d[^\"']{0,12}", told))
    assert {h[: len("2024-06-01T00:00:00.000Z")] for h in hours} <= {f"{sample.AS_OF}T00:00:00.000Z"}, "as of, no hour"


def test_a_name_is_shown_with_consent_and_only_that_one(tmp_path: Path) -> None:
    """Two persons; one consents. Her name is told, and neither her age in years nor the words about her."""
    quote = "Orin Talle, 30"
    other = ("d1", Victim("v0000000000002", quote, Span(0, 5), ("residents",), "Orin Talle", 30, 30, None, "cook",
                          "killed", "c00000000000001"))  # fmt: skip
    made = sample.material(victims=(*sample.victims(), other), consented=frozenset({"v0000000000002"}))
    told = every_byte(released(tmp_path / "out", material=made)).decode("utf-8", "replace")
    assert "Orin Talle" in told
    assert sample.SECRET_NAME not in told
    assert quote not in told
    assert "cook" not in (tmp_path / "out/victims.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/victims.csv").read_text(encoding="utf-8"))))
    assert {r["age_low"] for r in rows} == {""}


def test_consent_itself_is_not_told(tmp_path: Path) -> None:
    consent = Judgement("j00000000000009", 1, "consent", ("v0000000000001",), sample.AUTHOR, "her sister agreed to it",
                        "2024-03-20T10:11:12Z")  # fmt: skip
    made = sample.material(log=(consent,), consented=frozenset({"v0000000000001"}))
    folder = released(tmp_path / "out", material=made)
    assert len((folder / "judgements.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert b"sister" not in every_byte(folder)


def test_subtracting_two_overlapping_releases_gives_back_nothing_that_is_withheld() -> None:
    """The same book released whole and without one place: the children of that place are in neither figure."""
    told = [
        *sample.claims(),
        claim("c00000000000007", "5", "civilian children", "residents", "d1", "e4", place=sample.PASS,
              date=day("2024-03-11"), event_type="shelling"),
    ]  # fmt: skip
    whole = sample.material(told)
    beyond = frozenset(c.id for c in told if c.place and c.place.name != "Ulsten")
    part = replace(whole, passing=replace(whole.passing, claims=beyond, incidents=frozenset(
        i.id for i in whole.incidents if set(i.claims) <= beyond)))  # fmt: skip
    editions = [cleared(made, PUBLIC, sample.key()).edition for made in (whole, part)]
    figures = [f for e in editions for f in e.figures if (f.kind, f.who) == ("headline", "children")]
    assert [(f.low, f.high) for f in figures] == [(5, None), (5, None)]


def test_tables_of_every_kind_hold_no_secret_when_they_are_opened(tmp_path: Path) -> None:
    """Compressed files hide words from a search of bytes: they are opened first."""
    folder = released(tmp_path / "out")
    told = [line for path in folder.rglob("*.sqlite") for line in sqlite3.connect(path).iterdump()]
    told += [line for path in folder.rglob("*.gpkg") for line in sqlite3.connect(path).iterdump()]
    assert told
    if can_write():
        told += [parquet_text(path) for path in folder.rglob("*.parquet")]
    opened = "\n".join(told).casefold()
    assert not [secret for secret in HIDDEN if secret.casefold() in opened]


def test_the_linter_opens_compressed_tables(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    whole = sample.material()
    secrets = secrets_of(whole, cleared(whole, PUBLIC, sample.key()).edition, PUBLIC, sample.key())
    parquet.write_table(pyarrow.table({"a": ["seen by Aron Feld"] * 50}), tmp_path / "a.parquet", compression="zstd")
    assert {leak.secret for leak in lint(Folder(tmp_path), secrets)} == {"aron feld"}
