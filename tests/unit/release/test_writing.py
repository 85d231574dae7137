"""A release is whole or absent, and the same book gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallybook.errors import UsageError
from tallybook.release.folder import Folder, whole_folder
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.tables import TABLES
from tallybook.release.writing import release
from tests.unit.release import sample

BY = Attribution("Recorders of Orvania", "CC-BY-4.0")


def written(target: Path, profile: str = "public") -> Path:
    key = None if profile == "internal" else sample.key(profile)
    release(target, sample.material(log=(sample.judgement(),)), load_profile(profile), key, BY)
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("release") / "out")


def test_all_files_of_the_contract_are_there(folder: Path) -> None:
    named = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    wanted = {"manifest.json", "datapackage.json", "checksums.sha256", "CITATION.cff", "LICENCE.txt", "METHOD.md",
              "release.sqlite", "site/index.html", "losses/README.md"}  # fmt: skip
    wanted |= {f"{t.name}.{end}" for t in TABLES for end in ("csv", "jsonl")}
    wanted |= {f"layouts/{n}" for n in ("ucdp_ged.csv", "acled.csv", "hxl.csv", "incidents.geojson", "timemap.json")}
    wanted |= {f"losses/{n}.json" for n in ("ucdp_ged", "acled", "hxl", "geojson", "timemap")}
    assert named >= wanted


def test_same_book_gives_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = written(tmp_path / "again")
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert all((folder / f).read_bytes() == (again / f).read_bytes() for f in files)


def test_checksums_and_manifest_hold_for_every_file(folder: Path) -> None:
    lines = (folder / "checksums.sha256").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(sums) == {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {
        "checksums.sha256"
    }
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert all(sums[name] == digest for name, digest in manifest["files"].items())


def test_what_was_withheld_is_counted_with_reasons(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    told = {(x["what"], x["reason"]): x["count"] for x in manifest["withheld"]}
    assert told["names of victims", "name"] == 1
    assert told["incidents", "recent"] == 1
    assert told["publishers", "publisher"] == 1
    assert all(x["because"] for x in manifest["withheld"])


def test_tables_are_as_the_data_package_says(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["name"] for r in package["resources"]] == [t.name for t in TABLES]
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        rows = list(csv.reader(io.StringIO((folder / resource["path"]).read_text(encoding="utf-8"))))
        assert rows[0] == [f["name"] for f in fields]
        assert all(f["description"] for f in fields)
        for row in rows[1:]:
            for value, field in zip(row, fields, strict=True):
                if value and field["type"] == "integer":
                    int(value)
                elif value and field["type"] == "number":
                    float(value)


def test_references_between_tables_hold(folder: Path) -> None:
    ids = {t.name: {r["id"] for r in _rows(folder, t.name)} for t in TABLES}
    for table in TABLES:
        for column, other in table.refers:
            assert {r[column] for r in _rows(folder, table.name)} - {""} <= ids[other]
    assert {c for f in _rows(folder, "figures") for c in f["counted"].split("; ")} <= ids["claims"]


def test_what_is_not_stated_stays_empty(folder: Path) -> None:
    rows = [r for r in _rows(folder, "incidents") if r["event_type"] == "armed_clash" and r["affiliation"] == "any"]
    assert [(r["low"], r["high"]) for r in rows] == [("20", "")]


def test_the_database_opens_and_holds_the_rows_of_the_tables(folder: Path) -> None:
    with sqlite3.connect(folder / "release.sqlite") as connection:
        for table in TABLES:
            count = connection.execute(f'select count(*) from "{table.name}"').fetchone()[0]
            assert count == len(_rows(folder, table.name))


def test_something_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="never overwritten"):
        written(tmp_path / "out")
    with pytest.raises(UsageError, match="no such folder"):
        written(tmp_path / "a" / "b")


def fail_half_way(target: Path) -> None:
    with whole_folder(target, private=False) as half:
        half.write("a.txt", "a")
        raise RuntimeError


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail_half_way(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_kill_leaves_no_folder_of_that_name(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from tallybook.release.folder import whole_folder\n"
        "with whole_folder(Path(sys.argv[1]), private=False) as f:\n"
        "    f.write('a.txt', 'a'); print('half', flush=True); time.sleep(60)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out")], stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline() == b"half\n"
    running.kill()
    running.wait()
    running.stdout.close()
    time.sleep(0.05)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", ""])
def test_file_names_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        Folder(tmp_path).write(name, "x")


def test_an_internal_release_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", "internal")
    assert folder.stat().st_mode & 0o077 == 0
    assert all(p.stat().st_mode & 0o077 == 0 for p in folder.rglob("*"))


def test_the_page_asks_nothing_of_the_network(folder: Path) -> None:
    page = (folder / "site/index.html").read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page
    assert " src=" not in page
    assert "@import" not in page


def test_every_figure_of_the_page_has_its_proof(folder: Path) -> None:
    page = (folder / "site/index.html").read_text(encoding="utf-8")
    headlines = [f for f in _rows(folder, "figures") if f["kind"] == "headline"]
    assert page.count('<details class="proof">') == len(headlines) > 0
    assert "40 or more" in page


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{table}.csv").read_text(encoding="utf-8"))))
